"""Runs for tests: who records what, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from messagecheck.history.comparing import Question, compare
from messagecheck.history.model import DriftReport, Occasion, State
from messagecheck.history.recording import record
from messagecheck.nouns import Audit, Finding, Unread
from tests.reports.audits import AUDIT

FIRST = datetime(2026, 1, 1, 9, tzinfo=UTC)


def keep(store: Engine, audit: Audit = AUDIT, *, day: int = 0, scope: str = "content", digest: str = "d1") -> int:
    return record(store, audit, Occasion(FIRST + timedelta(days=day), scope, digest))


def keep_findings(store: Engine, *findings: Finding, day: int = 0, unread: tuple[str, ...] = ()) -> int:
    """A scan of the same files that found just these."""
    missed = tuple(Unread(path, "encrypted") for path in unread)
    stood = tuple(one for one in AUDIT.standings if one.touchpoint.path not in unread)
    return keep(store, replace(AUDIT, findings=findings, unread=missed, standings=stood), day=day)


def compared(store: Engine, **asked: object) -> DriftReport:
    return compare(store, replace(Question(), **asked), lambda path, _: path)


def states(report: DriftReport) -> dict[str, State]:
    return {finding.id: finding.state for finding in report.findings}
