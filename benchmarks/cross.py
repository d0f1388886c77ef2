"""How well figures and shared words tell two statements that contradict each other, on the training packs:
`python benchmarks/cross.py [--fit]`.

Each pack is read as a folder with one statement of ours a file. Two statements contradict each other if they are
labelled with the same message, one as a conflict and the other as a true telling of it (aligned, or right in other
words or units). Pairs whose labels leave it open are left out. Cross-validated by company; `--fit` prints the weights
that messagecheck/rules/cross.py holds. They are fitted without the bar of similarity: the gate was trained on these
packs, so that its similarities are better here than elsewhere.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from messagecheck import embedding, places
from messagecheck.claims import read_claims
from messagecheck.nouns import Block, Location, Reading, Sentence
from messagecheck.positioning import load_canon
from messagecheck.prose import mode_of
from messagecheck.rules.cross import TOPIC_FROM, Evidence, Pair, read_pairs

PACKS = Path(__file__).parent.parent / "corpora" / "packs"
FOLDS = 5
THRESHOLDS = (0.3, 0.5, 0.6, 0.7, 0.8, 0.9)
RIGHT_IN_OTHER_WORDS = {"units", "rounding"}

Label = Mapping[str, str]


class Labelled(NamedTuple):
    company: int
    pair: Pair
    contradicts: bool


def labelled_pairs(packs: Path) -> Iterator[Labelled]:
    for company, path in enumerate(sorted(packs.glob("*/statements.jsonl"))):
        labels = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        readings = [
            _reading(label, number) for number, label in enumerate(labels) if label.get("speaker", "us") == "us"
        ]
        for pair in read_pairs(read_claims(readings, load_canon(path.parent / "positioning.md"))):
            told = contradicts(*(labels[int(claim.path)] for claim in (pair.one, pair.other)))
            if told is not None:
                yield Labelled(company, pair, told)


def contradicts(one: Label, other: Label) -> bool | None:
    """None where the labels leave it open."""
    kinds = {one["label"], other["label"]}
    if "conflict" not in kinds:
        return False
    if one["message"] == other["message"] and (_is_right(one) or _is_right(other)):
        return True
    return None if _ids(one) & _ids(other) else False


def _is_right(label: Label) -> bool:
    return label["label"] in {"aligned", "term"} or label["kind"] in RIGHT_IN_OTHER_WORDS


def _ids(label: Label) -> set[str]:
    return {label["message"], *label.get("also", ())}


def _reading(label: Label, number: int) -> Reading:
    block = Block(label["text"], Location(f"{number:04}", line=1))
    return Reading(Sentence(label["text"], 0, block, mode_of(label["text"]), label.get("context") or ""), ())


def near_enough(given: list[Labelled]) -> NDArray[np.bool_]:
    encode = embedding.load(places.model("gate"))
    ones, others = encode([row.pair.one.told for row in given]), encode([row.pair.other.told for row in given])
    near: NDArray[np.bool_] = (ones * others).sum(axis=1) >= TOPIC_FROM
    return near


def held_out(given: list[Labelled], evidence: NDArray[np.float64], truth: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Each pair's probability from a model that has not seen its company."""
    company = np.array([row.company for row in given])
    told = np.zeros(len(given))
    for fold in range(FOLDS):
        held = company % FOLDS == fold
        told[held] = fitted(evidence[~held], truth[~held]).predict_proba(evidence[held])[:, 1]
    return told


def fitted(evidence: NDArray[np.float64], truth: NDArray[np.bool_]) -> LogisticRegression:
    return LogisticRegression(max_iter=2000).fit(evidence, truth)


def row(shown: NDArray[np.bool_]) -> str:
    found, false = int(shown.sum()), int((~shown).sum())
    return f"{found:8}{false:8}{found / max(1, found + false):11.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true", help="print the weights for rules/cross.py")
    parser.add_argument("--errors", type=int, default=0, help="print so many of the surest false alarms")
    options = parser.parse_args()
    given = list(labelled_pairs(PACKS))
    evidence = np.array([row.pair.evidence for row in given])
    truth = np.array([row.contradicts for row in given])
    told = held_out(given, evidence, truth)
    near = near_enough(given)
    print(f"pairs of one thing that differ in one figure: {len(given)}, contradicting: {truth.sum()}")
    print(f"{'':>5}{'by words alone':>27}{'and near in topic':>27}")
    print(f"{'at':>5}{'found':>8}{'false':>8}{'precision':>11}{'found':>8}{'false':>8}{'precision':>11}")
    for threshold in THRESHOLDS:
        print(f"{threshold:5.2f}{row(truth[told >= threshold])}{row(truth[near & (told >= threshold)])}")
    for place in [place for place in np.argsort(-told) if near[place] and not truth[place]][: options.errors]:
        pair = given[place].pair
        print(f"{told[place]:.2f} “{pair.one.told}” | “{pair.other.told}”")
    if options.fit:
        model = fitted(evidence, truth)
        weights = zip(Evidence._fields, model.coef_[0], strict=True)
        print(", ".join(f"{name}={weight:.2f}" for name, weight in weights), f"BIAS = {model.intercept_[0]:.2f}")


if __name__ == "__main__":
    main()
