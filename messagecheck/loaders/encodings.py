"""Bytes → text: a byte-order mark, then what the file declares, then UTF-8, then charset-normalizer's best guess."""

from __future__ import annotations

import codecs
import re

from messagecheck.errors import LoadError

MAX_TEXT_BYTES = 20_000_000
"""No page, transcript or mail of the 30,000 files that were looked at is over 9 MB."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)|<\?xml[^>]{0,200}encoding\s*=\s*["']([^"']+)"""
)


def decode(data: bytes, path: str) -> str:
    """The file's text with every line ending as "\\n". Raises LoadError if it is too big or no encoding fits."""
    if len(data) > MAX_TEXT_BYTES:
        raise LoadError(f"{path}: is {len(data) / 1e6:.0f} MB of text; the limit is {MAX_TEXT_BYTES / 1e6:.0f} MB")
    return re.sub("\r\n?", "\n", _decoded(data, path))


def _decoded(data: bytes, path: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    for declared in ("utf-8", _declared(data)):
        text = _strictly(data, declared)
        if text is not None:
            return text
    return _guessed(data, path)


def _declared(data: bytes) -> str | None:
    """The encoding that the first kilobytes of an HTML or XML file name, if Python knows it as one for text."""
    found = _DECLARED.search(data[:4096])
    if not found:
        return None
    name = (found[1] or found[2]).decode("ascii", "replace")
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):  # a name with a NUL is a ValueError
        return None
    return codec.name if codec._is_text_encoding else None


def _strictly(data: bytes, encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, UnicodeError):
        return None


def _guessed(data: bytes, path: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:500_000]).best()
    if best is None:
        raise LoadError(f"{path}: is not text in any known encoding; save it as UTF-8")
    return data.decode(best.encoding, "replace")
