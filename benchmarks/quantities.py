"""How well numbers alone tell a conflict, on the training packs: `python benchmarks/quantities.py [--fit]`.

Every row of the packs that holds a quantity is compared with the message it is labelled with and, where it is clean,
with the five messages that share most words with it. Figures are cross-validated by company; `--fit` prints the weights
that messagecheck/quantities/evidence.py holds.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from messagecheck.nouns import Message
from messagecheck.positioning import load_canon
from messagecheck.quantities import DISAGREEING, parse_quantities
from messagecheck.quantities.comparing import evidence_of
from messagecheck.quantities.evidence import Evidence, stems
from messagecheck.quantities.lexicon import words

PACKS = Path(__file__).parent.parent / "corpora" / "packs"
NEAREST = 5
FOLDS = 6
THRESHOLDS = (0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
# what the rules for speech acts keep from ever being a conflict
NOT_OURS = words(
    "competitor customer prospect past history question hypothetical quote roadmap denial third-party anecdote industry"
)
NOT_OURS_WEIGHT = 0.3


class Row(NamedTuple):
    """One labelled statement beside one message; `gold` says that it is the labelled one."""

    company: int
    label: str
    kind: str
    why: str
    text: str
    context: str
    message: Message
    gold: bool


class Pairs(NamedTuple):
    """The disagreeing pairs of the rows: evidence (n, features), the conflicts, rows and companies."""

    evidence: NDArray[np.float64]
    conflict: NDArray[np.bool_]
    row: NDArray[np.int64]
    weight: NDArray[np.float64]
    company: NDArray[np.int64]


def rows(packs: Path) -> Iterator[Row]:
    folders = sorted(folder for folder in packs.iterdir() if (folder / "statements.jsonl").exists())
    for company, folder in enumerate(folders):
        messages = load_canon(folder / "positioning.md").messages
        for line in (folder / "statements.jsonl").read_text("utf-8").splitlines():
            yield from _beside_messages(company, json.loads(line), messages)


def _beside_messages(company: int, given: dict[str, str], messages: Sequence[Message]) -> Iterator[Row]:
    if not parse_quantities(given["text"]):
        return
    near = [] if given["label"] == "conflict" else nearest(f"{given['text']} {given['context']}", messages)
    for message in messages:
        gold = message.id == given["message"]
        if gold or message in near:
            yield Row(
                company, given["label"], given["kind"], given["why"], given["text"], given["context"], message, gold
            )


def nearest(text: str, messages: Sequence[Message]) -> list[Message]:
    """The messages that share most words with the text, long ones not favoured."""
    words = stems(text)
    return sorted(
        messages, key=lambda message: -len(words & stems(message.text)) / (1 + len(stems(message.text))) ** 0.5
    )[:NEAREST]


def pairs(given: Sequence[Row]) -> Pairs:
    found = [
        (evidence, row.label == "conflict", index, NOT_OURS_WEIGHT if row.kind in NOT_OURS else 1.0, row.company)
        for index, row in enumerate(given)
        for difference, evidence in evidence_of(row.text, row.message.text, row.context, polarity=row.message.polarity)
        if difference.relation in DISAGREEING
    ]
    evidence, conflict, row, weight, company = zip(*found, strict=True)
    return Pairs(np.array(evidence, float), np.array(conflict), np.array(row), np.array(weight), np.array(company))


def fitted(given: Pairs, chosen: NDArray[np.bool_]) -> LogisticRegression:
    return LogisticRegression(max_iter=2000).fit(given.evidence[chosen], given.conflict[chosen], given.weight[chosen])


def held_out(given: Pairs) -> NDArray[np.float64]:
    """Each pair's probability from a model that has not seen its company."""
    certainty = np.zeros(len(given.conflict))
    for fold in range(FOLDS):
        held = given.company % FOLDS == fold
        certainty[held] = fitted(given, ~held).predict_proba(given.evidence[held])[:, 1]
    return certainty


def report(given: Sequence[Row], certainty: NDArray[np.float64]) -> None:
    """`certainty` (rows,): the surest disagreement of each row, 0 for none."""
    held = [index for index, row in enumerate(given) if row.gold and parse_quantities(row.message.text)]
    conflicts = [at for at in held if given[at].label == "conflict" and given[at].kind in {"fact", "pricing"}]
    numeric = [at for at in conflicts if re.search(r"\d", given[at].why) or parse_quantities(given[at].why)]
    aligned = [at for at in held if given[at].label == "aligned" and given[at].kind in {"fact", "pricing"}]
    benign = [at for at in held if given[at].label == "benign"]
    ours = [at for at in benign if given[at].kind not in NOT_OURS]
    groups = {"aligned": aligned, "and benign in our voice": aligned + ours, "and all benign": aligned + benign}
    surest = _surest_by_statement(given, certainty)
    sizes = ", ".join(f"{name} {len(rows)}" for name, rows in groups.items())
    print(f"conflicts {len(conflicts)}, by number {len(numeric)}; {sizes}; clean statements {len(surest)}")
    print(
        f"{'at':>5}{'recall':>8}{'by number':>11}"
        + "".join(f"{'P, ' + name:>28}" for name in groups)
        + "  alarms/1,000 clean"
    )
    for threshold in THRESHOLDS:
        hits = int((certainty[conflicts] >= threshold).sum())
        precisions = [hits / max(1, hits + int((certainty[rows] >= threshold).sum())) for rows in groups.values()]
        figures = "".join(f"{precision:28.3f}" for precision in precisions)
        recall = f"{hits / len(conflicts):8.3f}{(certainty[numeric] >= threshold).mean():11.3f}"
        print(f"{threshold:5.2f}{recall}{figures}{1000 * (surest >= threshold).mean():20.1f}")


def _surest_by_statement(given: Sequence[Row], certainty: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of each clean statement, over the messages it was compared with."""
    surest: dict[tuple[int, str, str], float] = {}
    for row, value in zip(given, certainty, strict=True):
        if row.label != "conflict":
            key = (row.company, row.text, row.context)
            surest[key] = max(surest.get(key, 0.0), float(value))
    return np.array(list(surest.values()))


def speed(texts: Sequence[str]) -> float:
    """Sentences parsed in a second, none of them from the cache."""
    parse_quantities.cache_clear()
    start = time.process_time()
    for text in texts:
        parse_quantities(text)
    return len(texts) / (time.process_time() - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true", help="print the weights for evidence.py")
    options = parser.parse_args()
    given = list(rows(PACKS))
    found = pairs(given)
    certainty = np.zeros(len(given))
    np.maximum.at(certainty, found.row, held_out(found))
    report(given, certainty)
    texts = list({row.text for row in given})
    print(f"{speed(texts):,.0f} sentences with a quantity parsed per second of one core")
    if options.fit:
        model = fitted(found, np.ones(len(found.conflict), bool))
        print(", ".join(f"{name}={weight:.2f}" for name, weight in zip(Evidence._fields, model.coef_[0], strict=True)))
        print(f"BIAS = {model.intercept_[0]:.2f}")


if __name__ == "__main__":
    main()
