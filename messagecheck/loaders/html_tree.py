"""HTML tokens → fragments: the text of each block-level element, button, cell or lone link, with what is around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from messagecheck.loaders.html_elements import (
    BLOCKS,
    CLOSES,
    CUTTING,
    DROPPED,
    FENCES,
    TABLE_PARTS,
    VOID,
    Element,
    around,
    has_own_line,
    is_button,
    words_of,
)
from messagecheck.loaders.html_tokens import Is, Token, tokens
from messagecheck.loaders.source import Run, entities

MAX_DEPTH = 128
"""Elements nested deeper are read as if they were not. Page builders nest 60 deep; browsers draw a line at 512."""
_DRAWN = frozenset({"text", "title", "desc"})
"""Elements of a drawing that hold text."""
_WHOLE_LINE = re.compile(r"\s*(?:[“\"„«].*[”\"“»]|(?:©|Copyright\b).*)\s*", re.DOTALL)
"""A line that stands for itself before a line break: a quotation, the line of rights."""
_SHARED = re.compile(
    r"description|application-name|(?:og|twitter):(?:title|description|image:alt|site_name|(?:label|data)\d)"
)
"""Names of the meta elements that search engines and social networks show."""
_PERMALINK = re.compile(r"[\W_]{1,2}")


@dataclass(frozen=True, slots=True)
class Fragment:
    """Text that stands together; `element` is the innermost one around all of it.

    `attribute` is the attribute that it is the value of, "" for text between tags; `linked` whether all of it is one
    link.
    """

    runs: tuple[Run, ...]
    element: Element
    attribute: str = ""
    linked: bool = False


@dataclass(slots=True)
class _Piece:
    """What stands in one link, or between links, on one line; `inside` is the innermost element around its words."""

    link: int
    line: int
    runs: list[Run] = field(default_factory=list)
    inside: Element | None = None

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def has_words(self) -> bool:
        return any(map(str.isalnum, self.text))


@dataclass(slots=True)
class _Open:
    """What is open at one moment of the pass; `gap` counts the tags since the last text."""

    stack: list[Element]
    held: list[_Piece] = field(default_factory=list)
    inside: Element | None = None
    cells: dict[int, tuple[int, int]] = field(default_factory=dict)
    line: int = 0
    breaks: int = 0
    gap: int = 0


def fragments(text: str) -> Iterator[Fragment]:
    """The fragments of a page in order, those of its head and of its attributes too."""
    state = _Open([Element(Token(Is.START, "#page", 0, 0), None, 0)])
    for token in tokens(text):
        if token.kind is Is.TEXT:
            yield from _text(state, text, token)
            continue
        state.gap += 1
        yield from _start(state, token) if token.kind is Is.START else _end(state, token)
    yield from _flush(state)


def _text(state: _Open, text: str, token: Token) -> Iterator[Fragment]:
    top = state.stack[-1]
    raw = text[token.start : token.end]
    if top.name == "script" and "ld+json" in top.tag.get("type"):
        yield Fragment((Run(raw, token.start),), top, "ld+json")
    if top.within & DROPPED or ("svg" in top.within and top.name not in _DRAWN) or top.name == "annotation":
        return
    if _are_glued(state, raw):
        yield from _flush(state)
    piece = _piece(state, top)
    piece.runs.extend(entities(raw, token.start))
    state.gap = 0
    if not raw.isspace():
        state.inside, piece.inside = _common(state, state.inside), _common(state, piece.inside)
        state.breaks = 0


def _piece(state: _Open, top: Element) -> _Piece:
    if not state.held or (state.held[-1].link, state.held[-1].line) != (top.link, state.line):
        state.held.append(_Piece(top.link, state.line))
    return state.held[-1]


def _common(state: _Open, element: Element | None) -> Element:
    """The innermost element around both an element and what is open now: the stack holds each at its own depth."""
    at = element or state.stack[-1]
    while at.parent is not None and not (at.depth < len(state.stack) and state.stack[at.depth] is at):
        at = at.parent
    return at


def _are_glued(state: _Open, raw: str) -> bool:
    """Whether only a style sheet parts two texts: `<span>Ana Ruiz</span><span>Head of CX</span>`."""
    last = next((run.text for piece in reversed(state.held) for run in reversed(piece.runs)), "")
    return state.gap > 1 and last[-1:].isalnum() and raw[:1].isupper() and raw[1:2].islower()


def _start(state: _Open, token: Token) -> Iterator[Fragment]:
    if _cuts(token, state.stack[-1]):
        yield from _flush(state)
        _close_implied(state, token)
    if token.name == "br":
        yield from _break(state)
    if token.name in {"br", "wbr"}:
        _piece(state, state.stack[-1]).runs.append(Run(" " if token.name == "br" else "", token.start))
        state.gap = 0
    element = _element(state, token)
    if not state.stack[-1].within & DROPPED:
        yield from _attributes(element)
    if token.name not in VOID and element.depth < MAX_DEPTH:
        state.stack.append(element)


def _break(state: _Open) -> Iterator[Fragment]:
    """Two line breaks end a paragraph; one ends a line of a block quote, or one that stands for itself."""
    state.breaks += 1
    state.line += 1
    quoted = "blockquote" in state.stack[-1].within
    if state.breaks > 1 or quoted or _WHOLE_LINE.fullmatch("".join(piece.text for piece in state.held)):
        yield from _flush(state)


def _element(state: _Open, token: Token) -> Element:
    parent = state.stack[-1]
    row = column = 0
    if token.name in {"tr", "td", "th"}:
        table = next((outer.tag.start for outer in around(parent) if outer.name == "table"), -1)
        row, column = state.cells.get(table, (-1, 0))
        if token.name == "tr":
            row, column = row + 1, 0
            state.cells[table] = row, 0
        else:
            state.cells[table] = row, column + _colspan(token)
    shadow = token.name == "template" and token.has("shadowrootmode")
    within = parent.within | {token.name} if token.name in CUTTING | {"svg"} and not shadow else parent.within
    link = token.start if token.name == "a" else parent.link
    classes = frozenset(token.get("class").split())
    return Element(token, parent, parent.depth + 1, words_of(token), classes, within, link, row, column)


def _colspan(token: Token) -> int:
    span = token.get("colspan")
    return min(int(span), 1000) if span.isdecimal() and span.isascii() and span != "0" else 1


def _cuts(tag: Token, parent: Element) -> bool:
    """Whether a tag begins or ends a fragment."""
    if tag.name in BLOCKS or ("svg" in parent.within and tag.name in _DRAWN):
        return True
    if tag.name == "cite":
        return not parent.within.isdisjoint({"blockquote", "figure"})
    if tag.name == "a" and (is_button(tag) or "nav" in parent.within):
        return True
    return tag.name not in VOID and has_own_line(tag, parent)


def _close_implied(state: _Open, token: Token) -> None:
    """Take from the stack what the start tag of another element closes: `<li>a<li>b`, `<p>a<div>`."""
    closes, fence = CLOSES.get(token.name, (frozenset[str](), frozenset[str]()))
    if token.name in BLOCKS and not closes:
        if token.name in {"button", "label", "option", "select", "title", "textarea"}:
            return
        closes, fence = frozenset({"p"}), FENCES | {"li", "dd", "div", "section", "blockquote"}
    for number in range(len(state.stack) - 1, 0, -1):
        if state.stack[number].name in fence:
            return
        if state.stack[number].name in closes:
            del state.stack[number:]


def _end(state: _Open, token: Token) -> Iterator[Fragment]:
    fenced = token.name not in TABLE_PARTS
    for number in range(len(state.stack) - 1, 0, -1):
        element = state.stack[number]
        if element.name == token.name:
            if any(one.parent is not None and _cuts(one.tag, one.parent) for one in state.stack[number:]):
                yield from _flush(state)
            del state.stack[number:]
            return
        if fenced and element.name in FENCES:
            return


def _flush(state: _Open) -> Iterator[Fragment]:
    held = [piece for piece in state.held if not _is_permalink(piece, state.inside)]
    if any(not piece.text.isspace() for piece in held) and state.inside is not None:
        yield from _parted(held, state.inside)
    state.held, state.inside, state.line, state.breaks = [], None, 0, 0


def _is_permalink(piece: _Piece, inside: Element | None) -> bool:
    """Whether a link is only a sign ("¶", "#") behind a heading."""
    return piece.link >= 0 and piece.inside is not inside and bool(_PERMALINK.fullmatch(piece.text.strip()))


def _parted(held: Sequence[_Piece], inside: Element) -> Iterator[Fragment]:
    """One fragment; or, where lines hold nothing but links, one for each of those links."""
    lines = [[*group] for _, group in groupby(held, key=lambda piece: piece.line)]
    links = [[piece for piece in line if piece.has_words] for line in lines]
    lone = [bool(words) and all(piece.link >= 0 for piece in words) for words in links]
    alone = all(lone) or sum(len(words) for words, is_lone in zip(links, lone, strict=True) if is_lone) > 1
    rest: list[_Piece] = []
    for line, words, is_lone in zip(lines, links, lone, strict=True):
        if not (is_lone and alone):
            rest += line
            continue
        yield from _joined(rest, inside)
        rest = []
        yield from (Fragment(tuple(one.runs), one.inside, linked=True) for one in words if one.inside is not None)
    yield from _joined(rest, inside)


def _joined(pieces: Sequence[_Piece], inside: Element) -> Iterator[Fragment]:
    if any(not piece.text.isspace() for piece in pieces):
        yield Fragment(tuple(run for piece in pieces for run in piece.runs), inside)


def _attributes(element: Element) -> Iterator[Fragment]:
    """The attributes of a tag that a reader sees, hears or finds in a search result."""
    for name, start, raw in element.tag.attributes:
        if raw.strip() and _is_read(element.tag, name):
            yield Fragment(tuple(entities(raw, start)), element, name)


def _is_read(tag: Token, attribute: str) -> bool:
    if attribute in {"alt", "aria-label", "aria-description", "placeholder", "summary"}:
        return True
    if attribute == "label":
        return tag.name in {"optgroup", "track", "option"}
    if attribute == "value":
        return tag.name == "input" and tag.get("type").casefold() in {"submit", "button", "reset"}
    if tag.name != "meta" or attribute != "content":
        return False
    name = tag.get("name") or tag.get("property") or tag.get("itemprop")
    return bool(_SHARED.fullmatch(name.casefold()))
