"""DrawingML, which decks and documents have in common: paragraphs, charts and SmartArt."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from messagecheck.loaders import archive
from messagecheck.loaders.archive import attribute, child, children, local
from messagecheck.loaders.source import clean
from messagecheck.nouns import Block, Location, Role

_CATEGORIES = ("cat", "xVal", "strDim")
_VALUES = ("val", "yVal", "bubbleSize", "numDim")

PROMPT = re.compile(
    r"(?:double-)?(?:click|tap)(?: or tap)?(?: here)? to (?:add|edit|enter|insert)\b.{0,60}", re.IGNORECASE
)
"""What PowerPoint, Keynote and LibreOffice show in a placeholder that nobody has filled."""


def paragraphs(node: etree._Element) -> Iterator[str]:
    """The texts of the paragraphs in an element, without empty ones and numbers of slides."""
    for paragraph in node.iter("{*}p"):
        text = clean("".join(_pieces(paragraph)))
        if text:
            yield text


def _pieces(paragraph: etree._Element) -> Iterator[str]:
    for node in paragraph.iter("{*}t", "{*}br"):
        if local(node) == "br":
            yield " "
        elif attribute(node.getparent(), "type") != "slidenum":
            yield node.text or ""


def described(properties: etree._Element | None, at: Location) -> Iterator[Block]:
    """The description of a picture, a chart or a shape, which those read who don't see it."""
    for name in ("title", "descr"):
        text = clean(attribute(properties, name) or "")
        if text:
            yield Block(text, at, Role.ALT, reason="description")


def chart(file: zipfile.ZipFile, part: str, at: Location) -> Iterator[Block]:
    """A chart's titles and labels, each once; its numbers, with the category and the series as context."""
    root = archive.xml(file, part, at.path)
    texts = [*paragraphs(root), *_labels(root)]
    for relation in archive.relations(file, part, at.path).values():
        if relation.kind == "chartUserShapes":
            texts += paragraphs(archive.xml(file, relation.part, at.path))
    for text in dict.fromkeys(texts):
        yield Block(text, at, reason="chart label")
    common = {**_points(root, "strDim")}
    for series in root.iter("{*}ser", "{*}numDim"):
        yield from _values(series, common, at)


def _labels(root: etree._Element) -> Iterator[str]:
    """Names of series and categories, and titles that stand in a sheet's cell."""
    for node in root.iter("{*}tx", "{*}cat", "{*}strDim"):
        yield from filter(None, (clean(point.text or "") for point in node.iter("{*}v", "{*}pt")))


def _values(series: etree._Element, common: dict[str, str], at: Location) -> Iterator[Block]:
    names = (node.text or "" for tx in children(series, "tx") for node in tx.iter("{*}v"))
    name = clean(" ".join(names))
    categories = common or {place: text for kind in _CATEGORIES for place, text in _points(series, kind).items()}
    for kind in _VALUES:
        for place, value in _points(series, kind).items():
            context = " | ".join(part for part in (categories.get(place, ""), name) if part)
            yield Block(value, at, Role.CELL, context=context, reason="chart value")


def _points(node: etree._Element, kind: str) -> dict[str, str]:
    """Index → text of the points; a category of two levels is one text."""
    found: dict[str, str] = {}
    for holder in [node] if local(node) == kind else node.iterfind(f".//{{*}}{kind}"):
        for point in holder.iter("{*}pt"):
            place = attribute(point, "idx") or ""
            text = " ".join(part.text or "" for part in (*point.iterfind("{*}v"), point))
            found[place] = clean(f"{text} {found.get(place, '')}")
    return {place: text for place, text in found.items() if text}


def diagram(file: zipfile.ZipFile, part: str, at: Location) -> Iterator[Block]:
    """The points of SmartArt in the order of its data. "[Text]" in a point that nobody has filled is no content."""
    for point in archive.xml(file, part, at.path).iter("{*}pt"):
        properties = child(point, "prSet")
        unfilled = attribute(properties, "phldr") in {"1", "true"}
        for text in paragraphs(point):
            if not unfilled or text != attribute(properties, "phldrT"):
                yield Block(text, at, Role.BULLET, reason="SmartArt")
