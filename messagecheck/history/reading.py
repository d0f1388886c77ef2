"""Rows → runs, sums and findings, as they were kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Subquery, func, select

from messagecheck.history.model import Run, Series, Span
from messagecheck.history.schema import findings, runs, series, sightings, standings, touchpoints


class Stood(NamedTuple):
    """Sums over a touchpoint's standings in the runs of one span: of how many, and of how many with a value."""

    path: str
    kind: str
    span: int
    standings: int
    drift: float
    coverage: float
    with_coverage: int
    emphasis: float
    with_emphasis: int
    open: int


class Detail(NamedTuple):
    """A touchpoint in one run: how sure its drift is, and what it says of each value proposition."""

    run: int
    path: str
    tier: str
    low: float
    high: float
    too_short: str
    statuses: dict[str, str]


class Seen(NamedTuple):
    """A finding that one of two runs saw. `last` is the last run that did."""

    name: str
    rule: str
    severity: str
    confidence: float
    path: str
    place: str
    text: str
    message: str
    explanation: str
    first_run: int
    first_seen: datetime
    run: int
    last: int


def read_runs(connection: Connection) -> list[Run]:
    """Every run that is kept, the newest last."""
    rows = connection.execute(
        select(
            runs.c.id, runs.c.at, series.c.product, series.c.scope, runs.c.canon_version, runs.c.canon_digest,
            runs.c.models, runs.c.revision, runs.c.tool, runs.c.statements, runs.c.unread,
        ).join(series).order_by(runs.c.id)
    )  # fmt: skip
    return [
        Run(
            id_, at, Series(product, scope), version, digest, tuple(models.items()), revision, tool, said, tuple(unread)
        )
        for id_, at, product, scope, version, digest, models, revision, tool, said, unread in rows
    ]


def read_trends(connection: Connection, kept_in: Series, most: int) -> tuple[list[Span], list[Stood]]:
    """All runs of the series as at most `most` spans, and how its touchpoints stood in each; spans count from 1."""
    number = func.ntile(most).over(order_by=runs.c.id).label("span")
    cut = select(runs.c.id, runs.c.at, number).where(_is_in(kept_in)).subquery()
    spans = select(func.min(cut.c.id), func.max(cut.c.id), func.count(), func.max(cut.c.at)).group_by(cut.c.span)
    return [Span(*row) for row in connection.execute(spans.order_by(cut.c.span))], _stood(connection, cut)


def read_standings(connection: Connection, ids: Sequence[int]) -> list[Stood]:
    """How the touchpoints stood in these runs; a span's number is the run's."""
    return _stood(connection, select(runs.c.id, runs.c.id.label("span")).where(runs.c.id.in_(ids)).subquery())


def read_details(connection: Connection, ids: Sequence[int]) -> list[Detail]:
    one = standings.c
    chosen = select(one.run_id, touchpoints.c.path, one.tier, one.low, one.high, one.too_short, one.statuses)
    return [Detail(*row) for row in connection.execute(chosen.join(touchpoints).where(one.run_id.in_(ids)))]


def read_findings(connection: Connection, ids: Sequence[int]) -> list[Seen]:
    """A row a finding and run."""
    others = sightings.alias()
    last = select(func.max(others.c.run_id)).where(others.c.finding_id == findings.c.id).scalar_subquery()
    columns = [findings.c[name] for name in Seen._fields if name in findings.c]
    chosen = select(*columns, sightings.c.run_id, last).join(sightings).where(sightings.c.run_id.in_(ids))
    return [Seen._make(row) for row in connection.execute(chosen)]


def _is_in(kept_in: Series) -> ColumnElement[bool]:
    known = select(series.c.id).filter_by(product=kept_in.product, scope=kept_in.scope)
    return runs.c.series_id == known.scalar_subquery()


def _stood(connection: Connection, spans: Subquery) -> list[Stood]:
    one = standings.c
    sums = (
        select(
            one.touchpoint_id, spans.c.span, func.count().label("standings"), func.sum(one.drift).label("drift"),
            func.coalesce(func.sum(one.coverage), 0).label("coverage"),
            func.count(one.coverage).label("with_coverage"),
            func.coalesce(func.sum(one.emphasis), 0).label("emphasis"),
            func.count(one.emphasis).label("with_emphasis"), func.sum(one.open).label("open"),
        )
        .join(spans, spans.c.id == one.run_id).group_by(one.touchpoint_id, spans.c.span).subquery()
    )  # fmt: skip
    chosen = select(*({**touchpoints.c, **sums.c}[name] for name in Stood._fields)).select_from(sums)
    joined = chosen.join(touchpoints, touchpoints.c.id == sums.c.touchpoint_id)
    return [Stood(*row) for row in connection.execute(joined)]
