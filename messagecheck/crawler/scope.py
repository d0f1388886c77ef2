"""Which addresses belong to a crawl, and which of them are traps without an end."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from messagecheck.crawler.urls import absolute, host_of, target_of
from messagecheck.errors import MessagecheckError
from messagecheck.settings import Crawl, matches

QUERIES_A_PATH = 5
REPEATS = 3
"""How often a segment may not stand in a path: /a/b/a/b/a is a link that is relative to itself."""
ADDRESSES = 50_000
"""Known at a time; what a hostile site invents beyond is left out."""
_ELSEWHERE = "in a sitemap, but out of scope"


@dataclass(frozen=True, slots=True)
class Scope:
    """`prefix` is the folder of the start's path; `hosts` are taken with and without "www."."""

    hosts: frozenset[str]
    prefix: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]

    def holds(self, url: str) -> bool:
        path = urlsplit(url).path
        if _bare(host_of(url)) not in self.hosts or not path.startswith(self.prefix):
            return False
        name = path.lstrip("/")
        wanted = not self.include or any(matches(name, glob) for glob in self.include)
        return wanted and not any(matches(name, glob) for glob in self.exclude)


def around(start: str, config: Crawl, *, whole_host: bool = False) -> Scope:
    """The scope of a crawl from `start`: what lies in its folder, or its whole host. Raises MessagecheckError."""
    prefix = "/" if whole_host else urlsplit(start).path.rpartition("/")[0] + "/"
    hosts = frozenset(map(_bare, (host_of(start), *map(_host, config.hosts))))
    return Scope(hosts, prefix, config.include, config.exclude)


@dataclass(slots=True)
class Frontier:
    """Addresses in the order they were found in; what is taken out of it may lead to more."""

    scope: Scope
    depth: int
    queue: deque[tuple[str, int]] = field(default_factory=deque)
    seen: set[str] = field(default_factory=set)
    queries: Counter[str] = field(default_factory=Counter)
    left_out: dict[str, list[str]] = field(default_factory=dict)

    def begin(self, url: str) -> None:
        """The start is always taken: its links are needed, whatever is included."""
        self.seen.add(url)
        self.queue.append((url, 0))

    def add(self, url: str, depth: int) -> None:
        """A link: most that lead out of scope lead to other sites and are no news."""
        if url in self.seen or not self.scope.holds(url):
            return
        if len(self.seen) >= ADDRESSES:
            self.left_out.setdefault(f"beyond the first {ADDRESSES:,} addresses", [url])
            return
        self.seen.add(url)
        reason = self._trap(url, depth)
        if reason:
            self.left_out.setdefault(reason, []).append(url)
        else:
            self.queue.append((url, depth))

    def add_listed(self, url: str, depth: int) -> None:
        """An address that a sitemap names: the site's own page, so that it is told if it is left out."""
        if self.scope.holds(url):
            self.add(url, depth)
        elif len(others := self.left_out.setdefault(_ELSEWHERE, [])) < ADDRESSES:
            others.append(url)

    def take(self) -> Iterator[tuple[str, int]]:
        while self.queue:
            yield self.queue.popleft()

    def _trap(self, url: str, depth: int) -> str | None:
        page, _, query = url.partition("?")
        if depth > self.depth:
            return f"more than {self.depth} links from the start"
        if max(Counter(filter(None, urlsplit(url).path.split("/"))).values(), default=0) >= REPEATS:
            return f"a part of the path stands there {REPEATS} times"
        self.queries[page] += bool(query)
        if self.queries[page] > QUERIES_A_PATH:
            return f"more than {QUERIES_A_PATH} queries of one path"
        return None


def _host(name: str) -> str:
    url = absolute(f"https://{name}")
    if url is None or target_of(url) != "/":
        raise MessagecheckError(f"{name}: is no host; it must be like blog.example.com")
    return host_of(url)


def _bare(host: str) -> str:
    return host.removeprefix("www.")
