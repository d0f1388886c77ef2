"""The rule term/avoid beyond its own examples."""

from pathlib import Path

import pytest

from messagecheck.nouns import Finding, Role, Speaker
from messagecheck.rules import term
from tests.canons import make_canon, read_one


def check(text: str, folder: Path, *, role: Role = Role.BODY, speaker: Speaker = Speaker.US) -> list[Finding]:
    canon = make_canon(folder, term.TABLE)
    return [f for reading in read_one(text, canon, role=role, speaker=speaker) for f in term.check(reading, canon)]


@pytest.mark.parametrize("role", sorted(term.SILENT_ROLES))
def test_code_comments_and_other_peoples_words_are_never_a_finding(role: Role, tmp_path: Path):
    assert check("Every ticket has an owner.", tmp_path, role=role) == []


@pytest.mark.parametrize("speaker", [Speaker.THEM, Speaker.UNKNOWN])
def test_a_word_of_a_customer_or_of_nobody_known_is_never_a_finding(speaker: Speaker, tmp_path: Path):
    assert check("Every ticket has an owner.", tmp_path, role=Role.TURN, speaker=speaker) == []


def test_the_same_word_is_a_finding_in_one_sense_and_none_in_another(tmp_path: Path):
    assert [f.term for f in check("Your ticket has one owner and one due date.", tmp_path)] == ["ticket"]
    assert check("I picked up my opera ticket by the station.", tmp_path) == []


def test_two_wrong_words_of_a_sentence_are_two_findings(tmp_path: Path):
    found = check("Each ticket and each inquiry has an owner.", tmp_path)
    assert [(f.term, f.suggestion) for f in found] == [("ticket", "case"), ("inquiry", "case")]


def test_the_confidence_is_a_probability_from_the_threshold_on(tmp_path: Path):
    (plain,) = check("Every ticket has one owner and one due date.", tmp_path)
    assert 0 < plain.confidence <= 1


def test_a_document_without_a_table_has_no_wrong_word(tmp_path: Path):
    canon = make_canon(tmp_path, "## Facts\n- One fact")
    assert [f for reading in read_one("Every ticket counts.", canon) for f in term.check(reading, canon)] == []
