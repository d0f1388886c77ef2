"""What a crawl has done so far, a line a visit: one that was killed goes on from there."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

from messagecheck.crawled import JOURNAL, Page, page_of
from messagecheck.errors import MessagecheckError

LONGEST_BREAK_S = 24 * 3600
"""After a longer one pages of two ages would stand side by side."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of asking for a URL: a page, a reason why it is missed, or a reason why it is left out; nothing where
    it leads to a page that was fetched before."""

    url: str
    page: Page | None = None
    missed: str = ""
    left_out: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Journal:
    """`known` are the visits of the crawl that is gone on with, by URL; `abandoned` the files of one that is not."""

    file: TextIO
    known: Mapping[str, Visit]
    abandoned: tuple[str, ...]

    def note(self, visit: Visit) -> Visit:
        self.file.write(json.dumps(asdict(visit)) + "\n")
        self.file.flush()
        return visit


def open_journal(folder: Path, task: Mapping[str, object]) -> Journal:
    """The journal of this very task, gone on with; a new one if there is none, or only an old or another task's."""
    path, head = folder / JOURNAL, json.dumps(task)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh = path.is_file() and time.time() - path.stat().st_mtime < LONGEST_BREAK_S
        lines = _lines(path) if path.is_file() else []
        goes_on = fresh and lines[0] == head
        file = path.open("a" if goes_on else "w", encoding="utf-8")
    except OSError as error:
        raise MessagecheckError(f"{folder}: can't be written to ({error.strerror}); name a folder of yours") from error
    visits = [visit for visit in map(_visit, lines[1:]) if visit]
    if goes_on:
        return Journal(file, {visit.url: visit for visit in visits}, ())
    file.write(head + "\n")
    return Journal(file, {}, tuple(visit.page.file for visit in visits if visit.page))


def _lines(path: Path) -> list[str]:
    """The whole lines. One that was being written when we were killed is cut off."""
    whole, end, _ = path.read_bytes().rpartition(b"\n")
    os.truncate(path, len(whole) + len(end))
    return whole.decode("utf-8", "replace").split("\n")


def _visit(line: str) -> Visit | None:
    """None for a damaged line, whose page is asked for again."""
    try:
        row = json.loads(line)
        page = page_of(row["page"]) if row["page"] else None
        return Visit(row["url"], page, row["missed"], row["left_out"], row["detail"])
    except (ValueError, TypeError, KeyError):
        return None
