"""Roles that only a text's wording or its neighbours tell: lists of links, small print, policies, forms, prices,
answers, and a footer that no element names. Each pass reads the parts of a page and returns them with better roles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from messagecheck.loaders.html_elements import Element, around
from messagecheck.loaders.html_parts import Extents, Part, as_role, extents
from messagecheck.nouns import Role

_PROSE = frozenset({Role.BODY, Role.BULLET})
_TEXT = _PROSE | {Role.CELL, Role.NAV}
_CARDED = _PROSE | {Role.HEADING, Role.PRICING}
MOST_LEGAL_WORDS = 40
MOST_LINK_WORDS = 4
LEAST_LINKS, LINK_SHARE = 3, 0.75
"""A list of links: the menus of the pages that the rules were written on hold three links or more and little else."""
MOST_CTA_WORDS = 7
MOST_FORM_PARTS = 40
"""Parts of the longest contact form looked at; a whole page inside one form has more."""
MOST_CARD_PARTS = 16
MOST_FOOTER_PARTS = 40
_RIGHTS = re.compile(r"(?:©|\(c\)\s*\d|copyright\b)|.*\ball rights reserved\b", re.IGNORECASE)
_SMALL_PRINT = re.compile(r"[*†‡]\s*\w+(?:\s+\S+){3}")
_POLICY = re.compile(
    r"\b(?:privacy|cookies?|data protection|refund)\s+(?:policy|notice|statement)\b|\bterms\s+(?:of|and|&)\s+\w+"
    r"|^(?:privacy|legal notice|imprint|impressum|terms)$|\bdata processing (?:agreement|addendum)\b|acceptable use",
    re.IGNORECASE,
)
_ASKS_US = re.compile(
    r"(?:apply|ask|book|browse|buy|call|chat|check|choose|claim|compare|contact|create|discover|donate|download|explore"
    r"|find|get|hire|join|learn|let.s|make|meet|open|order|plan|read|register|request|reserve|save|schedule|see|send"
    r"|shop|show|sign up|start|subscribe|switch|take|talk|tell|tour|try|view|visit|watch)\b(?!.*[.:;])|.*[→›»➝➔⟶]$",
    re.IGNORECASE,
)
_PRICE = re.compile(r"(?:from\s+)?(?:[$€£¥]|USD|EUR|GBP|CHF)\s?\d[\d,.]*(?:\s*(?:/|per\b|a\b|p\.)|\W*$)", re.IGNORECASE)
_QUESTIONS = re.compile(r"\bfaqs?\b|\bquestions\b|\bq\s?&\s?a\b|before you ask", re.IGNORECASE)
_OUR_COOKIES = re.compile(r"(?:we|this (?:web)?site|our (?:web)?site)\s+uses?\s+cookies\b", re.IGNORECASE)
_OF_FORMS = frozenset({
    "message", "feedback", "error", "success", "done", "fail", "help", "hint", "title", "text", "caption",
    "disclaimer",
})  # fmt: skip

Pass = Callable[[Sequence[Part], Extents], Iterator[Part]]


def tell_regions(parts: Sequence[Part]) -> list[Part]:
    """The same parts in order."""
    rows, where = list(parts), extents(parts)
    passes: tuple[Pass, ...] = (_links, _by_wording, _policies, _closing, _forms, _prices)
    for one in passes:
        rows = list(one(rows, where))
    return rows


def _by_wording(parts: Sequence[Part], where: Extents) -> Iterator[Part]:
    """What a text's own words tell: headlines of regions, rights and small print, links that ask for something."""
    del where
    for part in parts:
        role, text = part.block.role, part.block.text
        if role in {Role.FAQ, Role.PRICING} and part.level in {1, 2} and not text.endswith("?"):
            yield as_role(part, Role.HEADING, "element h1 to h6")
        elif role in _TEXT | {Role.FOOTER} and part.words <= MOST_LEGAL_WORDS and _RIGHTS.match(text):
            yield as_role(part, Role.LEGAL, "rights reserved")
        elif role in _PROSE and _SMALL_PRINT.match(text):
            yield as_role(part, Role.LEGAL, "small print")
        elif role in _PROSE and _OUR_COOKIES.match(text):
            yield as_role(part, Role.COOKIE, "tells of cookies")
        elif role in _PROSE and _is_request(part):
            yield as_role(part, Role.CTA, "lone link that asks for something")
        else:
            yield part


def _is_request(part: Part) -> bool:
    lone = part.fragment.linked and not part.level and part.words <= MOST_CTA_WORDS
    return lone and bool(_ASKS_US.match(part.block.text))


def _policies(parts: Sequence[Part], where: Extents) -> Iterator[Part]:
    """The text of a page whose first heading is that of a policy."""
    del where
    first = next((part.block.text for part in parts if part.level == 1), "")
    for part in parts:
        is_policy = part.block.role in _PROSE | {Role.CELL} and part.is_shown and _POLICY.search(first)
        yield as_role(part, Role.LEGAL, "page of a policy") if is_policy else part


def _closing(parts: Sequence[Part], where: Extents) -> Iterator[Part]:
    """A footer without a name: what stands around the last line of rights, where the page has no other."""
    rights = [number for number, part in enumerate(parts) if part.block.reason == "rights reserved"]
    named = any(part.block.role is Role.FOOTER for part in parts)
    region = _closing_region(parts, where, rights[-1]) if rights and not named else range(0)
    for number, part in enumerate(parts):
        closes = number in region and part.is_shown and part.block.role in _TEXT
        yield as_role(part, Role.FOOTER, "around the last rights") if closes else part


def _closing_region(parts: Sequence[Part], where: Extents, rights: int) -> range:
    region = range(0)
    for element in around(parts[rights].fragment.element):
        found = where[element]
        if len(found) > min(MOST_FOOTER_PARTS, len(parts) // 2) or any(parts[n].level for n in found):
            break
        region = found
    return region


def _links(parts: Sequence[Part], where: Extents) -> Iterator[Part]:
    """Lists of short links and little else."""
    linked = list(accumulate((_is_short_link(part) for part in parts), initial=0))
    visible = list(accumulate((part.is_shown for part in parts), initial=0))

    def is_list(element: Element) -> bool:
        found = where[element]
        links, texts = (count[found.stop] - count[found.start] for count in (linked, visible))
        return links >= LEAST_LINKS and links >= LINK_SHARE * texts

    lists = {element for element in where if is_list(element)}
    for part in parts:
        listed = part.block.role in _PROSE and part.is_shown and part.words <= MOST_LINK_WORDS
        menu = listed and not lists.isdisjoint(around(part.fragment.element))
        yield as_role(part, Role.NAV, "list of links") if menu else part


def _is_short_link(part: Part) -> bool:
    return part.is_shown and part.fragment.linked and part.words <= MOST_LINK_WORDS


def _forms(parts: Sequence[Part], where: Extents) -> Iterator[Part]:
    """Hints, consents and answers of a form; a page that is one form as a whole is none."""
    headed = [number for number, part in enumerate(parts) if part.level in {1, 2}]
    forms = {
        element
        for element, found in where.items()
        if element.name == "form" and len(found) <= MOST_FORM_PARTS and not any(n in found for n in headed)
    }
    for part in parts:
        outer = tuple(around(part.fragment.element)) if part.is_shown else ()
        inside = part.block.role in _PROSE and not forms.isdisjoint(outer)
        around_it = part.block.role in _PROSE | {Role.HEADING, Role.FOOTER} and part.level not in {1, 2}
        beside = around_it and any(map(_is_of_form, outer))
        yield as_role(part, Role.FORM, "in a form" if inside else "class words") if inside or beside else part


def _is_of_form(element: Element) -> bool:
    words = element.words
    return ("form" in words or "invalid" in words) and not words.isdisjoint(_OF_FORMS)


def _prices(parts: Sequence[Part], where: Extents) -> Iterator[Part]:
    """Cards around a price."""
    carded: set[int] = set()
    for number, part in enumerate(parts):
        if part.is_shown and part.block.role in _CARDED and _PRICE.match(part.block.text):
            carded.update(_card(parts, where, number))
    for number, part in enumerate(parts):
        priced = number in carded and part.is_shown and part.block.role in _CARDED and part.level not in {1, 2}
        yield as_role(part, Role.PRICING, "beside a price") if priced else part


def _card(parts: Sequence[Part], where: Extents, price: int) -> range:
    """The widest element around a price that holds no other price, no headline and little text."""
    card = range(price, price + 1)
    for element in around(parts[price].fragment.element):
        found = where[element]
        others = (n for n in found if n != price)
        if len(found) > MOST_CARD_PARTS or any(
            parts[n].level in {1, 2} or _PRICE.match(parts[n].block.text) for n in others if parts[n].is_shown
        ):
            break
        card = found
    return card


def tell_answers(parts: Sequence[Part]) -> Iterator[Part]:
    """The same parts in order; what stands under a heading of questions as FAQ."""
    for part in parts:
        under = any(map(_QUESTIONS.search, part.block.at.heading))
        asks = part.block.role is Role.HEADING and part.block.text.endswith("?")
        told = part.is_shown and under and (asks or part.block.role in _PROSE)
        yield as_role(part, Role.FAQ, "under a heading of questions") if told else part
