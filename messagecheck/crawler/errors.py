"""Why an address brings no page. Each becomes a line of crawl.json and nothing else."""

from __future__ import annotations

from messagecheck.errors import MessagecheckError


class FetchError(MessagecheckError):
    """A page that should be had and is not."""


class RefusedError(FetchError):
    """A machine that must not be talked to."""


class UnreachableError(FetchError):
    """No answer, which may pass: worth asking again."""


class NoPageError(FetchError):
    """What is rightly left out: forbidden by robots.txt, out of scope, not there, or no text. `detail` is told beside
    the address, for reasons are counted."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.detail = detail
