"""Contradictions between two touchpoints: five planted, and what looks like one and isn't."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from messagecheck import pipeline
from messagecheck.claims import candidates, read_claims
from messagecheck.judging import judge_by_rules
from messagecheck.matching import match
from messagecheck.nouns import Block, Canon, Finding, Location, Role, Severity, Speaker
from messagecheck.prose import read_sentences
from messagecheck.rules import cross
from messagecheck.settings import Settings
from tests.canons import encode_by_words, make_canon

CANON = (
    "## Category\n- Acme makes greenhouse sensors for nurseries\n\n## Pricing\n- Starter: $49 per user per month\n\n"
    "## Competitors\n- Halberd"
)
CONTRADICTIONS = [
    ("Our support desk is open until 6 p.m. on weekdays.", "The support desk is open until 8 p.m. on weekdays."),
    ("The mobile app launches on 3 March 2026.", "The mobile app launches on 14 April 2026."),
    ("At Brannock the harvest loss fell by 38 percent.", "At Brannock the harvest loss fell by 51 percent."),
    ("Each sensor battery lasts four years.", "A sensor battery lasts seven years."),
    ("Backups are kept for 30 days.", "Our backups are kept for 90 days."),
]
LOOK_ALIKES = [
    (
        "another customer",
        "At Brannock the harvest loss fell by 38 percent.",
        "At Ostrava the harvest loss fell by 51 percent.",
    ),
    (
        "a customer and everybody",
        "At Brannock the harvest loss fell by 38 percent.",
        "Harvest loss fell by 21 percent.",
    ),
    (
        "another plan",
        "With our Bronze plan backups are kept for 30 days.",
        "With our Silver plan backups are kept for 90 days.",
    ),
    ("another row", "Bronze: 10 GB of storage", "Silver: 50 GB of storage"),
    ("a competitor", "Halberd keeps its backups for 30 days.", "Backups are kept for 90 days."),
    ("then and now", "The sensor battery lasted two years.", "The sensor battery lasts seven years."),
    ("another year", "In 2023 we shipped 4,000 sensor kits.", "In 2025 we shipped 9,000 sensor kits."),
    ("within a range", "The survey visit takes two to four hours.", "The survey visit takes three hours."),
    ("the same in other units", "The survey visit takes two weeks.", "The survey visit takes 14 days."),
    ("a bound that holds", "Over 200 nurseries use the sensor kits.", "Our sensor kits: 214 nurseries use them."),
    (
        "the bound's other side",
        "Reports show groups of at least 25 beds.",
        "Reports show groups of under 25 beds never.",
    ),
    ("the reader's own number", "Your 240 sensor beds need one gateway.", "Your 380 sensor beds need one gateway."),
    ("another thing", "The survey visit takes three hours.", "The heating manual takes five minutes."),
    ("a question", "Backups are kept for 30 days.", "Are backups kept for 90 days?"),
    ("talk of the future", "Backups are kept for 30 days.", "Imagine backups are kept for 90 days."),
    ("the document's own subject", "Starter is $39 per user per month.", "Starter is $59 per user per month."),
]


def read(canon: Canon, files: dict[str, Sequence[str]], speaker: Speaker = Speaker.US) -> list[Finding]:
    blocks = [
        Block(text, Location(path, line=line, column=1), Role.BODY, speaker)
        for path, texts in files.items()
        for line, text in enumerate(texts, 1)
    ]
    readings = judge_by_rules(match(list(read_sentences(blocks)), canon, encode_by_words), canon)
    return list(cross.check(readings, canon, encode_by_words))


@pytest.fixture
def canon(tmp_path: Path) -> Canon:
    return make_canon(tmp_path, CANON)


@pytest.mark.parametrize(("one", "other"), CONTRADICTIONS)
def test_two_files_that_contradict_each_other_are_one_finding_at_the_later_path(one: str, other: str, canon: Canon):
    (finding,) = read(canon, {"a.md": [one], "b.md": [other]})
    assert (finding.at.path, finding.text, finding.severity) == ("b.md", other, Severity.WARNING)
    assert finding.other is not None
    assert (finding.other.at.path, finding.other.text) == ("a.md", one)


@pytest.mark.parametrize(("one", "other"), [pair for _, *pair in LOOK_ALIKES], ids=[name for name, *_ in LOOK_ALIKES])
def test_a_look_alike_is_no_contradiction(one: str, other: str, canon: Canon):
    assert read(canon, {"a.md": [one], "b.md": [other]}) == []
    assert read(canon, {"a.md": [other], "b.md": [one]}) == []


def test_all_of_it_in_one_folder_finds_the_planted_ones_alone(canon: Canon):
    ones, others = ([pair[side] for pair in CONTRADICTIONS] for side in (0, 1))
    files = {"a.md": ones, "b.md": others, "c.md": ["The heating manual takes five minutes."]}
    assert [(f.text, f.other.text) for f in read(canon, files) if f.other] == list(zip(others, ones, strict=True))


def test_the_order_of_the_files_changes_nothing(canon: Canon):
    files = {"a.md": [one for one, _ in CONTRADICTIONS], "b.md": [other for _, other in CONTRADICTIONS]}
    assert read(canon, files) == read(canon, dict(reversed(files.items())))


def test_one_file_does_not_contradict_itself(canon: Canon):
    assert read(canon, {"a.md": CONTRADICTIONS[0]}) == []


def test_a_customers_words_contradict_nothing(canon: Canon):
    one, other = CONTRADICTIONS[0]
    assert read(canon, {"a.md": [one], "b.md": [other]}, speaker=Speaker.THEM) == []


def test_a_case_study_speaks_of_the_customer_in_its_title(canon: Canon):
    told = {"Brannock grows without waste": "Harvest loss fell by 38 percent in the glasshouse."}
    others = {"same.md": "At Brannock harvest loss fell by 51 percent in the glasshouse."}
    (title, text), (path, other) = *told.items(), *others.items()
    heading = Block(title, Location("case.md", line=1), Role.TITLE)
    blocks = [heading, Block(text, Location("case.md", line=2)), Block(other, Location(path, line=1))]
    readings = match(list(read_sentences(blocks)), canon, encode_by_words)
    assert [f.text for f in cross.check(readings, canon, encode_by_words)] == [other]
    unnamed = replace(heading, text="grows without waste")
    readings = match(list(read_sentences([unnamed, *blocks[1:]])), canon, encode_by_words)
    assert list(cross.check(readings, canon, encode_by_words)) == []


def test_a_sentence_that_many_files_contradict_is_reported_once(canon: Canon):
    wrong = "The support desk is open until 8 p.m. on weekdays."
    right = "Our support desk is open until 6 p.m. on weekdays."
    found = read(canon, {"a.md": [right], "b.md": [right], "c.md": [right], "d.md": [wrong]})
    assert [f.text for f in found] == [wrong]


def test_candidates_stay_few_in_a_large_folder(canon: Canon):
    blocks = [
        Block(f"Sensor kit number {n}a ships in {n} days.", Location(f"{n:04}.md", line=1)) for n in range(2, 402)
    ]
    readings = match(list(read_sentences(blocks)), canon, encode_by_words)
    assert len(candidates(read_claims(readings, canon))) < 400 * 20


def test_the_audit_names_both_places_and_leaves_the_other_touchpoints_alone(tmp_path: Path):
    canon = make_canon(tmp_path, CANON)
    content = tmp_path / "content"
    content.mkdir()
    models = pipeline.Models(encode_by_words)
    one, other = CONTRADICTIONS[0]
    (content / "a.md").write_text(f"# Help\n\n{one}\n", encoding="utf-8")
    alone = pipeline.audit([content], canon, Settings(), models=models)
    (content / "b.md").write_text(f"# Desk\n\n{other}\n", encoding="utf-8")
    both = pipeline.audit([content], canon, Settings(), models=models)
    crossing = [f for f in both.findings if f.rule == cross.ID]
    assert [(f.at.path, f.at.line, f.other and f.other.at.line) for f in crossing] == [("b.md", 3, 3)]
    assert crossing[0].id.startswith("mc-")
    assert [f for f in both.findings if f.at.path == "a.md"] == [f for f in alone.findings if f.at.path == "a.md"]
    assert both.standings[0] == alone.standings[0]


def test_the_rule_can_be_left_out(tmp_path: Path):
    canon = make_canon(tmp_path, CANON)
    content = tmp_path / "content"
    content.mkdir()
    for name, text in zip(("a.md", "b.md"), CONTRADICTIONS[0], strict=True):
        (content / name).write_text(text, encoding="utf-8")
    settings = Settings(ignore=(cross.ID,))
    audit = pipeline.audit([content], canon, settings, models=pipeline.Models(encode_by_words))
    assert [f for f in audit.findings if f.rule == cross.ID] == []
