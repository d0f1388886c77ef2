"""How well conflicts are told, on labelled companies whose labels fitted nothing that is measured.

    python benchmarks/quality.py [--judge FOLDER] [--relations FOLDER] [--plot FILE]

A row a way of judging, over every judged sentence of the six companies: average precision, the best F1 that any
threshold gives, and precision, recall and F1 at the threshold that the other companies chose (leave one company out).
`--relations` is an export of the stage-A model: zero-shot NLI, the SummaC way. Last come the judge's probabilities
against how often they were right, in bins of equal width, and the expected calibration error (Naeini et al. 2015).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, precision_recall_curve

from messagecheck import crossencoder, embedding
from messagecheck.crossencoder import Score
from messagecheck.fusion import RELATIONS, conflict_features
from messagecheck.judging import judge_by_rules
from messagecheck.nouns import Canon, Reading
from messagecheck.training.calibration import Row, cross_probabilities, read_rows
from messagecheck.training.companies import load_company
from messagecheck.training.pairs import CONFLICT_KINDS

BINS = 15
Column = NDArray[np.float64]
MODEL = {"conflict", "conflict_share", "second", "aligned", "aligned_share"}
"""Features that come from the cross-encoder."""
OUTPUTS = RELATIONS + len(CONFLICT_KINDS)


def main() -> None:
    options = parse()
    rows = read_all(options, crossencoder.load(options.judge, outputs=OUTPUTS))
    labels = np.array([row.conflict for row in rows])
    companies = np.array([row.company for row in rows])
    print(f"{len(rows)} sentences, {labels.sum()} conflicts, {len(set(companies))} companies")
    print(f"{'':34} AP    best F1 | left-out company: P     R     F1")
    found = ways(options, rows)
    for name, scores in found:
        show(name, scores, labels, companies)
    bins = reliability(found[-1][1], labels)
    error = sum(one.share * abs(one.said - one.true) for one in bins)
    print(f"calibration error of the judge, {BINS} bins, leaving one company out: {error:.3f}")
    for one in bins:
        print(f"  said {one.said:.2f}  true {one.true:.2f}  of {round(one.share * len(labels))} sentences")
    if options.plot:
        draw(bins, options.plot)


def ways(options: argparse.Namespace, rows: Sequence[Row]) -> list[tuple[str, Column]]:
    readings = [row.reading for row in rows]
    rules = [max(m.verdict.conflict for m in r.matches if m.verdict) for r in ruled(rows)]
    features = [conflict_features(row.reading, row.judged) for row in rows]
    fused = cross_probabilities(features, [row.conflict for row in rows], [row.company for row in rows])
    numbers = [{k: v for k, v in f.items() if k not in MODEL} for f in features]
    without = cross_probabilities(numbers, [row.conflict for row in rows], [row.company for row in rows])
    found = [
        ("rules only", np.array(rules)),
        ("cosine only", np.array([max(m.similarity for m in r.matches) for r in readings])),
        ("fusion without the cross-encoder", np.array(without)),
        ("cross-encoder, unfused", np.array([max(j.conflict for j in row.judged) for row in rows])),
        ("judge (cross-encoder, fused)", np.array(fused)),
    ]
    if options.relations:
        zero = read_all(options, crossencoder.load(options.relations, outputs=OUTPUTS))
        found.insert(2, ("zero-shot NLI (stage A)", np.array([max(j.conflict for j in row.judged) for row in zero])))
    return found


class Bin(NamedTuple):
    """Mean probability, share of conflicts, and the bin's share of all sentences."""

    said: float
    true: float
    share: float


def reliability(scores: Column, labels: NDArray[np.bool_]) -> list[Bin]:
    places = np.minimum((scores * BINS).astype(int), BINS - 1)
    inside = [places == place for place in range(BINS)]
    return [Bin(scores[x].mean(), labels[x].mean(), x.mean()) for x in inside if x.any()]


def draw(bins: Sequence[Bin], path: Path) -> None:
    from matplotlib import rcParams
    from matplotlib.figure import Figure

    rcParams["svg.hashsalt"] = "the same bytes each time"
    figure = Figure(figsize=(4, 4), layout="constrained")
    axes = figure.add_subplot(xlabel="probability said", ylabel="share of conflicts", xlim=(0, 1), ylim=(0, 1))
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    axes.scatter([b.said for b in bins], [b.true for b in bins], [20 + 400 * b.share**0.5 for b in bins], alpha=0.7)
    axes.set_title("The judge, leaving one company out", fontsize=10)
    figure.savefig(path, metadata={"Date": None})


def ruled(rows: Sequence[Row]) -> list[Reading]:
    return judge_by_rules([row.reading for row in rows], Canon("", "", (), None, (), (), ()))


def show(name: str, scores: Column, labels: NDArray[np.bool_], companies: NDArray[np.str_]) -> None:
    said = np.zeros(len(labels), dtype=bool)
    for company in sorted(set(companies)):
        inside = companies == company
        said[inside] = scores[inside] >= best(scores[~inside], labels[~inside])[1]
    right = (said & labels).sum()
    precision, recall = right / max(1, said.sum()), right / labels.sum()
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    ap, top = average_precision_score(labels, scores), best(scores, labels)[0]
    print(f"{name:34} {ap:.3f} {top:.3f}   | {'':18} {precision:.3f} {recall:.3f} {f1:.3f}")


def best(scores: Column, labels: NDArray[np.bool_]) -> tuple[float, float]:
    """The best F1 and its threshold."""
    precision, recall, thresholds = precision_recall_curve(labels, scores)
    f1 = 2 * precision * recall / np.maximum(1e-9, precision + recall)
    place = int(f1[:-1].argmax())
    return float(f1[place]), float(thresholds[place])


def read_all(options: argparse.Namespace, score: Score) -> list[Row]:
    encode = embedding.load(options.encoder)
    folders = sorted(path.parent for path in options.companies.glob("*/gold.jsonl"))
    return [row for folder in folders for row in read_rows(load_company(folder), encode, score)]


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--judge", type=Path, default=Path("models/judge"))
    parser.add_argument("--encoder", type=Path, default=Path("models/gate"))
    parser.add_argument("--companies", type=Path, default=Path("corpora/companies"))
    parser.add_argument("--relations", type=Path)
    parser.add_argument("--plot", type=Path, help="draw the reliability diagram (.svg, .png); needs matplotlib")
    return parser.parse_args()


if __name__ == "__main__":
    main()
