"""PowerPoint decks: titles, bullets, tables, charts, SmartArt, descriptions and speaker notes, slide by slide.

Read from the XML: python-pptx gives nothing of SmartArt and comments, and one odd shape costs it the whole file.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from messagecheck.errors import LoadError
from messagecheck.loaders import archive, grid, testimonials
from messagecheck.loaders.archive import Relation, attribute, child, children, local
from messagecheck.loaders.source import clean
from messagecheck.nouns import Block, Location, Role, Speaker

SUFFIXES = (".pptx", ".pptm", ".ppsx", ".potx")

_MAIN = "ppt/presentation.xml"
_TITLES = frozenset({"title", "ctrTitle"})
_PLACEHOLDERS = {"ftr": Role.FOOTER, "hdr": Role.FOOTER, "dt": Role.FOOTER, "subTitle": Role.BODY}


@dataclass(frozen=True, slots=True)
class _Slide:
    """A slide's XML, what it refers to, and the place that its blocks have in common."""

    file: zipfile.ZipFile
    root: etree._Element
    relations: dict[str, Relation]
    at: Location


def read(data: bytes, path: str) -> Iterator[Block]:
    """The blocks of each slide, then of its notes. Raises LoadError for what is no deck."""
    file = archive.opened(data, path)
    if not archive.has(file, _MAIN):
        raise LoadError(f"{path}: is not a PowerPoint deck (it has no {_MAIN}); save it as .pptx")
    for number, part in enumerate(_slides(file, path), 1):
        root, relations = archive.xml(file, part, path), archive.relations(file, part, path)
        slide = _Slide(file, root, relations, Location(path, slide=number, heading=_title(root)))
        hidden = root.get("show") in {"0", "false"}
        blocks = [*testimonials.mark(_shapes(slide, root)), *_notes(slide), *_comments(slide)]
        yield from (replace(block, hidden=hidden) for block in blocks)


def _slides(file: zipfile.ZipFile, path: str) -> Iterator[str]:
    relations = archive.relations(file, _MAIN, path)
    for node in archive.xml(file, _MAIN, path).iterfind("{*}sldIdLst/{*}sldId"):
        relation = relations.get(attribute_of_relation(node))
        if relation and relation.kind == "slide":
            yield relation.part


def attribute_of_relation(node: etree._Element) -> str:
    """The `r:id` of an element; `id` without a namespace is another thing."""
    return next((str(value) for key, value in node.attrib.items() if str(key).endswith("}id")), "")


def _title(root: etree._Element) -> tuple[str, ...]:
    for shape in root.iter("{*}sp"):
        if _placeholder(shape) in _TITLES:
            text = clean(" ".join(_paragraphs(shape)))
            return (text,) if text else ()
    return ()


def _placeholder(shape: etree._Element) -> str | None:
    """A placeholder's type ("body" where it has none), None for other shapes."""
    found = child(shape, "nvSpPr", "nvPr", "ph")
    return None if found is None else attribute(found, "type") or "body"


def _shapes(slide: _Slide, root: etree._Element) -> Iterator[Block]:
    """Every shape in order, those in groups too; what is kept for older programs is passed over."""
    for node in root.iter("{*}sp", "{*}graphicFrame", "{*}pic"):
        if any(local(outer) == "Fallback" for outer in node.iterancestors()):
            continue
        properties = next((one for one in node.iter("{*}cNvPr")), None)
        here = replace(slide, at=replace(slide.at, shape=attribute(properties, "name")))
        described = clean(attribute(properties, "descr") or "")
        if local(node) == "sp":
            yield from _shape(here, node)
        elif local(node) == "graphicFrame":
            yield from _frame(here, node)
        if described:
            yield Block(described, here.at, Role.ALT, reason="description")


def _shape(slide: _Slide, shape: etree._Element) -> Iterator[Block]:
    kind = _placeholder(shape)
    if kind == "sldNum":
        return
    if kind in _TITLES:
        role = Role.TITLE if slide.at.slide == 1 else Role.HEADING
        text = clean(" ".join(_paragraphs(shape)))
        if text:
            yield Block(text, replace(slide.at, heading=()), role, reason="title placeholder")
        return
    role = _PLACEHOLDERS.get(kind or "", Role.BULLET if kind else Role.BODY)
    for text in _paragraphs(shape):
        yield Block(text, slide.at, role, reason=f"placeholder {kind}" if kind else "text box")


def _frame(slide: _Slide, frame: etree._Element) -> Iterator[Block]:
    """Tables, charts and SmartArt."""
    for node in frame.iter("{*}tbl", "{*}chart", "{*}relIds"):
        if local(node) == "tbl":
            yield from _table(slide, node)
        elif local(node) == "chart":
            yield from _chart(slide, slide.relations.get(attribute_of_relation(node)))
        else:
            yield from _diagram(slide, slide.relations.get(attribute(node, "dm") or ""))


def _table(slide: _Slide, table: etree._Element) -> Iterator[Block]:
    rows = [[clean(" ".join(_paragraphs(cell))) for cell in children(row, "tc")] for row in children(table, "tr")]
    for number, row in enumerate(children(table, "tr")):
        for column, cell in enumerate(children(row, "tc")):
            context = grid.context(rows, number, column)
            for text in _paragraphs(cell):
                yield Block(text, slide.at, Role.CELL, context=context, reason="table cell")


def _chart(slide: _Slide, relation: Relation | None) -> Iterator[Block]:
    """A chart's titles and labels; its numbers, with the series and the category as context."""
    if relation is None:
        return
    root = archive.xml(slide.file, relation.part, slide.at.path)
    for text in _paragraphs(root):
        yield Block(text, slide.at, Role.BODY, reason="chart title")
    for series in root.iter("{*}ser"):
        name = clean(" ".join(node.text or "" for tx in children(series, "tx") for node in tx.iter("{*}v")))
        categories = _points(series, "cat")
        for place, value in _points(series, "val").items():
            context = " | ".join(part for part in (categories.get(place, ""), name) if part)
            yield Block(value, slide.at, Role.CELL, context=context, reason="chart value")


def _points(series: etree._Element, kind: str) -> dict[str, str]:
    """Index → value of a series' categories or values."""
    return {
        attribute(point, "idx") or "": text
        for holder in children(series, kind)
        for point in holder.iter("{*}pt")
        if (text := clean(" ".join(node.text or "" for node in point.iter("{*}v"))))
    }


def _diagram(slide: _Slide, relation: Relation | None) -> Iterator[Block]:
    if relation is None:
        return
    for text in _paragraphs(archive.xml(slide.file, relation.part, slide.at.path)):
        yield Block(text, slide.at, Role.BULLET, reason="SmartArt")


def _notes(slide: _Slide) -> Iterator[Block]:
    for relation in slide.relations.values():
        if relation.kind != "notesSlide":
            continue
        for shape in archive.xml(slide.file, relation.part, slide.at.path).iter("{*}sp"):
            if _placeholder(shape) == "body":
                for text in _paragraphs(shape):
                    yield Block(text, replace(slide.at, notes=True), Role.NOTES, reason="speaker notes")


def _comments(slide: _Slide) -> Iterator[Block]:
    for relation in slide.relations.values():
        if relation.kind in {"comments", "comment"}:
            root = archive.xml(slide.file, relation.part, slide.at.path)
            texts = [*(node.text or "" for node in root.iter("{*}text")), *_paragraphs(root)]
            for text in filter(None, map(clean, texts)):
                yield Block(text, slide.at, Role.COMMENT, Speaker.UNKNOWN, reason="comment")


def _paragraphs(node: etree._Element) -> Iterator[str]:
    """The texts of the paragraphs in an element, without empty ones."""
    for paragraph in node.iter("{*}p"):
        text = clean("".join(_pieces(paragraph)))
        if text:
            yield text


def _pieces(paragraph: etree._Element) -> Iterator[str]:
    for node in paragraph.iter("{*}t", "{*}br"):
        yield " " if local(node) == "br" else node.text or ""
