"""How the weights of the term senses are learned."""

import json
from pathlib import Path

import pytest

from messagecheck.senses import load_sense
from messagecheck.training.terms import KEPT, Row, figures, fit, keeping_threshold, read_rows, write

CANON = """---
name: Acme
---
# Acme

## Facts
- Every case has one owner
## Terminology
| Use | Instead of |
|---|---|
| case | ticket, inquiry |
"""


def statement(text: str, label: str, **more: str) -> str:
    return json.dumps({"text": text, "context": "", "channel": "website", "speaker": "us", "label": label, **more})


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    folder = tmp_path / "packs" / "acme"
    folder.mkdir(parents=True)
    (folder / "positioning.md").write_text(CANON, encoding="utf-8")
    lines = [
        statement("Every ticket has one owner.", "term", term="ticket", use="case"),
        statement("I lost my opera ticket.", "benign"),
        statement("I lost my opera ticket.", "benign", speaker="customer"),
        statement("The ticket is free of charge.", "conflict"),
        statement("A ticket or a case?", "aligned"),
    ]
    (folder / "statements.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder.parent


def test_our_words_are_rows_and_a_reading_overrules_a_pack(packs: Path, tmp_path: Path):
    readings = [
        {"pack": "acme", "text": "The ticket is free of charge.", "avoided": "ticket", "sense": "meant"},
        {"pack": "acme", "text": "A ticket or a case?", "avoided": "ticket", "sense": "either"},
        {"pack": "acme", "text": "An inquiry went out to the ticket office.", "avoided": "inquiry", "sense": "other"},
        {"pack": "other", "text": "Your ticket", "avoided": "ticket", "sense": "meant"},
    ]
    path = tmp_path / "terms.jsonl"
    path.write_text("\n".join(map(json.dumps, readings)), encoding="utf-8")
    assert [(row.text, row.avoided, row.meant, row.written) for row in read_rows(packs, path)] == [
        ("Every ticket has one owner.", "ticket", True, False),
        ("I lost my opera ticket.", "ticket", False, False),
        ("The ticket is free of charge.", "ticket", True, False),
        ("An inquiry went out to the ticket office.", "inquiry", False, True),
    ]


def make_row(feature: str, *, meant: bool) -> Row:
    return Row("acme", "", "", {feature: 1.0}, meant, written=True)


def test_what_is_learned_survives_being_written_and_read(tmp_path: Path):
    rows = [make_row("your", meant=True)] * 5 + [make_row("my", meant=False)] * 5
    learned = fit(rows, 0.25)
    write(learned, tmp_path / "config.json")
    assert load_sense(tmp_path) == learned
    assert learned({"your": 1.0}) > 0.5 > learned({"my": 1.0})


def test_the_threshold_keeps_its_share_of_the_meant_uses():
    probabilities = [number / 100 for number in range(100)]
    threshold = keeping_threshold([make_row("x", meant=True)] * 100, probabilities)
    assert sum(p >= threshold for p in probabilities) == pytest.approx(100 * KEPT, abs=1)


def test_precision_and_recall_are_those_of_what_is_found():
    found = figures([(True, 0.9), (True, 0.1), (False, 0.8), (False, 0.2)], 0.5)
    assert (found["precision"], found["recall"], found["precision_of_all"]) == (0.5, 0.5, 0.5)


def test_every_reading_is_of_a_word_that_its_pack_avoids():
    corpora = Path(__file__).parent.parent.parent / "corpora"
    readings = [json.loads(line) for line in (corpora / "terms.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = {(row.pack, row.text, row.avoided) for row in read_rows(corpora / "packs", corpora / "terms.jsonl")}
    lost = [r for r in readings if r["sense"] != "either" and (r["pack"], r["text"], r["avoided"]) not in rows]
    assert lost == []
