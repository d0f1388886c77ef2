"""What is forgotten: runs, and whatever no kept run has seen."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, delete, func, select

from messagecheck.history.schema import findings, runs, series, sightings, standings, touchpoints
from messagecheck.history.store import writing


def prune(store: Engine, *, keep: int = 0, before: datetime | None = None) -> int:
    """Removes the runs that are not among the `keep` newest of their series and, where `before` is given, older than
    that; how many they were. Raises HistoryError."""
    newest_first = func.row_number().over(partition_by=runs.c.series_id, order_by=runs.c.id.desc())
    ranked = select(runs.c.id, runs.c.at, newest_first.label("rank")).subquery()
    old = select(ranked.c.id).where(ranked.c.rank > keep)
    if before:
        old = old.where(ranked.c.at < before)
    with writing(store) as connection:
        removed = connection.execute(delete(runs).where(runs.c.id.in_(old))).rowcount
        connection.execute(delete(findings).where(findings.c.id.not_in(select(sightings.c.finding_id))))
        connection.execute(delete(touchpoints).where(touchpoints.c.id.not_in(select(standings.c.touchpoint_id))))
        connection.execute(delete(series).where(series.c.id.not_in(select(runs.c.series_id))))
    return removed
