"""Tables of Office and PDF files: a cell's context is its row's and its column's header."""

from __future__ import annotations

from collections.abc import Sequence


def context(rows: Sequence[Sequence[str]], row: int, column: int) -> str:
    """A cell's "row header | column header", which stand in the first column and the first row; "" in that row."""
    if row == 0:
        return ""
    header = rows[0][column] if column < len(rows[0]) else ""
    first = rows[row][0] if column else ""
    return " | ".join(part for part in (first, header) if part)
