"""Two touchpoints contradict each other where the positioning document is silent: a support hour, a launch date, a
customer's result told two ways.

The rule compares figures and dates in sentences that the company itself asserts, across files, and speaks once a pair,
at the later of the two paths; `other` is the other place. Both sentences must be about the same thing in nearly the
same words, of the same customer, plan or place, both of the past or both of now, and disagree in one figure only. It is
silent where the document has its say (then that is a matter of the conflict rules), and built to be right rather than
complete: a contradiction in other words, or without a figure, is not found.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from messagecheck.claims import Claim, are_of_one_thing, candidates, count_words, read_claims
from messagecheck.nouns import Canon, Finding, Match, Reading, Severity
from messagecheck.quantities import DISAGREEING, Difference, compare

if TYPE_CHECKING:
    from messagecheck.nouns import Encode

ID = "cross/conflict"
SPOKEN_FROM = 0.6
"""Similarity to a message from which on the document has its say: paraphrases of the packs lie above."""
ALIGNED_FROM = 0.5
SLOT_FROM = 0.5
"""Certainty from which on a message holds a figure for what the sentence counts: half of such pairs in the packs do."""
TOPIC_FROM = 0.5
"""Similarity of two sentences below which they are not about one thing, whatever words they share."""
SPEAKS_FROM = 0.5
"""Confidence from which on a pair is reported. Both chosen on the packs (`python benchmarks/cross.py`)."""
_YOURS = re.compile(r"\byour (?:own )?$", re.IGNORECASE)


class Evidence(NamedTuple):
    """`certainty`: log odds that two figures speak of one thing (`quantities.compare`), of the direction that is less
    sure; `dice` and `shared` weigh the words that both sentences hold by rarity, as a share and as a sum; `many`: how
    many figures there are to mistake."""

    certainty: float
    dice: float
    shared: float
    many: float


# fitted on pairs of statements of corpora/packs: `python benchmarks/cross.py --fit`
WEIGHTS = Evidence(certainty=0.90, dice=3.12, shared=2.99, many=-0.67)
BIAS = -2.60


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims of different files, in the order of their paths, and where they differ."""

    one: Claim
    other: Claim
    difference: Difference
    evidence: Evidence

    @property
    def confidence(self) -> float:
        return 1 / (1 + math.exp(-BIAS - math.fsum(w * e for w, e in zip(WEIGHTS, self.evidence, strict=True))))


def check(readings: Sequence[Reading], canon: Canon, encode: Encode) -> Iterator[Finding]:
    """At most one finding a sentence, against the surest of its partners, in the order of paths and sentences.

    `encode` reads only the sentences whose figures and words already disagree.
    """
    claims = [claim for claim in read_claims(readings, canon) if is_silent(claim)]
    sure = [pair for pair in read_pairs(claims) if pair.confidence >= SPEAKS_FROM]
    yield from map(_finding, _surest(_on_one_topic(sure, encode)))


def is_silent(claim: Claim) -> bool:
    """Whether the document has no say: no message is near the sentence, no verdict ties it to one, and none holds a
    figure for what the sentence counts."""
    return not any(_has_a_say(match, claim) for match in claim.reading.matches)


def read_pairs(claims: Sequence[Claim]) -> list[Pair]:
    """The pairs that disagree in exactly one figure, from both sides, and are of one thing."""
    weights = _rarity(claims)
    chosen = (sorted((claims[one], claims[other]), key=_place) for one, other in candidates(claims))
    found = (_pair(one, other, weights) for one, other in chosen if are_of_one_thing(one, other))
    return [pair for pair in found if pair]


def _has_a_say(match: Match, claim: Claim) -> bool:
    verdict = match.verdict
    judged = verdict is not None and (verdict.band is not None or verdict.aligned >= ALIGNED_FROM)
    return (
        judged
        or match.similarity >= SPOKEN_FROM
        or any(difference.certainty >= SLOT_FROM for difference in compare(claim.told, match.message.text))
    )


def _pair(one: Claim, other: Claim, weights: Mapping[str, float]) -> Pair | None:
    there = _disagreeing(one, other)
    back = {(difference.theirs, difference.ours): difference for difference in _disagreeing(other, one)}
    if len(there) != 1 or (there[0].ours, there[0].theirs) not in back or _is_compatible(one, other, there[0]):
        return None
    certainty = min(there[0].certainty, back[there[0].ours, there[0].theirs].certainty)
    return Pair(one, other, there[0], _evidence(one, other, certainty, weights))


def _is_compatible(one: Claim, other: Claim, difference: Difference) -> bool:
    """A floor that is the other's ceiling is the same bound from its other side ("from 25 people", "not under 25"), and
    what the reader has ("your 240 berths") is another number for each reader."""
    ours, theirs = difference.ours, difference.theirs
    ends = {ours.low, theirs.high}, {theirs.low, ours.high}
    met = ours.point is None and theirs.point is None and any(len(pair) == 1 and None not in pair for pair in ends)
    return met or any(_YOURS.search(claim.told[: figure.start]) for claim, figure in ((one, ours), (other, theirs)))


def _disagreeing(one: Claim, other: Claim) -> list[Difference]:
    return [difference for difference in compare(one.told, other.told) if difference.relation in DISAGREEING]


def _evidence(one: Claim, other: Claim, certainty: float, weights: Mapping[str, float]) -> Evidence:
    shared, ours, theirs = (
        math.fsum(sorted(weights[stem] for stem in stems))
        for stems in (one.topic & other.topic, one.topic, other.topic)
    )
    return Evidence(
        certainty=math.log(certainty / (1 - certainty)),
        dice=2 * shared / (ours + theirs),
        shared=shared / 10,
        many=(len(one.quantities) + len(other.quantities)) / 8,
    )


def _rarity(claims: Sequence[Claim]) -> dict[str, float]:
    return {stem: math.log(1 + len(claims) / count) for stem, count in count_words(claims).items()}


def _on_one_topic(pairs: Sequence[Pair], encode: Encode) -> list[Pair]:
    if not pairs:
        return []
    ones, others = encode([pair.one.told for pair in pairs]), encode([pair.other.told for pair in pairs])
    return [p for p, near in zip(pairs, (ones * others).sum(axis=1), strict=True) if near >= TOPIC_FROM]


def _surest(pairs: Sequence[Pair]) -> list[Pair]:
    """Surest first, each sentence in one pair only; then in reading order."""
    taken: set[Claim] = set()
    kept = []
    for pair in sorted(pairs, key=lambda pair: (-pair.confidence, _place(pair.other), _place(pair.one))):
        if taken.isdisjoint({pair.one, pair.other}):
            taken |= {pair.one, pair.other}
            kept.append(pair)
    return sorted(kept, key=lambda pair: _place(pair.other))


def _place(claim: Claim) -> tuple[str, int]:
    return claim.path, claim.number


def _finding(pair: Pair) -> Finding:
    sentence, other = pair.other.sentence, pair.one.sentence
    ours, theirs = (" ".join(quantity.text.split()) for quantity in (pair.difference.theirs, pair.difference.ours))
    return Finding(
        rule=ID,
        severity=Severity.WARNING,
        confidence=round(pair.confidence, 4),
        at=sentence.at,
        text=sentence.text,
        explanation=f"says {ours}, but {pair.one.path} says {theirs}, and the document is silent on it",
        context=sentence.context,
        other=other,
    )
