"""HTML tokens → fragments: the text of each block-level element, button or cell, with the elements around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from messagecheck.loaders.html_tokens import Is, Token, tokens
from messagecheck.loaders.source import Run, entities

MAX_DEPTH = 512
"""Elements nested deeper are read as if they were not nested; browsers draw the line here too."""

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
DROPPED = frozenset(
    ["script", "style", "template", "iframe", "noembed", "noframes", "xmp", "svg", "canvas", "object", "math"]
)
CUTTING = DROPPED | {"blockquote", "figure", "nav"}
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "label",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
        "video",
        "audio",
    ]
)
_CLOSES = {
    **dict.fromkeys(("li",), (frozenset({"li"}), frozenset({"ul", "ol", "menu"}))),
    **dict.fromkeys(("dt", "dd"), (frozenset({"dt", "dd"}), frozenset({"dl"}))),
    **dict.fromkeys(("td", "th"), (frozenset({"td", "th"}), frozenset({"table", "tr"}))),
    **dict.fromkeys(("tr",), (frozenset({"tr", "td", "th"}), frozenset({"table"}))),
    **dict.fromkeys(
        ("tbody", "thead", "tfoot"), (frozenset({"tbody", "thead", "tfoot", "tr", "td", "th"}), frozenset({"table"}))
    ),
    **dict.fromkeys(("option", "optgroup"), (frozenset({"option"}), frozenset({"select"}))),
}
"""Start tag → (open elements that it closes, elements that it can't close beyond)."""
_FENCES = frozenset({"td", "th", "table", "button", "caption", "html"})
"""End tags of other elements don't close these."""
_TABLE_PARTS = frozenset({"td", "th", "tr", "tbody", "thead", "tfoot", "table", "caption", "button"})
_TOKENS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """An open element: its tag, the element around it; a cell's row and column (from 0) in its table.

    `words` are those of its class and id: "cookieBar top-nav" → cookie, bar, top, nav. `within` are the names of those
    of CUTTING that are around it, and its own.
    """

    tag: Token
    parent: Element | None
    depth: int
    words: frozenset[str]
    within: frozenset[str] = frozenset()
    row: int = 0
    column: int = 0

    @property
    def name(self) -> str:
        return self.tag.name


@dataclass(frozen=True, slots=True)
class Fragment:
    """Text that stands together; `attribute` is the attribute that it is the value of, "" for text between tags."""

    runs: tuple[Run, ...]
    element: Element
    attribute: str = ""


@dataclass(slots=True)
class _Open:
    """What is open at one moment of the pass."""

    stack: list[Element]
    held: list[Run] = field(default_factory=list)
    inside: Element | None = None
    cells: dict[int, tuple[int, int]] = field(default_factory=dict)
    breaks: int = 0


def around(element: Element) -> Iterator[Element]:
    """The element and those around it, innermost first."""
    at: Element | None = element
    while at is not None:
        yield at
        at = at.parent


def _words_of(tag: Token) -> frozenset[str]:
    return frozenset(word.casefold() for word in _TOKENS.findall(f"{tag.get('class')} {tag.get('id')}"))


def is_button(tag: Token) -> bool:
    """Whether an element is a button, or a link that looks like one."""
    if tag.name == "button" or tag.get("role") == "button":
        return True
    return tag.name == "a" and not _words_of(tag).isdisjoint({"btn", "button", "cta"})


def fragments(text: str) -> Iterator[Fragment]:
    """The fragments of a page in order, those of its head and of its attributes too."""
    state = _Open([Element(Token(Is.START, "#page", 0, 0), None, 0, frozenset())])
    for token in tokens(text):
        if token.kind is Is.TEXT:
            yield from _text(state, text, token)
        elif token.kind is Is.START:
            yield from _start(state, token)
        else:
            yield from _end(state, token)
    yield from _flush(state)


def _text(state: _Open, text: str, token: Token) -> Iterator[Fragment]:
    top = state.stack[-1]
    if top.name == "script" and "ld+json" in top.tag.get("type"):
        yield Fragment((Run(text[token.start : token.end], token.start),), top, "ld+json")
    if top.within & DROPPED:
        return
    if state.inside is None:
        state.inside = top
    state.held.extend(entities(text[token.start : token.end], token.start))
    if not text[token.start : token.end].isspace():
        state.breaks = 0


def _start(state: _Open, token: Token) -> Iterator[Fragment]:
    if _cuts(token, state):
        yield from _flush(state)
        _close_implied(state, token)
    if token.name in {"br", "wbr"}:
        state.breaks += token.name == "br"
        state.held.append(Run(" " if token.name == "br" else "", token.start))
        if state.breaks > 1 or "blockquote" in state.stack[-1].within:
            yield from _flush(state)
    element = _element(state, token)
    if not state.stack[-1].within & DROPPED:
        yield from _attributes(element)
    if token.name not in VOID and element.depth < MAX_DEPTH:
        state.stack.append(element)


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
    within = parent.within | {token.name} if token.name in CUTTING else parent.within
    return Element(token, parent, parent.depth + 1, _words_of(token), within, row, column)


def _colspan(token: Token) -> int:
    span = token.get("colspan")
    return min(int(span), 1000) if span.isdecimal() and span.isascii() and span != "0" else 1


def _cuts(token: Token, state: _Open) -> bool:
    """Whether a tag begins or ends a fragment."""
    if token.name in BLOCKS:
        return True
    if token.name == "cite":
        return not state.stack[-1].within.isdisjoint({"blockquote", "figure"})
    if token.name == "a":
        return is_button(token) or "nav" in state.stack[-1].within
    return False


def _close_implied(state: _Open, token: Token) -> None:
    """Take from the stack what the start tag of another element closes: `<li>a<li>b`, `<p>a<div>`."""
    closes, fence = _CLOSES.get(token.name, (frozenset[str](), frozenset[str]()))
    if token.name not in {"a", "cite", "button", "label", "option", "select", "title", "textarea"} and not closes:
        closes, fence = frozenset({"p"}), _FENCES | {"li", "dd", "div", "section", "blockquote"}
    for number in range(len(state.stack) - 1, 0, -1):
        if state.stack[number].name in fence:
            return
        if state.stack[number].name in closes:
            del state.stack[number:]


def _end(state: _Open, token: Token) -> Iterator[Fragment]:
    fenced = token.name not in _TABLE_PARTS
    for number in range(len(state.stack) - 1, 0, -1):
        element = state.stack[number]
        if element.name == token.name:
            if any(one.name in BLOCKS or _cuts(one.tag, state) for one in state.stack[number:]):
                yield from _flush(state)
            del state.stack[number:]
            return
        if fenced and element.name in _FENCES:
            return


def _flush(state: _Open) -> Iterator[Fragment]:
    if state.inside is not None and any(not run.text.isspace() for run in state.held):
        yield Fragment(tuple(state.held), state.inside)
    state.held, state.inside, state.breaks = [], None, 0


def _attributes(element: Element) -> Iterator[Fragment]:
    """The attributes of a tag that a reader sees, hears or finds in a search result."""
    for name, start, raw in element.tag.attributes:
        if raw.strip() and _is_read(element.tag, name):
            yield Fragment(tuple(entities(raw, start)), element, name)


def _is_read(tag: Token, attribute: str) -> bool:
    if attribute in {"alt", "aria-label", "placeholder"}:
        return True
    if attribute == "value":
        return tag.name == "input" and tag.get("type") in {"submit", "button"}
    if tag.name != "meta" or attribute != "content":
        return False
    name = tag.get("name") or tag.get("property")
    return name.casefold() in {"description", "og:title", "og:description", "twitter:title", "twitter:description"}
