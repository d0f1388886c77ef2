"""A site → a folder that scan reads: polite, within limits, and able to go on after it was killed."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path

import messagecheck
from messagecheck import crawled
from messagecheck.crawled import FILE_NAME, JOURNAL, Page, Record
from messagecheck.crawler import addresses, pages
from messagecheck.crawler.addresses import Permits
from messagecheck.crawler.client import Client, trust
from messagecheck.crawler.harvest import Harvest
from messagecheck.crawler.journal import open_journal
from messagecheck.crawler.tour import Show, Tell, Tour
from messagecheck.crawler.urls import absolute
from messagecheck.crawler.visitor import Visitor
from messagecheck.errors import MessagecheckError
from messagecheck.settings import Crawl


def crawl(start: str, folder: Path, config: Crawl, *, tell: Tell, permits: Permits | None = None) -> Record:
    """Fetches what `start`, a page or a sitemap, leads to. Raises MessagecheckError where there is not one page.

    `permits` says which machines may be talked to, by default what `config.allow_private` stands for.
    """
    first = absolute(start)
    if first is None:
        raise MessagecheckError(f"{start}: is no web address; it must be like https://example.com/")
    harvest = Harvest(folder, _before(first, folder))
    allowed = permits or (addresses.is_public_or_internal if config.allow_private else addresses.is_public)
    client = Client(agent(config.contact), allowed, trust(config.ca), config.page_mb * 1_000_000)
    journal = open_journal(folder, _task(first, config))
    with closing(client), journal.file:
        visitor = Visitor(client, config.page_s, config.delay_ms / 1000)
        with _shown(config, visitor) as show:
            tour = Tour(first, config, visitor, harvest, show)
            frontier = tour.seeded()
            tour.gather(frontier, journal, tell)
    if not harvest.pages:
        (folder / JOURNAL).unlink()
        raise MessagecheckError(f"{first}: {harvest.why_not(first)}")
    record = harvest.record(first, frontier.left_out)
    harvest.clear(journal.abandoned)
    pages.write(folder, FILE_NAME, crawled.render(record).encode())
    (folder / JOURNAL).unlink()
    return record


def agent(contact: str | None) -> str:
    """The User-Agent: who asks, and how to reach them."""
    return f"messagecheck/{messagecheck.__version__} ({f'+{contact}' if contact else 'no contact named'})"


def _before(start: str, folder: Path) -> Mapping[str, Page]:
    """The pages of the last crawl into this folder. Raises MessagecheckError where that was another site's."""
    if not crawled.is_record(folder / FILE_NAME):
        return {}
    record = crawled.load(folder / FILE_NAME)
    if record.start != start:
        raise MessagecheckError(f"{folder}: holds what was crawled from {record.start}; name another folder")
    return {page.url: page for page in record.pages}


def _task(start: str, config: Crawl) -> dict[str, object]:
    """What must be the same for a crawl to be gone on with."""
    scope = {"hosts": config.hosts, "include": config.include, "exclude": config.exclude}
    return {"start": start, "depth": config.depth, "js": config.js, **scope}


def _shown(config: Crawl, visitor: Visitor) -> AbstractContextManager[Show]:
    if not config.js:
        return nullcontext(lambda answer: answer)
    from messagecheck.crawler.browser import opened

    return opened(config, visitor)
