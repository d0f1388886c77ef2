"""Somebody else's words on a page: a quotation, a review or a testimonial, and the lines beside it that say whose.

A class word or a heading ("What customers say") says that quotations are near, a block quote or quotation marks that a
text may be one; only with a name beside it is it taken for one. The shapes are in testimonials.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from messagecheck.loaders import testimonials
from messagecheck.loaders.html_elements import Element, around
from messagecheck.loaders.html_parts import Extents, Part, as_role, extents
from messagecheck.nouns import Role, Speaker

LEAST_WORDS = 4
MOST_CARD_PARTS = 8
"""Parts of the largest testimonial card looked at: three paragraphs, a name, a job, a company, a date, a link."""
MOST_PARAGRAPHS = 4

_SAYING = frozenset({Role.BODY, Role.BULLET, Role.HERO, Role.TESTIMONIAL, Role.ATTRIBUTION, Role.FAQ})
_NAMING = frozenset({Role.BODY, Role.BULLET, Role.ATTRIBUTION, Role.TESTIMONIAL, Role.HEADING, Role.FOOTER})
_SURE_WORDS = frozenset({"testimonial", "testimonials"})
_WORDS = _SURE_WORDS | {"quote", "quotes", "review", "reviews", "endorsement", "kudos", "pullquote"}
_WHOLE = frozenset({"#page", "html", "body", "main"})
_OF_TEXT = frozenset({"text", "content", "body", "copy"})
_HEADED = re.compile(
    r"\btestimonials?\b|\breviews\b|\b(?:kind|good) words\b|\bloved by\b|\bsaid (?:of|about) us\b|\bletters from\b"
    r"|\bhear (?:it )?from\b|take our word|\bwhat\b.{1,40}\b(?:say|said|saying|tell us|think of us)\b"
    r"|in their (?:own )?words",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Page:
    parts: Sequence[Part]
    where: Extents


@dataclass(frozen=True, slots=True)
class _Said:
    """A quotation: the parts that name its speaker, and what showed that it is one."""

    names: tuple[int, ...]
    reason: str


def tell_quotations(parts: Sequence[Part]) -> list[Part]:
    """The same parts in order, with quotations as TESTIMONIAL of THEM and the lines that name a speaker as
    ATTRIBUTION."""
    page = _Page(parts, extents(parts))
    found: dict[int, _Said] = {}
    names: set[int] = set()
    for number, part in enumerate(parts):
        said = _said(page, number, part) if number not in names else None
        if said:
            found[number] = said
            names |= {*said.names} - found.keys()
    rows = list(parts)
    for number, said in found.items():
        who = testimonials.bare_name(parts[min(said.names)].block.text) if said.names else None
        rows[number] = _theirs(as_role(parts[number], Role.TESTIMONIAL, said.reason), who)
    for number in names:
        rows[number] = _theirs(as_role(parts[number], Role.ATTRIBUTION, "beside a quotation"), None)
    return rows


def _theirs(part: Part, who: str | None) -> Part:
    return replace(part, block=replace(part.block, speaker=Speaker.THEM, attributed_to=who))


def _said(page: _Page, number: int, part: Part) -> _Said | None:
    block = part.block
    if not part.is_shown or block.role not in _SAYING or block.speaker is Speaker.THEM or part.words < LEAST_WORDS:
        return None
    quoted = testimonials.is_quoted(block.text)
    if testimonials.is_person(block.text) or (quoted and testimonials.inline_name(block.text)):
        return None
    outer = tuple(around(part.fragment.element))
    if quoted or any(one.name == "blockquote" for one in outer):
        names = _in_card(page, number, outer) or _beside(page, number, range(len(page.parts)))
        if names:
            return _Said(names, "quotation with a name")
    if any(one.tag.get("itemprop") == "reviewBody" for one in outer):
        return _Said(_in_card(page, number, outer), "itemprop reviewBody")
    return _announced(page, number, outer) or _signed(page, number, outer)


def _announced(page: _Page, number: int, outer: Sequence[Element]) -> _Said | None:
    """A quotation that a class word or a heading announces."""
    worded = next((one for one in outer if not one.words.isdisjoint(_WORDS) and one.name != "body"), None)
    headed = any(map(_HEADED.search, page.parts[number].block.at.heading))
    if (worded is None and not headed) or testimonials.is_short_line(page.parts[number].block.text):
        return None
    names = _in_card(page, number, outer)
    if names:
        return _Said(names, "class words and a name" if worded else "heading of quotations and a name")
    if worded is not None and not worded.words.isdisjoint(_OF_TEXT) and len(page.where[worded]) <= MOST_PARAGRAPHS:
        return _Said((), "class words")
    return None


def _signed(page: _Page, number: int, outer: Sequence[Element]) -> _Said | None:
    """A text with a `<footer>` of its own that names somebody."""
    for name in _in_card(page, number, outer)[:1]:
        footer = next((one for one in around(page.parts[name].fragment.element) if one.name == "footer"), None)
        if footer is None or footer in outer or footer.parent is None or footer.parent.name in _WHOLE:
            return None
        return _Said((name,), "footer with a name") if footer.parent in outer else None
    return None


def _in_card(page: _Page, number: int, outer: Sequence[Element]) -> tuple[int, ...]:
    """The names beside a text in the smallest element around it that holds any."""
    for element in outer:
        card = page.where[element]
        if sum(page.parts[n].is_shown for n in card) > MOST_CARD_PARTS:
            return ()
        names = _beside(page, number, card)
        if names:
            return names
    return ()


def _beside(page: _Page, number: int, card: range) -> tuple[int, ...]:
    """The lines that name somebody right after a text and the paragraphs that go on with it, else right before it."""
    after = [n for n in range(number + 1, min(card.stop, number + 12)) if page.parts[n].is_shown]
    for step, at in enumerate(after[:MOST_PARAGRAPHS]):
        if _is_name(page, at):
            return (at, *_more(page, after[step + 1 : step + 2]))
        if not _goes_on(page, number, at):
            break
    before = [n for n in range(number - 1, max(card.start, number - 12) - 1, -1) if page.parts[n].is_shown]
    if len(card) > MOST_CARD_PARTS or not before:
        return ()
    if len(before) > 1 and _is_name(page, before[1]) and _is_job(page, before[0]):
        return before[1], before[0]
    return (before[0],) if _is_name(page, before[0]) else ()


def _goes_on(page: _Page, number: int, at: int) -> bool:
    """Whether a part is a further paragraph of the same block quote or of the same element."""
    one, other = page.parts[number], page.parts[at]
    return other.block.role == one.block.role and other.fragment.element.parent is one.fragment.element.parent


def _more(page: _Page, numbers: Sequence[int]) -> tuple[int, ...]:
    """The line after a name that gives the job or the company."""
    return tuple(number for number in numbers if _is_job(page, number))


def _is_name(page: _Page, number: int) -> bool:
    part = page.parts[number]
    if part.block.role not in _NAMING or part.level in {1, 2}:
        return False
    text = part.block.text
    cited = part.block.role is Role.ATTRIBUTION and testimonials.is_short_line(text)
    return cited or testimonials.is_person(text)


def _is_job(page: _Page, number: int) -> bool:
    part = page.parts[number]
    return part.block.role in _NAMING and not part.level and testimonials.is_short_line(part.block.text)
