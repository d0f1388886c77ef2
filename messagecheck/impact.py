"""Where the content stands on one message: what must be looked at when the message changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from messagecheck.expression import EVIDENCE_FROM
from messagecheck.judging import ON_TOPIC
from messagecheck.nouns import Canon, Location, Message, Reading
from messagecheck.prose import is_canonical, is_claim
from messagecheck.rules import conflict


class Stance(StrEnum):
    """What a sentence does with a message."""

    CONTRADICTS = "contradicts"
    EXPRESSES = "expresses"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class Place:
    """`certainty`: the probability of the conflict or of the alignment; where the message is only named, likeness."""

    stance: Stance
    text: str
    at: Location
    certainty: float


def places(message: Message, readings: Sequence[Reading], canon: Canon) -> list[Place]:
    """Every sentence that contradicts, expresses or names the message: by file, then by stance, the surest first."""
    found = [place for reading in readings for place in _place(message, reading, canon)]
    order = [*Stance]
    return sorted(found, key=lambda one: (one.at.path, order.index(one.stance), -one.certainty))


def _place(message: Message, reading: Reading, canon: Canon) -> Iterator[Place]:
    match = next((match for match in reading.matches if match.message.id == message.id), None)
    if match is None:
        return
    sentence, verdict = reading.sentence, match.verdict
    accused = () if is_canonical(sentence, canon) else conflict.check(reading, canon)
    if any(finding.message == message for finding in accused) and verdict:
        yield Place(Stance.CONTRADICTS, sentence.text, sentence.at, verdict.conflict)
    elif verdict and is_claim(sentence) and verdict.aligned >= EVIDENCE_FROM:
        yield Place(Stance.EXPRESSES, sentence.text, sentence.at, verdict.aligned)
    elif reading.matches[0] is match and match.similarity >= ON_TOPIC:
        yield Place(Stance.NAMES, sentence.text, sentence.at, match.similarity)
