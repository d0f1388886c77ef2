"""What a quantity is and how two of them can stand to one another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a text claims, with what it counts or measures.

    `low` and `high` are inclusive and in the unit's base: money in whole currency units, durations in seconds, data
    in bytes, clock times
    in seconds after midnight, weekdays from 1 (Monday) to 7, dates as proleptic ordinals, ratings out of 5, percent
    as written. Equal for a
    point, None where open; open on both sides says "unlimited". `per` holds the counted noun before the period:
    ("person", "month").
    `text` is the slice `start:end` of the text it was read from.
    """

    low: float | None
    high: float | None
    unit: str
    per: tuple[str, ...]
    noun: str
    approximate: bool
    start: int
    end: int
    text: str

    @property
    def point(self) -> float | None:
        return self.low if self.low == self.high else None


class Relation(StrEnum):
    """How our quantity stands to the document's. The last three can't be believed together with it."""

    SAME = "same"
    NARROWER = "narrower"
    WIDER = "wider"
    DIFFERENT = "different"
    OTHER_PERIOD = "other-period"


DISAGREEING = frozenset({Relation.WIDER, Relation.DIFFERENT, Relation.OTHER_PERIOD})


@dataclass(frozen=True, slots=True)
class Difference:
    """`ours` stands in the statement, `theirs` in the message. `certainty` (0..1): how sure that both speak of one
    thing."""

    ours: Quantity
    theirs: Quantity
    relation: Relation
    certainty: float
