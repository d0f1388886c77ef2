"""Drift reports by hand, so that a report's bytes depend on nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from messagecheck.history.model import (
    By,
    Change,
    DriftReport,
    Judged,
    Point,
    Run,
    Series,
    Span,
    State,
    Tracked,
    Trend,
)
from tests.reports.audits import HOSTILE

FIRST = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
WEEK = timedelta(weeks=1)


def run(number: int, **otherwise: object) -> Run:
    usual = Run(
        number, FIRST + (number - 1) * WEEK, Series("Tidewell", "content"), "2026.3", "ab", (("encoder", "one"),),
        "0123456789abcdef", "0.1.0", 31, (),
    )  # fmt: skip
    return replace(usual, **otherwise)


def span(number: int) -> Span:
    return Span(number, number, 1, FIRST + (number - 1) * WEEK)


def tracked(state: State, number: int, path: str = "decks/pitch.pptx") -> Tracked:
    return Tracked(
        f"mc-{number:012d}", state, "conflict/pricing", "error", 0.9, path, "slide 4", "Starter is $39", "price",
        "says $39, the document says $49", FIRST, FIRST + WEEK,
    )  # fmt: skip


PITCH = Trend(
    "decks/pitch.pptx", "deck", (Point(0.2, 1.0, 0.1, 0), Point(0.4, 0.5, 0.2, 1), Point(0.61, 0.5, 0.3, 3)),
    Point(0.61, 0.5, 0.3, 3), Point(0.4, 0.5, 0.2, 1), Judged("off-message", (0.4, 0.8), ""),
    (Change("fast-close", "expressed", "missing"), Change("audit", "", "weak")),
)  # fmt: skip
HOME = Trend(
    "website/index.html", "website", (None, Point(0.1, None, None, 0), Point(0.05, None, None, 0)),
    Point(0.05, None, None, 0), Point(0.1, None, None, 0), Judged("on-message", (0.0, 0.3), "few claims"),
)  # fmt: skip
GONE = Trend("decks/old.pptx", "deck", (Point(0.9, 0.0, 0.5, 2), Point(0.9, 0.0, 0.5, 2), None), None, None)
REPORT = DriftReport(
    By.TOUCHPOINT, 3, run(3, unread=("decks/old.pptx",), canon_version="2026.4", canon_digest="cd"), run(2),
    (span(1), span(2), span(3)), (PITCH, HOME, GONE),
    tuple(tracked(state, number) for number, state in enumerate(State)),
)  # fmt: skip
FIRST_RUN = replace(
    REPORT,
    kept=1,
    newest=run(1),
    since=None,
    spans=(span(1),),
    trends=(replace(HOME, points=(HOME.now,), before=None),),
    findings=(),
)
HOSTILE_REPORT = replace(
    REPORT,
    newest=run(3, series=Series(HOSTILE, HOSTILE), canon_version=HOSTILE, unread=(HOSTILE,)),
    trends=(replace(PITCH, name=HOSTILE, kind=HOSTILE, changes=(Change(HOSTILE, "expressed", "missing"),)),),
    findings=(replace(tracked(State.NEW, 1, HOSTILE), place=HOSTILE, text=HOSTILE, explanation=HOSTILE),),
)
