"""What a crawl has brought home so far, beside what the crawl before it had."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from messagecheck.crawled import Changes, LeftOut, Missed, Page, Record
from messagecheck.crawler import pages
from messagecheck.crawler.client import Answer
from messagecheck.crawler.errors import NoPageError
from messagecheck.crawler.journal import Visit
from messagecheck.crawler.links import words_hash
from messagecheck.crawler.urls import normal

EXAMPLES = 5
LONGEST_TAG = 200


@dataclass(slots=True)
class Harvest:
    """`before` and `pages` are by URL; `files` maps names in small letters, and `words` hashes, to their page's URL."""

    folder: Path
    before: Mapping[str, Page]
    pages: dict[str, Page] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    missed: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, list[str]] = field(default_factory=dict)

    def conditions(self, url: str) -> dict[str, str]:
        """The headers that let a server say that a page is as it was; none where our copy is gone or was changed."""
        old = self.before.get(url)
        if old is None or not pages.is_intact(self.folder, old.file, old.sha256):
            return {}
        asked = {"If-None-Match": old.etag, "If-Modified-Since": old.last_modified}
        return {name: value for name, value in asked.items() if value}

    def keep(self, answer: Answer) -> Page:
        """Writes the page. Raises NoPageError for what is none, and for words that another page has."""
        url = normal(answer.url) or answer.url
        suffix = pages.suffix_of(answer)
        data = pages.content_of(answer, suffix)
        digest = hashlib.sha256(data).hexdigest()
        words = words_hash(data, url) if suffix == ".html" else digest
        twin = self.words.get(words, url)
        if twin != url:
            raise NoPageError("the same words as another page", twin)
        name = self._name(url, suffix)
        pages.write(self.folder, name, data)
        return Page(
            url, name, answer.status, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), digest, words,
            _repeatable(answer.headers.get("etag", "")), _repeatable(answer.headers.get("last-modified", "")),
        )  # fmt: skip

    def add(self, visit: Visit) -> None:
        if visit.page:
            self.pages[visit.page.url] = visit.page
            self.files[visit.page.file.casefold()] = visit.page.url
            self.words[visit.page.words_sha256] = visit.page.url
        elif visit.missed:
            self.missed[visit.url] = visit.missed
        elif visit.left_out:
            named = f"{visit.url} → {visit.detail}" if visit.detail else visit.url
            self.left_out.setdefault(visit.left_out, []).append(named)

    def holds(self, page: Page | None) -> bool:
        """Whether a page of the journal lies there as it was written; so does one that is none."""
        return page is None or pages.is_intact(self.folder, page.file, page.sha256)

    def why_not(self, start: str) -> str:
        """Why there is not one page."""
        first = normal(start) or start
        of_start = (self.missed.get(start), self.missed.get(first))
        of_others = (f"{reason}: {url}" for url, reason in self.missed.items())
        left_out = (reason if urls[0] == first else f"{reason}: {urls[0]}" for reason, urls in self.left_out.items())
        return next(filter(None, (*of_start, *of_others, *left_out)), "names no page")

    def record(self, start: str, traps: Mapping[str, list[str]]) -> Record:
        left_out = [*self.left_out.items(), *traps.items()]
        return Record(
            start,
            tuple(self.pages[url] for url in sorted(self.pages)),
            tuple(Missed(url, self.missed[url]) for url in sorted(self.missed)),
            tuple(LeftOut(reason, len(urls), tuple(urls[:EXAMPLES])) for reason, urls in sorted(left_out)),
            self._changes(),
        )

    def clear(self, abandoned: Iterable[str]) -> None:
        """Removes the files of pages that are no more, and those of a crawl that was given up."""
        kept = {page.file for page in self.pages.values()}
        for file in {*abandoned, *(page.file for page in self.before.values())} - kept:
            (self.folder / file).unlink(missing_ok=True)

    def _changes(self) -> Changes:
        now, then = self.pages, self.before
        changed = {url for url in now.keys() & then.keys() if now[url].words_sha256 != then[url].words_sha256}
        return Changes(
            _sorted(now.keys() - then.keys()), _sorted(changed), _sorted(then.keys() - now.keys() - self.missed.keys())
        )

    def _name(self, url: str, suffix: str) -> str:
        """The name that the page had before, if it is still free: reports and baselines go by it."""
        old = self.before.get(url)
        if old and old.file.endswith(suffix) and self.files.get(old.file.casefold(), url) == url:
            return old.file
        held = {page.file.casefold() for one, page in self.before.items() if one != url}
        return pages.name_of(url, suffix, self.files.keys() | held)


def _repeatable(value: str) -> str:
    """A header's value that can be sent back; "" for one that can't."""
    return value if value.isascii() and value.isprintable() and len(value) <= LONGEST_TAG else ""


def _sorted(urls: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(urls))
