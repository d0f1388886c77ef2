"""`python -m messagecheck.training calibrate`: the logistic models and bands over the judge, fitted on labelled companies.

Companies are split whole: CALIBRATION fits what ships, DEVELOPMENT is only ever measured. `--leave-one-out` fits on all companies but one,
in turn, which is the honest figure for an unseen company.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from messagecheck.fusion import Judged, Logistic, aligned_features, conflict_features
from messagecheck.nouns import Reading

CALIBRATION = ("brightdesk", "hearthside-kitchens", "polyglyph")
DEVELOPMENT = ("quarrywise", "solstead", "tidewell")
CLEAN_FLAGGED_ERROR = 2 / 1000
CLEAN_FLAGGED_WARNING = 10 / 1000
"""Shares of clean sentences that may be flagged, at the two bands."""
REGULARISATION = 0.3
"""scikit-learn's C on standardised features: 150 conflicts are few for 30 coefficients."""


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
    """Logistic models for conflict (a row a sentence) and alignment (a row a match), and the bands that clean sentences set."""
    features = [conflict_features(row.reading, row.judged) for row in rows]
    labels = [row.conflict for row in rows]
    conflict = fit_logistic(features, labels)
    held_out = cross_probabilities(features, labels, [row.company for row in rows])
    clean = [p for p, label in zip(held_out, labels, strict=True) if not label]
    pairs = list(_aligned_pairs(rows))
    aligned = fit_logistic([f for f, _ in pairs], [label for _, label in pairs])
    return Bands(conflict, aligned, band(clean, CLEAN_FLAGGED_WARNING), band(clean, CLEAN_FLAGGED_ERROR))


def fit_logistic(features: Sequence[Mapping[str, float]], labels: Sequence[bool]) -> Logistic:
    """L2-regularised on standardised features, then written back to the raw ones."""
    names = sorted(features[0])
    table = np.array([[row[name] for name in names] for row in features])
    scaler = StandardScaler().fit(table)
    model = LogisticRegression(C=REGULARISATION, max_iter=2000).fit(scaler.transform(table), labels)
    weights = model.coef_[0] / scaler.scale_
    intercept = float(model.intercept_[0] - (weights * scaler.mean_).sum())
    return Logistic(intercept, {name: float(weight) for name, weight in zip(names, weights, strict=True)})


def cross_probabilities(features: Sequence[Mapping[str, float]], labels: Sequence[bool], groups: Sequence[str]) -> list[float]:
    """Each row's probability by a model that never saw its company."""
    out = [0.0] * len(labels)
    for left_out in sorted(set(groups)):
        inside = [i for i, group in enumerate(groups) if group != left_out]
        model = fit_logistic([features[i] for i in inside], [labels[i] for i in inside])
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
