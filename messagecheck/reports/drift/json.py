"""The drift report for programs: schema_version 1, the same bytes for the same history."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

import messagecheck
from messagecheck.display import json_text
from messagecheck.history.model import DriftReport, Run, Span, State, Tracked, Trend

SCHEMA_VERSION = 1

Shape = dict[str, object]


def render(report: DriftReport) -> str:
    """One JSON object and a line's end."""
    return json_text(
        {
            "schema_version": SCHEMA_VERSION,
            "tool": {"name": "messagecheck", "version": messagecheck.__version__},
            "product": report.newest.series.product,
            "scope": report.newest.series.scope,
            "by": report.by,
            "runs": report.kept,
            "newest": _run(report.newest),
            "since": _run(report.since) if report.since else None,
            "document_changed": report.document_changed,
            "models_changed": report.models_changed,
            "spans": [_span(span) for span in report.spans],
            "trends": [_trend(trend) for trend in report.trends],
            "findings": [_finding(finding) for finding in report.findings],
            "unread": list(report.newest.unread),
            "summary": {state: len(report.in_state(state)) for state in State},
        }
    )


def _run(run: Run) -> Shape:
    return {
        "id": run.id,
        "at": _time(run.at),
        "canon_version": run.canon_version,
        "canon_digest": run.canon_digest,
        "models": dict(run.models),
        "revision": run.revision,
        "tool": run.tool,
        "statements": run.statements,
    }


def _span(span: Span) -> Shape:
    return {"first": span.first, "last": span.last, "runs": span.runs, "at": _time(span.at)}


def _trend(trend: Trend) -> Shape:
    return {
        "name": trend.name,
        "kind": trend.kind,
        "rise": trend.rise,
        "now": trend.now and asdict(trend.now),
        "before": trend.before and asdict(trend.before),
        "points": [point and asdict(point) for point in trend.points],
        "tier": trend.judged and trend.judged.tier,
        "interval": trend.judged and list(trend.judged.interval),
        "too_short": (trend.judged and trend.judged.too_short) or None,
        "changes": [asdict(change) for change in trend.changes],
    }


def _finding(finding: Tracked) -> Shape:
    seen = {"first_seen": _time(finding.first_seen), "last_seen": _time(finding.last_seen)}
    return asdict(finding) | seen


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
