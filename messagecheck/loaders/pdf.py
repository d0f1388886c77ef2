"""PDF: pdfium gives pieces of lines with boxes; paragraphs, tables and headings are made again from their places."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

import pypdfium2  # type: ignore[import-untyped]  # it has no annotations
from pypdfium2 import raw

from messagecheck.errors import LoadError
from messagecheck.loaders import grid, testimonials
from messagecheck.loaders.pdf_layout import BULLET, Paragraph, Piece, column, columns, joined, lines, paragraphs, tables
from messagecheck.loaders.source import clean
from messagecheck.nouns import Block, Location, Role

SUFFIXES = (".pdf",)

MAX_PAGES = 2_000
REPEATED_SHARE = 0.6
"""Share of the pages on which a line stands at one height if it is a header or a footer."""
MIN_REPEATS = 3
HEADING_RATIO = 1.12
"""A heading's characters are this much taller than the text's; a bold line of few words is one at any height."""
MAX_HEADING_WORDS = 18


@dataclass(frozen=True, slots=True)
class _Type:
    """What the whole document's type tells: the text's height, headings' heights from the tallest down, all words."""

    body: float
    heights: tuple[float, ...]
    words: frozenset[str]


def read(data: bytes, path: str) -> Iterator[Block]:
    """The blocks of each page in the file's reading order. Raises LoadError for damaged, locked and scanned files."""
    pages = [list(lines(page)) for page in _pages(data, path)]
    if not any(pages):
        raise LoadError(f"{path}: holds no text layer; run it through text recognition (OCR) first")
    repeated = _repeated(pages)
    kind = _type([line for page in pages for line in page])
    blocks: list[Block] = []
    for number, page in enumerate(pages, 1):
        at = Location(path, page=number)
        blocks.extend(_page([line for line in page if _key(line) not in repeated], at, kind))
        blocks.extend(_margins(page, at, repeated))
    yield from _headed(testimonials.mark(_over_pages(blocks)))


def _pages(data: bytes, path: str) -> list[list[Piece]]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).casefold()
        reason = (
            "is password-protected; save it without a password" if locked else "is not a readable PDF; export it again"
        )
        raise LoadError(f"{path}: {reason}") from None
    with closing(document):
        if len(document) > MAX_PAGES:
            raise LoadError(f"{path}: has {len(document)} pages; the limit is {MAX_PAGES}")
        return [_pieces(document, number) for number in range(len(document))]


def _pieces(document: pypdfium2.PdfDocument, number: int) -> list[Piece]:
    """The pieces of lines of one page in the order of the file; none for a page that pdfium can't load."""
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return []
    with closing(page), closing(page.get_textpage()) as text:
        return [piece for n in range(text.count_rects()) if (piece := _piece(text, n)).text.strip()]


def _piece(text: pypdfium2.PdfTextPage, number: int) -> Piece:
    left, bottom, right, top = text.get_rect(number)
    words = text.get_text_bounded(left, bottom, right, top).replace("\r\n", " ")
    index = text.get_index(left + 0.5, (bottom + top) / 2, 3, 3)
    if index is None:
        return Piece(words, left, bottom, right, top)
    _, low, _, high = text.get_charbox(index, loose=True)
    return Piece(words, left, min(low, bottom), right, max(high, top), _is_bold(text, index))


def _is_bold(text: pypdfium2.PdfTextPage, index: int) -> bool:
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, name, 128, flags)
    return bool(re.search(rb"bold|black|heavy", name.value, re.IGNORECASE))


def _key(line: Piece) -> tuple[str, int]:
    """What makes two lines the same on two pages: their text without numbers and their height on the page."""
    return re.sub(r"\d+", "#", clean(line.text)), round(line.bottom / 4)


def _repeated(pages: Sequence[Sequence[Piece]]) -> frozenset[tuple[str, int]]:
    counted = Counter(key for page in pages for key in {_key(line) for line in page})
    least = max(MIN_REPEATS, REPEATED_SHARE * len(pages))
    return frozenset(key for key, times in counted.items() if times >= least)


def _margins(page: Iterable[Piece], at: Location, repeated: frozenset[tuple[str, int]]) -> Iterator[Block]:
    """Headers and footers on the first page that has them; page numbers are no text."""
    if at.page != 1:
        return
    for line in page:
        if _key(line) in repeated and re.search(r"[^\W\d_]{3}", line.text):
            yield Block(clean(line.text), at, Role.FOOTER, reason="on most pages")


def _type(of: Sequence[Piece]) -> _Type:
    """The height that most characters have is the text's."""
    weights: Counter[float] = Counter()
    for line in of:
        weights[_rounded(line.height)] += len(line.text)
    body = weights.most_common(1)[0][0]
    heights = {_rounded(line.height) for line in of if line.height >= HEADING_RATIO * body}
    words = frozenset(word.casefold() for line in of for word in re.findall(r"[^\W\d_]+", line.text))
    return _Type(body, tuple(sorted(heights, reverse=True)), words)


def _rounded(height: float) -> float:
    return round(height * 2) / 2


def _page(page: Sequence[Piece], at: Location, kind: _Type) -> Iterator[Block]:
    for part in tables(list(paragraphs(page))):
        if isinstance(part, Paragraph):
            yield from _block(part, at, kind)
        else:
            yield from _cells(part, at, kind)


def _cells(table: Sequence[Sequence[Paragraph]], at: Location, kind: _Type) -> Iterator[Block]:
    texts, widest = columns(table), max(table, key=len)
    for number, row in enumerate(table):
        for cell in row:
            text = clean(joined((line.text for line in cell.lines), kind.words))
            if text:
                context = grid.context(texts, number, column(widest, cell))
                yield Block(text, at, Role.CELL, context=context, reason="columns that align")


def _block(paragraph: Paragraph, at: Location, kind: _Type) -> Iterator[Block]:
    text = clean(joined((line.text for line in paragraph.lines), kind.words))
    bullet = BULLET.match(text)
    if bullet and len(text) > bullet.end():
        yield Block(text[bullet.end() :], at, Role.BULLET, reason="bullet")
    elif text and not bullet:
        level = _level(paragraph, text, kind)
        yield Block(text, at, Role.HEADING, reason=f"heading {level}") if level else Block(text, at)


def _level(paragraph: Paragraph, text: str, kind: _Type) -> int:
    """A heading's level, 1 for the tallest characters; 0 for text."""
    first = paragraph.lines[0]
    if len(text.split()) > MAX_HEADING_WORDS:
        return 0
    if first.height >= HEADING_RATIO * kind.body:
        return min(6, 1 + kind.heights.index(_rounded(first.height)))
    bold = all(line.bold for line in paragraph.lines)
    return min(6, 1 + len(kind.heights)) if bold and not text.endswith((".", "!", ";", ",")) else 0


def _over_pages(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with a paragraph that goes on over a page's end made whole, at its first page."""
    held: Block | None = None
    for block in blocks:
        if held and _goes_on(held, block):
            held = replace(held, text=joined((held.text, block.text)))
            continue
        if block.role is Role.FOOTER:
            yield block
            continue
        if held:
            yield held
        held = block
    if held:
        yield held


def _goes_on(held: Block, block: Block) -> bool:
    return (
        held.at.page != block.at.page
        and held.role in {Role.BODY, Role.BULLET}
        and block.role is Role.BODY
        and block.text[0].islower()
        and held.text[-1] not in ".!?:"
    )


def _headed(blocks: Iterable[Block]) -> Iterator[Block]:
    headings: tuple[tuple[int, str], ...] = ()
    for number, block in enumerate(blocks):
        level = int(block.reason[8:]) if block.role is Role.HEADING else 7
        path = tuple(one for one in headings if one[0] < level)
        at = replace(block.at, heading=tuple(text for _, text in path))
        if level < 7:
            headings = (*path, (level, block.text))
        role = Role.TITLE if number == 0 and level == 1 else block.role
        yield replace(block, at=at, role=role)
