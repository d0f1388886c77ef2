"""What a fragment of a page is for: by the elements around it, ARIA roles and class words. One rule a line."""

from __future__ import annotations

import re
from collections.abc import Callable

from messagecheck.loaders.html_tree import Element, Fragment, around, is_button
from messagecheck.nouns import Role

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)

Rule = tuple[Role, str, Callable[[Element], bool]]


def _named(*names: str) -> Callable[[Element], bool]:
    wanted = frozenset(names)
    return lambda element: element.name in wanted


def _worded(*words: str) -> Callable[[Element], bool]:
    wanted = frozenset(words)
    return lambda element: element.name not in {"html", "body"} and not wanted.isdisjoint(element.words)


def _aria(*roles: str) -> Callable[[Element], bool]:
    wanted = frozenset(roles)
    return lambda element: element.tag.get("role") in wanted


def _is_quoted_caption(element: Element) -> bool:
    """A `<figcaption>` or `<footer>` of a quotation."""
    quoting = ("blockquote",) if element.name == "footer" else ("blockquote", "figure")
    return element.name in {"figcaption", "footer"} and any(outer.name in quoting for outer in around(element))


_RULES: tuple[Rule, ...] = (
    (Role.CODE, "element pre", _named("pre")),
    (Role.COOKIE, "class words", _worded("cookie", "cookies", "consent", "gdpr", "ccpa")),
    (Role.CTA, "button", lambda element: is_button(element.tag)),
    (Role.NAV, "element nav", _named("nav")),
    (Role.NAV, "aria role", _aria("navigation", "menubar")),
    (Role.NAV, "class words", _worded("nav", "navbar", "breadcrumb", "breadcrumbs", "sitemap")),
    (Role.ATTRIBUTION, "element cite", _named("cite")),
    (Role.ATTRIBUTION, "caption of a quotation", _is_quoted_caption),
    (Role.TESTIMONIAL, "element blockquote", _named("blockquote")),
    (Role.FOOTER, "element footer", _named("footer")),
    (Role.FOOTER, "aria role", _aria("contentinfo")),
    (Role.FOOTER, "class words", _worded("footer")),
    (Role.HEADING, "element h1 to h6", _named(*_HEADINGS)),
    (Role.FAQ, "element summary or details", _named("summary", "details")),
    (Role.CELL, "element td or th", _named("td", "th")),
    (Role.LEGAL, "class words", _worded("legal", "disclaimer", "disclaimers", "disclosure", "fineprint")),
    (Role.FAQ, "class words", _worded("faq", "faqs")),
    (Role.PRICING, "class words", _worded("pricing", "price", "prices", "plan", "plans")),
    (Role.FORM, "element of a form", _named("label", "legend", "option", "textarea", "select")),
    (Role.BULLET, "element li", _named("li")),
)
_ATTRIBUTES = {
    "alt": (Role.ALT, "attribute alt"),
    "aria-label": (Role.ALT, "attribute aria-label"),
    "placeholder": (Role.FORM, "attribute placeholder"),
    "value": (Role.CTA, "value of a button"),
    "content": (Role.META, "meta"),
    "ld+json": (Role.META, "JSON-LD"),
}


def role_of(fragment: Fragment) -> tuple[Role, str]:
    """A fragment's role and the rule that gave it: the first rule that fits any element around it."""
    if fragment.attribute:
        return _ATTRIBUTES[fragment.attribute]
    if any(element.name == "title" for element in around(fragment.element)):
        return Role.TITLE, "element title"
    outer = tuple(around(fragment.element))
    for role, reason, fits in _RULES:
        if any(fits(element) for element in outer):
            return role, reason
    return Role.BODY, ""


def is_hidden(fragment: Fragment) -> bool:
    """Whether a browser shows the fragment only after a click, or never."""
    return any(
        element.tag.has("hidden")
        or element.tag.get("aria-hidden") == "true"
        or _HIDING.search(element.tag.get("style"))
        for element in around(fragment.element)
    )


def level(fragment: Fragment) -> int:
    """1 to 6 for a heading's text, else 0."""
    name = next((element.name for element in around(fragment.element) if element.name in _HEADINGS), "")
    return int(name[1]) if name and not fragment.attribute else 0
