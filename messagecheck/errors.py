"""What can go wrong through no fault of ours. Each message is one line: where, what is wrong, what would be right."""


class MessagecheckError(Exception):
    """The root: the command line prints it as one line and exits 2."""


class LoadError(MessagecheckError):
    """A touchpoint that can't be read; becomes `Unread` in the pipeline and nowhere else."""


class CanonError(MessagecheckError):
    """A positioning document in error."""


class SettingsError(MessagecheckError):
    """messagecheck.toml or an option in error."""


class EndpointError(MessagecheckError):
    """A second opinion that is not to be had; becomes a warning in second_opinion and nowhere else."""


class ModelError(MessagecheckError):
    """A model folder that is missing or not what it says it is."""


class HistoryError(MessagecheckError):
    """What was kept of earlier scans can't be read, or nothing can be kept."""
