"""The tables. A change here needs a migration beside the others; a test compares the two."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class Moment(TypeDecorator[datetime]):
    """A time in UTC: SQLite keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


metadata = MetaData(
    naming_convention={"uq": "uq_%(table_name)s_%(column_0_name)s", "ix": "ix_%(table_name)s_%(column_0_name)s"}
)

series = Table(
    "series",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("product", Text, nullable=False),
    Column("scope", Text, nullable=False),
    UniqueConstraint("product", "scope"),
)
runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("series_id", ForeignKey(series.c.id), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("canon_version", Text),
    Column("canon_digest", Text, nullable=False),
    Column("models", JSON, nullable=False),
    Column("revision", Text),
    Column("tool", Text, nullable=False),
    Column("statements", Integer, nullable=False),
    Column("unread", JSON, nullable=False),
    sqlite_autoincrement=True,  # the id of a run that was pruned is never another's
)
touchpoints = Table(
    "touchpoints",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("series_id", ForeignKey(series.c.id), nullable=False),
    Column("path", Text, nullable=False),
    Column("kind", Text, nullable=False),
    UniqueConstraint("series_id", "path"),
)
standings = Table(
    "standings",
    metadata,
    Column("run_id", ForeignKey(runs.c.id, ondelete="CASCADE"), primary_key=True),
    Column("touchpoint_id", ForeignKey(touchpoints.c.id), primary_key=True, index=True),
    Column("drift", Float, nullable=False),
    Column("coverage", Float),
    Column("emphasis", Float),
    Column("open", Integer, nullable=False),
    Column("tier", Text, nullable=False),
    Column("low", Float, nullable=False),
    Column("high", Float, nullable=False),
    Column("too_short", Text, nullable=False),
    Column("parts", JSON, nullable=False),
    Column("shares", JSON, nullable=False),
    Column("statuses", JSON, nullable=False),
)
findings = Table(
    "findings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("series_id", ForeignKey(series.c.id), nullable=False),
    Column("name", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("place", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("explanation", Text, nullable=False),
    Column("first_run", Integer, nullable=False),  # a number that outlives the run, when that is pruned
    Column("first_seen", Moment, nullable=False),
    UniqueConstraint("series_id", "name"),
)
sightings = Table(
    "sightings",
    metadata,
    Column("finding_id", ForeignKey(findings.c.id, ondelete="CASCADE"), primary_key=True),
    Column("run_id", ForeignKey(runs.c.id, ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)
