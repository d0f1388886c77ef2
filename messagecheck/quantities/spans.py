"""How one span of numbers stands to another: points, floors, ceilings, ranges."""

from __future__ import annotations

from typing import NamedTuple

from messagecheck.quantities.model import Relation

_LOOSE_CEILING = 2.0  # "under 60 seconds" may be said of 40, "up to 30" isn't said of 12


class Span(NamedTuple):
    low: float | None
    high: float | None

    @property
    def point(self) -> bool:
        return self.low is not None and self.low == self.high

    @property
    def ends(self) -> int:
        return (self.low is not None) + (self.high is not None)


class Tolerance(NamedTuple):
    relative: float
    absolute: float


def _close(one: float, other: float, tolerance: Tolerance) -> bool:
    return abs(one - other) <= max(tolerance.relative * max(abs(one), abs(other)), tolerance.absolute) + 1e-9


def relate_spans(ours: Span, theirs: Span, tolerance: Tolerance) -> Relation | None:
    if not ours.ends or not theirs.ends:
        return _relate_unlimited(ours, theirs)
    if ours.point and theirs.point:
        return Relation.SAME if _close(ours.low or 0.0, theirs.low or 0.0, tolerance) else Relation.DIFFERENT
    if theirs.point:
        return _relate_to_point(ours, theirs.low or 0.0, tolerance)
    if ours.ends == theirs.ends == 1 and (ours.low is None) == (theirs.low is None):
        return _relate_bounds(ours, theirs, tolerance)
    return _relate_to_range(ours, theirs, tolerance)


def _relate_unlimited(ours: Span, theirs: Span) -> Relation | None:
    if not ours.ends:
        return Relation.SAME if not theirs.ends else Relation.WIDER if theirs.high is not None else None
    return Relation.DIFFERENT if ours.low is None else Relation.NARROWER


def _relate_to_point(ours: Span, theirs: float, tolerance: Tolerance) -> Relation:
    """Our bound or range, their figure: "over 200" is true of 210."""
    ends = [end for end in ours if end is not None]
    if len(ends) == 1 and _close(ends[0], theirs, tolerance):
        return Relation.SAME
    above = ours.low is None or ours.low <= theirs or _close(ours.low, theirs, tolerance)
    below = ours.high is None or theirs <= ours.high or _close(ours.high, theirs, tolerance)
    if not (above and below):
        return Relation.DIFFERENT
    loose = ours.low is None and ours.high is not None and theirs > 0 and ours.high / theirs > _LOOSE_CEILING
    return Relation.DIFFERENT if loose else Relation.NARROWER


def _relate_bounds(ours: Span, theirs: Span, tolerance: Tolerance) -> Relation:
    """Two floors or two ceilings."""
    mine, other = (ours.high, theirs.high) if ours.low is None else (ours.low, theirs.low)
    if mine is None or other is None or _close(mine, other, tolerance):
        return Relation.SAME
    beyond = mine > other if ours.low is None else mine < other
    return Relation.WIDER if beyond else Relation.DIFFERENT


def _relate_to_range(ours: Span, theirs: Span, tolerance: Tolerance) -> Relation:
    ends = [end for end in ours if end is not None]
    if ours.ends == theirs.ends == 1:
        return _relate_opposite(ours, theirs, tolerance)
    same = [any(other is not None and _close(end, other, tolerance) for other in theirs) for end in ends]
    if all(same) and (theirs.ends == 1 or len(set(ends)) > 1 or ours.ends == 1):
        return Relation.SAME
    if ours.ends == theirs.ends == 2 and not ours.point and any(same):
        return Relation.DIFFERENT
    inside = all(_inside(end, theirs) for end, equal in zip(ends, same, strict=True) if not equal)
    return Relation.NARROWER if inside else Relation.WIDER


def _relate_opposite(ours: Span, theirs: Span, tolerance: Tolerance) -> Relation:
    """A floor and a ceiling: "4 % at least" and "4 % at most" can't both be meant."""
    floor, ceiling = (ours.low, theirs.high) if theirs.low is None else (theirs.low, ours.high)
    if floor is None or ceiling is None:
        return Relation.NARROWER
    return Relation.DIFFERENT if floor > ceiling or _close(floor, ceiling, tolerance) else Relation.NARROWER


def _inside(value: float, span: Span) -> bool:
    return (span.low is None or span.low <= value) and (span.high is None or value <= span.high)
