"""Tables of Office and PDF files: a cell's context is its row's and its column's header."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree


@dataclass(frozen=True, slots=True)
class Table:
    """The texts of a table's rows, which may differ in length, and the number of each row: a cell looks up its own."""

    rows: Sequence[Sequence[str]]
    numbers: Mapping[etree._Element, int]
    width: int


def table(rows: Iterable[tuple[etree._Element, Sequence[str]]]) -> Table:
    held = list(rows)
    numbers = {row: number for number, (row, _) in enumerate(held)}
    return Table([texts for _, texts in held], numbers, max((len(texts) for _, texts in held), default=0))


def context(rows: Sequence[Sequence[str]], row: int, column: int) -> str:
    """A cell's "row header | column header", which stand in the first column and the first row; "" in that row."""
    if row == 0:
        return ""
    header = rows[0][column] if column < len(rows[0]) else ""
    first = rows[row][0] if column else ""
    return " | ".join(part for part in (first, header) if part)
