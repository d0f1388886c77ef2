"""Roles on hand-labelled pages: the floors are only ever raised."""

from __future__ import annotations

from functools import cache

import pytest

from messagecheck.loaders import read
from messagecheck.nouns import Role, Speaker
from tests.loaders.pages import PAGES, Pair, labels, pairs, tallies
from tests.loaders.samples import misplaced

HALVES = ("built", "held-out")
RECALL = {
    Role.TESTIMONIAL: 0.95, Role.ATTRIBUTION: 0.95, Role.NAV: 0.97, Role.CTA: 0.97, Role.HERO: 0.95, Role.LEGAL: 0.95,
    Role.COOKIE: 0.95, Role.PRICING: 0.95, Role.FAQ: 0.95, Role.FORM: 0.95, Role.CELL: 0.95, Role.HEADING: 0.95,
}  # fmt: skip
PRECISION = {
    Role.TESTIMONIAL: 0.95, Role.ATTRIBUTION: 0.95, Role.NAV: 0.97, Role.CTA: 0.95, Role.HERO: 0.95, Role.FOOTER: 0.95,
    Role.LEGAL: 0.95, Role.BODY: 0.9,
}  # fmt: skip


@cache
def found(half: str) -> tuple[Pair, ...]:
    return tuple(pairs(labels(half)))


def test_the_pages_are_many_and_of_many_designs() -> None:
    pages = {label.page for half in HALVES for label in labels(half)}
    assert len(pages) >= 30
    assert len({page.split("/")[0] for page in pages}) >= 6


@pytest.mark.parametrize("half", HALVES)
def test_no_labelled_text_is_lost(half: str) -> None:
    assert [label for label, block in found(half) if label and block is None] == []


def test_every_character_stands_at_its_place() -> None:
    for page in sorted(PAGES.rglob("*.html")):
        text = page.read_text("utf-8")
        assert [pair for block in read(text.encode(), page.name) for pair in misplaced(block, text)] == []


@pytest.mark.parametrize("half", HALVES)
def test_roles_are_found(half: str) -> None:
    told = tallies(found(half))
    assert {role: told[role].recall for role, floor in RECALL.items() if told[role].recall < floor} == {}


@pytest.mark.parametrize("half", HALVES)
def test_roles_are_right(half: str) -> None:
    told = tallies(found(half))
    assert {role: told[role].precision for role, floor in PRECISION.items() if told[role].precision < floor} == {}


def test_footers_are_found_on_both_halves_together() -> None:
    assert tallies([*found("built"), *found("held-out")])[Role.FOOTER].recall >= 0.95


@pytest.mark.parametrize("half", HALVES)
def test_a_testimonial_is_theirs_and_says_whose(half: str) -> None:
    said = [(label, block) for label, block in found(half) if label and block and label.who]
    assert len(said) > 15
    assert {block.speaker for _, block in said} == {Speaker.THEM}
    assert [label.who for label, block in said if label.who not in (block.attributed_to or "")] == []


@pytest.mark.parametrize("half", HALVES)
def test_every_role_but_that_of_plain_text_names_its_rule(half: str) -> None:
    assert [block for _, block in found(half) if block and block.role is not Role.BODY and not block.reason] == []
