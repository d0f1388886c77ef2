"""PowerPoint decks: titles, bullets, tables, charts, SmartArt, descriptions and speaker notes, slide by slide.

Read from the XML: python-pptx gives nothing of SmartArt and comments, and one odd shape costs it the whole file.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from messagecheck.errors import LoadError
from messagecheck.loaders import archive, drawing, grid, testimonials
from messagecheck.loaders.archive import Relation, attribute, child, children, local
from messagecheck.loaders.source import clean
from messagecheck.nouns import Block, Location, Role, Speaker, Unread

SUFFIXES = (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm")

_MAIN = "ppt/presentation.xml"
_TITLES = frozenset({"title", "ctrTitle"})
_PLACEHOLDERS = {"ftr": Role.FOOTER, "hdr": Role.FOOTER, "dt": Role.FOOTER, "subTitle": Role.BODY}
_NUMBERS = frozenset({"sldNum", "sldImg"})
_SHAPES = ("{*}sp", "{*}graphicFrame", "{*}pic", "{*}grpSp", "{*}cxnSp")
_TRUE, _FALSE = frozenset({"1", "true"}), frozenset({"0", "false"})


@dataclass(frozen=True, slots=True)
class _Slide:
    """A slide's XML (or its notes', its layout's), what it refers to, and the place that its blocks have in common."""

    file: zipfile.ZipFile
    root: etree._Element
    relations: dict[str, Relation]
    at: Location


def read(data: bytes, path: str) -> Iterator[Block | Unread]:
    """The blocks of each slide, then of its notes, comments and layout. Raises LoadError for what is no deck."""
    file = archive.opened(data, path)
    if not archive.has(file, _MAIN):
        raise LoadError(f"{path}: is not a PowerPoint deck (it has no {_MAIN}); save it as .pptx")
    furniture: set[str] = set()
    layouts: set[str] = set()
    for number, part in enumerate(_slides(file, path), 1):
        at = Location(path, slide=number)
        for item in archive.guarded(_slide(file, part, at, layouts), f"slide {number}", path):
            repeated = isinstance(item, Block) and item.role is Role.FOOTER and item.text in furniture
            if isinstance(item, Block) and item.role is Role.FOOTER:
                furniture.add(item.text)
            if not repeated:
                yield item


def _slides(file: zipfile.ZipFile, path: str) -> Iterator[str]:
    """The slides' parts in order; an impossible one where the file lacks a slide, so that its place is missed."""
    relations = archive.relations(file, _MAIN, path)
    for node in archive.xml(file, _MAIN, path).iterfind("{*}sldIdLst/{*}sldId"):
        relation = relations.get(_relation_id(node))
        yield relation.part if relation else "(none)"


def _relation_id(node: etree._Element) -> str:
    """The `r:id` of an element; `id` without a namespace is another thing."""
    return next((str(value) for key, value in node.attrib.items() if str(key).endswith("}id")), "")


def _slide(file: zipfile.ZipFile, part: str, at: Location, layouts: set[str]) -> Iterator[Block | Unread]:
    root = archive.xml(file, part, at.path)
    slide = _Slide(file, root, archive.relations(file, part, at.path), replace(at, heading=_title(root)))
    hidden = root.get("show") in _FALSE
    shown = [*_shapes(slide)]
    blocks = testimonials.mark(item for item in shown if isinstance(item, Block))
    for item in (*blocks, *_notes(slide), *_comments(slide)):
        yield replace(item, hidden=item.hidden or hidden) if isinstance(item, Block) else item
    yield from (item for item in shown if isinstance(item, Unread))
    yield from _furniture(slide, layouts)


def _opened(slide: _Slide, part: str, at: Location) -> _Slide:
    """Another part that belongs to a slide."""
    return _Slide(slide.file, archive.xml(slide.file, part, at.path), archive.relations(slide.file, part, at.path), at)


def _furniture(slide: _Slide, layouts: set[str]) -> Iterator[Block | Unread]:
    """What the layout and the master show on every slide, for the first one; a placeholder's text is a prompt there."""
    for kind in ("slideLayout", "slideMaster"):
        part = next(_parts(slide, kind), None)
        if part is None or part in layouts or slide.root.get("showMasterSp") in _FALSE:
            return
        layouts.add(part)
        slide = _opened(slide, part, replace(slide.at, heading=()))
        for item in _shapes(slide):
            if isinstance(item, Unread):
                yield item
            elif not item.reason.startswith("placeholder"):
                yield replace(item, role=Role.FOOTER, reason="on every slide of a layout")


def _title(root: etree._Element) -> tuple[str, ...]:
    for shape in root.iter("{*}sp"):
        if _placeholder(shape) in _TITLES:
            text = clean(" ".join(drawing.paragraphs(shape)))
            return (text,) if text and not drawing.PROMPT.fullmatch(text) else ()
    return ()


def _placeholder(shape: etree._Element) -> str | None:
    """A placeholder's type ("body" where it has none), None for other shapes."""
    found = child(shape, "nvSpPr", "nvPr", "ph")
    return None if found is None else attribute(found, "type") or "body"


def _shapes(slide: _Slide) -> Iterator[Block | Unread]:
    """Every shape in order, those in groups too; what is kept for older programs is passed over."""
    for node in slide.root.iter(*_SHAPES):
        if any(local(outer) == "Fallback" for outer in node.iterancestors()):
            continue
        properties = next(node.iter("{*}cNvPr"), None)
        here = replace(slide, at=replace(slide.at, shape=attribute(properties, "name")))
        hidden = attribute(properties, "hidden") in _TRUE
        where = f"slide {slide.at.slide}, {here.at.shape or 'a shape'}"
        items = (*archive.guarded(_shape(here, node), where, slide.at.path), *drawing.described(properties, here.at))
        yield from (replace(item, hidden=hidden) if isinstance(item, Block) else item for item in items)


def _shape(slide: _Slide, node: etree._Element) -> Iterator[Block | Unread]:
    if local(node) == "sp":
        return _text(slide, node)
    return _frame(slide, node) if local(node) == "graphicFrame" else iter(())


def _text(slide: _Slide, shape: etree._Element) -> Iterator[Block]:
    kind = _placeholder(shape)
    texts = [text for text in drawing.paragraphs(shape) if kind is None or not drawing.PROMPT.fullmatch(text)]
    if kind in _NUMBERS:
        return
    if kind in _TITLES:
        role = Role.TITLE if slide.at.slide == 1 else Role.HEADING
        if texts:
            yield Block(" ".join(texts), replace(slide.at, heading=()), role, reason="placeholder title")
        return
    role = _PLACEHOLDERS.get(kind or "", Role.BULLET if kind else Role.BODY)
    for text in texts:
        yield Block(text, slide.at, role, reason=f"placeholder {kind}" if kind else "text box")


def _frame(slide: _Slide, frame: etree._Element) -> Iterator[Block | Unread]:
    """Tables, charts and SmartArt."""
    for node in frame.iter("{*}tbl", "{*}chart", "{*}relIds", "{*}oleObj"):
        if local(node) == "tbl":
            yield from _table(slide, node)
        elif local(node) == "oleObj":
            raise LoadError("a file is embedded here, which is not read; scan it on its own")
        elif local(node) == "chart":
            yield from drawing.chart(slide.file, _part(slide, _relation_id(node)), slide.at)
        else:
            yield from drawing.diagram(slide.file, _part(slide, attribute(node, "dm") or ""), slide.at)


def _part(slide: _Slide, relation: str) -> str:
    if relation not in slide.relations:
        raise LoadError("its chart or SmartArt is missing from the file; save the file again")
    return slide.relations[relation].part


def _table(slide: _Slide, table: etree._Element) -> Iterator[Block]:
    cells = [[[*drawing.paragraphs(cell)] for cell in children(row, "tc")] for row in children(table, "tr")]
    rows = [[clean(" ".join(texts)) for texts in row] for row in cells]
    for number, row in enumerate(cells):
        for column, texts in enumerate(row):
            context = grid.context(rows, number, column)
            for text in texts:
                yield Block(text, slide.at, Role.CELL, context=context, reason="table cell")


def _notes(slide: _Slide) -> Iterator[Block | Unread]:
    at = replace(slide.at, notes=True)
    for part in _parts(slide, "notesSlide"):
        yield from archive.guarded(_note(slide, part, at), f"slide {at.slide}, notes", at.path)


def _note(slide: _Slide, part: str, at: Location) -> Iterator[Block | Unread]:
    for item in _shapes(_opened(slide, part, at)):
        if isinstance(item, Unread) or item.role is Role.FOOTER:
            yield item
        else:
            yield replace(item, role=Role.NOTES, reason="speaker notes", at=at)


def _comments(slide: _Slide) -> Iterator[Block | Unread]:
    for part in _parts(slide, "comments", "comment"):
        yield from archive.guarded(_comment(slide, part), f"slide {slide.at.slide}, comments", slide.at.path)


def _comment(slide: _Slide, part: str) -> Iterator[Block]:
    root = archive.xml(slide.file, part, slide.at.path)
    texts = [*(clean(node.text or "") for node in root.iter("{*}text")), *drawing.paragraphs(root)]
    for text in filter(None, texts):
        yield Block(text, slide.at, Role.COMMENT, Speaker.UNKNOWN, reason="comment")


def _parts(slide: _Slide, *kinds: str) -> Iterator[str]:
    return (relation.part for relation in slide.relations.values() if relation.kind in kinds)
