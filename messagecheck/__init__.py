"""messagecheck finds where a company's content contradicts its positioning document."""

__version__ = "0.1.0"
