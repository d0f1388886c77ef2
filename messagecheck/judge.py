"""models/judge → Judge: each statement of ours against its candidates, scored by the cross-encoder and fused."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from messagecheck import crossencoder
from messagecheck.crossencoder import Score
from messagecheck.errors import ModelError
from messagecheck.fusion import (
    RELATIONS,
    Judged,
    Logistic,
    aligned_features,
    conflict_features,
    conflict_kind,
    contradicted,
)
from messagecheck.judging import CONFLICT_KIND, Judge, explain, pair_texts
from messagecheck.nouns import Canon, Match, Reading, Severity, Verdict
from messagecheck.prose import is_claim
from messagecheck.signals import read_signals


@dataclass(frozen=True, slots=True)
class Config:
    """config.json beside the weights: `speaks_from` is the fused probability from which on a finding is shown,
    `error_from` an error."""

    kinds: tuple[str, ...]
    conflict: Logistic
    aligned: Logistic
    speaks_from: float
    error_from: float


def read_config(folder: Path) -> Config:
    """Raises ModelError for a file that is missing or not of this form."""
    path = folder / "config.json"
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return Config(
            tuple(raw["kinds"]), _logistic(raw["conflict"]), _logistic(raw["aligned"]),
            float(raw["speaks_from"]), float(raw["error_from"]),
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{path}: is no judge's configuration ({error}); train and calibrate one, or remove the setting"
        ) from error


def load(folder: Path, *, threads: int | None = None, around: Callable[[Score], Score] | None = None) -> Judge:
    """`around` wraps the cross-encoder: a cache, say."""
    config = read_config(folder)
    score = crossencoder.load(folder, outputs=RELATIONS + len(config.kinds), threads=threads)
    return make_judge(around(score) if around else score, config)


def make_judge(score: Score, config: Config) -> Judge:
    def judge(readings: Sequence[Reading], canon: Canon) -> list[Reading]:
        judged = judge_pairs(readings, canon, score)
        return [
            with_verdicts(reading, judged[i], config) if judged[i] else reading for i, reading in enumerate(readings)
        ]

    return judge


def judge_pairs(readings: Sequence[Reading], canon: Canon, score: Score) -> list[tuple[Judged, ...]]:
    """For each reading its matches with their logits; empty where nothing is judged (somebody else's words, a
    question, navigation)."""
    names = (canon.name, *canon.aliases)
    asked = [
        (i, match, read_signals(reading.sentence.text, reading.sentence.context, match.message))
        for i, reading in enumerate(readings)
        if is_claim(reading.sentence)
        for match in reading.matches
    ]
    texts = [(readings[i].sentence.text, readings[i].sentence.context) for i, _, _ in asked]
    pairs = [pair_texts(*text, m.message, names, signals=told) for text, (_, m, told) in zip(texts, asked, strict=True)]
    out: list[list[Judged]] = [[] for _ in readings]
    if pairs:
        for (i, match, told), row in zip(asked, score(pairs), strict=True):
            out[i].append(Judged(match, [float(x) for x in row], told))
    return [tuple(found) for found in out]


def with_verdicts(reading: Reading, judged: Sequence[Judged], config: Config) -> Reading:
    """The most relevant message carries the sentence's conflict; each message its own alignment."""
    probability = config.conflict(conflict_features(reading, judged))
    likeliest = contradicted(judged)
    return replace(
        reading, matches=tuple(_verdict(reading, j, probability if j is likeliest else 0.0, config) for j in judged)
    )


def _verdict(reading: Reading, judged: Judged, conflict: float, config: Config) -> Match:
    aligned = config.aligned(aligned_features(reading, judged)) * (1 - conflict)
    usual = CONFLICT_KIND.get(judged.match.message.kind, "")
    if not usual:
        return replace(judged.match, verdict=Verdict(0.0, round(aligned, 4)))
    kind = conflict_kind(judged.logits, config.kinds, usual)
    why = explain(judged.match.message, judged.signals, kind)
    return replace(
        judged.match, verdict=Verdict(round(conflict, 4), round(aligned, 4), kind, why, _band(conflict, config))
    )


def _band(probability: float, config: Config) -> Severity | None:
    if probability >= config.error_from:
        return Severity.ERROR
    return Severity.WARNING if probability >= config.speaks_from else None


def _logistic(raw: Mapping[str, object]) -> Logistic:
    weights = raw["weights"]
    if not isinstance(weights, dict):
        raise TypeError("weights must be a table of feature names and numbers")
    return Logistic(float(str(raw["intercept"])), {str(name): float(value) for name, value in weights.items()})
