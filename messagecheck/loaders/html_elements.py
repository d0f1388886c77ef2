"""What HTML's elements are: which cut the text, which hold none, which close others; and an element with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from messagecheck.loaders.html_tokens import Token

VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
})  # fmt: skip
DROPPED = frozenset(
    ["script", "style", "template", "iframe", "noembed", "noframes", "xmp", "canvas", "object", "symbol", "defs"]
)
"""Elements whose content is no text; a template that makes a shadow root is shown, so it is none of them."""
CUTTING = DROPPED | {"blockquote", "figure", "nav"}
BLOCKS = frozenset([
    "address", "article", "aside", "audio", "blockquote", "body", "button", "caption", "center", "dd", "details",
    "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "head", "header", "hgroup", "hr", "html", "label", "legend", "li", "main", "menu", "nav", "ol",
    "optgroup", "option", "p", "pre", "search", "section", "select", "summary", "table", "tbody", "td", "textarea",
    "tfoot", "th", "thead", "title", "tr", "ul", "video",
])  # fmt: skip
CLOSES = {
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
FENCES = frozenset({"td", "th", "table", "button", "caption", "html"})
"""End tags of other elements don't close these."""
TABLE_PARTS = frozenset({"td", "th", "tr", "tbody", "thead", "tfoot", "table", "caption", "button"})

_DISPLAYED = frozenset(["block", "flex", "grid", "table", "d-block", "d-flex", "d-grid", "w-full", "w-100"])
"""Classes by which the common style sheets (Tailwind, Bootstrap) give an inline element a line of its own."""
_FLEXIBLE = frozenset(["flex", "inline-flex", "grid", "inline-grid", "d-flex", "d-inline-flex", "d-grid"])
"""Classes by which they do so to an element's children."""
_STYLED_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid)", re.IGNORECASE)
_STYLED_FLEXIBLE = re.compile(r"display\s*:\s*(?:inline-)?(?:flex|grid)", re.IGNORECASE)
_STYLED_BUTTON = re.compile(r"background(?:-color)?\s*:.*padding|padding.*background(?:-color)?\s*:", re.IGNORECASE)
_FILLED = re.compile(r"(?:bg|ring|border|from)-")
_PADDED = re.compile(r"p[xy]?-")
_ROUNDED = re.compile(r"rounded")
_TOKENS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """An open element: its tag, the element around it; a cell's row and column (from 0) in its table.

    `classes` are those of its class attribute, `words` the words of its class and id: "cookieBar top-nav" → cookie,
    bar, top, nav. `within` are the names of those of CUTTING that are around it, and its own; `link` is where the link
    around it begins, -1 without one.
    """

    tag: Token
    parent: Element | None
    depth: int
    words: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()
    link: int = -1
    row: int = 0
    column: int = 0

    @property
    def name(self) -> str:
        return self.tag.name


def around(element: Element) -> Iterator[Element]:
    """The element and those around it, innermost first."""
    at: Element | None = element
    while at is not None:
        yield at
        at = at.parent


def words_of(tag: Token) -> frozenset[str]:
    return frozenset(word.casefold() for word in _TOKENS.findall(f"{tag.get('class')} {tag.get('id')}"))


def is_button(tag: Token) -> bool:
    """Whether an element is a button, or a link that looks like one: by its name, its classes or its style."""
    if tag.name == "button" or tag.get("role") == "button":
        return True
    if tag.name != "a":
        return False
    if not words_of(tag).isdisjoint({"btn", "button", "cta"}) or _STYLED_BUTTON.search(tag.get("style")):
        return True
    classes = tag.get("class").split()
    return all(any(look.match(one) for one in classes) for look in (_FILLED, _PADDED, _ROUNDED))


def has_own_line(tag: Token, parent: Element) -> bool:
    """Whether a browser gives an inline element a line of its own, as far as classes and styles tell."""
    if not _DISPLAYED.isdisjoint(tag.get("class").split()) or _STYLED_BLOCK.search(tag.get("style")):
        return True
    return not _FLEXIBLE.isdisjoint(parent.classes) or bool(_STYLED_FLEXIBLE.search(parent.tag.get("style")))
