"""Cells of HTML tables: each with its row's and column's header as context; layout tables are no tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from messagecheck.loaders.html_elements import Element, around
from messagecheck.loaders.html_parts import Part
from messagecheck.nouns import Block, Role

MAX_HEADER_WORDS = 6
"""Words in a cell of a first row without `<th>` that can still be a header."""
MOST_CELL_PARTS = 12
"""Texts in the fullest cell of a table of facts: a plan with its features."""
_ARRANGED = frozenset({"h1", "h2", "form", "nav"})
_CELLS = frozenset({Role.BODY, Role.BULLET, Role.PRICING, Role.LEGAL})


@dataclass(slots=True)
class _Table:
    """What has been seen of one table: the texts of its first row and of the first column."""

    columns: dict[int, str] = field(default_factory=lambda: defaultdict(str))
    rows: dict[int, str] = field(default_factory=lambda: defaultdict(str))
    marked: set[int] = field(default_factory=set)


def in_tables(parts: Sequence[Part]) -> Iterator[Part]:
    """The parts in order; those in cells as CELL, with "row header | column header" as context."""
    laid_out, wide = _layouts(parts), _wide(parts)
    tables: dict[int, _Table] = defaultdict(_Table)
    for part in parts:
        cell, table = _where(part)
        if cell is None or table is None or not part.is_shown or table in laid_out or table not in wide:
            yield part
        else:
            yield replace(part, block=_cell(tables[table.tag.start], cell, part.block))


def _where(part: Part) -> tuple[Element | None, Element | None]:
    """The innermost cell around a part and its table."""
    cell = next((one for one in around(part.fragment.element) if one.name in {"td", "th"}), None)
    table = next((one for one in around(cell) if one.name == "table"), None) if cell else None
    return cell, table


def _wide(parts: Sequence[Part]) -> set[Element]:
    """Tables of two columns and more."""
    found = (_where(part) for part in parts if part.is_shown)
    columns = {(table, cell.column) for cell, table in found if cell is not None and table is not None}
    return {table for table, count in Counter(table for table, _ in columns).items() if count > 1}


def _layouts(parts: Sequence[Part]) -> set[Element]:
    """Tables that only arrange a page: they say so, hold a table, a form or headlines, or much in one cell."""
    found: set[Element] = set()
    sizes: Counter[Element] = Counter()
    for part in parts:
        cell, table = _where(part) if part.is_shown else (None, None)
        if cell is None or table is None:
            continue
        sizes[cell] += 1
        outer = [one for one in around(table) if one.name == "table"]
        found.update(outer[1:])
        arranged = table.tag.get("role") in {"presentation", "none"} or sizes[cell] > MOST_CELL_PARTS
        inside = (one.name for one in around(part.fragment.element) if one.depth > table.depth)
        if arranged or (cell.name == "td" and not _ARRANGED.isdisjoint(inside)):
            found.add(table)
    return found


def _cell(table: _Table, cell: Element, block: Block) -> Block:
    head = _header(table, cell)
    if cell.row == 0:
        table.columns[cell.column] = f"{table.columns[cell.column]} {block.text}".strip()
        if cell.name == "th":
            table.marked.add(cell.column)
    if cell.column == 0:
        table.rows[cell.row] = f"{table.rows[cell.row]} {block.text}".strip()
    if block.role in _CELLS:
        block = replace(block, role=Role.CELL, reason="element td or th")
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
