"""PDF holds no list of its words. What a file holds is told by the one of three extractors that agrees most with the
other two; headers and footers are counted once, as our loader gives them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path

import pdfplumber
import pypdf
from extraction import Extract, Format, words
from extraction_samples import samples
from pdfminer.high_level import extract_text

from messagecheck import loaders
from messagecheck.errors import LoadError
from messagecheck.nouns import Role

BROKEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010][ \t]*\n\s*(?=[^\W\d_])")
"""A word broken at a line's end is two for an extractor that keeps lines."""


def by_pypdf(path: Path) -> Sequence[str]:
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def by_pdfplumber(path: Path) -> Sequence[str]:
    with pdfplumber.open(path) as file:
        return [page.extract_text() for page in file.pages]


def by_pdfminer(path: Path) -> Sequence[str]:
    return extract_text(path).removesuffix("\f").split("\f")


EXTRACTORS = {"pypdf": by_pypdf, "pdfplumber": by_pdfplumber, "pdfminer.six": by_pdfminer}


def text_by(extractor: str, path: Path) -> str:
    pages = EXTRACTORS[extractor](path)
    for margin in margins(path):
        found = [number for number, page in enumerate(pages) if margin.search(page)]
        pages = [margin.sub("", page) if number in found[1:] else page for number, page in enumerate(pages)]
    return BROKEN.sub("", "\n".join(pages))


@cache
def margins(path: Path) -> Sequence[re.Pattern[str]]:
    """The headers and footers that our loader gives once for all pages, with any number in them."""
    try:
        blocks = loaders.read(path.read_bytes(), path.name)
    except LoadError:
        return ()
    texts = (block.text.split() for block in blocks if block.role is Role.FOOTER)
    return [re.compile(re.sub(r"\d+", r"\\d+", r"\s+".join(map(re.escape, text)))) for text in texts]


def best_of_three(path: Path) -> str:
    texts = [text for name in EXTRACTORS if (text := _read_or_none(name, path)) is not None]

    def agreement(text: str) -> int:
        return sum((words(text) & words(other)).total() for other in texts) - words(text).total()

    return max(texts, key=agreement, default="")


def _read_or_none(extractor: str, path: Path) -> str | None:
    try:
        return text_by(extractor, path)
    except Exception:  # noqa: BLE001 - whatever it raises, it is not the best
        return None


OTHERS: dict[str, Extract] = {name: partial(text_by, name) for name in EXTRACTORS}
"""markitdown reads PDF through pdfminer.six and takes minutes for these samples."""
FORMATS = {"pdf": Format(partial(samples, "pdf"), best_of_three, OTHERS)}
