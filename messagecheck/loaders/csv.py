"""CSV of ads and posts: the header row says which columns are copy, a block a cell. Or the turns of a call."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from messagecheck.errors import LoadError
from messagecheck.loaders import grid
from messagecheck.loaders.encodings import decode
from messagecheck.loaders.keyed import is_picked, is_prose, unpicked
from messagecheck.loaders.source import Run, Source, clean, place, source
from messagecheck.loaders.turns import Cue, join, seconds
from messagecheck.nouns import Block, Role

SUFFIXES = (".csv", ".tsv")

_DELIMITERS = ",;\t|"
_COPY = re.compile(
    r"(?:^|[ _-])(?:sub)?(?:headlines?|titles?|heads?|description|body|text|copy|caption|post|message|tweet|content|"
    r"hook|subject|subject line|preheader|question|answer|quote|tagline|description line|cta|call[ _-]to[ _-]action)"
    r"[ _-]?\d*$",
    re.IGNORECASE,
)
"""Headers of the ad managers' and schedulers' exports that hold copy; "Post URL" and "Message type" do not."""
_BUTTON = re.compile(r"(?:^|[ _-])(?:cta|call[ _-]to[ _-]action)", re.IGNORECASE)
_SPEAKER = re.compile(r"(?:speaker|participant)(?:[ _]?name)?", re.IGNORECASE)
_SAID = re.compile(r"text|transcript|sentence|content|words|caption", re.IGNORECASE)
_START = re.compile(r"(?:start|begin)?[ _]?(?:time|timestamp|start)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows of cells, the header row first; `texts` are the same cells as text."""

    cells: tuple[tuple[tuple[Run, ...], ...], ...]
    texts: tuple[tuple[str, ...], ...]

    def column(self, header: re.Pattern[str]) -> int | None:
        return next((number for number, text in enumerate(self.texts[0]) if header.fullmatch(text)), None)


def read(data: bytes, path: str, keys: Sequence[str] = ()) -> Iterator[Block]:
    """A block a cell of the columns that `keys`, else their headers, pick; or a block a turn. Raises LoadError."""
    of = source(decode(data, path), path)
    cells = tuple(row for row in _rows(of) if any(run.text.strip() for cell in row for run in cell))
    if not cells:
        return
    table = _Table(cells, tuple(tuple(clean("".join(run.text for run in cell)) for cell in row) for row in cells))
    speaker, said = table.column(_SPEAKER), table.column(_SAID)
    if speaker is not None and said is not None:
        yield from join(_cues(table, speaker, said), of)
    else:
        yield from _copy(of, table, keys)


def _cues(table: _Table, speaker: int, said: int) -> Iterator[Cue]:
    start = table.column(_START)
    for cells, texts in zip(table.cells[1:], table.texts[1:], strict=True):
        if len(cells) > max(speaker, said):
            when = texts[start] if start is not None and start < len(texts) else ""
            yield Cue(texts[speaker] or None, seconds(when), cells[said])


def _copy(of: Source, table: _Table, keys: Sequence[str]) -> Iterator[Block]:
    headers = table.texts[0]
    named = [number for number, text in enumerate(headers) if text and is_picked(text, keys)]
    columns = named or [number for number, text in enumerate(headers) if _COPY.search(text)]
    if not columns:
        raise LoadError(f"{of.path}: {_unpicked(table)}")
    for number, row in enumerate(table.cells[1:], 1):
        for column in (one for one in columns if one < len(row)):
            role = Role.CTA if _BUTTON.search(headers[column]) else Role.CELL
            for block in place(of, row[column], role):
                context = grid.context(table.texts, number, column)
                yield replace(block, context=context, reason=f"column {headers[column]}")


def _unpicked(table: _Table) -> str:
    rows = table.texts[1:]
    prose = (
        header
        for number, header in enumerate(table.texts[0])
        if header and any(number < len(row) and is_prose(row[number]) for row in rows)
    )
    return unpicked("columns", prose)


def _rows(of: Source) -> Iterator[tuple[tuple[Run, ...], ...]]:
    """The rows with their cells; a doubled quotation mark in a cell is a run of its own."""
    delimiter = _delimiter(of.text)
    cell = re.compile(rf'[ ]*"((?:[^"]|"")*+)"[^{re.escape(delimiter)}\n]*|[^{re.escape(delimiter)}\n]*')
    row, at = list[tuple[Run, ...]](), 0
    while at <= len(of.text):
        found = cell.match(of.text, at)
        assert found  # the second alternative takes anything, even nothing
        quoted = found[1] is not None
        row.append(tuple(_runs(found[1] if quoted else found[0], found.start(1) if quoted else at)))
        if of.text[found.end() : found.end() + 1] != delimiter:
            yield tuple(row)
            row.clear()
        at = found.end() + 1


def _runs(text: str, start: int) -> Iterator[Run]:
    done = 0
    for pair in re.finditer('""', text):
        yield Run(text[done : pair.end() - 1], start + done)
        done = pair.end()
    yield Run(text[done:], start + done)


def _delimiter(text: str) -> str:
    """The commonest separator of the first line, quotations aside."""
    first = re.sub(r'"[^"]*"', "", text.lstrip().partition("\n")[0])
    return max(_DELIMITERS, key=first.count)
