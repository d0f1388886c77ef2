"""What pdfium tells of a PDF's pages: pieces of lines with boxes, made from single characters, and what is a picture.

Text by characters and not by pdfium's boxes of lines: a box takes characters of its neighbours with it, and spaces
between boxes are a guess, while pdfium knows where it has put one.
"""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2  # type: ignore[import-untyped]  # it has no annotations
from pypdfium2 import raw

from messagecheck.errors import LoadError
from messagecheck.loaders.pdf_layout import WORD_GAP, Piece

MAX_PAGES = 2_000
MAX_CHARACTERS = 200_000
"""Of one page; a page of a newspaper has 30,000."""
SCAN_SHARE = 0.5
"""Share of a page that a picture covers if it is a scan and not an illustration."""
UNREADABLE_SHARE = 0.3
"""Share of characters without a meaning from which on a page's text is no text."""
MAX_DEPTH = 3
"""How deep pictures are sought in forms of a page."""

_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x00\x01\x03-\x08\x0e-\x1f\U000f0000-\U0010ffff]")
_BOLD = re.compile(rb"bold|black|heavy", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """A page's pieces in the order of the file. `pictured`: a picture covers most of it; `drawn`: it holds anything
    else than text; `reason`: why it can't be read, "" if it can."""

    pieces: tuple[Piece, ...] = ()
    pictured: bool = False
    drawn: bool = False
    reason: str = ""


class _Character(NamedTuple):
    """A visible character, with a space before it where the page has one."""

    text: str
    number: int
    left: float
    bottom: float
    right: float
    top: float


def pages(data: bytes, path: str) -> list[Page]:
    """Raises LoadError for damaged and locked files and for too many pages."""
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
        return [_page(document, number) for number in range(len(document))]


def _page(document: pypdfium2.PdfDocument, number: int) -> Page:
    try:
        return _read(document, number)
    except pypdfium2.PdfiumError:
        return Page(reason="damaged; export the file again")


def _read(document: pypdfium2.PdfDocument, number: int) -> Page:
    with closing(document[number]) as page, closing(page.get_textpage()) as text:
        if text.count_chars() > MAX_CHARACTERS:
            return Page(reason=f"over {MAX_CHARACTERS:,} characters; split it")
        pieces = tuple(_piece(run, text) for run in _runs(text) if run)
        told = "".join(piece.text for piece in pieces)
        if len(_UNREADABLE.findall(told)) > UNREADABLE_SHARE * len(told):
            return Page(reason="set in a font that doesn't tell its characters; export the file again")
        return Page(pieces, *_pictures(page))


def _pictures(page: pypdfium2.PdfPage) -> tuple[bool, bool]:
    """Whether a picture covers most of the page, and whether it holds anything but text."""
    width, height = page.get_size()
    pictured, drawn = False, False
    for found in page.get_objects(max_depth=MAX_DEPTH):
        drawn = drawn or found.type != raw.FPDF_PAGEOBJ_TEXT
        if found.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = found.get_bounds()
            pictured = pictured or (right - left) * (top - bottom) > SCAN_SHARE * width * height
    return pictured, drawn


def _runs(text: pypdfium2.PdfTextPage) -> Iterator[list[_Character]]:
    """Characters that follow each other on a line, up to a gap as between columns."""
    held: list[_Character] = []
    space, box = "", raw.FS_RECTF()
    for number in range(text.count_chars()):
        character = chr(min(raw.FPDFText_GetUnicode(text, number), sys.maxunicode))
        if character in "\r\n":
            yield held
            held, space = [], ""
        elif character.isspace():
            space = " "
        else:
            raw.FPDFText_GetLooseCharBox(text, number, box)
            found = _Character(space + character, number, box.left, box.bottom, box.right, box.top)
            if held and space and _is_apart(held[-1], found):
                yield held
                held = []
            held.append(found)
            space = ""
    yield held


def _is_apart(last: _Character, found: _Character) -> bool:
    overlap = min(last.top, found.top) - max(last.bottom, found.bottom)
    height = max(last.top - last.bottom, found.top - found.bottom)
    return overlap <= 0 or not -0.5 * height < found.left - last.right < WORD_GAP * height


def _piece(run: Sequence[_Character], text: pypdfium2.PdfTextPage) -> Piece:
    left, bottom = min(one.left for one in run), min(one.bottom for one in run)
    right, top = max(one.right for one in run), max(one.top for one in run)
    told = "".join(one.text for one in run).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return Piece(told.strip(), left, bottom, right, top, _is_bold(text, run[0]) and _is_bold(text, run[-1]))


def _is_bold(text: pypdfium2.PdfTextPage, character: _Character) -> bool:
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, character.number, name, 128, flags)
    return _BOLD.search(name.value) is not None
