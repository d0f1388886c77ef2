"""The judge's training examples: a statement, a message and how they stand to each other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

CONFLICT_KINDS = ("category", "audience", "value", "fact", "pricing", "scope", "overclaim")
NO_KIND = -100
"""The label that cross-entropy passes over."""


class Relation(IntEnum):
    """The judge's first three outputs, in this order, and a target that leaves the first two open."""

    ALIGNED = 0
    UNRELATED = 1
    CONFLICT = 2
    NO_CONFLICT = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """`statement` and `message` as the judge reads them; `kind` is an index into CONFLICT_KINDS."""

    statement: str
    message: str
    relation: Relation
    kind: int = NO_KIND
