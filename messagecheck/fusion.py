"""One probability from the judge's logits, the gate's similarities and the signals: a logistic model whose
coefficients lie with the weights."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from messagecheck.nouns import Kind, Match, Mode, Reading, Role
from messagecheck.signals import Signals

Logits = Sequence[float]
"""One pair's outputs: aligned, unrelated, conflict, then a logit a kind of conflict."""

RELATIONS = 3
SHORT = 3
"""Words up to which a sentence is a fragment."""
TOPIC = 8
"""What similarity to a message counts beside the log-odds of conflict, where it is told which message a sentence
contradicts; chosen on the calibration companies' labels."""
NO_SECOND = -8.0
"""The log-odds of a second message that isn't there."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """P = 1 / (1 + exp(−(intercept + Σ weight · feature))); features that it doesn't name don't count."""

    intercept: float
    weights: Mapping[str, float]

    def __call__(self, features: Mapping[str, float]) -> float:
        total = self.intercept + sum(weight * features[name] for name, weight in self.weights.items())
        return logistic(total)


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
    def relevance(self) -> float:
        """How likely this is the message that the sentence contradicts, if it contradicts one."""
        return self.conflict + TOPIC * self.match.similarity

    @property
    def aligned(self) -> float:
        return self.logits[0] - _logsumexp(self.logits[1:RELATIONS])


def conflict_features(reading: Reading, judged: Sequence[Judged]) -> dict[str, float]:
    """What speaks for a conflict of this sentence with the most relevant of its messages."""
    best, sentence = contradicted(judged), reading.sentence
    aligned = max(j.aligned for j in judged)
    words = len(sentence.text.split())
    return {
        "conflict": best.conflict,
        "conflict_share": logistic(best.conflict),
        "second": max((j.conflict for j in judged if j is not best), default=NO_SECOND),
        "aligned": aligned,
        "aligned_share": logistic(aligned),
        "similarity": best.match.similarity,
        "overlap": best.signals.overlap,
        "differs": best.signals.differs,
        "agrees": max(j.signals.agrees for j in judged),
        "denial": float(best.signals.denial),
        "supposes": float(sentence.mode is Mode.SUPPOSES),
        "spoken": float(sentence.block.role is Role.TURN),
        "heading": float(sentence.block.role in {Role.HEADING, Role.TITLE, Role.HERO, Role.CTA}),
        "length": math.log1p(words),
        "short": float(words <= SHORT),
    }


def contradicted(judged: Sequence[Judged]) -> Judged:
    """The message that a conflict would be with; the first of equals."""
    return max(judged, key=lambda j: j.relevance)


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


def conflict_kind(logits: Logits, kinds: Sequence[str], usual: str) -> str:
    """The message's usual kind, unless the kind head is sure of an overclaim, which any message allows."""
    named = dict(zip(kinds, _softmax(logits[RELATIONS:]), strict=True))
    return "overclaim" if named["overclaim"] > max(0.5, named.get(usual, 0.0)) else usual


def logistic(odds: float) -> float:
    """Log-odds → probability; beyond ±30 it stays where it is."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def _logsumexp(values: Sequence[float]) -> float:
    top = max(values)
    return top + math.log(sum(math.exp(v - top) for v in values))


def _softmax(values: Sequence[float]) -> list[float]:
    total = _logsumexp(values)
    return [math.exp(v - total) for v in values]
