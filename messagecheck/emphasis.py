"""What a touchpoint stresses, and how far that lies from the order in which the document declares its values."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

from messagecheck.nouns import Canon, Match, Message, Reading, Role

STRESS = {Role.TITLE: 3.0, Role.HERO: 3.0, Role.META: 2.0, Role.HEADING: 2.0}
"""How often a sentence of this role counts: a page's first line is read by everybody, its tenth paragraph by few."""

Shares = tuple[tuple[str, float], ...]
"""(id of a value proposition, its share), in the document's order; empty where there is nothing to share."""


def emphasis(readings: Sequence[Reading], canon: Canon) -> Shares:
    """Each value proposition's share of the stress: the probabilities that a sentence expresses it or a proof of it."""
    stress = {}
    for value in canon.values:
        ids = family(value, canon)
        stress[value.id] = sum(
            STRESS.get(reading.sentence.block.role, 1.0) * aligned(matches_of(ids, reading)) for reading in readings
        )
    return _shares(stress)


def declared(values: Sequence[Message]) -> Shares:
    """What the order asks for: of n values the first has a stress of n, the last of 1."""
    return _shares({value.id: float(len(values) - place) for place, value in enumerate(values)})


def divergence(ours: Shares, theirs: Shares) -> float:
    """Jensen-Shannon divergence (Lin 1991) with base-2 logarithms: 0 for the same shares, 1 for none in common. Nothing
    diverges from nothing."""
    if not ours or not theirs:
        return 0.0
    p, q = dict(ours), dict(theirs)
    middle = {key: (p.get(key, 0.0) + q.get(key, 0.0)) / 2 for key in p | q}
    return (_relative_entropy(p, middle) + _relative_entropy(q, middle)) / 2


def family(value: Message, canon: Canon) -> frozenset[str]:
    """The ids of a message and of the proofs that support it."""
    return frozenset({value.id, *(proof.id for proof in canon.messages if proof.supports == value.id)})


def matches_of(ids: Collection[str], reading: Reading) -> list[Match]:
    return [match for match in reading.matches if match.message.id in ids]


def aligned(matches: Sequence[Match]) -> float:
    """The probability that the sentence expresses the likeliest of these messages."""
    return max((match.verdict.aligned for match in matches if match.verdict), default=0.0)


def _shares(stress: Mapping[str, float]) -> Shares:
    total = sum(stress.values())
    return tuple((key, value / total) for key, value in stress.items()) if total else ()


def _relative_entropy(p: Mapping[str, float], q: Mapping[str, float]) -> float:
    return sum(share * math.log2(share / q[key]) for key, share in p.items() if share)
