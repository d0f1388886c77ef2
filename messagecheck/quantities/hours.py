"""How opening hours and days stand to one another."""

from __future__ import annotations

from messagecheck.quantities.lexicon import HOUR
from messagecheck.quantities.model import Quantity, Relation


def relate_hours(ours: Quantity, theirs: Quantity) -> Relation | None:
    """Spans that differ disagree, also where ours is the shorter; a moment within their hours does not."""
    if ours.low is None or ours.high is None or theirs.low is None or theirs.high is None:
        return None
    mine, other = (ours.low, ours.high), (theirs.low, theirs.high)
    vague = ours.unit == "clock" and (ours.approximate or theirs.approximate)
    if all(_same_hour(*pair, vague=vague) for pair in zip(mine, other, strict=True)):
        return Relation.SAME
    if mine[0] == mine[1] and other[0] != other[1]:
        return _relate_moment(mine[0], other, vague=vague)
    if other[0] == other[1] and mine[0] != mine[1]:
        return None
    return Relation.DIFFERENT if mine[0] == mine[1] or _within(mine, other) else Relation.WIDER


def _relate_moment(moment: float, span: tuple[float, float], *, vague: bool) -> Relation:
    if any(_same_hour(moment, end, vague=vague) for end in span):
        return Relation.SAME
    inside = span[0] <= moment <= span[1] or (vague and span[0] <= moment + 12 * HOUR <= span[1])
    return Relation.NARROWER if inside else Relation.WIDER


def _same_hour(one: float, other: float, *, vague: bool) -> bool:
    return one == other or (vague and (one - other) % (12 * HOUR) == 0)


def _within(inner: tuple[float, float], outer: tuple[float, float]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
