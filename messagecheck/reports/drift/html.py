"""The drift report to look at: one HTML file with a trend line for each touchpoint or group."""

from __future__ import annotations

from messagecheck.display import moment
from messagecheck.history.model import DriftReport, State
from messagecheck.reports.html.curve import curve
from messagecheck.reports.html.page import render_page

HEADINGS = {
    State.NEW: "New findings",
    State.BACK: "Back again",
    State.UNCHECKED: "Not checked this time",
    State.RESOLVED: "Resolved",
    State.OPEN: "Still open",
}


def render(report: DriftReport) -> str:
    return render_page(
        "drift.html",
        {
            "report": report,
            "rows": [(trend, curve(trend.drifts)) for trend in report.trends],
            "rose": sum((trend.rise or 0) > 0 for trend in report.trends),
            "fell": sum((trend.rise or 0) < 0 for trend in report.trends),
            "sections": [(heading, report.in_state(state)) for state, heading in HEADINGS.items()],
            "State": State,
            "moment": moment,
        },
    )
