"""Two columns of prose on a page → reading order. Files that keep whole rows mix the columns' lines up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from messagecheck.loaders.pdf_layout import Paragraph, Piece

MIN_ROWS = 4
"""Fewer rows of two lines are more often a table's."""
MIN_WORDS = 3
MIN_LOWER_SHARE = 0.3
"""Share of a column's lines that go on with a small letter; cells of tables begin with capitals and figures."""

Row = Sequence[Piece]


def unmixed(lines: Iterable[Piece]) -> Iterator[Piece]:
    """Lines in the order of the file; where it goes from column to column in each row, one column after the other."""
    held: list[Row] = []
    for row in _rows(lines):
        if held and not _belongs(held, row):
            yield from _read(held)
            held = []
        held.append(row)
    yield from _read(held)


def _rows(lines: Iterable[Piece]) -> Iterator[Row]:
    """Runs of lines that stand beside each other, from left to right."""
    held: list[Piece] = []
    for line in lines:
        if held and not _beside(held[-1], line):
            yield held
            held = []
        held.append(line)
    if held:
        yield held


def _beside(left: Piece, right: Piece) -> bool:
    overlap = min(left.top, right.top) - max(left.bottom, right.bottom)
    return right.left >= left.right and overlap > 0.5 * min(left.height, right.height)


def _belongs(held: Sequence[Row], row: Row) -> bool:
    """Whether a row stands below others and keeps their gutter free."""
    pair = next((one for one in held if len(one) == 2), row)
    if len(row) > 2 or len(pair) != 2 or row[0].top > held[-1][0].top:
        return False
    return all(line.right <= pair[1].left or line.left >= pair[0].right for line in row)


def _read(rows: Sequence[Row]) -> Iterator[Piece]:
    pairs = [row for row in rows if len(row) == 2]
    columns = [[pair[side] for pair in pairs] for side in (0, 1)]
    if len(pairs) < MIN_ROWS or not all(map(_is_prose, columns)):
        yield from (line for row in rows for line in row)
        return
    gutter = pairs[0][1].left
    yield from (line for row in rows for line in row if line.right <= gutter)
    yield from (line for row in rows for line in row if line.right > gutter)


def _is_prose(lines: Sequence[Piece]) -> bool:
    lower = sum(line.text[0].islower() for line in lines)
    wordy = sum(len(line.text.split()) >= MIN_WORDS for line in lines)
    return lower >= MIN_LOWER_SHARE * len(lines) and 2 * wordy > len(lines)


def over_columns(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs with one that goes on at the top of the next column made whole."""
    held: Paragraph | None = None
    for paragraph in paragraphs:
        if held and _goes_on(held, paragraph):
            held = Paragraph((*held.lines, *paragraph.lines))
            continue
        if held:
            yield held
        held = paragraph
    if held:
        yield held


def _goes_on(held: Paragraph, paragraph: Paragraph) -> bool:
    last, first = held.lines[-1], paragraph.lines[0]
    jumped = first.left > last.left + last.height and first.bottom > held.box.top
    alike = abs(first.height - last.height) < 0.1 * last.height and first.bold == last.bold
    return jumped and alike and first.text[0].islower() and last.text[-1] not in ".!?:;"
