"""Drift over time → a line to draw, and the same in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

WIDTH, HEIGHT = 144, 32
"""Of a drawing, in its own units: time to the right, drift from 0 at the bottom to 1 at the top."""

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """`strokes` are the points of each unbroken line, `end` is the last spot, `told` is for those who hear it."""

    strokes: tuple[str, ...]
    end: Spot | None
    told: str


def curve(drifts: Sequence[float | None]) -> Curve:
    """None breaks the line: nothing was read then."""
    spots = [_spot(place, len(drifts), drift) for place, drift in enumerate(drifts)]
    known = [spot for spot in spots if spot]
    return Curve(tuple(_strokes(spots)), known[-1] if known else None, _told(drifts))


def _spot(place: int, number: int, drift: float | None) -> Spot | None:
    across = place / (number - 1) if number > 1 else 0.5
    return None if drift is None else (round(across * WIDTH, 1), round((1 - drift) * HEIGHT, 1))


def _strokes(spots: Sequence[Spot | None]) -> Iterator[str]:
    """A lone spot is a line of no length, whose round ends show."""
    for is_known, run in groupby(spots, key=bool):
        if is_known:
            stretch = [f"{spot[0]:g},{spot[1]:g}" for spot in run if spot]
            yield " ".join(stretch if len(stretch) > 1 else stretch * 2)


def _told(drifts: Sequence[float | None]) -> str:
    known = [drift for drift in drifts if drift is not None]
    if not known:
        return "no drift is known"
    return f"drift from {known[0]:.2f} to {known[-1]:.2f}, between {min(known):.2f} and {max(known):.2f}"
