"""The hero of a page: its opening section, around the first main heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from messagecheck.loaders.html_elements import Element, around
from messagecheck.loaders.html_parts import Extents, Part, as_role, extents, shown
from messagecheck.nouns import Role

MAX_HERO = 15
"""Blocks of a hero; the largest of 200 marketing pages' had 11. A wrapper around the whole page holds more."""

MOST_CRUMBS = 3
"""Links that lead back from an article, above its title; a menu holds more."""
LARGE_TYPE = 28
"""Pixels of a main heading that is none by its element; body text and leads are smaller."""
LATEST_LARGE = 60
"""Texts before a page's large type: its menu, at most."""
LOWEST_RANK = 3

_SIZE = re.compile(r"font-size\s*:\s*(\d{1,3}(?:\.\d{1,3})?)(px|pt|r?em)")
_LARGE = re.compile(r"text-[4-9]xl|display-\d|h1|fs-1|is-1|heading-1")
_UNHEROIC = frozenset({"#page", "html", "body", "main", "article", "table", "td"})
_LEADS = frozenset({Role.HEADING, Role.BODY, Role.BULLET, Role.PRICING})
_STRANGE = frozenset({Role.FOOTER, Role.CELL, Role.TESTIMONIAL, Role.CODE, Role.FORM})
"""Roles whose text no hero holds: an element with such text is more than the opening section."""


def tell_hero(parts: Sequence[Part]) -> list[Part]:
    """The same parts, those of the section of the first h1 (of the first h2 where there is none) as HERO."""
    where = extents(parts)
    ranks = {n: _rank(part, n) for n, part in enumerate(parts) if part.block.role in _LEADS}
    headings = [n for n, rank in ranks.items() if rank <= LOWEST_RANK]
    first = min(headings, key=lambda n: (ranks[n], n), default=None)
    if first is None:
        return list(parts)
    hero = _section(parts, where, first, headings)
    reason = "section of the first h1"
    return [
        as_role(part, Role.HERO, reason) if number in hero and part.is_shown and part.block.role in _LEADS else part
        for number, part in enumerate(parts)
    ]


def _section(parts: Sequence[Part], where: Extents, first: int, headings: Sequence[int]) -> range:
    """The widest element around the first heading that can be a hero; none where the heading stands alone."""
    section = range(0)
    for element in around(parts[first].fragment.element):
        found = where[element]
        if element.name in _UNHEROIC or not _is_opening(parts, found, first, headings):
            break
        section = found
    return section if len(shown(parts, section)) > 1 else range(0)


def _rank(part: Part, number: int) -> int:
    """How much a text leads its page: an h1 before large type before an h2."""
    if part.level or not part.is_shown or number >= LATEST_LARGE:
        return {1: 1, 2: LOWEST_RANK}.get(part.level, LOWEST_RANK + 1)
    return 2 if any(map(_is_large, around(part.fragment.element))) else LOWEST_RANK + 1


def _is_large(element: Element) -> bool:
    size = _SIZE.search(element.tag.get("style"))
    if size:
        return float(size[1]) * (1 if size[2] in {"px", "pt"} else 16) >= LARGE_TYPE
    return any(map(_LARGE.fullmatch, element.classes))


def _is_opening(parts: Sequence[Part], found: range, first: int, headings: Sequence[int]) -> bool:
    texts = shown(parts, found)
    others = any(n in found for n in headings if n != first)
    menus = sum(parts[n].block.role is Role.NAV for n in texts)
    if others or menus > MOST_CRUMBS or len(texts) > MAX_HERO:
        return False
    return not any(_is_strange(parts[n]) for n in texts if n != first)


def _is_strange(part: Part) -> bool:
    """Whether a text belongs to no hero: a menu, a plan card, a question with its answer."""
    asked = part.block.role is Role.FAQ or (part.level and part.block.text.endswith("?"))
    return part.block.role in _STRANGE or part.block.reason == "beside a price" or bool(asked)
