"""From the start to the last address: what is asked for, in which order, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from messagecheck.crawled import Page
from messagecheck.crawler import pages, sitemaps
from messagecheck.crawler.client import Answer
from messagecheck.crawler.errors import FetchError, NoPageError
from messagecheck.crawler.harvest import Harvest
from messagecheck.crawler.journal import Journal, Visit
from messagecheck.crawler.links import links
from messagecheck.crawler.scope import Frontier, around
from messagecheck.crawler.urls import normal, origin_of
from messagecheck.crawler.visitor import Visitor, redirect
from messagecheck.display import counted
from messagecheck.settings import Crawl

VISITS_A_PAGE = 4
"""Addresses that are asked for each page that may be kept: of a site's links many are broken or lead elsewhere."""
SITEMAPS = (".xml", ".xml.gz", ".txt")
"""A start that ends so is a sitemap."""
_NOT_THERE = {404, 410}
_OK, _UNCHANGED = 200, 304
Tell = Callable[[int, int, str], None]
"""(pages so far, addresses to go, the one that is asked next)"""
Show = Callable[[Answer], Answer]
"""A page as its readers see it: as it came, or after its scripts have run."""


@dataclass(frozen=True, slots=True)
class Tour:
    """A crawl that begins at `start`, a page or a sitemap."""

    start: str
    config: Crawl
    visitor: Visitor
    harvest: Harvest
    show: Show

    def seeded(self) -> Frontier:
        """The start and the site's own list of its pages; that list alone where the start is one."""
        is_sitemap = urlsplit(self.start).path.endswith(SITEMAPS)
        scope = around(self.start, self.config, whole_host=is_sitemap)
        frontier = Frontier(scope, 0 if is_sitemap else self.config.depth)
        if not is_sitemap:
            frontier.begin(normal(self.start) or self.start)
        named = [self.start] if is_sitemap else self.visitor.sitemaps(self.start)
        for url in sitemaps.walk(named or [self._usual], self._sitemap, self.config.page_mb * 1_000_000, self._without):
            frontier.add_listed(normal(url) or url, min(1, frontier.depth))
        return frontier

    @property
    def _usual(self) -> str:
        return f"{origin_of(self.start)}/sitemap.xml"

    def gather(self, frontier: Frontier, journal: Journal, tell: Tell) -> None:
        """Visits what the frontier holds, and what the pages lead to; what the journal knows is not asked again."""
        budget = self.config.pages * VISITS_A_PAGE
        for url, depth in frontier.take():
            if url in self.harvest.pages:
                continue
            if len(self.harvest.pages) >= self.config.pages or budget == 0:
                self.harvest.missed[self.start] = _stopped(len(self.harvest.pages), len(frontier.queue) + 1)
                return
            budget -= 1
            tell(len(self.harvest.pages), len(frontier.queue), url)
            visit = self._known(url, journal) or journal.note(self._visit(url, frontier))
            self.harvest.add(visit)
            for link in self._links(visit.page) if frontier.depth else ():
                frontier.add(link, depth + 1)

    def _known(self, url: str, journal: Journal) -> Visit | None:
        """What the journal knows of it, unless it failed or its file is not as it was written."""
        visit = journal.known.get(url)
        return visit if visit and not visit.missed and self.harvest.holds(visit.page) else None

    def _visit(self, url: str, frontier: Frontier) -> Visit:
        conditions = {} if self.config.js else self.harvest.conditions(url)
        try:
            answer = self.visitor.fetch(url, conditions, follows=self._is_new(frontier), reads=pages.is_wanted)
            return Visit(url, self._page(url, answer, unchanged=bool(conditions) and answer.status == _UNCHANGED))
        except NoPageError as error:
            return Visit(url, left_out=str(error), detail=error.detail)
        except FetchError as error:
            return Visit(url, missed=str(error))

    def _is_new(self, frontier: Frontier) -> Callable[[str], bool]:
        return lambda target: frontier.scope.holds(target) and normal(target) not in self.harvest.pages

    def _page(self, url: str, answer: Answer, *, unchanged: bool) -> Page | None:
        """None for one that was fetched before, under the address that this one leads to."""
        if unchanged:
            return self.harvest.before[url]
        target = redirect(answer)
        if normal(target or answer.url) in self.harvest.pages:
            return None
        if target:
            raise NoPageError("leads out of scope", target)
        _check(answer)
        return self.harvest.keep(self.show(answer))

    def _links(self, page: Page | None) -> list[str]:
        if page is None or not page.file.endswith(".html"):
            return []
        return links((self.harvest.folder / page.file).read_bytes(), page.url)

    def _sitemap(self, url: str) -> bytes:
        answer = self.visitor.fetch(url, {}, follows=lambda _: True, reads=lambda _: True)
        if url == self._usual and answer.status != _OK:
            raise NoPageError(f"status {answer.status}")
        _check(answer)
        return answer.body

    def _without(self, url: str, error: FetchError) -> None:
        """A broken one may cost pages. That there is none at the usual place is no news."""
        if url == self.start or not isinstance(error, NoPageError):
            self.harvest.missed[url] = str(error)
        elif url != self._usual:
            self.harvest.left_out.setdefault(f"a sitemap: {error}", []).append(url)


def _check(answer: Answer) -> None:
    if answer.status in _NOT_THERE:
        raise NoPageError(f"not there (status {answer.status})")
    if answer.status != _OK:
        raise FetchError(f"status {answer.status}")


def _stopped(fetched: int, left: int) -> str:
    return f"{counted(left, 'URL')} left unread after {counted(fetched, 'page')}; raise crawl.pages"
