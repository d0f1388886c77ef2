"""Runs → a drift report: the newest against an earlier one, and the trend over all that are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from messagecheck.errors import HistoryError
from messagecheck.history.model import By, DriftReport, Point, Run, Series, Trend
from messagecheck.history.reading import (
    read_details,
    read_findings,
    read_runs,
    read_standings,
    read_trends,
)
from messagecheck.history.states import track
from messagecheck.history.store import reading
from messagecheck.history.trends import Line, Name, changes_of, judged_of, lines_of, point_of, tell_points

LONGEST = 30
"""Points of a trend: more can't be told apart in the width of a table, so more runs are averaged."""
NAMED = 5
"""Series that an error names."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a drift report is asked for. None leaves open which series (where only one is kept) or takes the run before
    the newest; `since` is a run's id or a time."""

    product: str | None = None
    scope: str | None = None
    since: int | datetime | None = None
    by: By = By.TOUCHPOINT


def compare(store: Engine, question: Question, name_of: Name) -> DriftReport:
    """`name_of` names the line that a touchpoint belongs to. Raises HistoryError where no run is kept that answers."""
    with reading(store) as connection:
        kept = choose_series(read_runs(connection), question)
        newest, since = kept[-1], choose_since(kept, question.since)
        ids = [run.id for run in (newest, since) if run]
        spans, over_time = read_trends(connection, newest.series, LONGEST)
        stood, details = read_standings(connection, ids), read_details(connection, ids)
        seen = read_findings(connection, ids)
    points = tell_points(spans, over_time, name_of)
    judged, changes = judged_of(details, newest), changes_of(details, newest, since)
    trends = [
        Trend(
            name,
            _kind(line),
            points[name],
            now=_point(line, newest),
            before=_point(line, since),
            judged=judged.get(name),
            changes=changes.get(name, ()),
        )
        for name, line in lines_of(stood, name_of).items()
    ]
    return DriftReport(
        question.by, len(kept), newest, since, tuple(spans), tuple(sorted(trends, key=_worst_first)),
        track(seen, {run.id: run for run in kept}, newest, since),
    )  # fmt: skip


def past_drifts(store: Engine, kept_in: Series) -> dict[str, tuple[float | None, ...]]:
    """By path, what the kept scans say of a touchpoint, oldest first. Raises HistoryError."""
    with reading(store) as connection:
        spans, over_time = read_trends(connection, kept_in, LONGEST)
    trends = tell_points(spans, over_time, lambda path, _: path)
    return {path: tuple(point.drift if point else None for point in points) for path, points in trends.items()}


def choose_series(kept: Sequence[Run], question: Question) -> list[Run]:
    """The runs of the one series that is asked for."""
    chosen = [
        run
        for run in kept
        if question.product in {None, run.series.product} and question.scope in {None, run.series.scope}
    ]
    known = list(dict.fromkeys(run.series for run in chosen or kept))
    names = "; ".join(f"{one.product}: {one.scope}" for one in known[:NAMED])
    if not kept:
        raise HistoryError("no run is kept yet; keep one with messagecheck scan PATH --record")
    if not chosen:
        raise HistoryError(f"no run of that is kept; kept are {names}")
    if len(known) > 1:
        raise HistoryError(f"more than one history is kept ({names}); name one by its PATH or with --product")
    return chosen


def choose_since(kept: Sequence[Run], wanted: int | datetime | None) -> Run | None:
    """The earlier run: by its id, the last one at or before a time (else the first one), or the one before the
    newest. None where the newest is the only one."""
    earlier = kept[:-1]
    if isinstance(wanted, int):
        found = next((run for run in earlier if run.id == wanted), None)
        if found is None:
            raise HistoryError(f"no earlier run {wanted} of {kept[-1].series}; messagecheck history list tells which")
        return found
    if not earlier:
        return None
    if wanted is None:
        return earlier[-1]
    return next((run for run in reversed(earlier) if run.at <= wanted), earlier[0])


def _kind(line: Line) -> str:
    """The kind of all its touchpoints, "" where they differ."""
    kinds = {row.kind for stood in line.values() for row in stood}
    return kinds.pop() if len(kinds) == 1 else ""


def _point(line: Line, run: Run | None) -> Point | None:
    return point_of(line.get(run.id, ()), 1) if run else None


def _worst_first(trend: Trend) -> tuple[bool, float, str]:
    return trend.now is None, -trend.now.drift if trend.now else 0, trend.name
