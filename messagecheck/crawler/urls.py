"""Addresses of pages in one spelling, so that each page is asked for once."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

LONGEST = 2000
"""Characters. Longer ones are seldom served and never linked by hand."""

_PORTS = {"http": 80, "https": 443}
_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?;]*", re.IGNORECASE)
_TRACKERS = re.compile(
    r"utm_.*|gclid|fbclid|msclkid|mc_[ce]id|_ga|_gl|hsctatracking|phpsessid|jsessionid|aspsessionid.*|sid|session_?id",
    re.IGNORECASE,
)
"""Query parameters that say who asks or where from, and never what is asked for."""


def absolute(link: str, base: str = "") -> str | None:
    """The URL that a link leads to, without its fragment; None where that is no web page's."""
    try:
        url = parse_url(urljoin(base, link.strip()))
    except (ValueError, LocationParseError):
        return None
    if url.scheme not in _PORTS or not url.host or url.auth is not None:
        return None
    port = None if url.port == _PORTS[url.scheme] else url.port
    whole = Url(url.scheme, host=url.host.rstrip("."), port=port, path=url.path or "/", query=url.query).url
    return whole if len(whole) <= LONGEST else None


def normal(link: str, base: str = "") -> str | None:
    """The same without session ids and trackers, its query's parameters in order."""
    url = absolute(link, base)
    if url is None:
        return None
    parts = urlsplit(url)
    pairs = sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKERS.fullmatch(pair[0]))
    return urlunsplit((parts.scheme, parts.netloc, _IN_PATH.sub("", parts.path), urlencode(pairs), ""))


def host_of(url: str) -> str:
    """The host, with its port where that is not the usual one."""
    return urlsplit(url).netloc


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def target_of(url: str) -> str:
    """What is asked of the host: the path with its query."""
    parts = urlsplit(url)
    return urlunsplit(("", "", parts.path, parts.query, ""))
