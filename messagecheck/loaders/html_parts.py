"""A page as a list of parts in order, and which of them stand in which element."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from messagecheck.loaders.html_elements import Element, around
from messagecheck.loaders.html_tree import Fragment
from messagecheck.nouns import Block, Role

Extents = Mapping[Element, range]
"""Element → the numbers of the parts that stand in it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A fragment and the block that is made of it; `level` is 1 to 6 for a heading's text, else 0."""

    fragment: Fragment
    block: Block
    level: int = 0

    @property
    def is_shown(self) -> bool:
        """Whether it is text of the page and no attribute's."""
        return not self.fragment.attribute

    @property
    def words(self) -> int:
        return len(self.block.text.split())


def as_role(part: Part, role: Role, reason: str) -> Part:
    return replace(part, block=replace(part.block, role=role, reason=reason))


def extents(parts: Sequence[Part]) -> Extents:
    """Where the parts of each element lie, in time linear in elements and parts: a page may be deep."""
    bounds: dict[Element, tuple[int, int]] = {}
    for number, part in enumerate(parts):
        for element in around(part.fragment.element) if part.is_shown else ():
            known = element in bounds
            first, last = bounds.get(element, (number, number))
            bounds[element] = min(first, number), max(last, number)
            if known:
                break
    for element in sorted(bounds, key=lambda one: -one.depth):
        outer = element.parent
        if outer is not None:
            first, last = bounds[element]
            bounds[outer] = min(bounds[outer][0], first), max(bounds[outer][1], last)
    return {element: range(first, last + 1) for element, (first, last) in bounds.items()}


def shown(parts: Sequence[Part], of: Iterable[int]) -> list[int]:
    """The numbers of those parts that are text of the page."""
    return [number for number in of if parts[number].is_shown]
