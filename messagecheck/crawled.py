"""crawl.json: where the files of a crawled folder come from, and what could not be fetched."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePosixPath

from messagecheck.display import json_text
from messagecheck.errors import MessagecheckError
from messagecheck.nouns import Touchpoint, Unread

FILE_NAME = "crawl.json"
JOURNAL = ".crawl.jsonl"
"""What a crawl that is under way has done so far."""
VERSION = 1
MARK = "messagecheck_crawl"


@dataclass(frozen=True, slots=True)
class Page:
    """A page that lies in the folder as `file`. `fetched` is in UTC, `sha256` the file's, `words_sha256` its words'.

    `etag` and `last_modified` are what the server wants to hear again; "" where it said nothing.
    """

    url: str
    file: str
    status: int
    fetched: str
    sha256: str
    words_sha256: str
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Missed:
    """A page in scope that could not be fetched."""

    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Addresses in scope that were not to be fetched; `examples` are the first of them."""

    reason: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """URLs of pages that the crawl before did not have, had with other words, or had and this one has not."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What one crawl brought home."""

    start: str
    pages: tuple[Page, ...]
    missed: tuple[Missed, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    changes: Changes = Changes()


def is_record(path: Path) -> bool:
    """Whether this file was written by a crawl: another crawl.json is content like any other."""
    return path.name == FILE_NAME and path.is_file() and f'"{MARK}"'.encode() in path.read_bytes()[:100]


def load(path: Path) -> Record:
    """Raises MessagecheckError for a record that is damaged."""
    try:
        raw: object = json.loads(path.read_text(encoding="utf-8"))
        return _record(_table(raw))
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise MessagecheckError(f"{path}: is damaged ({type(error).__name__}); remove it and crawl again") from error


def render(record: Record) -> str:
    return json_text({MARK: VERSION, **asdict(record)})


def with_urls(
    read: Sequence[Touchpoint | Unread], files: Iterable[tuple[Path, str]], paths: Sequence[Path]
) -> list[Touchpoint | Unread]:
    """Touchpoints with the URL that they were fetched from, and what a crawl into these paths could not fetch."""
    named = list(files)
    folders = _crawled_folders(file for file, _ in named)
    records = {folder: load(folder / FILE_NAME) for folder in folders if is_record(folder / FILE_NAME)}
    urls = {folder / page.file: page.url for folder, record in records.items() for page in record.pages}
    known = {name: urls[file.resolve()] for file, name in named if file.resolve() in urls}
    scanned = [path.resolve() for path in paths]
    within = [folder for folder in folders if any(folder.is_relative_to(path) for path in scanned)]
    return [
        *(replace(item, url=known.get(item.path)) if isinstance(item, Touchpoint) else item for item in read),
        *(unread for folder in within for unread in _unread(folder, records)),
    ]


def _crawled_folders(files: Iterable[Path]) -> list[Path]:
    above = {folder for file in files for folder in file.resolve().parents}
    return sorted(f for f in above if is_record(f / FILE_NAME) or (f / JOURNAL).is_file())


def _unread(folder: Path, records: Mapping[Path, Record]) -> Iterator[Unread]:
    if (folder / JOURNAL).is_file():
        yield Unread(folder.name, "its crawl was not finished; run the same messagecheck crawl again")
    if folder in records:
        yield from (Unread(missed.url, missed.reason) for missed in records[folder].missed)


def _record(raw: Mapping[str, object]) -> Record:
    changes = _table(raw["changes"])
    return Record(
        start=_text(raw["start"]),
        pages=tuple(page_of(row) for row in _rows(raw["pages"])),
        missed=tuple(Missed(_text(row["url"]), _text(row["reason"])) for row in _rows(raw["missed"])),
        left_out=tuple(
            LeftOut(_text(row["reason"]), _whole(row["count"]), _texts(row["examples"]))
            for row in _rows(raw["left_out"])
        ),
        changes=Changes(_texts(changes["added"]), _texts(changes["changed"]), _texts(changes["gone"])),
    )


def page_of(row: Mapping[str, object]) -> Page:
    """Raises KeyError, TypeError and ValueError for a row that is none, and for a file outside the folder."""
    texts = ("url", "file", "fetched", "sha256", "words_sha256", "etag", "last_modified")
    page = Page(status=_whole(row["status"]), **{name: _text(row[name]) for name in texts})
    file = PurePosixPath(page.file)
    if file.is_absolute() or ".." in file.parts or not file.parts:
        raise ValueError(page.file)
    return page


def _table(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _rows(value: object) -> list[Mapping[str, object]]:
    if not isinstance(value, list):
        raise TypeError
    return [_table(row) for row in value]


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_text(item) for item in value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError
    return value
