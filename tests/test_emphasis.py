"""What a touchpoint stresses, and how far that is from the document's order."""

import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messagecheck.emphasis import declared, divergence, emphasis
from messagecheck.nouns import Block, Canon, Location, Match, Reading, Role, Sentence, Verdict
from tests.canons import make_canon

BODY = "## Value propositions\n### Fast {#fast}\n- Proof: three days {#days}\n### Calm {#calm}\n### Cheap {#cheap}\n"


@pytest.fixture
def canon(tmp_path: Path) -> Canon:
    return make_canon(tmp_path, BODY)


def reading(canon: Canon, role: Role = Role.BODY, **aligned: float) -> Reading:
    block = Block("Something is said.", Location("a.md"), role)
    verdicts = ((message, aligned.get(message.id)) for message in canon.messages)
    matches = tuple(Match(m, 0.5, Verdict(0.0, share)) for m, share in verdicts if share is not None)
    return Reading(Sentence(block.text, 0, block), matches)


def test_shares_are_the_probabilities_added_up(canon: Canon):
    shares = emphasis([reading(canon, fast=0.9), reading(canon, fast=0.1, calm=0.5)], canon)
    assert dict(shares) == pytest.approx({"fast": 1 / 1.5, "calm": 0.5 / 1.5, "cheap": 0.0})


def test_a_proof_stresses_its_value_proposition_once(canon: Canon):
    assert dict(emphasis([reading(canon, fast=0.2, days=0.8)], canon)) == {"fast": 1.0, "calm": 0.0, "cheap": 0.0}


def test_a_pages_first_line_weighs_more_than_its_tenth_paragraph(canon: Canon):
    shares = dict(emphasis([reading(canon, Role.HERO, fast=0.5), reading(canon, calm=0.5)], canon))
    assert shares["fast"] == pytest.approx(0.75)


def test_nothing_said_stresses_nothing(canon: Canon):
    assert emphasis([reading(canon)], canon) == ()


def test_the_order_of_the_document_asks_for_falling_shares(canon: Canon):
    assert dict(declared(canon.values)) == pytest.approx({"fast": 3 / 6, "calm": 2 / 6, "cheap": 1 / 6})


def test_divergence_of_known_distributions():
    assert divergence((("a", 1.0),), (("b", 1.0),)) == 1.0
    assert divergence((("a", 0.5), ("b", 0.5)), (("a", 0.5), ("b", 0.5))) == 0.0
    half = 0.5 * math.log2(0.5 / 0.75) + 0.5 * math.log2(0.5 / 0.25)
    assert divergence((("a", 1.0),), (("a", 0.5), ("b", 0.5))) == pytest.approx((math.log2(1 / 0.75) + half) / 2)


weights = st.lists(st.floats(0.01, 1), min_size=3, max_size=3)


@given(weights, weights)
def test_divergence_is_symmetric_and_between_0_and_1(one: list[float], other: list[float]):
    ours, theirs = (tuple(zip("abc", (x / sum(found) for x in found), strict=True)) for found in (one, other))
    assert divergence(ours, theirs) == pytest.approx(divergence(theirs, ours), abs=1e-12)
    assert -1e-12 <= divergence(ours, theirs) <= 1


def test_the_same_stress_in_the_documents_order_does_not_diverge(canon: Canon):
    told = [reading(canon, fast=0.9), reading(canon, calm=0.6), reading(canon, cheap=0.3)]
    assert divergence(emphasis(told, canon), declared(canon.values)) == pytest.approx(0, abs=1e-12)


def test_another_order_diverges(canon: Canon):
    told = emphasis([reading(canon, cheap=0.9)], canon)
    turned = replace(canon, messages=canon.messages[::-1])
    assert divergence(told, declared(canon.values)) > divergence(told, declared(turned.values)) > 0
