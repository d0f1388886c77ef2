"""Word documents: every paragraph in the order of the file, in tables, text boxes, headers, footers and notes too.

Read from the XML: python-docx's `.paragraphs` leaves out tables, text boxes, content controls and footnotes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from messagecheck.errors import LoadError
from messagecheck.loaders import archive, drawing, grid, testimonials
from messagecheck.loaders.archive import Relation, attribute, child, children, local
from messagecheck.loaders.docx_styles import Style, read_styles, role_of, style_of
from messagecheck.loaders.source import clean
from messagecheck.nouns import Block, Location, Role, Speaker, Unread

SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")

_MAIN = "word/document.xml"
_SKIPPED = frozenset({"del", "moveFrom", "Fallback", "txbxContent", "pPr", "rPr", "instrText", "delText", "p"})
"""Elements in a paragraph whose text is deleted, repeated, another paragraph's or none."""
_MOST_SPANNED = 100
_SPACES = frozenset({"tab", "br", "cr", "ptab"})
_FALSE = frozenset({"0", "false", "off"})
_MARGINS = ("header", "footer")
_NOTES = {
    "footnotes": (Role.BODY, Speaker.US),
    "endnotes": (Role.BODY, Speaker.US),
    "comments": (Role.COMMENT, Speaker.UNKNOWN),
}
_EMBEDDED = "holds an embedded file, which is not read; scan it on its own"


@dataclass(frozen=True, slots=True)
class _Document:
    """The archive, what the main part refers to, and the styles."""

    file: zipfile.ZipFile
    relations: dict[str, Relation]
    styles: dict[str, Style]
    path: str


def read(data: bytes, path: str) -> Iterator[Block | Unread]:
    """The document's blocks, then those of headers, notes and comments. Raises LoadError for what is no Word file."""
    file = archive.opened(data, path)
    if not archive.has(file, _MAIN):
        raise LoadError(f"{path}: is not a Word document (it has no {_MAIN}); save it as .docx")
    root = archive.xml(file, _MAIN, path)
    document = _Document(file, archive.relations(file, _MAIN, path), read_styles(file, path), path)
    items = [*_body(root, document)]
    yield from testimonials.mark(item for item in items if isinstance(item, Block))
    yield from (item for item in items if isinstance(item, Unread))
    yield from (Unread(path, _EMBEDDED) for one in document.relations.values() if one.kind == "aFChunk")
    yield from _margins(document)
    yield from _notes(document, _references(root))


def _body(root: etree._Element, of: _Document) -> Iterator[Block | Unread]:
    headings: tuple[tuple[int, str], ...] = ()
    tables: dict[etree._Element, grid.Table] = {}
    for number, paragraph in enumerate(_paragraphs(root), 1):
        text, style = _text(paragraph), style_of(paragraph, of.styles)
        cell = next((node for node in paragraph.iterancestors() if local(node) == "tc"), None)
        level = style.level if text and cell is None else None
        if level is not None:
            headings = tuple(one for one in headings if one[0] < level)
        at = Location(of.path, paragraph=number, heading=tuple(one for _, one in headings))
        if level is not None:
            headings = (*headings, (level, text))
        if text:
            block = Block(text, at, role_of(style), hidden=_is_hidden(paragraph), reason=style.name)
            yield _in_cell(block, cell, tables) if cell is not None else block
        yield from _beside(paragraph, at, of)


def _beside(paragraph: etree._Element, at: Location, of: _Document) -> Iterator[Block | Unread]:
    """What stands in a paragraph and is not its text: tracked deletions, descriptions, word art, charts, SmartArt."""
    deleted = clean(
        "".join(node.text or "" for gone in _own(paragraph, "del") for node in gone.iter("{*}t", "{*}delText"))
    )
    if deleted:
        yield Block(deleted, at, Role.COMMENT, Speaker.UNKNOWN, reason="tracked deletion")
    where = f"paragraph {at.paragraph}"
    for node in _own(paragraph, "docPr", "textpath", "chart", "relIds", "OLEObject"):
        yield from archive.guarded(_drawn(node, at, of), where, of.path)


def _drawn(node: etree._Element, at: Location, of: _Document) -> Iterator[Block]:
    name = local(node)
    if name == "docPr":
        yield from drawing.described(node, at)
    elif name == "textpath" and clean(attribute(node, "string") or ""):
        yield Block(clean(attribute(node, "string") or ""), at, reason="word art")
    elif name == "chart":
        yield from drawing.chart(of.file, _part(of, attribute(node, "id")), at)
    elif name == "relIds":
        yield from drawing.diagram(of.file, _part(of, attribute(node, "dm")), at)
    elif name == "OLEObject":
        raise LoadError(_EMBEDDED)


def _part(of: _Document, relation: str | None) -> str:
    if relation not in of.relations:
        raise LoadError("its chart or SmartArt is missing from the file; save the file again")
    return of.relations[relation].part


def _in_cell(block: Block, cell: etree._Element, tables: dict[etree._Element, grid.Table]) -> Block:
    row = cell.getparent()
    table = next((node for node in cell.iterancestors() if local(node) == "tbl"), None)
    if row is None or table is None or local(row) != "tr":
        return block
    if table not in tables:
        tables[table] = grid.table((one, list(_row_texts(one))) for one in _rows(table))
    held = tables[table]
    if held.width < 2:
        return block
    number = held.numbers.get(row)
    context = "" if number is None else grid.context(held.rows, number, _column(row, cell))
    role = block.role if block.role is Role.BULLET else Role.CELL
    return replace(block, role=role, context=context, reason="table cell")


def _rows(table: etree._Element | None) -> Iterator[etree._Element]:
    """A table's rows, those in content controls among them."""
    for node in () if table is None else children(table, "tr", "sdt"):
        if local(node) == "tr":
            yield node
        else:
            yield from _rows(child(node, "sdtContent"))


def _row_texts(row: etree._Element) -> Iterator[str]:
    """A row's texts, one a grid column: a cell over two columns stands in the first."""
    for cell in children(row, "tc"):
        yield clean(" ".join(_text(paragraph) for paragraph in cell.iter("{*}p")))
        yield from [""] * (_span(cell) - 1)


def _span(cell: etree._Element) -> int:
    return archive.number(attribute(child(cell, "tcPr", "gridSpan"), "val"), otherwise=1, most=_MOST_SPANNED) or 1


def _column(row: etree._Element, cell: etree._Element) -> int:
    column = 0
    for one in children(row, "tc"):
        if one is cell:
            break
        column += _span(one)
    return column


def _margins(of: _Document) -> Iterator[Block | Unread]:
    """Headers and footers: each text once, for a document repeats them a section."""
    seen: set[str] = set()
    for kind in _MARGINS:
        for relation in of.relations.values():
            if relation.kind == kind:
                yield from archive.guarded(_margin(of, relation, seen), kind, of.path)


def _margin(of: _Document, relation: Relation, seen: set[str]) -> Iterator[Block | Unread]:
    inside = replace(of, relations=archive.relations(of.file, relation.part, of.path))
    for item in _body(archive.xml(of.file, relation.part, of.path), inside):
        if isinstance(item, Unread):
            yield item
        elif item.text not in seen:
            seen.add(item.text)
            yield replace(item, at=Location(of.path, shape=relation.kind), role=Role.FOOTER, reason=relation.kind)


def _references(root: etree._Element) -> dict[tuple[str, str | None], int]:
    """The kind of a note and its id → the paragraph that it belongs to."""
    return {
        (f"{local(node).removesuffix('Reference')}s", attribute(node, "id")): number
        for number, paragraph in enumerate(_paragraphs(root), 1)
        for node in paragraph.iter("{*}footnoteReference", "{*}endnoteReference", "{*}commentReference")
    }


def _notes(of: _Document, references: dict[tuple[str, str | None], int]) -> Iterator[Block | Unread]:
    for kind in _NOTES:
        for relation in of.relations.values():
            if relation.kind == kind:
                yield from archive.guarded(_note(of, relation, references), kind, of.path)


def _note(of: _Document, relation: Relation, references: dict[tuple[str, str | None], int]) -> Iterator[Block]:
    name = relation.kind.rstrip("s")
    role, speaker = _NOTES[relation.kind]
    for paragraph in _paragraphs(archive.xml(of.file, relation.part, of.path)):
        text = _text(paragraph)
        note = next((node for node in paragraph.iterancestors() if local(node) == name), None)
        at = Location(of.path, shape=name, paragraph=references.get((relation.kind, attribute(note, "id"))))
        if text:
            yield Block(text, at, role, speaker, reason=relation.kind)


def _paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    """Every paragraph in order, but for the copies that Word keeps for older programs."""
    for node in root.iter("{*}p"):
        if not any(local(outer) == "Fallback" for outer in node.iterancestors()):
            yield node


def _own(paragraph: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Elements of a paragraph that are not in another one in its text box, nor in a copy for older programs."""
    for node in paragraph.iter(*(f"{{*}}{name}" for name in names)):
        above = next(outer for outer in node.iterancestors() if local(outer) in {"p", "Fallback"})
        if above is paragraph:
            yield node


def _text(paragraph: etree._Element) -> str:
    """A paragraph's text; "" for what a content control shows until somebody fills it."""
    unfilled = any(_is_unfilled(outer) for outer in paragraph.iterancestors())
    return "" if unfilled else clean("".join(_pieces(paragraph)))


def _pieces(node: etree._Element) -> Iterator[str]:
    for inner in node:
        name = local(inner)
        if name == "t":
            yield inner.text or ""
        elif name in _SPACES:
            yield " "
        elif name == "noBreakHyphen":
            yield "-"
        elif name not in _SKIPPED and not _is_unfilled(inner):
            yield from _pieces(inner)


def _is_unfilled(node: etree._Element) -> bool:
    return local(node) == "sdt" and child(node, "sdtPr", "showingPlcHdr") is not None


def _is_hidden(paragraph: etree._Element) -> bool:
    """Whether all of a paragraph's words are set as hidden text."""
    runs = [run for run in paragraph.iter("{*}r") if any(local(node) == "t" for node in run)]
    return bool(runs) and all(_vanishes(child(run, "rPr", "vanish")) for run in runs)


def _vanishes(mark: etree._Element | None) -> bool:
    return mark is not None and attribute(mark, "val") not in _FALSE
