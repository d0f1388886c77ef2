"""One probability from the judge's logits, the gate's similarities and the signals: a logistic model whose
coefficients lie with the weights."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from messagecheck.nouns import Kind, Match, Mode, Polarity, Reading, Role
from messagecheck.signals import Signals

Logits = Sequence[float]
"""One pair's outputs: aligned, unrelated, conflict, then a logit a kind of conflict."""

RELATIONS = 3


@dataclass(frozen=True, slots=True)
class Logistic:
    """P = 1 / (1 + exp(−(intercept + Σ weight · feature))); features that it doesn't name don't count."""

    intercept: float
    weights: Mapping[str, float]

    def __call__(self, features: Mapping[str, float]) -> float:
        total = self.intercept + sum(weight * features[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class Judged:
    """A match as the judge saw it."""

    match: Match
    logits: Logits
    signals: Signals

    @property
    def conflict(self) -> float:
        """Log-odds of conflict against the rest."""
        return self.logits[2] - _logsumexp(self.logits[:2])

    @property
    def aligned(self) -> float:
        return self.logits[0] - _logsumexp(self.logits[1:RELATIONS])


def conflict_features(reading: Reading, judged: Sequence[Judged]) -> dict[str, float]:
    """What speaks for a conflict of this sentence with the likeliest of its messages (the first by `conflict`)."""
    ranked = sorted(judged, key=lambda j: -j.conflict)
    best, signals = ranked[0], ranked[0].signals
    sentence = reading.sentence
    second = ranked[1].conflict if len(ranked) > 1 else -8.0
    nearest = max(j.match.similarity for j in judged)
    return {
        "conflict": best.conflict,
        "second": second,
        "aligned": max(j.aligned for j in judged),
        "aligned_here": best.aligned,
        "similarity": best.match.similarity,
        "below_nearest": nearest - best.match.similarity,
        "nearest": nearest,
        "differs": signals.differs,
        "agrees": max(j.signals.agrees for j in judged),
        "differs_any": max(j.signals.differs for j in judged),
        "overlap": signals.overlap,
        "clash": float(signals.polarity_clash),
        "absolute": float(bool(signals.absolutes)),
        "guarantee": float(signals.guarantee),
        "denial": float(signals.denial),
        "excludes": float(best.match.message.polarity is Polarity.EXCLUDES),
        "supposes": float(sentence.mode is Mode.SUPPOSES),
        "recalls": float(sentence.mode is Mode.RECALLS),
        "spoken": float(sentence.block.role is Role.TURN),
        "heading": float(sentence.block.role in {Role.HEADING, Role.TITLE, Role.HERO, Role.CTA}),
        "length": math.log1p(len(sentence.text.split())),
        "short": float(len(sentence.text.split()) <= SHORT),
        **{f"kind_{kind}": float(best.match.message.kind is kind) for kind in KINDS},
    }


def aligned_features(reading: Reading, judged: Judged) -> dict[str, float]:
    """What speaks for this sentence expressing this very message."""
    nearest = max(match.similarity for match in reading.matches)
    return {
        "aligned": judged.aligned,
        "conflict": judged.conflict,
        "similarity": judged.match.similarity,
        "below_nearest": nearest - judged.match.similarity,
        "overlap": judged.signals.overlap,
        "agrees": judged.signals.agrees,
        "differs": judged.signals.differs,
        "length": math.log1p(len(reading.sentence.text.split())),
        "spoken": float(reading.sentence.block.role is Role.TURN),
        "value": float(judged.match.message.kind is Kind.VALUE),
    }


SHORT = 3
KINDS = (Kind.CATEGORY, Kind.AUDIENCE, Kind.VALUE, Kind.DIFFERENTIATOR, Kind.FACT, Kind.PRICING, Kind.BOUNDARY)


def conflict_kind(logits: Logits, kinds: Sequence[str], usual: str) -> str:
    """The message's usual kind, unless the kind head is sure of an overclaim, which any message allows."""
    named = dict(zip(kinds, _softmax(logits[RELATIONS:]), strict=True))
    return "overclaim" if named["overclaim"] > max(0.5, named.get(usual, 0.0)) else usual


def _logsumexp(values: Sequence[float]) -> float:
    top = max(values)
    return top + math.log(sum(math.exp(v - top) for v in values))


def _softmax(values: Sequence[float]) -> list[float]:
    total = _logsumexp(values)
    return [math.exp(v - total) for v in values]
