"""Whether a touchpoint expresses a message: how likely that is, its status, and the sentences that show it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from messagecheck.emphasis import aligned, family, matches_of
from messagecheck.fusion import Logistic
from messagecheck.nouns import Canon, Coverage, Evidence, Expression, Finding, Message, Reading
from messagecheck.prose import is_claim

EVIDENCE_FROM = 0.2
"""A verdict's aligned probability from which on a sentence is shown as evidence; chosen on the calibration companies:
paraphrases found .68."""
CLEARLY_FROM = 0.5
"""A message that no sentence expresses likelier than not is only hinted at, however many sentences hint."""
MOST_EVIDENCE = 5
RAREST = 0.003
"""Probabilities are taken no surer than 3 in 1,000: the log-odds of one that is rounded to 0 would drown the rest."""


@dataclass(frozen=True, slots=True)
class Expressed:
    """The probability that a value proposition is expressed, and from which probability on it counts as expressed."""

    model: Logistic
    speaks_from: float


@dataclass(frozen=True, slots=True)
class Told:
    """What a touchpoint says that bears on the canon's messages: evidence and findings by the message's id."""

    evidence: Mapping[str, Sequence[Evidence]]
    contradicted: frozenset[str]


def express(
    canon: Canon, readings: Sequence[Reading], findings: Sequence[Finding], required: Collection[str], config: Expressed
) -> Iterator[Expression]:
    """Every required value proposition and every other message that has evidence, in the document's order."""
    told = Told(_evidence(readings), frozenset(_contradicted(findings)))
    for message in canon.messages:
        if message.id in required:
            likely = config.model(expression_features(message, readings, canon))
            yield _required(message, family(message, canon), told, likely, config.speaks_from)
        elif told.evidence[message.id]:
            yield _other(message, told)


def expression_features(value: Message, readings: Sequence[Reading], canon: Canon) -> dict[str, float]:
    """What speaks for a touchpoint expressing a value proposition: the log-odds of the two likeliest sentences, and the
    highest similarity of a sentence to which no other message is nearer."""
    ids = family(value, canon)
    found = [(reading, matches) for reading in readings if (matches := matches_of(ids, reading))]
    best, second, *_ = *sorted((aligned(matches) for _, matches in found), reverse=True), 0.0, 0.0
    nearest = (m[0].similarity for reading, m in found if is_claim(reading.sentence) and reading.matches[0] is m[0])
    return {"best": _log_odds(best), "second": _log_odds(second), "nearest": max(nearest, default=0.0)}


def _required(message: Message, ids: frozenset[str], told: Told, likely: float, speaks_from: float) -> Expression:
    """A value proposition is expressed by its proofs too."""
    found = sorted((one for id_ in sorted(ids) for one in told.evidence[id_]), key=lambda one: -one.similarity)
    shown = tuple(found[: max(MOST_EVIDENCE, len(told.evidence[message.id]))])
    if ids & told.contradicted:
        return Expression(message, Coverage.CONTRADICTED, shown, likely)
    if likely < speaks_from:
        return Expression(message, Coverage.MISSING, (), likely)
    return Expression(message, _clearly(shown), shown, likely)


def _other(message: Message, told: Told) -> Expression:
    found = tuple(sorted(told.evidence[message.id], key=lambda one: -one.similarity))
    status = Coverage.CONTRADICTED if message.id in told.contradicted else _clearly(found)
    return Expression(message, status, found, found[0].similarity)


def _clearly(evidence: Sequence[Evidence]) -> Coverage:
    clear = any(one.similarity >= CLEARLY_FROM for one in evidence)
    return Coverage.EXPRESSED if clear else Coverage.WEAK


def _evidence(readings: Sequence[Reading]) -> Mapping[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = defaultdict(list)
    for reading in readings:
        for match in reading.matches:
            if match.verdict and match.verdict.aligned >= EVIDENCE_FROM:
                told = Evidence(reading.sentence.text, reading.sentence.at, match.verdict.aligned)
                found[match.message.id].append(told)
    return found


def _contradicted(findings: Sequence[Finding]) -> Iterator[str]:
    return (f.message.id for f in findings if f.message and f.rule.startswith("conflict/"))


def _log_odds(probability: float) -> float:
    kept = min(max(probability, RAREST), 1 - RAREST)
    return math.log(kept / (1 - kept))
