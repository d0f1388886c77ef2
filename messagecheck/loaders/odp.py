"""OpenDocument presentations (.odp): titles, bullets, tables, charts, comments and notes, slide by slide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from messagecheck.loaders import archive, drawing, odf, testimonials
from messagecheck.loaders.archive import attribute, children
from messagecheck.loaders.source import clean
from messagecheck.nouns import Block, Location, Role, Unread

SUFFIXES = (".odp", ".otp")

_MARGINS = ("header", "footer", "date-time")
_CLASSES = {"subtitle": Role.BODY, "outline": Role.BULLET, **dict.fromkeys(_MARGINS, Role.FOOTER)}


def read(data: bytes, path: str) -> Iterator[Block | Unread]:
    """The blocks of each slide, then of its notes and its master. Raises LoadError for what is no presentation."""
    document, body = odf.opened(data, path, "presentation")
    masters = _masters(document)
    hidden = frozenset(_hidden_styles(body.getroottree().getroot()))
    seen: set[str] = set()
    for number, page in enumerate(children(body, "page"), 1):
        at = Location(path, slide=number)
        master = masters.get(attribute(page, "master-page-name") or "")
        for item in (*_page(page, at, document), *_declared(page, body, at), *_master(master, at, document)):
            if isinstance(item, Unread):
                yield item
            elif item.role is not Role.FOOTER or item.text not in seen:
                yield replace(item, hidden=attribute(page, "style-name") in hidden)
                seen.update([item.text] if item.role is Role.FOOTER else [])


def _page(page: etree._Element, at: Location, document: odf.Document) -> Iterator[Block | Unread]:
    at = replace(at, heading=_title(page))
    items = [item for node in page.iter(*odf.NODES) for item in _node(node, at, document)]
    yield from testimonials.mark(item for item in items if isinstance(item, Block))
    yield from (item for item in items if isinstance(item, Unread))


def _node(node: etree._Element, at: Location, document: odf.Document) -> Iterator[Block | Unread]:
    frame = odf.above(node, "frame")
    kind = attribute(frame, "class") or ""
    at = replace(at, shape=odf.shape(node), notes=odf.above(node, "notes") is not None)
    for item in odf.blocks(node, at, document):
        if isinstance(item, Unread) or item.role in {Role.COMMENT, Role.CELL, Role.ALT}:
            yield item
        elif not kind or not _is_template(item, frame):
            yield _told(item, kind)


def _is_template(block: Block, frame: etree._Element | None) -> bool:
    return attribute(frame, "placeholder") == "true" or drawing.PROMPT.fullmatch(block.text) is not None


def _told(block: Block, kind: str) -> Block:
    """A block with the role that the class of its frame gives it."""
    if block.at.notes:
        notes = _CLASSES.get(kind) is not Role.FOOTER
        return replace(block, role=Role.NOTES if notes else Role.FOOTER, reason="speaker notes" if notes else kind)
    if kind == "title":
        role = Role.TITLE if block.at.slide == 1 else Role.HEADING
        return replace(block, role=role, at=replace(block.at, heading=()), reason=kind)
    return replace(block, role=_CLASSES[kind], reason=kind) if kind in _CLASSES else block


def _title(page: etree._Element) -> tuple[str, ...]:
    for frame in page.iter("{*}frame"):
        if attribute(frame, "class") == "title" and attribute(frame, "placeholder") != "true":
            text = clean(" ".join(map(odf.text, frame.iter("{*}p"))))
            return (text,) if text and not drawing.PROMPT.fullmatch(text) else ()
    return ()


def _declared(page: etree._Element, body: etree._Element, at: Location) -> Iterator[Block]:
    """The header, footer and date that a slide shows, which stand once in the file."""
    for name in _MARGINS:
        used = attribute(page, f"use-{name}-name")
        for declared in children(body, f"{name}-decl"):
            text = clean(odf.text(declared))
            if used and attribute(declared, "name") == used and text:
                yield Block(text, at, Role.FOOTER, reason=name)


def _masters(document: odf.Document) -> dict[str, etree._Element]:
    if not archive.has(document.file, odf.STYLES):
        return {}
    pages = document.xml(odf.STYLES).iter("{*}master-page")
    return {attribute(page, "name") or "": page for page in pages}


def _master(master: etree._Element | None, at: Location, document: odf.Document) -> Iterator[Block | Unread]:
    """What a master shows on every slide; the text of its placeholders is only a prompt."""
    for node in () if master is None else master.iter(*odf.NODES):
        is_prompt = attribute(odf.above(node, "frame"), "class") is not None
        if not is_prompt and odf.above(node, "notes") is None:
            for item in odf.blocks(node, at, document):
                yield (
                    replace(item, role=Role.FOOTER, reason="on every slide of a master")
                    if isinstance(item, Block)
                    else item
                )


def _hidden_styles(root: etree._Element) -> Iterator[str]:
    for style in root.iter("{*}style"):
        properties = next(children(style, "drawing-page-properties"), None)
        if attribute(properties, "visibility") == "hidden":
            yield attribute(style, "name") or ""
