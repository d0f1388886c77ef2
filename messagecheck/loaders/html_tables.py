"""Cells of HTML tables: each with its row's and column's header as context; layout tables are no tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from messagecheck.loaders.html_tree import Element, Fragment, around
from messagecheck.nouns import Block, Role

MAX_HEADER_WORDS = 6
"""Words in a cell of a first row without `<th>` that can still be a header."""


@dataclass(slots=True)
class _Table:
    """What has been seen of one table: the texts of its first row and of the first column."""

    columns: dict[int, str] = field(default_factory=lambda: defaultdict(str))
    rows: dict[int, str] = field(default_factory=lambda: defaultdict(str))
    marked: set[int] = field(default_factory=set)


def in_tables(pairs: Iterable[tuple[Fragment, Block]]) -> Iterator[Block]:
    """The blocks in order; those in cells with "row header | column header" as context."""
    tables: dict[int, _Table] = defaultdict(_Table)
    for fragment, block in pairs:
        cell = next((one for one in around(fragment.element) if one.name in {"td", "th"}), None)
        table = next((one for one in around(cell) if one.name == "table"), None) if cell else None
        if cell is None or table is None or fragment.attribute:
            yield block
        elif table.tag.get("role") in {"presentation", "none"}:
            yield _as_prose(block)
        else:
            yield _cell(tables[table.tag.start], cell, block)


def _cell(table: _Table, cell: Element, block: Block) -> Block:
    head = _header(table, cell)
    if cell.row == 0:
        table.columns[cell.column] = f"{table.columns[cell.column]} {block.text}".strip()
        if cell.name == "th":
            table.marked.add(cell.column)
    if cell.column == 0:
        table.rows[cell.row] = f"{table.rows[cell.row]} {block.text}".strip()
    if not head and len(table.columns) < 2 and cell.name == "td" and not (cell.column and table.rows.get(cell.row)):
        return _as_prose(block)
    row = table.rows.get(cell.row, "") if cell.column and not _is_header_row(table, cell) else ""
    return replace(block, context=" | ".join(part for part in (row, head) if part))


def _is_header_row(table: _Table, cell: Element) -> bool:
    return cell.row == 0 and (cell.name == "th" or not table.marked)


def _header(table: _Table, cell: Element) -> str:
    """The header of a cell's column: the first row's cell, where the first row is one of headers."""
    if cell.row == 0 or len(table.columns) < 2:
        return ""
    if table.marked:
        return table.columns.get(cell.column, "") if cell.column in table.marked else ""
    short = all(len(text.split()) <= MAX_HEADER_WORDS for text in table.columns.values())
    return table.columns.get(cell.column, "") if short else ""


def _as_prose(block: Block) -> Block:
    return replace(block, role=Role.BODY, reason="layout table") if block.role is Role.CELL else block
