"""What a foreign judge's scores mean: Platt's two numbers and the bands, fitted on labelled companies, kept as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import numpy as np

from messagecheck.errors import ModelError
from messagecheck.fusion import logistic
from messagecheck.own_model.scoring import first_line

LIKELIER_THAN_NOT = 0.5
CLEAN_WARNED, CLEAN_ACCUSED = 10 / 1000, 2 / 1000
"""Shares of clean sentences that a warning and an error may reach: those of the judge that messagecheck ships."""
HINT = "write one with messagecheck calibrate COMPANY..."


@dataclass(frozen=True, slots=True)
class Calibration:
    """P(conflict) = 1 / (1 + exp(−(scale · log-odds + offset))), after Platt; the bands are probabilities.

    `judge` is the name of the model that it was fitted on, and says nothing about any other.
    """

    scale: float
    offset: float
    speaks_from: float
    error_from: float
    judge: str = ""

    def __call__(self, log_odds: float) -> float:
        return logistic(self.scale * log_odds + self.offset)


def calibrate(scores: Sequence[float], labels: Sequence[bool], judge: str = "") -> Calibration:
    """From each sentence's highest log-odds of conflict and whether it is one.

    Raises ModelError where there are not both, or where the scores don't tell one from the other.
    """
    from sklearn.linear_model import LogisticRegression

    if set(labels) != {True, False}:
        raise ModelError("a calibration needs sentences that conflict and sentences that don't; name more companies")
    model = LogisticRegression(max_iter=2000).fit(np.array(scores).reshape(-1, 1), np.array(labels))
    fitted = Calibration(round(float(model.coef_[0, 0]), 6), round(float(model.intercept_[0]), 6), 1.0, 1.0, judge)
    if fitted.scale <= 0:
        raise ModelError("the model scores conflicts no higher than other sentences; take another model")
    clean = sorted((fitted(s) for s, label in zip(scores, labels, strict=True) if not label), reverse=True)
    return replace(fitted, speaks_from=_band(clean, CLEAN_WARNED), error_from=_band(clean, CLEAN_ACCUSED))


def read_calibration(path: Path) -> Calibration:
    """Raises ModelError for a file that is missing or not of this form."""
    keys = [field.name for field in fields(Calibration) if field.name != "judge"]
    try:
        raw: object = json.loads(path.read_text(encoding="utf-8"), parse_int=float)
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: no calibration of your judge ({first_line(error)}); {HINT}") from error
    row = raw if isinstance(raw, dict) else {}
    given = [x for x in map(row.get, keys) if isinstance(x, float) and math.isfinite(x)]
    if len(given) != len(keys) or given[0] <= 0 or not 0 < given[2] <= given[3] <= 1:
        raise ModelError(f"{path}: no calibration of your judge, with the numbers {', '.join(keys)}; {HINT}")
    scale, offset, speaks_from, error_from = given
    return Calibration(scale, offset, speaks_from, error_from, str(row.get("judge", "")))


def write_calibration(calibration: Calibration, path: Path) -> None:
    """Raises ModelError where nothing can be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(calibration), indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise ModelError(f"{path}: can't be written ({error.strerror}); set models.judge_calibration") from error


def _band(clean: Sequence[float], share: float) -> float:
    """Just above what at most this share of clean sentences reaches (`clean` runs downwards), and likelier than not."""
    reached = clean[min(len(clean) - 1, int(share * len(clean)))]
    return min(1.0, round(max(LIKELIER_THAN_NOT, reached + 1e-4), 4))
