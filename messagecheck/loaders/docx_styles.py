"""What a Word paragraph is for: headings, lists and quotations by its style, its outline level and its numbering."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, replace

from lxml import etree

from messagecheck.loaders import archive
from messagecheck.loaders.archive import attribute, child, children, number
from messagecheck.nouns import Role

_PART = "word/styles.xml"
_HEADING = re.compile(r"heading ?([1-9])$", re.IGNORECASE)
_MAX_BASES = 10


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: its name, the heading level (0 for the title, None for text) and whether it makes a list."""

    name: str
    level: int | None
    lists: bool


def read_styles(file: zipfile.ZipFile, path: str) -> dict[str, Style]:
    if not archive.has(file, _PART):
        return {}
    nodes = {attribute(node, "styleId") or "": node for node in children(archive.xml(file, _PART, path), "style")}
    return {key: Style(_name(node), _level(node, nodes), _lists(node)) for key, node in nodes.items()}


def _name(style: etree._Element) -> str:
    return attribute(child(style, "name"), "val") or ""


def _lists(style: etree._Element) -> bool:
    return _name(style).casefold().startswith("list") or child(style, "pPr", "numPr") is not None


def _level(style: etree._Element, styles: dict[str, etree._Element]) -> int | None:
    """A style's heading level by its name or outline, or by the style that it is based on."""
    at: etree._Element | None = style
    for _ in range(_MAX_BASES):
        if at is None:
            return None
        found = _HEADING.match(_name(at))
        if found or _name(at).casefold() == "title":
            return int(found[1]) if found else 0
        outline = _outline(child(at, "pPr"))
        if outline is not None:
            return outline
        at = styles.get(attribute(child(at, "basedOn"), "val") or "")
    return None


def _outline(properties: etree._Element | None) -> int | None:
    """The heading level that a paragraph's properties give; Word counts from 0, and from 9 on it is text."""
    level = number(attribute(child(properties, "outlineLvl"), "val"), otherwise=9, most=9)
    return level + 1 if level < 9 else None


def style_of(paragraph: etree._Element, styles: dict[str, Style]) -> Style:
    properties = child(paragraph, "pPr")
    key = attribute(child(properties, "pStyle"), "val") or ""
    style = styles.get(key, Style(key, None, lists=key.casefold().startswith("list")))
    if style.level is None:
        style = replace(style, level=_outline(properties))
    return replace(style, lists=True) if child(properties, "numPr") is not None else style


def role_of(style: Style) -> Role:
    if style.level is not None:
        return Role.HEADING if style.level else Role.TITLE
    if "quote" in style.name.casefold():
        return Role.TESTIMONIAL
    return Role.BULLET if style.lists else Role.BODY
