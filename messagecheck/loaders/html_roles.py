"""What a fragment of a page is for, by the elements around it: their names, ARIA roles and class words. One rule a
line; the first that fits wins. What only the text or the neighbours tell is in html_regions.py and html_quotes.py."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from messagecheck.loaders.html_elements import Element, around, is_button
from messagecheck.loaders.html_tree import Fragment
from messagecheck.nouns import Role

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_HIDDEN = frozenset(["hidden", "d-none", "sr-only", "visually-hidden", "screen-reader-text", "w-hidden", "is-hidden"])
_SHOWN_WIDE = re.compile(r"\w+:(?:block|flex|grid|inline|table)|d-\w+-(?:block|flex|grid|inline)")
_WHOLE = frozenset({"#page", "html", "body"})
"""Elements whose classes speak of the whole page and give no part of it a role."""
_SECTIONING = frozenset({"article", "section", "aside", "blockquote", "figure", "dialog", "li", "td"})
_OF_A_PART = frozenset([
    "card", "modal", "testimonial", "entry", "post", "panel", "comment", "quote", "dialog", "article", "review",
    "item", "author",
])  # fmt: skip
_UNFOLDS = frozenset({
    "dropdown", "toggle", "toggler", "accordion", "collapse", "collapsible", "disclosure", "hamburger", "tab",
    "tabs",
})  # fmt: skip

Fits = Callable[[Element], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """A role for what stands in a fitting element; `linked` asks that it be a lone link."""

    role: Role
    reason: str
    fits: Fits
    linked: bool = False


@dataclass(slots=True)
class Roles:
    """Reads roles; `known` keeps which rules fit an element or one around it, as a bit each, and above them whether
    one hides it, so that a page of any depth is read in one pass."""

    known: dict[Element, int] = field(default_factory=dict)

    def of(self, fragment: Fragment) -> tuple[Role, str]:
        """A fragment's role and the rule that gave it."""
        if fragment.attribute:
            return _ATTRIBUTES[fragment.attribute]
        fitting = self._fitting(fragment.element)
        for number, rule in enumerate(_RULES):
            if fitting >> number & 1 and (fragment.linked or not rule.linked):
                return rule.role, rule.reason
        return Role.BODY, ""

    def is_hidden(self, fragment: Fragment) -> bool:
        """Whether a browser shows the fragment only after a click, or never."""
        return bool(self._fitting(fragment.element) >> len(_RULES))

    def _fitting(self, element: Element) -> int:
        unknown = []
        for one in around(element):
            if one in self.known:
                break
            unknown.append(one)
        for one in reversed(unknown):
            own = 0 if one.name in _WHOLE else sum(1 << n for n, rule in enumerate(_RULES) if rule.fits(one))
            own |= _hides(one) << len(_RULES)
            outer = self.known[one.parent] if one.parent is not None else 0
            self.known[one] = own | (outer & ~_FRAMES if _is_main(one) else outer)
        return self.known[element]


def _named(*names: str) -> Fits:
    wanted = frozenset(names)
    return lambda element: element.name in wanted


def _worded(*words: str) -> Fits:
    wanted = frozenset(words)
    return lambda element: not wanted.isdisjoint(element.words)


def _classed(*classes: str) -> Fits:
    wanted = frozenset(classes)
    return lambda element: not wanted.isdisjoint(element.classes)


def _aria(*roles: str) -> Fits:
    wanted = frozenset(roles)
    return lambda element: element.tag.get("role") in wanted


def _is_quoted_caption(element: Element) -> bool:
    """A `<figcaption>` or `<footer>` of a quotation."""
    quoting = ("blockquote",) if element.name == "footer" else ("blockquote", "figure")
    return element.name in {"figcaption", "footer"} and any(outer.name in quoting for outer in around(element))


def _presses(element: Element) -> bool:
    """A button that does something, and doesn't only unfold a menu, a tab or an answer."""
    tag = element.tag
    unfolds = tag.has("aria-expanded") or tag.has("aria-haspopup") or tag.get("role") == "tab"
    if unfolds or _turns_pages(element) or not is_button(tag):
        return False
    return _UNFOLDS.isdisjoint(element.words)


def _unfolds_answers(element: Element) -> bool:
    """An accordion: where a page of the common designs keeps questions."""
    opens = element.name in {"a", "button", "input", "label"}
    return not opens and not {"accordion", "faq", "faqs", "toggle"}.isdisjoint(element.words)


def _is_page_footer(element: Element) -> bool:
    """A `<footer>` of the page and not of a part of it; or what its class words call a footer."""
    if element.name == "footer" or "footer" in element.words:
        parts = _OF_A_PART | {"main"} if element.name != "footer" else _OF_A_PART
        if not parts.isdisjoint(element.words):
            return False
        return element.name != "footer" or not any(one.name in _SECTIONING for one in around(element))
    return False


def _is_page_header(element: Element) -> bool:
    if element.tag.get("role") == "banner":
        return True
    named = element.name == "header" or not element.classes.isdisjoint({"header", "site-header", "masthead", "topbar"})
    return named and not any(one.name in _SECTIONING | {"main"} for one in around(element))


def _turns_pages(element: Element) -> bool:
    return element.name == "a" and element.tag.get("rel") in {"next", "prev"}


def _is_main(element: Element) -> bool:
    return element.name == "main" or element.tag.get("role") == "main"


def _names_a_menu(element: Element) -> bool:
    """Class words of a menu: "top-nav", but no heading's and not "nav-content"."""
    words = element.words
    named = not words.isdisjoint({"nav", "navbar", "navigation", "breadcrumbs", "sitemap"})
    return named and element.name not in HEADINGS and words.isdisjoint({"content", "sticky", "tab", "tabs"})


def _links_in_a_menu(element: Element) -> bool:
    return not element.words.isdisjoint(_MENUS) and element.words.isdisjoint({"tab", "tabs", "content"})


def _skips(element: Element) -> bool:
    return element.name == "a" and element.tag.get("href").startswith("#") and bool(
        {"skip", "sr", "screen"} & element.words or {"skipnav", "to-top", "back-to-top"} & element.classes
    )  # fmt: skip


_MENUS = frozenset({
    "menu", "submenu", "toctree", "pagination", "pager", "sidebar", "dropdown", "breadcrumb", "topbar",
    "masthead", "skip",
})  # fmt: skip
_RULES = (
    Rule(Role.ALT, "title of a drawing", lambda one: one.name in {"title", "desc"} and "svg" in one.within),
    Rule(Role.TITLE, "element title", _named("title")),
    Rule(Role.CODE, "element pre", _named("pre")),
    Rule(Role.COOKIE, "class words", _worded("cookie", "cookies", "gdpr", "ccpa", "cookiebot", "onetrust")),
    Rule(Role.COOKIE, "aria label", lambda one: "cookie" in one.tag.get("aria-label").casefold()),
    Rule(Role.COMMENT, "class", _classed("comment", "comment-body", "comment-content", "comment-list", "commentlist")),
    Rule(Role.CTA, "button", _presses),
    Rule(Role.NAV, "link to the next page", _turns_pages),
    Rule(Role.FOOTER, "aria role", _aria("contentinfo")),
    Rule(Role.FOOTER, "footer of the page", _is_page_footer),
    Rule(Role.FOOTER, "class words", _worded("colophon", "blogroll")),
    Rule(Role.NAV, "element nav", _named("nav")),
    Rule(Role.NAV, "aria role", _aria("navigation", "menubar", "menu", "tree")),
    Rule(Role.NAV, "class words", _names_a_menu),
    Rule(Role.NAV, "table of contents", lambda one: "toc" in one.words and one.name not in HEADINGS),
    Rule(Role.NAV, "skip link", _skips, linked=True),
    Rule(Role.NAV, "link in the page's header", _is_page_header, linked=True),
    Rule(Role.NAV, "link in a menu", _links_in_a_menu, linked=True),
    Rule(Role.ATTRIBUTION, "element cite", _named("cite")),
    Rule(Role.ATTRIBUTION, "caption of a quotation", _is_quoted_caption),
    Rule(Role.TESTIMONIAL, "element blockquote", _named("blockquote")),
    Rule(Role.FAQ, "element summary or details", _named("summary", "details")),
    Rule(Role.FAQ, "accordion", _unfolds_answers),
    Rule(Role.PRICING, "class words", _worded("pricing", "price", "prices", "plan", "plans")),
    Rule(Role.HEADING, "element h1 to h6", _named(*HEADINGS)),
    Rule(Role.HEADING, "aria role", _aria("heading")),
    Rule(Role.LEGAL, "class words", _worded("legal", "disclaimer", "disclaimers", "disclosure", "fineprint")),
    Rule(Role.FORM, "element of a form", _named("label", "legend", "option", "textarea", "select")),
    Rule(Role.BULLET, "element li", _named("li")),
)
_FRAMES = sum(1 << n for n, rule in enumerate(_RULES) if rule.role in {Role.NAV, Role.FOOTER})
"""The rules of what surrounds a page's main part: class words of a wrapper don't reach into it."""
_ATTRIBUTES = {
    "label": (Role.FORM, "attribute label"),
    "summary": (Role.ALT, "attribute summary"),
    "aria-description": (Role.ALT, "attribute aria-description"),
    "alt": (Role.ALT, "attribute alt"),
    "aria-label": (Role.ALT, "attribute aria-label"),
    "placeholder": (Role.FORM, "attribute placeholder"),
    "value": (Role.CTA, "value of a button"),
    "content": (Role.META, "meta"),
    "ld+json": (Role.META, "JSON-LD"),
}


def _hides(element: Element) -> bool:
    tag = element.tag
    if tag.has("hidden") or tag.get("aria-hidden") == "true" or _HIDING.search(tag.get("style")):
        return True
    if tag.name == "dialog" and not tag.has("open"):
        return True
    return not _HIDDEN.isdisjoint(element.classes) and not any(map(_SHOWN_WIDE.match, element.classes))


def level(fragment: Fragment) -> int:
    """1 to 6 for a heading's text, else 0."""
    for element in around(fragment.element) if not fragment.attribute else ():
        if element.name in HEADINGS:
            return int(element.name[1])
        if element.tag.get("role") == "heading":
            said = element.tag.get("aria-level")
            return int(said) if said in {"1", "2", "3", "4", "5", "6"} else 2
    return 0
