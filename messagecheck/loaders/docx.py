"""Word documents: every paragraph in the order of the file, in tables, text boxes, headers, footers and notes too.

Read from the XML: python-docx's `.paragraphs` leaves out tables, text boxes, content controls and footnotes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from messagecheck.errors import LoadError
from messagecheck.loaders import archive, grid, testimonials
from messagecheck.loaders.archive import attribute, child, children, local
from messagecheck.loaders.source import clean
from messagecheck.nouns import Block, Location, Role, Speaker

SUFFIXES = (".docx", ".docm", ".dotx")

_MAIN = "word/document.xml"
_SKIPPED = frozenset({"del", "moveFrom", "Fallback", "txbxContent", "pPr", "rPr", "instrText", "delText", "p"})
"""Elements in a paragraph whose text is deleted, repeated, another paragraph's or none."""
_SPACES = frozenset({"tab", "br", "cr", "ptab"})
_HEADING = re.compile(r"heading ?([1-9])$", re.IGNORECASE)
_EXTRAS = {
    "header": (Role.FOOTER, Speaker.US),
    "footer": (Role.FOOTER, Speaker.US),
    "footnotes": (Role.BODY, Speaker.US),
    "endnotes": (Role.BODY, Speaker.US),
    "comments": (Role.COMMENT, Speaker.UNKNOWN),
}


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style: its name, the heading level (0 for the title, None for text) and whether it makes a list."""

    name: str
    level: int | None
    lists: bool


def read(data: bytes, path: str) -> Iterator[Block]:
    """The document's blocks, then those of headers, notes and comments. Raises LoadError for what is no Word file."""
    file = archive.opened(data, path)
    if not archive.has(file, _MAIN):
        raise LoadError(f"{path}: is not a Word document (it has no {_MAIN}); save it as .docx")
    styles = _styles(file, path)
    yield from testimonials.mark(_document(archive.xml(file, _MAIN, path), styles, path))
    seen: set[str] = set()
    for relation in archive.relations(file, _MAIN, path).values():
        if relation.kind in _EXTRAS:
            yield from _extra(archive.xml(file, relation.part, path), relation.kind, path, seen)


def _document(root: etree._Element, styles: dict[str, _Style], path: str) -> Iterator[Block]:
    headings: tuple[tuple[int, str], ...] = ()
    tables: dict[etree._Element, list[list[str]]] = {}
    for number, paragraph in enumerate(_paragraphs(root), 1):
        text = _text(paragraph)
        if not text:
            continue
        style = _style_of(paragraph, styles)
        cell = next((node for node in paragraph.iterancestors() if local(node) == "tc"), None)
        if style.level is not None and cell is None:
            headings = tuple(one for one in headings if one[0] < style.level)
        at = Location(path, paragraph=number, heading=tuple(one for _, one in headings))
        if style.level is not None and cell is None:
            headings = (*headings, (style.level, text))
        block = Block(text, at, _role(style), reason=style.name)
        yield _in_cell(block, cell, tables) if cell is not None else block


def _in_cell(block: Block, cell: etree._Element, tables: dict[etree._Element, list[list[str]]]) -> Block:
    row = cell.getparent()
    table = next((node for node in cell.iterancestors() if local(node) == "tbl"), None)
    if row is None or table is None or local(row) != "tr":
        return block
    if table not in tables:
        tables[table] = [list(_row_texts(one)) for one in children(table, "tr")]
    rows = tables[table]
    if max(map(len, rows), default=0) < 2:
        return block
    number = next(n for n, one in enumerate(children(table, "tr")) if one is row)
    context = grid.context(rows, number, _column(row, cell))
    role = block.role if block.role is Role.BULLET else Role.CELL
    return replace(block, role=role, context=context, reason="table cell")


def _row_texts(row: etree._Element) -> Iterator[str]:
    """A row's texts, one a grid column: a cell over two columns stands in the first."""
    for cell in children(row, "tc"):
        yield clean(" ".join(_text(paragraph) for paragraph in cell.iter("{*}p")))
        yield from [""] * (_span(cell) - 1)


def _span(cell: etree._Element) -> int:
    value = attribute(child(cell, "tcPr", "gridSpan"), "val") or "1"
    return min(int(value), 100) if value.isdecimal() and int(value) else 1


def _column(row: etree._Element, cell: etree._Element) -> int:
    column = 0
    for one in children(row, "tc"):
        if one is cell:
            break
        column += _span(one)
    return column


def _extra(root: etree._Element, kind: str, path: str, seen: set[str]) -> Iterator[Block]:
    """Headers, footers, notes and comments: each text once, for a document repeats its header a section."""
    role, speaker = _EXTRAS[kind]
    for paragraph in _paragraphs(root):
        text = _text(paragraph)
        if text and text not in seen:
            seen.add(text)
            yield Block(text, Location(path, shape=kind.rstrip("s")), role, speaker, reason=kind)


def _paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    """Every paragraph in order, but for the copies that Word keeps for older programs."""
    for node in root.iter("{*}p"):
        if not any(local(outer) == "Fallback" for outer in node.iterancestors()):
            yield node


def _text(paragraph: etree._Element) -> str:
    return clean("".join(_pieces(paragraph)))


def _pieces(node: etree._Element) -> Iterator[str]:
    for inner in node:
        name = local(inner)
        if name == "t":
            yield inner.text or ""
        elif name in _SPACES:
            yield " "
        elif name == "noBreakHyphen":
            yield "-"
        elif name not in _SKIPPED:
            yield from _pieces(inner)


def _styles(file: zipfile.ZipFile, path: str) -> dict[str, _Style]:
    if not archive.has(file, "word/styles.xml"):
        return {}
    nodes = {
        attribute(node, "styleId") or "": node for node in children(archive.xml(file, "word/styles.xml", path), "style")
    }
    return {key: _Style(_name(node), _level(node, nodes), _lists(node)) for key, node in nodes.items()}


def _name(style: etree._Element) -> str:
    return attribute(child(style, "name"), "val") or ""


def _lists(style: etree._Element) -> bool:
    return _name(style).casefold().startswith("list") or child(style, "pPr", "numPr") is not None


def _level(style: etree._Element, styles: dict[str, etree._Element]) -> int | None:
    """A style's heading level by its name or outline, or by the style that it is based on."""
    at: etree._Element | None = style
    for _ in range(10):
        if at is None:
            return None
        found = _HEADING.match(_name(at))
        if found or _name(at).casefold() == "title":
            return int(found[1]) if found else 0
        outline = attribute(child(at, "pPr", "outlineLvl"), "val")
        if outline is not None and outline.isdecimal() and int(outline) < 9:
            return int(outline) + 1
        at = styles.get(attribute(child(at, "basedOn"), "val") or "")
    return None


def _style_of(paragraph: etree._Element, styles: dict[str, _Style]) -> _Style:
    properties = child(paragraph, "pPr")
    key = attribute(child(properties, "pStyle"), "val") or ""
    style = styles.get(key, _Style(key, None, lists=key.casefold().startswith("list")))
    outline = attribute(child(properties, "outlineLvl"), "val")
    if style.level is None and outline is not None and outline.isdecimal() and int(outline) < 9:
        style = replace(style, level=int(outline) + 1)
    return replace(style, lists=True) if child(properties, "numPr") is not None else style


def _role(style: _Style) -> Role:
    if style.level is not None:
        return Role.HEADING if style.level else Role.TITLE
    if "quote" in style.name.casefold():
        return Role.TESTIMONIAL
    return Role.BULLET if style.lists else Role.BODY
