"""OpenDocument, which .odt and .odp have in common: paragraphs, tables, descriptions, comments and charts."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from messagecheck.errors import LoadError
from messagecheck.loaders import archive, grid
from messagecheck.loaders.archive import attribute, children, local
from messagecheck.loaders.source import clean
from messagecheck.nouns import Block, Location, Role, Speaker, Unread

CONTENT, STYLES = "content.xml", "styles.xml"
MANIFEST = "META-INF/manifest.xml"
NODES = ("{*}p", "{*}h", "{*}title", "{*}desc", "{*}object", "{*}object-ole")
"""What a walk over a document stops at."""

_DESCRIPTIONS = "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_SPACES = frozenset({"s", "tab", "line-break"})
_SKIPPED = frozenset({"p", "h", "note", "annotation", "title", "desc", "page-number", "page-count", "list"})
"""Elements in a paragraph whose text is another paragraph's or a number of the page."""
_CELLS = ("table-cell", "covered-table-cell")
_MAX_REPEATED = 100
_FRAMES = frozenset({"frame", "custom-shape", "rect", "ellipse", "polygon", "line", "connector", "caption"})

Tables = dict[etree._Element, grid.Table]


@dataclass(frozen=True, slots=True)
class Document:
    """An opened file; `tables` keeps the texts of each table that was met."""

    file: zipfile.ZipFile
    path: str
    tables: Tables = field(default_factory=dict)

    def xml(self, part: str) -> etree._Element:
        return archive.xml(self.file, part, self.path)


def opened(data: bytes, path: str, kind: str) -> tuple[Document, etree._Element]:
    """The file and its body of the kind ("text", "presentation"). Raises LoadError for what has none."""
    file = archive.opened(data, path)
    if not archive.has(file, CONTENT):
        raise LoadError(f"{path}: is no OpenDocument file (it has no {CONTENT}); save it again from LibreOffice")
    if archive.has(file, MANIFEST) and b"encryption-data" in archive.read(file, MANIFEST, path):
        raise LoadError(f"{path}: is password-protected; save it without a password")
    document = Document(file, path)
    body = archive.child(document.xml(CONTENT), "body", kind)
    if body is None:
        raise LoadError(f"{path}: holds no {kind}, as its name says; give it its own suffix")
    return document, body


def blocks(node: etree._Element, at: Location, of: Document) -> Iterator[Block | Unread]:
    """What a node of a walk holds: a paragraph's text, a description, or an object's cells."""
    name = local(node)
    if name in {"title", "desc"}:
        described = node.tag == f"{{{_DESCRIPTIONS}}}{name}" and clean(node.text or "")
        if described:
            yield Block(described, at, Role.ALT, reason="description")
    elif name in {"p", "h"}:
        found = clean(text(node)) if node.tag == f"{{{_TEXT}}}{name}" else ""
        if found and above(node, "label-separator") is None:
            yield _block(node, found, at, of)
    else:
        where = f"slide {at.slide}" if at.slide else f"paragraph {at.paragraph}"
        yield from archive.guarded(_object(node, at, of), where, of.path)


def _block(node: etree._Element, told: str, at: Location, of: Document) -> Block:
    if above(node, "annotation") is not None:
        return Block(told, at, Role.COMMENT, Speaker.UNKNOWN, reason="comment")
    if above(node, "deletion") is not None:
        return Block(told, at, Role.COMMENT, Speaker.UNKNOWN, reason="tracked deletion")
    role = Role.BULLET if above(node, "list-item") is not None else Role.BODY
    cell = above(node, *_CELLS)
    if cell is None or above(cell, "table") is None:
        return Block(told, at, role, reason="list" if role is Role.BULLET else "")
    return Block(told, at, Role.CELL, context=_context(cell, of.tables), reason="table cell")


def above(node: etree._Element, *names: str) -> etree._Element | None:
    """The nearest element of one of the names that holds this one."""
    return next((outer for outer in node.iterancestors() if local(outer) in names), None)


def shape(node: etree._Element) -> str | None:
    """The name of the frame or shape that holds a node."""
    return attribute(above(node, *_FRAMES), "name")


def text(node: etree._Element) -> str:
    """The text of a paragraph without what stands in it and is another's."""
    return "".join(_pieces(node))


def _pieces(node: etree._Element) -> Iterator[str]:
    yield node.text or ""
    for inner in node:
        name = local(inner)
        if name in _SPACES:
            yield " "
        elif name and (name not in _SKIPPED or inner.tag == f"{{{_TEXT}}}title"):
            yield from _pieces(inner)
        yield inner.tail or ""


def _context(cell: etree._Element, tables: Tables) -> str:
    table = above(cell, "table")
    if table is None:
        return ""
    if table not in tables:
        rows = (row for row in table.iter("{*}table-row") if above(row, "table") is table)
        tables[table] = grid.table(
            (row, [text for one in children(row, *_CELLS) for text in _cell_texts(one)]) for row in rows
        )
    row = above(cell, "table-row")
    number = None if row is None else tables[table].numbers.get(row)
    if number is None:  # a cell outside the table's rows, which only a damaged file has
        return ""
    before = cell.itersiblings(*(f"{{*}}{name}" for name in _CELLS), preceding=True)
    return grid.context(tables[table].rows, number, sum(_repeated(one) for one in before))


def _cell_texts(cell: etree._Element) -> list[str]:
    return [clean(" ".join(map(text, cell.iter("{*}p", "{*}h"))))] * _repeated(cell)


def _repeated(cell: etree._Element) -> int:
    return archive.number(attribute(cell, "number-columns-repeated"), otherwise=1, most=_MAX_REPEATED)


def _object(node: etree._Element, at: Location, of: Document) -> Iterator[Block | Unread]:
    """The texts of a chart or a sheet in the document. What it holds in turn is not read."""
    part = posixpath.join(posixpath.normpath(attribute(node, "href") or "."), CONTENT)
    if local(node) == "object-ole" or not archive.has(of.file, part):
        raise LoadError("holds an embedded file, which is not read; scan it on its own")
    for inner in of.xml(part).iter("{*}p"):
        yield from blocks(inner, at, of)
