"""`python -m messagecheck.training calibrate`: the logistic models and bands over the judge, fitted on labelled
companies.

Companies are split whole: CALIBRATION fits what ships, DEVELOPMENT is only ever measured. `--leave-one-out` fits on
all companies but one, in turn, which is the honest figure for an unseen company.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from messagecheck import content, crossencoder, embedding
from messagecheck.crossencoder import Score
from messagecheck.fusion import RELATIONS, Judged, Logistic, aligned_features, conflict_features
from messagecheck.judge import judge_pairs
from messagecheck.matching import match
from messagecheck.nouns import Reading, Touchpoint
from messagecheck.positioning import load_canon
from messagecheck.prose import read_sentences
from messagecheck.settings import Settings
from messagecheck.training.companies import Company, build, load_company
from messagecheck.training.overlap import hit
from messagecheck.training.pairs import CONFLICT_KINDS

if TYPE_CHECKING:
    from messagecheck.nouns import Encode

CALIBRATION = ("brightdesk", "hearthside-kitchens", "polyglyph")
DEVELOPMENT = ("quarrywise", "solstead", "tidewell")
CLEAN_FLAGGED_ERROR = 2 / 1000
CLEAN_FLAGGED_WARNING = 10 / 1000
"""Shares of clean sentences that may be flagged, at the two bands."""
REGULARISATION = 0.05
"""scikit-learn's C on standardised features: 100 conflicts are few for 15 coefficients."""


@dataclass(frozen=True, slots=True)
class Row:
    """A judged sentence of a labelled company. `messages` are the ids that it is labelled to paraphrase."""

    company: str
    reading: Reading
    judged: tuple[Judged, ...]
    conflict: bool
    aligned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bands:
    conflict: Logistic
    aligned: Logistic
    speaks_from: float
    error_from: float


def fit(rows: Sequence[Row]) -> Bands:
    """Logistic models for conflict (a row a sentence) and alignment (a row a match), and the bands that clean
    sentences set."""
    features = [conflict_features(row.reading, row.judged) for row in rows]
    labels = [row.conflict for row in rows]
    conflict = fit_logistic(features, labels)
    held_out = cross_probabilities(features, labels, [row.company for row in rows])
    clean = [p for p, label in zip(held_out, labels, strict=True) if not label]
    pairs = list(_aligned_pairs(rows))
    aligned = fit_logistic([f for f, _ in pairs], [label for _, label in pairs])
    return Bands(conflict, aligned, band(clean, CLEAN_FLAGGED_WARNING), band(clean, CLEAN_FLAGGED_ERROR))


def fit_logistic(
    features: Sequence[Mapping[str, float]], labels: Sequence[bool], *, strength: float = REGULARISATION
) -> Logistic:
    """L2-regularised on standardised features, then written back to the raw ones."""
    names = sorted(features[0])
    table = np.array([[row[name] for name in names] for row in features])
    scaler = StandardScaler().fit(table)
    model = LogisticRegression(C=strength, max_iter=2000).fit(scaler.transform(table), labels)
    weights = model.coef_[0] / scaler.scale_
    intercept = float(model.intercept_[0] - (weights * scaler.mean_).sum())
    return Logistic(intercept, {name: float(weight) for name, weight in zip(names, weights, strict=True)})


def cross_probabilities(
    features: Sequence[Mapping[str, float]],
    labels: Sequence[bool],
    groups: Sequence[str],
    *,
    strength: float = REGULARISATION,
) -> list[float]:
    """Each row's probability by a model that never saw its company."""
    out = [0.0] * len(labels)
    for left_out in sorted(set(groups)):
        inside = [i for i, group in enumerate(groups) if group != left_out]
        model = fit_logistic([features[i] for i in inside], [labels[i] for i in inside], strength=strength)
        for i, group in enumerate(groups):
            if group == left_out:
                out[i] = model(features[i])
    return out


def band(clean: Sequence[float], share: float) -> float:
    """The probability that at most this share of clean sentences reaches."""
    ordered = sorted(clean, reverse=True)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))] + 1e-4, 4)


def _aligned_pairs(rows: Sequence[Row]) -> Iterator[tuple[dict[str, float], bool]]:
    """Labelled paraphrases with their messages, against the same sentences' other messages and all conflicts.

    Paraphrases are labelled in part only, so an unlabelled clean sentence is no counter-example.
    """
    for row in rows:
        if row.aligned or row.conflict:
            for judged in row.judged:
                yield aligned_features(row.reading, judged), judged.match.message.id in row.aligned


def main(arguments: Sequence[str]) -> int:
    options = _parse(arguments)
    score = crossencoder.load(options.judge, outputs=RELATIONS + len(CONFLICT_KINDS))
    encode = embedding.load(options.encoder)
    rows = {name: read_rows(load_company(options.companies / name), encode, score) for name in options.fit}
    bands = fit([row for found in rows.values() for row in found])
    write(bands, options.judge / "config.json")
    return 0


def read_rows(company: Company, encode: Encode, score: Score) -> list[Row]:
    """Every judged sentence of a company's built content, with its labels."""
    return [row for row in read_sentence_rows(company, encode, score) if row.judged]


def read_sentence_rows(company: Company, encode: Encode, score: Score) -> list[Row]:
    """Every sentence of a company's built content, with its labels; what is not judged has no `judged`."""
    canon = load_canon(company.folder / "positioning.md")
    with TemporaryDirectory() as built:
        build(company.folder, Path(built))
        files = content.find_files([Path(built)], Settings(), None)
        read = [t for t in content.read_touchpoints(files, canon, Settings()) if isinstance(t, Touchpoint)]
    readings = match([sentence for t in read for sentence in read_sentences(t.blocks)], canon, encode)
    judged = judge_pairs(readings, canon, score)
    return [_row(company, reading, found) for reading, found in zip(readings, judged, strict=True)]


def write(bands: Bands, path: Path) -> None:
    """The judge's config.json: the kinds in the order of its outputs, the coefficients and the bands."""
    shape = {
        "name": "messagecheck-judge",
        "kinds": list(CONFLICT_KINDS),
        "conflict": _plain(bands.conflict),
        "aligned": _plain(bands.aligned),
        "speaks_from": bands.speaks_from,
        "error_from": bands.error_from,
    }
    path.write_text(json.dumps(shape, indent=1) + "\n", encoding="utf-8")


def _plain(model: Logistic) -> dict[str, object]:
    return {"intercept": round(model.intercept, 5), "weights": {k: round(v, 5) for k, v in model.weights.items()}}


def _row(company: Company, reading: Reading, judged: tuple[Judged, ...]) -> Row:
    sentence = reading.sentence
    hits = [label for label in company.labels if label.path == sentence.at.path and hit(sentence.text, label.text)]
    conflict = any(label.label == "conflict" for label in hits)
    return Row(company.folder.name, reading, judged, conflict, tuple(x.message for x in hits if x.label == "aligned"))


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m messagecheck.training calibrate", description=__doc__)
    parser.add_argument("--judge", type=Path, default=Path("models/judge"))
    parser.add_argument("--encoder", type=Path, default=Path("models/gate"))
    parser.add_argument("--companies", type=Path, default=Path("corpora/companies"))
    parser.add_argument("--fit", nargs="+", default=list(CALIBRATION), metavar="COMPANY")
    return parser.parse_args(arguments)
