"""OpenDocument text (.odt): every paragraph in order, in tables, frames, notes and comments too, headers, footers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from messagecheck.loaders import archive, odf, testimonials
from messagecheck.loaders.archive import attribute, local
from messagecheck.nouns import Block, Location, Role, Unread

SUFFIXES = (".odt", ".ott")

_MARGIN = re.compile(r"(header|footer)(?:-first|-left)?$")
_HEADING = re.compile(r"Heading_20_([1-9])$")
_MAX_PARENTS = 10
_MOST_LEVELS = 10


def read(data: bytes, path: str) -> Iterator[Block | Unread]:
    """The text's blocks, then those of headers and footers. Raises LoadError for what is no OpenDocument text."""
    document, body = odf.opened(data, path, "text")
    styles = document.xml(odf.STYLES) if archive.has(document.file, odf.STYLES) else None
    parents = {name: parent for root in (styles, body.getroottree().getroot()) if root is not None
               for name, parent in _parents(root)}  # fmt: skip
    items = [*_body(body, document, parents)]
    yield from testimonials.mark(item for item in items if isinstance(item, Block))
    yield from (item for item in items if isinstance(item, Unread))
    if styles is not None:
        yield from _margins(styles, document)


def _body(body: etree._Element, document: odf.Document, parents: dict[str, str]) -> Iterator[Block | Unread]:
    headings: tuple[tuple[int, str], ...] = ()
    number = 0
    for node in body.iter(*odf.NODES):
        beside = odf.above(node, "note", "annotation", "deletion")
        number += local(node) in {"p", "h"} and beside is None
        at = Location(document.path, paragraph=number or None, heading=tuple(text for _, text in headings))
        if beside is not None and local(beside) == "note":
            at = replace(at, shape=attribute(beside, "note-class") or "footnote")
        for item in odf.blocks(node, at, document):
            level = _level(node, parents) if isinstance(item, Block) and item.role is Role.BODY else None
            if level is not None and isinstance(item, Block):
                headings = tuple(one for one in headings if one[0] < level)
                item = replace(item, at=replace(at, heading=tuple(text for _, text in headings)))
                headings = (*headings, (level, item.text))
            yield _styled(item, node, level, parents) if isinstance(item, Block) else item


def _styled(block: Block, node: etree._Element, level: int | None, parents: dict[str, str]) -> Block:
    if level is not None:
        return replace(block, role=Role.HEADING if level else Role.TITLE, reason=f"heading {level}")
    if block.role is Role.BODY and any("quot" in name.casefold() for name in _styles(node, parents)):
        return replace(block, role=Role.TESTIMONIAL, reason="quotation style")
    return block


def _level(node: etree._Element, parents: dict[str, str]) -> int | None:
    """A heading's level, 0 for the title, None for text."""
    if local(node) == "h":
        return archive.number(attribute(node, "outline-level"), otherwise=1, most=_MOST_LEVELS)
    names = [*_styles(node, parents)]
    if "Title" in names:
        return 0
    return next((int(found[1]) for name in names if (found := _HEADING.match(name))), None)


def _styles(node: etree._Element, parents: dict[str, str]) -> Iterator[str]:
    """The name of a paragraph's style and of those that it is made from."""
    name = attribute(node, "style-name")
    for _ in range(_MAX_PARENTS):
        if name is None:
            return
        yield name
        name = parents.get(name)


def _parents(root: etree._Element) -> Iterator[tuple[str, str]]:
    for style in root.iter("{*}style"):
        name, parent = attribute(style, "name"), attribute(style, "parent-style-name")
        if name and parent:
            yield name, parent


def _margins(styles: etree._Element, document: odf.Document) -> Iterator[Block | Unread]:
    """Headers and footers: each text once, for a document repeats them a kind of page."""
    seen: set[str] = set()
    for margin in (node for page in styles.iter("{*}master-page") for node in page):
        kind = _MARGIN.match(local(margin))
        if not kind:
            continue
        at = Location(document.path, shape=kind[1])
        for item in (one for node in margin.iter(*odf.NODES) for one in odf.blocks(node, at, document)):
            if isinstance(item, Unread) or item.text not in seen:
                yield replace(item, role=Role.FOOTER, reason=kind[1]) if isinstance(item, Block) else item
            if isinstance(item, Block):
                seen.add(item.text)
