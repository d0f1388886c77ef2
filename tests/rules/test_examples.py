"""Every rule's own examples: they are its documentation and its test."""

from pathlib import Path

import pytest

from messagecheck.nouns import Example, Role, Speaker
from messagecheck.rules import SENTENCE_RULES, claim, conflict, term
from tests.canons import make_canon, read_one

CASES = [(module.check, example) for module in (claim, conflict, term) for example in module.EXAMPLES]


@pytest.mark.parametrize(("check", "example"), CASES, ids=[example.text for _, example in CASES])
def test_a_rule_speaks_as_its_example_says(check, example: Example, tmp_path: Path):
    canon = make_canon(tmp_path, example.canon)
    found = [f for reading in read_one(example.text, canon) for f in check(reading, canon)]
    assert bool(found) == example.speaks


@pytest.mark.parametrize("example", [e for _, e in CASES if e.speaks], ids=lambda e: e.text)
def test_a_customers_words_are_never_a_finding(example: Example, tmp_path: Path):
    canon = make_canon(tmp_path, example.canon)
    readings = read_one(example.text, canon, role=Role.TURN, speaker=Speaker.THEM)
    assert [f for reading in readings for rule in SENTENCE_RULES for f in rule(reading, canon)] == []


def test_every_rule_has_as_many_silent_examples_as_speaking_ones():
    for module in (claim, conflict, term):
        assert sum(not e.speaks for e in module.EXAMPLES) >= sum(e.speaks for e in module.EXAMPLES) - 1


def test_the_longest_wrong_term_wins(tmp_path: Path):
    canon = make_canon(
        tmp_path,
        "## Facts\n- One fact\n\n## Terminology\n| Use | Instead of |\n|---|---|\n| guide | help, help center |\n",
    )
    found = [f for reading in read_one("Our help center has it.", canon) for f in term.check(reading, canon)]
    assert [f.term for f in found] == ["help center"]


def test_a_wrong_term_is_placed_at_the_word_itself(tmp_path: Path):
    canon = make_canon(tmp_path, term.TABLE)
    (reading,) = read_one("Every ticket counts.", canon)
    (finding,) = term.check(reading, canon)
    assert (finding.suggestion, finding.text) == ("case", "Every ticket counts.")
