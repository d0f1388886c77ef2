"""Where pieces of text stand on a page → lines, paragraphs and table rows. Plain geometry; knows nothing of PDF.

Coordinates are PDF's: points, y grows upwards. The unit of every threshold is the height of the text at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

WORD_GAP = 1.2
"""Pieces of one line at most this many heights apart are one; cells of tables stand further apart."""
BULLET_GAP = 3.0
"""The text of a bullet may stand further from its mark."""
LINE_GAP = 0.65
"""Lines of one paragraph have less than this many heights between them; text set double has 0.9, and is cut up."""
INDENT = 2.5
"""Lines of one paragraph begin within this many heights of each other: first-line indents and hanging bullets."""
SAME_HEIGHT = 1.15
SPARE = 3
"""Characters beside the first word that a line above must have had room for: a ragged edge is no paragraph's end."""
MAX_WORD = 60
"""Characters of a word that a line's end can break."""

BULLET = re.compile(r"(?:[•‣◦▪●○■□➢➤✓✔·–—*-]|\d{1,2}[.)])(?:\s+|$)")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in a box."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    bold: bool = False

    @property
    def height(self) -> float:
        return max(0.1, self.top - self.bottom)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, in order."""

    lines: tuple[Piece, ...]

    @property
    def box(self) -> Piece:
        first = self.lines[0]
        left, right = min(line.left for line in self.lines), max(line.right for line in self.lines)
        return Piece(
            first.text,
            left,
            min(line.bottom for line in self.lines),
            right,
            max(line.top for line in self.lines),
            first.bold,
        )


def lines(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces in reading order → lines, or parts of lines where columns are far apart."""
    held: Piece | None = None
    for piece in pieces:
        if held and _continues_line(held, piece):
            held = _merged(held, piece)
        else:
            if held:
                yield held
            held = piece
    if held:
        yield held


def _continues_line(held: Piece, piece: Piece) -> bool:
    overlap = min(held.top, piece.top) - max(held.bottom, piece.bottom)
    height = max(held.height, piece.height)
    room = BULLET_GAP if BULLET.fullmatch(held.text.strip()) else WORD_GAP
    return overlap > 0.5 * min(held.height, piece.height) and -0.5 * height < piece.left - held.right < room * height


def _merged(held: Piece, piece: Piece) -> Piece:
    space = " " if piece.left - held.right > 0.15 * held.height and not held.text.endswith(" ") else ""
    bottom, top = min(held.bottom, piece.bottom), max(held.top, piece.top)
    if BULLET.fullmatch(held.text.strip()):
        bottom, top = piece.bottom, piece.top
    return Piece(held.text + space + piece.text, held.left, bottom, piece.right, top, held.bold and piece.bold)


def paragraphs(of: Iterable[Piece], body: float) -> Iterator[Paragraph]:
    """Lines in reading order → paragraphs, by the gaps between them, their left edges, their type and the room that a
    paragraph's last line leaves. `body` is the height of the document's text."""
    held: list[Piece] = []
    for line in of:
        if held and not (_is_near(held, line) and not _begins(held, line, body)):
            yield Paragraph(tuple(held))
            held = []
        held.append(line)
    if held:
        yield Paragraph(tuple(held))


def _is_near(held: Sequence[Piece], line: Piece) -> bool:
    last = held[-1]
    height = min(last.height, line.height)
    if max(last.height, line.height) > SAME_HEIGHT * height or last.bold != line.bold:
        return False
    gap = last.bottom - line.top
    return -0.5 * height < gap < LINE_GAP * height and abs(line.left - held[0].left) < INDENT * height


def _begins(held: Sequence[Piece], line: Piece, body: float) -> bool:
    """Whether a line below others begins something new: a bullet, what stands left of a bullet's text, or a paragraph
    whose first word had found room above. Headings are broken where it looks good."""
    if BULLET.match(line.text):
        return True
    if line.text[0].islower():
        return False
    mark = BULLET.match(held[0].text)
    if mark and line.left < held[0].left + 0.5 * mark.end() * _width(held[0]):
        return True
    is_heading = line.bold or line.height > SAME_HEIGHT * body
    return not is_heading and _had_room(held, line)


def _had_room(held: Sequence[Piece], line: Piece) -> bool:
    edge = max(one.right for one in (*held, line))
    return edge - held[-1].right > (len(line.text.split()[0]) + SPARE) * _width(line)


def _width(line: Piece) -> float:
    """Of an average character."""
    return (line.right - line.left) / max(1, len(line.text))


def tables(of: Sequence[Paragraph]) -> Iterator[list[list[Paragraph]] | Paragraph]:
    """Paragraphs in reading order, and rows of at least two cells, at least two in a row, as tables."""
    rows = list(_rows(of))
    at = 0
    while at < len(rows):
        stop = at
        while stop < len(rows) and len(rows[stop]) > 1 and (stop == at or _follows(rows[stop - 1], rows[stop])):
            stop += 1
        if stop - at > 1:
            yield rows[at:stop]
            at = stop
        else:
            yield from rows[at]
            at += 1


def _rows(of: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    """Runs of paragraphs that stand beside each other, from left to right."""
    held: list[Paragraph] = []
    for paragraph in of:
        if held and not _beside(held, paragraph.box):
            yield held
            held = []
        held.append(paragraph)
    if held:
        yield held


def _beside(held: Sequence[Paragraph], box: Piece) -> bool:
    last = held[-1].box
    top, bottom = max(one.box.top for one in held), min(one.box.bottom for one in held)
    overlap = min(top, box.top) - max(bottom, box.bottom)
    return box.left > last.right - 1 and overlap > 0.5 * min(top - bottom, box.height)


def _follows(upper: Sequence[Paragraph], lower: Sequence[Paragraph]) -> bool:
    """Whether a row stands below another one, no further than rows of a table do, and in its columns."""
    bottom, top = min(one.box.bottom for one in upper), max(one.box.top for one in lower)
    height = median(line.height for one in lower for line in one.lines)
    left, right = min(one.box.left for one in upper), max(one.box.right for one in upper)
    return -0.5 * height < bottom - top < 2.5 * height and lower[0].box.left < right and lower[-1].box.right > left


def columns(table: Sequence[Sequence[Paragraph]]) -> list[list[str]]:
    """A table's texts as a grid: as many columns as its longest row has; a cell goes where it overlaps most."""
    widest = max(table, key=len)
    grid = []
    for row in table:
        texts = [""] * len(widest)
        for cell in row:
            number = column(widest, cell)
            texts[number] = f"{texts[number]} {joined(line.text for line in cell.lines)}".strip()
        grid.append(texts)
    return grid


def column(widest: Sequence[Paragraph], cell: Paragraph) -> int:
    """The column, from 0, that a cell stands in."""
    box = cell.box

    def fit(number: int) -> tuple[float, float]:
        other = widest[number].box
        overlap = min(box.right, other.right) - max(box.left, other.left)
        return max(0.0, overlap), -abs(box.left - other.left)

    return max(range(len(widest)), key=fit)


def joined(texts: Iterable[str], vocabulary: frozenset[str] = frozenset()) -> str:
    """Lines as one text. A word broken at a line's end is made whole if the document has it without its hyphen, too."""
    text = ""
    for line in texts:
        line = line.strip()
        broken = re.search(r"([^\W\d_]+)([-\u00ad\u0002\ufffe\u2010])$", text[-MAX_WORD:])
        rest = re.match(r"[^\W\d_]+", line)
        if not broken or not rest:
            text = f"{text} {line}" if text else line
        elif broken[2] in "\u00ad\u0002\ufffe" or (broken[1] + rest[0]).casefold() in vocabulary:
            text = text[:-1] + line
        else:
            text += line
    return re.sub("[\u00ad\u0002\ufffe]", "", text)
