"""Weights that are fitted on labelled touchpoints tell the tiers and what is missing of others."""

from pathlib import Path

import pytest

from messagecheck.nouns import Block, Canon, Location, Match, Reading, Sentence, Verdict
from messagecheck.standing import load_config, tier, to_drift, total
from messagecheck.training.companies import TouchpointLabel
from messagecheck.training.standing import Page, figures, fit, formula, parts, write
from tests.canons import make_canon

TIERS = ("on-message", "drifting", "off-message")


@pytest.fixture
def canon(tmp_path: Path) -> Canon:
    return make_canon(tmp_path, "## Value propositions\n### Fast {#fast}\n### Calm {#calm}\n## Facts\n- Old {#old}\n")


def page(canon: Canon, company: str, number: int) -> Page:
    """The higher the number modulo 3, the likelier its conflicts; every other page leaves out one value proposition."""
    bad = number % 3
    told = {"fast": 0.85 + number / 200, "calm": 0.1 if number % 2 else 0.8, "old": 0.3}
    readings = [said(canon, id_, aligned, 0.05 + 0.4 * bad + number / 500) for id_, aligned in told.items()]
    missing = frozenset({"calm"}) if number % 2 else frozenset()
    return Page(company, canon, TouchpointLabel(f"{number}.md", TIERS[bad], missing), tuple(readings * 3), ())


def said(canon: Canon, id_: str, aligned: float, conflict: float) -> Reading:
    message = next(message for message in canon.messages if message.id == id_)
    block = Block("One two three four five six.", Location("a.md"))
    return Reading(Sentence(block.text, 0, block), (Match(message, aligned, Verdict(conflict, aligned)),))


def test_what_was_fitted_tells_the_tiers_and_the_missing_of_another_company(canon: Canon):
    config = fit([page(canon, company, number) for company in "ab" for number in range(12)])
    others = [page(canon, "c", number) for number in range(12, 24)]
    found = figures(others, config)
    assert found.rho > 0.9
    assert (found.said, found.gold, found.right) == (6, 6, 6)
    drifts = [to_drift(total(parts(one, config.expressed), config.scale)) for one in others]
    assert [tier(drift, config.scale) for drift in drifts] == [one.label.tier for one in others]


def test_what_is_written_is_what_is_read(canon: Canon, tmp_path: Path):
    config = fit([page(canon, company, number) for company in "ab" for number in range(12)])
    write(config, tmp_path / "standing" / "config.json")
    read = load_config.__wrapped__(tmp_path / "standing")
    assert read.scale.drifting_from == pytest.approx(config.scale.drifting_from, abs=1e-5)
    assert dict(read.scale.weights) == pytest.approx(dict(config.scale.weights), abs=1e-5)
    assert read.expressed.speaks_from == pytest.approx(config.expressed.speaks_from, abs=1e-5)
    assert formula(read.scale) == formula(config.scale)
