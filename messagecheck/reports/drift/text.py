"""The drift report for people: a line a touchpoint or group, worst first, then what became of the findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from messagecheck.display import counted, moment, shortened, visible
from messagecheck.history.model import By, DriftReport, Point, State, Tracked, Trend

QUOTE = 240
"""As in the report of a scan."""
BARS = "▁▂▃▄▅▆▇█"
NOTHING = "–"
HEADINGS = {
    State.NEW: "New",
    State.BACK: "Back again",
    State.UNCHECKED: "Not checked this time",
    State.RESOLVED: "Resolved",
}
"""What is still open stands in the report of a scan."""


def render(report: DriftReport) -> str:
    lines = [*_head(report), "", *_table(report), "", *_changes(report.trends), *_unread(report.newest.unread)]
    for state, heading in HEADINGS.items():
        lines += _findings(heading, report.in_state(state))
    return "\n".join([*lines, _tally(report), ""])


def _head(report: DriftReport) -> Iterator[str]:
    first = report.spans[0]
    yield f"{visible(str(report.newest.series))}: {counted(report.kept, 'run')} from run {first.first} on"
    if report.since is None:
        yield f"run {report.newest.id} of {moment(report.newest.at)}; no earlier run to compare with"
        return
    then, now = report.since, report.newest
    yield f"run {now.id} of {moment(now.at)} against run {then.id} of {moment(then.at)}"
    if report.document_changed:
        versions = " → ".join(visible(run.canon_version or NOTHING) for run in (then, now))
        yield f"The positioning document has changed: version {versions}"
    if report.models_changed:
        yield "The models have changed: drift may differ where no file does"


def _table(report: DriftReport) -> list[str]:
    width = len(report.spans)
    heading = f"{'drift':>5} {'':7}{'coverage':>8}  {'emphasis':>8}  {'open':>5} {'':7}{'trend':{width}}  {report.by}"
    return [heading, *(_row(trend, report) for trend in report.trends)]


def _row(trend: Trend, report: DriftReport) -> str:
    kind = f"  {visible(trend.kind)}" if trend.kind and report.by is By.TOUCHPOINT else ""
    return f"{_figures(trend, report)}{_bars(trend.points)}  {visible(trend.name)}{kind}"


def _figures(trend: Trend, report: DriftReport) -> str:
    now, before = trend.now, trend.before
    if now is None:
        gone = "not checked" if trend.name in report.newest.unread else "gone"
        return f"{gone:<46}"
    found = _signed(now.open - before.open, ".0f") if before else "new" if report.since else ""
    return (
        f"{now.drift:5.2f} {_signed(trend.rise or 0, '.2f'):7}{_share(now.coverage, '.0%'):>8}  "
        f"{_share(now.emphasis, '.2f'):>8}  {now.open:5.0f} {found:7}"
    )


def _signed(change: float, form: str) -> str:
    """ "+0.12", "-2"; "" where nothing changed."""
    told = f"{change:+{form}}"
    return told if float(told) else ""


def _share(value: float | None, form: str) -> str:
    return NOTHING if value is None else f"{value:{form}}"


def _bars(points: Sequence[Point | None]) -> str:
    """Drift from 0 to 1 as heights, on one scale for every line."""
    return "".join(" " if point is None else BARS[min(7, int(point.drift * len(BARS)))] for point in points)


def _changes(trends: Sequence[Trend]) -> Iterator[str]:
    changed = [trend for trend in trends if trend.changes]
    if changed:
        yield "Value propositions"
        for trend in changed:
            told = ", ".join(
                f"{visible(one.message)} {one.before or NOTHING} → {one.now or NOTHING}" for one in trend.changes
            )
            yield f"  {visible(trend.name)}: {told}"
        yield ""


def _unread(paths: Sequence[str]) -> Iterator[str]:
    if paths:
        yield "Files that could not be checked"
        yield from (f"  {visible(path)}" for path in paths)
        yield ""


def _findings(heading: str, findings: Sequence[Tracked]) -> Iterator[str]:
    if findings:
        yield f"{heading} ({len(findings)})"
        for finding in findings:
            yield from _finding(finding)
        yield ""


def _finding(finding: Tracked) -> Iterator[str]:
    where = " ".join(part for part in (visible(finding.path), visible(finding.place)) if part)
    yield f"  {finding.severity} {finding.rule}  {where}  {finding.id}  {_since(finding)}"
    if finding.text:
        yield f"    “{shortened(finding.text, QUOTE)}”"
    yield f"    {shortened(finding.explanation, QUOTE)}"


def _since(finding: Tracked) -> str:
    first = f"since {finding.first_seen:%Y-%m-%d}"
    return f"{first}, last seen {finding.last_seen:%Y-%m-%d}" if finding.state is State.RESOLVED else first


def _tally(report: DriftReport) -> str:
    numbers = {state: len(report.in_state(state)) for state in State}
    return ", ".join(f"{number} {state}" for state, number in numbers.items())
