"""The figures are those of tests/score.py, the scorer that users run on a JSON report."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from messagecheck import pipeline
from messagecheck.errors import SettingsError
from messagecheck.nouns import Audit, Finding, Location, Severity
from messagecheck.positioning import load_canon
from messagecheck.reports.json import render
from messagecheck.settings import Settings
from messagecheck.training import companies, evaluate, figures, overlap
from tests import score as scorer
from tests.canons import encode_by_words

COMPANIES = Path(__file__).parent.parent.parent / "corpora" / "companies"
NAMES = ("quarrywise", "tidewell")


@pytest.fixture(scope="module")
def audits(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Audit]:
    found = {}
    for name in NAMES:
        folder = tmp_path_factory.mktemp(name)
        companies.build(COMPANIES / name, folder)
        canon = load_canon(COMPANIES / name / "positioning.md")
        found[name] = pipeline.audit([folder], canon, Settings(), models=pipeline.Models(encode_by_words))
    return found


def scored(audits: dict[str, Audit]) -> figures.Tally:
    return figures.added(
        [evaluate.score(companies.load_company(COMPANIES / name), audit) for name, audit in audits.items()]
    )


def scorers(audits: dict[str, Audit]) -> scorer.Tally:
    tally = scorer.Tally()
    for name, audit in audits.items():
        scorer.score_company(COMPANIES / name, json.loads(render(audit)), tally)
    return tally


def perfect(name: str, audit: Audit) -> Audit:
    """The audit that finds every label, with the places of the audit's own touchpoints."""
    findings = tuple(
        Finding(
            f"conflict/{label.kind}" if label.label == "conflict" else "term/avoid",
            Severity.ERROR,
            0.9,
            Location(label.path, line=1, slide=1, page=1, paragraph=1, speaker="x", timestamp="0:00:01"),
            label.text,
            "",
            term=label.term or None,
        )
        for label in companies.load_company(COMPANIES / name).labels
        if label.label in {"conflict", "term"}
    )
    return replace(audit, findings=findings)


def test_the_totals_are_those_of_the_scorer(audits: dict[str, Audit]):
    ours = figures.totals(scored(audits))
    assert ours == scorer.summary(scorers(audits))
    assert ours["touchpoints_lost"] == 0
    assert 0 < ours["term_recall"] < 1.01


def test_misses_and_false_alarms_are_those_of_the_scorer(audits: dict[str, Audit]):
    ours, theirs = scored(audits), scorers(audits)
    assert list(ours.misses) == theirs.misses
    assert [line.split("[")[0] for line in ours.alarms] == [line.split("[")[0] for line in theirs.alarms]
    assert sum(ours.kinds.values()) == sum(total for _, total in theirs.kinds.values())


def test_a_perfect_audit_has_perfect_figures_in_both(audits: dict[str, Audit]):
    best = {name: perfect(name, audit) for name, audit in audits.items()}
    ours = figures.totals(scored(best))
    assert ours == scorer.summary(scorers(best))
    assert [ours[name] for name in ("conflict_precision", "conflict_recall", "conflict_ap", "term_f1")] == [1, 1, 1, 1]
    assert ours["conflict_typed_recall"] == 1


def test_an_audit_that_finds_nothing_has_no_precision(audits: dict[str, Audit]):
    empty = {name: replace(audit, findings=(), standings=()) for name, audit in audits.items()}
    ours = figures.totals(scored(empty))
    assert ours == scorer.summary(scorers(empty))
    assert ours["conflict_recall"] == ours["conflict_precision"] == 0
    assert ours["touchpoints_lost"] == sum(len(companies.load_company(COMPANIES / n).touchpoints) for n in NAMES)


def test_the_table_ends_with_the_line_of_totals(audits: dict[str, Audit]):
    lines = figures.table(scored(audits), errors=2).splitlines()
    assert lines[0].startswith("recall a kind: audience ")
    assert lines[-1] == " ".join(f"{name}={value}" for name, value in figures.totals(scored(audits)).items())
    assert any(line.startswith("-- missed (") for line in lines)


@pytest.mark.parametrize(
    ("found", "gold"),
    [
        ("Starter is $39 per user.", "starter is $39 per user"),
        ("And so: starter is $39 per user, today", "starter is $39 per user"),
        ("$39", "starter is $39"),
        ("x", ""),
        ("a b", "c d"),
        ("one two three four five", "one two three six seven"),
    ],
)
def test_a_hit_is_what_the_scorer_calls_one(found: str, gold: str):
    assert overlap.hit(found, gold) is scorer.hit(found, gold)


@pytest.mark.parametrize("ys", [[1, 2, 3, 4], [2, 2, 1, 0], [1, 1, 1, 1], [3, 1, 2, 2]])
def test_the_rank_correlation_is_that_of_the_scorer(ys: list[float]):
    xs = [0.1, 0.4, 0.4, 0.9]
    assert overlap.spearman(xs, ys) == pytest.approx(scorer.spearman(xs, ys))


def test_a_folder_without_labels_is_named(tmp_path: Path):
    with pytest.raises(SettingsError, match=r"gold\.jsonl: can't be read"):
        companies.load_company(tmp_path)


def test_a_broken_label_is_named_with_its_line(tmp_path: Path):
    (tmp_path / "gold.jsonl").write_text('{"path": "a"}\n{oops\n')
    with pytest.raises(SettingsError, match=r"gold\.jsonl:2: is not JSON"):
        companies.load_company(tmp_path)
