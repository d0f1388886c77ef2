"""PDF: paragraphs, tables and headings, made again from the places of the lines that pdfium gives."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby

from messagecheck.loaders import grid, pdf_text, testimonials
from messagecheck.loaders.pdf_columns import over_columns, unmixed
from messagecheck.loaders.pdf_layout import BULLET, Paragraph, Piece, column, columns, joined, lines, paragraphs, tables
from messagecheck.loaders.pdf_text import Page
from messagecheck.loaders.source import clean
from messagecheck.nouns import Block, Location, Role, Unread

SUFFIXES = (".pdf",)

NO_LAYER = "no text layer; run it through text recognition (OCR) first"
REPEATED_SHARE = 0.4
"""Share of the pages on which a line stands at one height if it is a header or a footer: those of left and right pages
differ."""
MIN_REPEATS = 3
HEADING_RATIO = 1.12
"""A heading's characters are this much taller than the text's; a bold line of few words is one at any height."""
MAX_HEADING_WORDS = 18

Keys = frozenset[tuple[str, int]]
"""Lines without their numbers, and their heights on the page."""


@dataclass(frozen=True, slots=True)
class _Type:
    """What the whole document's type tells: the text's height, headings' heights from the tallest down, all words."""

    body: float
    heights: tuple[float, ...]
    words: frozenset[str]


def read(data: bytes, path: str) -> Iterator[Block | Unread]:
    """The blocks of each page, then the pages that can't be read. Raises LoadError for damaged and locked files."""
    pages = pdf_text.pages(data, path)
    told = [list(lines(page.pieces)) for page in pages]
    repeated = _repeated(told)
    if any(told):
        yield from _headed(testimonials.mark(_over_pages(_blocks(told, repeated, path))))
    yield from _unread(pages, told, repeated, path)


def _blocks(told: Sequence[Sequence[Piece]], repeated: Keys, path: str) -> Iterator[Block]:
    kind = _type([line for page in told for line in page])
    seen: set[str] = set()
    for number, page in enumerate(told, 1):
        at = Location(path, page=number)
        yield from _page([line for line in page if _key(line) not in repeated], at, kind)
        for block in _margins(page, at, repeated):
            if block.text not in seen:
                seen.add(block.text)
                yield block


def _unread(pages: Sequence[Page], told: Sequence[Sequence[Piece]], repeated: Keys, path: str) -> Iterator[Unread]:
    """Each reason once with its pages. A page with nothing on it has nothing to read."""
    reasons: dict[str, list[int]] = {}
    for number, (page, found) in enumerate(zip(pages, told, strict=True), 1):
        bare = all(_key(line) in repeated for line in found)
        if page.reason or (bare and (page.pictured or (page.drawn and not found))):
            reasons.setdefault(page.reason or NO_LAYER, []).append(number)
    for reason, numbers in reasons.items():
        yield Unread(path, f"{_ranges(numbers)}: {reason}")


def _ranges(numbers: Sequence[int]) -> str:
    """ "page 3", "pages 3, 5–9"."""
    places = count()
    runs = [[*group] for _, group in groupby(numbers, key=lambda number: number - next(places))]
    told = ", ".join(f"{run[0]}" if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
    return f"page {told}" if len(numbers) == 1 else f"pages {told}"


def _key(line: Piece) -> tuple[str, int]:
    """What makes two lines the same on two pages: their text without numbers and their height on the page."""
    return re.sub(r"\d+", "#", clean(line.text)), round(line.bottom / 4)


def _repeated(pages: Sequence[Sequence[Piece]]) -> Keys:
    counted = Counter(key for page in pages for key in {_key(line) for line in page})
    least = max(MIN_REPEATS, REPEATED_SHARE * len(pages))
    return frozenset(key for key, times in counted.items() if times >= least)


def _margins(page: Iterable[Piece], at: Location, repeated: Keys) -> Iterator[Block]:
    """Headers and footers; page numbers are no text."""
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
    for part in tables(list(over_columns(paragraphs(unmixed(page), kind.body)))):
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


def _over_pages(blocks: Iterable[Block]) -> Iterator[Block]:
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
