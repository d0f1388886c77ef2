"""The positioning document's blocks → sections and, inside them, headlines with what stands under each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from messagecheck.nouns import Block, Role
from messagecheck.topics import Topic, topic_of

PROOF = re.compile(r"\s*proof(?: point)?\s*:\s*", re.IGNORECASE)
ID = re.compile(r"\s*\{#([^}\s]+)\}\s*")
_FURNITURE = {Role.META, Role.NAV, Role.FOOTER, Role.COOKIE, Role.COMMENT, Role.CODE, Role.ALT, Role.FORM}
_COLUMNS = {
    "use": ("use", "preferred", "say", "we say", "preferred term", "our word"),
    "avoid": ("instead of", "avoid", "not", "don't say", "do not say", "never say", "don't use", "do not use"),
    "note": ("note", "notes", "comment", "why"),
}
_COLUMN_OF = {name: column for column, names in _COLUMNS.items() for name in names}


@dataclass(frozen=True, slots=True)
class Line:
    """Text that is one message, with the id that is written at its end."""

    text: str
    id: str | None
    line: int | None
    role: Role


@dataclass(frozen=True, slots=True)
class Group:
    """A headline of a section (None: straight under the section's heading) and the lines under it, in order."""

    headline: Line | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row: (column's header, cell's text) pairs; the header is "" where there is none."""

    cells: tuple[tuple[str, str], ...]
    line: int | None


@dataclass(frozen=True, slots=True)
class Section:
    """`heading` is as written, "" above the first; `known` says that the heading itself told the topic."""

    heading: str
    topic: Topic
    known: bool
    line: int | None
    groups: tuple[Group, ...]
    rows: tuple[Row, ...]


_Placed = tuple[tuple[str, ...], Block]
"""A block with its path: the headings above it and, for a heading, itself."""


def sections(blocks: Sequence[Block], names: Sequence[str]) -> tuple[Section, ...]:
    """Cut where a known heading, or an unknown one of the outermost level, stands; `names` are the product's."""
    placed = _placed([block for block in blocks if block.role not in _FURNITURE])
    above = int(_has_title([path for path, _ in placed], names))
    runs = [(path, tuple(run)) for path, run in groupby(placed, key=lambda one: _opening(one[0], names, above))]
    topics = {path: topic_of(path[-1], names) for path, _ in runs if path}
    return tuple(_section(path, topics, run) for path, run in runs)


def column(header: str) -> str:
    """ "use", "avoid" or "note" for a header of the terminology table, else ""."""
    return _COLUMN_OF.get(header.replace("’", "'").casefold().strip(" *:"), "")


def _placed(blocks: Sequence[Block]) -> list[_Placed]:
    opened = {block.at.heading[:depth] for block in blocks for depth in range(1, len(block.at.heading) + 1)}
    placed = [((*block.at.heading, block.text), block) for block in blocks]
    return [
        (path if block.role is Role.HEADING or path in opened else block.at.heading, block)
        for path, block in placed
        if block.role is not Role.TITLE or path in opened
    ]


def _has_title(paths: Sequence[tuple[str, ...]], names: Sequence[str]) -> bool:
    """Whether one heading stands above all others: the document's title, whatever it is called."""
    tops = {path[0] for path in paths if path}
    inner = (heading for path in paths for heading in path[1:])
    return len(tops) == 1 and (any(topic_of(heading, names) for heading in inner) or topic_of(min(tops), names) is None)


def _opening(path: tuple[str, ...], names: Sequence[str], above: int) -> tuple[str, ...]:
    """The part of a path that names the section: down to the innermost known heading, but never inside the values."""
    end = 0
    for depth in range(above + 1, len(path) + 1):
        topic = topic_of(path[depth - 1], names)
        end = depth if topic else end
        if topic is Topic.VALUE:
            break
    return path[: end or above + 1] if len(path) > above else ()


def _section(
    path: tuple[str, ...], topics: Mapping[tuple[str, ...], Topic | None], placed: Sequence[_Placed]
) -> Section:
    known = topics.get(path)
    body = [one for one in placed if one[0] != path or not _is_headline(one)]
    rows = tuple(_rows([block for _, block in body if block.role is Role.CELL]))
    groups = tuple(_groups(body, len(path)))
    topic = known or _guess(path, topics, groups, rows)
    line = next((block.at.line for _, block in placed), None)
    return Section(ID.sub(" ", path[-1]).strip() if path else "", topic, known is not None, line, groups, rows)


def _guess(
    path: tuple[str, ...],
    topics: Mapping[tuple[str, ...], Topic | None],
    groups: Sequence[Group],
    rows: Sequence[Row],
) -> Topic:
    """What an unknown section holds, told from its form alone: a terminology table, proofs, a “not for” part."""
    if any({"use", "avoid"} <= {column(header) for header, _ in row.cells} for row in rows):
        return Topic.TERMS
    if any(PROOF.match(line.text) for group in groups for line in group.lines if group.headline):
        return Topic.VALUE
    if path and any(topic is Topic.NOT_FOR and other[: len(path)] == path for other, topic in topics.items()):
        return Topic.AUDIENCE
    return Topic.OTHER


def _is_headline(one: _Placed) -> bool:
    path, block = one
    return path != block.at.heading


def _groups(placed: Sequence[_Placed], depth: int) -> Iterator[Group]:
    """The lines under each inner headline; a headline's own parts below it belong to it."""
    for _, run in groupby(placed, key=lambda one: one[0][: depth + 1]):
        blocks = list(run)
        opens = _is_headline(blocks[0]) and len(blocks[0][0]) == depth + 1
        headline = next(_lines(blocks[0][1]), None) if opens else None
        rest = blocks[1:] if opens else blocks
        yield Group(headline, tuple(line for _, block in rest if block.role is not Role.CELL for line in _lines(block)))


def _lines(block: Block) -> Iterator[Line]:
    """A block cut after each `{#id}`."""
    start = 0
    for found in (*ID.finditer(block.text), None):
        text = block.text[start : found.start() if found else None]
        if text.strip():
            begin = start + len(text) - len(text.lstrip())
            yield Line(text.strip(), found[1] if found else None, block.place(begin, begin + 1).line, block.role)
        start = found.end() if found else len(block.text)


def _rows(cells: Sequence[Block]) -> Iterator[Row]:
    """The rows of tables, without those of headers. A cell's context leads to its row."""
    headless = _is_headless(cells)
    held: list[Block] = []
    for cell in cells if headless else [cell for cell in cells if cell.context]:
        if held and not _is_beside(cell, held[0].text, headless=headless):
            yield _row(held)
            held = []
        held.append(cell)
    if held:
        yield _row(held)


def _is_headless(cells: Sequence[Block]) -> bool:
    """Whether some cell's whole context is the cell before it, and no header of a terminology table is seen."""
    led = any(cell.context == before.text and not before.context for before, cell in pairwise(cells))
    return led and not any(column(cell.text) for cell in cells if not cell.context)


def _is_beside(cell: Block, first: str, *, headless: bool) -> bool:
    """Whether a cell stands in the row that `first` opens."""
    return cell.context == first if headless else _context(cell)[0] == first


def _row(cells: Sequence[Block]) -> Row:
    first = cells[0].text
    pairs = (("" if cell.context == first else _context(cell)[1], cell.text) for cell in cells)
    return Row(tuple(pairs), cells[0].at.line)


def _context(cell: Block) -> tuple[str, str]:
    """A cell's row header and column header."""
    row, _, header = cell.context.rpartition(" | ")
    return row, header
