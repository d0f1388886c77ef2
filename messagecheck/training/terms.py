"""`python -m messagecheck.training terms`: when an avoided word is meant for the table's concept.

Positives are the packs' `term` rows; everything else of ours that holds an avoided word is a negative, unless
corpora/terms.jsonl reads it otherwise: a conflict or paraphrase may use a wrong word too, and the packs don't say so.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from messagecheck.nouns import Block, Canon, Location, Role, Sentence
from messagecheck.positioning import load_canon
from messagecheck.prose import mode_of
from messagecheck.rules.term import is_our_voice
from messagecheck.senses import Sense, read_features
from messagecheck.usages import Usage, find_usages

REGULARISATION = 1.0
"""scikit-learn's C; 0.3, 1 and 3 differ by less than 0.003 of the area under the curve, leaving a pack out."""
FOLDS = 15
"""Groups of packs that are left out in turn."""
KEPT = 0.93
"""Share of the readings' meant uses that the threshold keeps, leaving packs out: a missed word stays in the copy,
a doubtful one is a warning that shows its confidence."""


Statement = dict[str, str]
"""A line of statements.jsonl or of the readings, as it is written."""
Readings = dict[tuple[str, str], Statement]
"""(text, avoided word) → the reading of it: sense is meant, other or either."""


@dataclass(frozen=True, slots=True)
class Row:
    """One use of an avoided word, and whether it is used for the concept; `written` for the readings' own sentences."""

    pack: str
    text: str
    avoided: str
    features: Mapping[str, float]
    meant: bool
    written: bool


def main(arguments: Sequence[str]) -> None:
    options = _parse(arguments)
    rows = read_rows(options.packs, options.readings)
    held_out = cross_probabilities(rows)
    threshold = keeping_threshold(rows, held_out)
    write(fit(rows, threshold), options.out / "config.json")
    for name, written in (("packs", False), ("readings", True)):
        part = [(row.meant, p) for row, p in zip(rows, held_out, strict=True) if row.written is written]
        print(name, json.dumps(figures(part, threshold)))  # noqa: T201 (a command's own output)


def read_rows(packs: Path, readings: Path) -> list[Row]:
    """Uses of avoided words in the packs' statements and in the readings' own sentences, in the files' order."""
    read = [json.loads(line) for line in readings.read_text(encoding="utf-8").splitlines() if line.strip()]
    rows: list[Row] = []
    for folder in sorted(path.parent for path in packs.glob("*/statements.jsonl")):
        canon = load_canon(folder / "positioning.md")
        mine = {(row["text"], row["avoided"]): row for row in read if row["pack"] == folder.name}
        lines = (folder / "statements.jsonl").read_text(encoding="utf-8").splitlines()
        rows += _rows(folder.name, canon, [json.loads(line) for line in lines if line.strip()], mine)
    return rows


def _rows(name: str, canon: Canon, statements: Sequence[Statement], mine: Readings) -> Iterator[Row]:
    known = {row["text"] for row in statements}
    written = [row for (text, _), row in mine.items() if text not in known]
    for statement in (*statements, *written):
        if statement.get("speaker", "us") == "us":
            for usage in _usages(statement, canon):
                label = _label(usage, statement, mine)
                if label is not None:
                    features = read_features(usage, canon)
                    yield Row(name, statement["text"], usage.avoided, features, label, statement in written)


def _usages(statement: Statement, canon: Canon) -> list[Usage]:
    text, role = statement["text"], Role.TURN if statement.get("channel") == "call" else Role.BODY
    sentence = Sentence(text, 0, Block(text, Location("x"), role), mode_of(text), statement.get("context") or "")
    return find_usages(sentence, canon) if is_our_voice(sentence) else []


def _label(usage: Usage, statement: Statement, mine: Readings) -> bool | None:
    """None where nobody said: a second avoided word of a term row, a reading of “either”."""
    reading = mine.get((statement["text"], usage.avoided))
    if reading is not None:
        return {"meant": True, "other": False}.get(reading["sense"])
    if statement.get("label") == "term":
        return True if usage.term.use == statement["use"] else None
    return False if "label" in statement else None


def fit(rows: Sequence[Row], threshold: float) -> Sense:
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([row.features for row in rows])
    model = LogisticRegression(C=REGULARISATION, max_iter=2000).fit(table, [row.meant for row in rows])
    learned = zip(vectorizer.feature_names_, model.coef_[0], strict=True)
    return Sense(round(float(model.intercept_[0]), 4), {name: round(float(x), 4) for name, x in learned}, threshold)


def cross_probabilities(rows: Sequence[Row]) -> list[float]:
    """Each row's probability by a model that saw no row of its pack."""
    found = [0.0] * len(rows)
    packs = sorted({row.pack for row in rows})
    for number in range(FOLDS):
        out = set(packs[number::FOLDS])
        sense = fit([row for row in rows if row.pack not in out], 0.5)
        found = [sense(row.features) if row.pack in out else p for row, p in zip(rows, found, strict=True)]
    return found


def keeping_threshold(rows: Sequence[Row], probabilities: Sequence[float]) -> float:
    """The highest probability that KEPT of the readings' meant uses reach."""
    meant = sorted(p for row, p in zip(rows, probabilities, strict=True) if row.meant and row.written)
    return round(meant[int(len(meant) * (1 - KEPT))] - 5e-5, 4)


def figures(part: Sequence[tuple[bool, float]], threshold: float) -> dict[str, float]:
    """Precision, recall and F1 at a threshold of (meant, probability) pairs, and the precision of flagging all."""
    meant = sum(label for label, _ in part)
    found = [label for label, probability in part if probability >= threshold]
    precision, recall = sum(found) / max(1, len(found)), sum(found) / max(1, meant)
    shown = {
        "uses": len(part),
        "meant": meant,
        "threshold": threshold,
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(1e-9, precision + recall),
        "precision_of_all": meant / max(1, len(part)),
    }
    return {name: round(value, 4) for name, value in shown.items()}


def write(sense: Sense, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    shape = {"intercept": sense.intercept, "speaks_from": sense.speaks_from, "weights": dict(sense.weights)}
    path.write_text(json.dumps(shape, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m messagecheck.training terms", description=__doc__)
    parser.add_argument("--packs", type=Path, default=Path("corpora/packs"))
    parser.add_argument("--readings", type=Path, default=Path("corpora/terms.jsonl"))
    parser.add_argument("--out", type=Path, default=Path("models/terms"))
    return parser.parse_args(arguments)
