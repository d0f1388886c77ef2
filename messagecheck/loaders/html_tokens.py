"""HTML text → tags and character data with offsets, in one linear pass that no garbage can slow down.

Follows the tokenizer of the HTML standard (https://html.spec.whatwg.org/multipage/parsing.html) as far as text and
attributes need it. Written by hand because html.parser takes quadratic time on unclosed tags, Beautiful Soup keeps no
place of a text and lxml no columns.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

MAX_ATTRIBUTES = 500


class Is(Enum):
    """What a token is."""

    START = "start"
    END = "end"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Token:
    """A tag (its attributes are name, offset of the value, raw value) or text, from `start` to `end`."""

    kind: Is
    name: str
    start: int
    end: int
    attributes: tuple[tuple[str, int, str], ...] = ()

    def get(self, name: str) -> str:
        """An attribute's value with its entities decoded; "" if it is not there."""
        return next((html.unescape(raw) for key, _, raw in self.attributes if key == name), "")

    def has(self, name: str) -> bool:
        return any(key == name for key, _, _ in self.attributes)


_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")
_TAG_NAME = re.compile(r"[A-Za-z][^\s/>]*")
_ATTRIBUTE = re.compile(r"""[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)?))?""")
_TAG_END = re.compile(r"[^>]*>")
_RAW = frozenset({"script", "style", "iframe", "noembed", "noframes", "xmp", "textarea", "title"})
"""Elements whose content holds no tags."""


def tokens(text: str) -> Iterator[Token]:
    """Start tags, end tags and text in order; comments, doctypes and processing instructions are passed over."""
    at = 0
    while at < len(text):
        found = _MARKUP.search(text, at)
        start = found.start() if found else len(text)
        if start > at:
            yield Token(Is.TEXT, "", at, start)
        if not found:
            return
        token, at = _markup(text, start)
        if token:
            yield token
        if token and token.kind is Is.START and token.name in _RAW:
            end = _raw_end(text, at, token.name)
            yield Token(Is.TEXT, "", at, end)
            at = end


def _markup(text: str, start: int) -> tuple[Token | None, int]:
    """The tag at `start`, None for anything else, and where it ends: the end of the text where it is not closed."""
    if text.startswith("<!--", start):
        return None, _after(text, "-->", start + 2)
    if text.startswith("<![CDATA[", start):
        return None, _after(text, "]]>", start)
    closing = text.startswith("</", start)
    name = _TAG_NAME.match(text, start + 2 if closing else start + 1)
    if not name:
        return None, _after(text, ">", start)
    if closing:
        end = _after(text, ">", name.end())
        return Token(Is.END, name[0].lower(), start, end), end
    attributes, end = _attributes(text, name.end())
    return Token(Is.START, name[0].lower(), start, end, attributes), end


def _after(text: str, mark: str, start: int) -> int:
    found = text.find(mark, start)
    return len(text) if found < 0 else found + len(mark)


def _attributes(text: str, at: int) -> tuple[tuple[tuple[str, int, str], ...], int]:
    found: list[tuple[str, int, str]] = []
    while len(found) < MAX_ATTRIBUTES:
        match = _ATTRIBUTE.match(text, at)
        if not match:
            break
        group = next((number for number in (2, 3, 4) if match[number] is not None), 1)
        found.append(
            (
                match[1].lower(),
                match.end(group) if group == 1 else match.start(group),
                "" if group == 1 else match[group],
            )
        )
        at = match.end()
    end = _TAG_END.match(text, at)
    return tuple(found), end.end() if end else len(text)


def _raw_end(text: str, start: int, name: str) -> int:
    found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, start)
    return found.start() if found else len(text)
