"""The drift report to look at: one HTML file with a trend line for each touchpoint or group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from messagecheck.display import moment
from messagecheck.history.model import DriftReport, Point, State, Trend
from messagecheck.reports.html.page import render_page

WIDTH, HEIGHT = 144, 32
"""Of a trend's drawing, in its own units: time to the right, drift from 0 at the bottom to 1 at the top."""

HEADINGS = {
    State.NEW: "New findings",
    State.BACK: "Back again",
    State.UNCHECKED: "Not checked this time",
    State.RESOLVED: "Resolved",
    State.OPEN: "Still open",
}

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Row:
    """A trend with its line, broken where nothing was read; `end` is its last spot, `told` the same in words."""

    trend: Trend
    strokes: tuple[str, ...]
    end: Spot | None
    told: str


def render(report: DriftReport) -> str:
    return render_page(
        "drift.html",
        {
            "report": report,
            "rows": [_row(trend) for trend in report.trends],
            "rose": sum((trend.rise or 0) > 0 for trend in report.trends),
            "fell": sum((trend.rise or 0) < 0 for trend in report.trends),
            "sections": [(heading, report.in_state(state)) for state, heading in HEADINGS.items()],
            "State": State,
            "moment": moment,
            "width": WIDTH,
            "height": HEIGHT,
        },
    )


def _row(trend: Trend) -> Row:
    spots = [_spot(place, len(trend.points), point) for place, point in enumerate(trend.points)]
    known = [spot for spot in spots if spot]
    return Row(trend, tuple(_strokes(spots)), known[-1] if known else None, _told(trend.points))


def _spot(place: int, number: int, point: Point | None) -> Spot | None:
    across = place / (number - 1) if number > 1 else 0.5
    return (round(across * WIDTH, 1), round((1 - point.drift) * HEIGHT, 1)) if point else None


def _strokes(spots: Sequence[Spot | None]) -> Iterator[str]:
    """The points of each unbroken line."""
    for is_known, run in groupby(spots, key=bool):
        if is_known:
            stretch = [f"{spot[0]:g},{spot[1]:g}" for spot in run if spot]
            yield " ".join(stretch if len(stretch) > 1 else stretch * 2)


def _told(points: Sequence[Point | None]) -> str:
    """What the line shows, for those who hear it."""
    drifts = [point.drift for point in points if point]
    if not drifts:
        return "no drift is known"
    return f"drift from {drifts[0]:.2f} to {drifts[-1]:.2f}, between {min(drifts):.2f} and {max(drifts):.2f}"
