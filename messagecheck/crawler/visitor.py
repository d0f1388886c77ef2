"""How hosts are visited: robots.txt first, a pause between requests, patience when told to wait."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

from protego import Protego

from messagecheck.crawler.client import Answer, Client, Reads
from messagecheck.crawler.errors import FetchError, NoPageError, RefusedError, UnreachableError
from messagecheck.crawler.urls import absolute, host_of, origin_of

ROBOT = "messagecheck"
"""Our name in robots.txt."""
REDIRECTS = 5
LONGEST_WAIT_S = 60
"""A host that asks for more, between pages or after a 429, is left for another time: asking sooner would be rude."""
_PATIENCE = (2, 8)
"""Pauses before the second and the third try, in usual pauses."""
_BUSY = {429, 500, 502, 503, 504}
_MOVED = {301, 302, 303, 307, 308}
_ROBOTS_BYTES = 500_000
"""Of a robots.txt no more need be read (RFC 9309, 2.5)."""
_CIRCLE = f"redirects more than {REDIRECTS} times"
Follows = Callable[[str], bool]
"""Whether a redirect to this URL is followed."""


@dataclass(frozen=True, slots=True)
class Rules:
    """A host's robots.txt. `closed` says why nothing may be asked where it could not be had; `pause_s` is its delay."""

    robots: Protego
    pause_s: float = 0.0
    closed: str = ""


@dataclass(slots=True)
class Visitor:
    """Knows of each host its rules and from when on it may be asked again."""

    client: Client
    page_s: float
    pause_s: float
    rules: dict[str, Rules] = field(default_factory=dict)
    free: dict[str, float] = field(default_factory=dict)

    def fetch(self, url: str, headers: Mapping[str, str], *, follows: Follows, reads: Reads) -> Answer:
        """The answer at the end of the redirects, whatever its status; a redirect that is not followed is one.

        Raises FetchError, NoPageError for what robots.txt forbids.
        """
        left = self.page_s
        for _ in range(REDIRECTS + 1):
            self._obey(url)
            answer = self._patiently(url, headers, left, reads)
            target = redirect(answer)
            if target is None or not follows(target):
                return answer
            url, headers, left = target, {}, left - answer.took
        raise FetchError(_CIRCLE)

    def fetch_part(self, url: str, seconds: float) -> Answer:
        """What a page needs beside itself: under the same rules, but at once, as every browser asks for it."""
        left = seconds
        for _ in range(REDIRECTS + 1):
            self._obey(url)
            answer = self.client.get(url, {}, left, lambda _: True)
            target = redirect(answer)
            if target is None:
                return answer
            url, left = target, left - answer.took
        raise FetchError(_CIRCLE)

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """Those that the host's robots.txt names."""
        return tuple(self._rules(url).robots.sitemaps)

    def _obey(self, url: str) -> None:
        rules = self._rules(url)
        if rules.closed:
            raise FetchError(rules.closed)
        if not rules.robots.can_fetch(url, ROBOT):
            raise NoPageError("forbidden by robots.txt")

    def _rules(self, url: str) -> Rules:
        origin = origin_of(url)
        if origin not in self.rules:
            self.rules[origin] = self._ask_rules(f"{origin}/robots.txt")
        return self.rules[origin]

    def _ask_rules(self, url: str) -> Rules:
        """RFC 9309, 2.3.1: without a robots.txt all is allowed; where a host fails to say, nothing is."""
        try:
            answer = self._robots(url)
        except (RefusedError, UnreachableError) as error:
            return Rules(Protego.parse(""), closed=str(error))
        except FetchError as error:
            return Rules(Protego.parse(""), closed=f"robots.txt can't be read: {error}")
        if answer.status in _BUSY or answer.status >= 500:
            return Rules(Protego.parse(""), closed=f"robots.txt can't be read: status {answer.status}")
        text = answer.body[:_ROBOTS_BYTES].decode("utf-8", "replace") if answer.status == 200 else ""
        robots = Protego.parse(text)
        pause = _asked_pause(robots)
        too_long = f"robots.txt asks for {pause:g} s between requests; {LONGEST_WAIT_S} s are the most that is waited"
        return Rules(robots, pause, too_long if pause > LONGEST_WAIT_S else "")

    def _robots(self, url: str) -> Answer:
        for _ in range(REDIRECTS + 1):
            answer = self._patiently(url, {}, self.page_s, lambda _: True)
            target = redirect(answer)
            if target is None:
                return answer
            url = target
        raise FetchError(_CIRCLE)

    def _patiently(self, url: str, headers: Mapping[str, str], seconds: float, reads: Reads) -> Answer:
        """Asks up to three times where the host is busy or silent, and never before it wants to be asked again."""
        for pauses in _PATIENCE:
            with suppress(UnreachableError):
                answer = self._ask(url, headers, seconds, reads)
                if answer.status not in _BUSY:
                    return answer
            self._rest(url, self.pause_s * pauses)
        return self._ask(url, headers, seconds, reads)

    def _ask(self, url: str, headers: Mapping[str, str], seconds: float, reads: Reads) -> Answer:
        """Waits for its turn, and gives the host a rest after."""
        wait = self.free.get(host_of(url), 0.0) - time.monotonic()
        if wait > LONGEST_WAIT_S:
            raise FetchError(f"{host_of(url)} asks to be left alone for {wait:.0f} s")
        time.sleep(max(0.0, wait))
        try:
            answer = self.client.get(url, headers, seconds, reads)
        finally:
            rules = self.rules.get(origin_of(url))
            self._rest(url, max(self.pause_s, rules.pause_s if rules else 0.0))
        if answer.status in _BUSY:
            self._rest(url, _retry_after(answer))
        return answer

    def _rest(self, url: str, seconds: float) -> None:
        host = host_of(url)
        self.free[host] = max(self.free.get(host, 0.0), time.monotonic() + seconds)


def redirect(answer: Answer) -> str | None:
    """Where a redirect leads; None for any other answer. Raises FetchError for one that leads nowhere."""
    if answer.status not in _MOVED:
        return None
    target = absolute(answer.headers.get("location", ""), answer.url)
    if target is None or not answer.headers.get("location"):
        raise FetchError("redirects to no web page")
    return target


def _asked_pause(robots: Protego) -> float:
    rate = robots.request_rate(ROBOT)
    asked = rate.seconds / rate.requests if rate and rate.requests else 0.0
    return max(robots.crawl_delay(ROBOT) or 0.0, asked)


def _retry_after(answer: Answer) -> float:
    """Seconds; 0 where the host doesn't say."""
    value = answer.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        return parsedate_to_datetime(value).timestamp() - time.time()
    except ValueError:
        return 0.0
