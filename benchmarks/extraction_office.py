"""What Office files hold, told by every text node of their XML, beside other programs' text of them."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterable, Iterator
from functools import cache, partial
from pathlib import Path

import docx
import pptx
from extraction import Extract, Format
from extraction_samples import samples
from lxml import etree

POINT = "*[local-name()='v' or local-name()='pt']"
NO_CONTENT = (
    "ancestor::*[local-name()='Fallback' or local-name()='moveFrom'"
    " or (local-name()='sdt' and *[local-name()='sdtPr']/*[local-name()='showingPlcHdr'])]"
)
"""Copies for older programs, the old place of what has been moved, and content controls that nobody has filled."""
FOOTERS = "*[local-name()='nvSpPr']//*[local-name()='ph'][@type='ftr' or @type='hdr' or @type='dt']"

ODF = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"
    for name, uri in {"text": "text", "style": "style", "draw": "drawing", "svg": "svg-compatible",
                      "presentation": "presentation", "chart": "chart"}.items()
}  # fmt: skip
ODF_NO_TEXT = (
    "ancestor::text:page-number or ancestor::text:page-count or ancestor::svg:title or ancestor::svg:desc"
    " or parent::*[starts-with(name(), 'dc:') or contains(local-name(), 'initials')]"
)
ODF_TEXT = "(.//text:p | .//text:h)[not(ancestor::*[local-name()='label-separator'])]"
MASTER_TEXT = ".//text:p[not(ancestor::draw:frame[@presentation:class]) and not(ancestor::presentation:notes)]"


class Package:
    """An Office file: its parts' XML and what each refers to."""

    def __init__(self, path: Path) -> None:
        self.file = zipfile.ZipFile(path)

    @cache  # noqa: B019 - a package lives as long as its file is measured
    def xml(self, part: str) -> etree._Element:
        return etree.fromstring(self.file.read(part))

    def parts(self, part: str, kinds: Iterable[str]) -> Iterator[str]:
        folder, name = posixpath.split(part)
        rels = f"{folder}/_rels/{name}.rels"
        if rels not in self.file.namelist():
            return
        for relation in self.xml(rels):
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
            if relation.get("Type", "").rpartition("/")[2] in kinds and target in self.file.namelist():
                yield target


def local(name: str) -> str:
    return f"*[local-name()='{name}']"


def paragraphs(root: etree._Element) -> Iterator[str]:
    """The texts of all paragraphs; one in another's text box is a paragraph of its own."""
    for paragraph in root.xpath(f".//{local('p')}[not({NO_CONTENT})]"):
        yield "".join(_pieces(paragraph))


def _pieces(paragraph: etree._Element) -> Iterator[str]:
    for node in paragraph.xpath(f".//*[not({NO_CONTENT})]"):
        name = etree.QName(node).localname
        if node.xpath(f"ancestor::{local('p')}[1]")[0] is not paragraph:
            continue
        if name in {"t", "delText"} and node.getparent().get("type") != "slidenum":
            yield node.text or ""
        elif name in {"br", "tab", "cr", "ptab"}:
            yield " "
        elif name == "noBreakHyphen":
            yield "-"


def descriptions(root: etree._Element) -> Iterator[str]:
    for node in root.xpath(f".//*[local-name()='cNvPr' or local-name()='docPr'][not({NO_CONTENT})]"):
        yield from (node.get(name, "") for name in ("title", "descr"))


def pptx_text(path: Path) -> str:
    package = Package(path)
    repeated: dict[str, None] = {}
    texts: list[str] = []
    for slide in package.parts("ppt/presentation.xml", {"slide"}):
        texts += _slide(package, slide, repeated)
        for notes in package.parts(slide, {"notesSlide"}):
            texts += _slide(package, notes, repeated)
        for part in package.parts(slide, {"comments", "comment"}):
            root = package.xml(part)
            texts += [*paragraphs(root), *root.xpath(f".//{local('text')}/text()")]
        repeated |= dict.fromkeys(_layouts(package, slide))
    return "\n".join([*texts, *repeated])


def _slide(package: Package, part: str, repeated: dict[str, None]) -> Iterator[str]:
    root = package.xml(part)
    for footer in root.xpath(f".//{local('sp')}[{FOOTERS}]"):
        repeated |= dict.fromkeys(paragraphs(footer))
        footer.getparent().remove(footer)
    yield from (*paragraphs(root), *descriptions(root), *drawings(package, part))


def _layouts(package: Package, slide: str) -> Iterator[str]:
    """What stands on a layout or a master and is no placeholder."""
    for kind in ("slideLayout", "slideMaster"):
        if package.xml(slide).get("showMasterSp") == "0":
            return
        slide = next(package.parts(slide, {kind}))
        for node in package.xml(slide).xpath(f".//{local('ph')}/ancestor::{local('sp')}"):
            node.getparent().remove(node)
        yield from (*paragraphs(package.xml(slide)), *descriptions(package.xml(slide)))


def drawings(package: Package, part: str) -> Iterator[str]:
    """The text of charts, whose names come once, and of SmartArt."""
    for chart in package.parts(part, {"chart", "chartEx"}):
        root = package.xml(chart)
        held = "tx", "cat", "strDim"
        names = [*paragraphs(root), *(text for name in held for text in root.xpath(f"//{local(name)}//{POINT}/text()"))]
        for shapes in package.parts(chart, {"chartUserShapes"}):
            names += paragraphs(package.xml(shapes))
        yield from dict.fromkeys(name.strip() for name in names)
        for name in ("val", "yVal", "bubbleSize", "numDim"):
            yield from root.xpath(f"//{local(name)}//{POINT}/text()")
    for diagram in package.parts(part, {"diagramData"}):
        yield from paragraphs(package.xml(diagram))


def docx_text(path: Path) -> str:
    package, main = Package(path), "word/document.xml"
    texts = [*paragraphs(package.xml(main)), *descriptions(package.xml(main)), *drawings(package, main)]
    for part in package.parts(main, {"footnotes", "endnotes", "comments"}):
        texts += paragraphs(package.xml(part))
    margins = (text for part in package.parts(main, {"header", "footer"}) for text in paragraphs(package.xml(part)))
    return "\n".join([*texts, *dict.fromkeys(margins)])


def odf_text(path: Path) -> str:
    """Every paragraph of the content, of the objects in it, and, once, of headers, footers and masters in use."""
    file = zipfile.ZipFile(path)
    content = etree.fromstring(file.read("content.xml"), etree.XMLParser(recover=True, resolve_entities=False))
    objects = {posixpath.normpath(href) for href in content.xpath("//@*[local-name()='href']") if href.startswith("./")}
    roots = [content, *(etree.fromstring(file.read(f"{one}/content.xml")) for one in sorted(objects)
                        if f"{one}/content.xml" in file.namelist())]  # fmt: skip
    texts = [text for root in roots for text in _odf_paragraphs(root)]
    texts += (node.text or "" for node in content.xpath("//svg:title | //svg:desc", namespaces=ODF))
    styles = etree.fromstring(file.read("styles.xml"))
    used = {*content.xpath("//draw:page/@draw:master-page-name", namespaces=ODF)}
    margins: dict[str, None] = {}
    for page in styles.xpath("//style:master-page", namespaces=ODF):
        name = page.get(f"{{{ODF['style']}}}name")
        held = page.xpath("style:header | style:footer | style:header-first | style:footer-first"
                          " | style:header-left | style:footer-left", namespaces=ODF)  # fmt: skip
        margins |= dict.fromkeys(text for margin in held for text in _odf_paragraphs(margin))
        texts += _odf_paragraphs(page, MASTER_TEXT) if name in used else []
    return "\n".join([*texts, *margins, *_odf_margins(content)])


def _odf_paragraphs(root: etree._Element, which: str = ODF_TEXT) -> Iterator[str]:
    for paragraph in root.xpath(which, namespaces=ODF):
        inner = f".//text()[not({ODF_NO_TEXT})] | .//text:s | .//text:tab | .//text:line-break"
        pieces = paragraph.xpath(inner, namespaces=ODF)
        own = (one for one in pieces if _odf_owner(one) is paragraph)
        yield "".join(one if isinstance(one, str) else " " for one in own)


def _odf_owner(piece: etree._Element) -> etree._Element:
    holder = piece.getparent()
    if isinstance(piece, str) and piece.is_tail:
        holder = holder.getparent()
    return holder.xpath("ancestor-or-self::*[self::text:p or self::text:h][1]", namespaces=ODF)[0]


def _odf_margins(content: etree._Element) -> Iterator[str]:
    used = {*content.xpath("//draw:page/@*[starts-with(local-name(), 'use-')]", namespaces=ODF)}
    declared = content.xpath("//presentation:footer-decl | //presentation:header-decl | //presentation:date-time-decl",
                             namespaces=ODF)  # fmt: skip
    texts = (one.text or "" for one in declared if one.get(f"{{{ODF['presentation']}}}name") in used)
    return iter(dict.fromkeys(texts))


def python_pptx(path: Path) -> str:
    def shown(shapes: Iterable[pptx.shapes.base.BaseShape]) -> Iterator[str]:
        for shape in shapes:
            if hasattr(shape, "shapes"):
                yield from shown(shape.shapes)
            elif shape.has_text_frame:
                yield shape.text_frame.text
            elif getattr(shape, "has_table", False):
                yield from (cell.text for cell in shape.table.iter_cells())

    deck = pptx.Presentation(str(path))
    notes = (slide.notes_slide.notes_text_frame for slide in deck.slides if slide.has_notes_slide)
    texts = (text for slide in deck.slides for text in shown(slide.shapes))
    return "\n".join([*texts, *(frame.text for frame in notes if frame)])


def python_docx(path: Path) -> str:
    document = docx.Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    margins = (
        p.text for section in document.sections for part in (section.header, section.footer) for p in part.paragraphs
    )
    return "\n".join([*(p.text for p in document.paragraphs), *cells, *margins])


def markitdown(path: Path) -> str:
    return _markitdown()(path)


@cache
def _markitdown() -> Extract:
    from markitdown import MarkItDown

    converter = MarkItDown()
    return lambda path: converter.convert(path).text_content


FORMATS = {
    "odp": Format(partial(samples, "odp"), odf_text, {}),
    "odt": Format(partial(samples, "odt"), odf_text, {}),
    "pptx": Format(partial(samples, "pptx"), pptx_text, {"markitdown": markitdown, "python-pptx": python_pptx}),
    "docx": Format(partial(samples, "docx"), docx_text, {"markitdown": markitdown, "python-docx": python_docx}),
}
