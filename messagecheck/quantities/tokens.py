"""Text → tokens that quantities are read from. Positions are kept, so that a quantity is always a slice."""

from __future__ import annotations

import re
from typing import NamedTuple


class Token(NamedTuple):
    """`text` is lower-case with straight apostrophes; `glued` says that no space parts it from the token before."""

    text: str
    raw: str
    start: int
    end: int
    glued: bool


_TOKEN = re.compile(
    r"(?:US|AU|CA|NZ|HK|[ACS])?\$|[€£¥₹]"
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[\u202f\u00a0]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<!\w)\.\d+"
    r"|(?:hundred|thousand|million|billion|dozen|half|one|t[wh]\w+|f\w+|six\w*|seven\w*|eigh\w+|nine\w*|ten)(?=['’]s\b)"
    r"|[^\W\d_]+(?:['’][^\W\d_]+|['’](?=\s))?"
    r"|[^\w\s]"
)
_NOT_A_QUANTITY = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+\.\w+|\b[\w-]+\.(?:com|org|net|io|example|co|dev|app)\b\S*"
    # telephone numbers: three groups of digits or more
    r"|(?<![\w.])(?!\d{4}-\d\d-\d\d)\+?\d[\d().]*(?:[ .\u00a0-]\(?\d{2,}\)?){2,}(?!\w)(?![,.]?\d)"
    r"|\(\d{3}\) ?\d{3}[ -]\d{4}|\b\d{3}[-.]\d{4}\b"
    r"|\bv?\d+(?:\.\d+){2,}\b|\bv\.? ?\d+(?:\.\d+)*\b"  # versions
    r"|^\s*\d+(?:\.\d+)+\.?(?=\s+(?-i:[A-Z]))|^\s*\(?\d+[.)](?=\s)"  # numbered headings and lists
    r"|#\s?\d+|№\s?\d+",
    re.IGNORECASE,
)


def tokenize(text: str) -> tuple[Token, ...]:
    """Every word, numeral and sign; addresses, telephone numbers, versions and list numbers leave no token."""
    found = []
    end = -1
    for match in _TOKEN.finditer(_blank(text)):
        raw = match.group()
        start = match.start()
        found.append(Token(raw.lower().replace("’", "'"), raw, start, match.end(), start == end))
        end = match.end()
    return tuple(found)


def _blank(text: str) -> str:
    """The text with what only looks like a quantity overwritten, at its own length."""
    return _NOT_A_QUANTITY.sub(lambda match: " " * len(match.group()), text)
