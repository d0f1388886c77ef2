"""What a drift report says of the newest run, an earlier one and the time between."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from messagecheck.errors import HistoryError
from messagecheck.history.comparing import LONGEST, Question, compare
from messagecheck.history.model import By, Change, Judged, Point, State
from messagecheck.nouns import Audit, Coverage, Expression, Standing, Tier
from tests.history.kept import FIRST, compared, keep, keep_findings, states
from tests.reports.audits import AUDIT, CONFLICT, CROSS, DECK, FAST, PAGE, WRONG_WORD


def stood(drift: float, path: str = PAGE.path, *, missing: float = 0.0) -> Standing:
    """One touchpoint's standing; its kind is its folder's name."""
    touchpoint = replace(PAGE, path=path, kind=path.split("/")[0])
    status = Coverage.MISSING if missing else Coverage.EXPRESSED
    parts = (("missing", missing), ("emphasis", 0.25))
    return Standing(touchpoint, drift, Tier.DRIFTING, (), (Expression(FAST, status),), parts, (0.1, 0.7), "few words")


def audit(*standings: Standing) -> Audit:
    return replace(AUDIT, standings=standings, findings=(), unread=())


def test_the_first_run_has_nothing_to_be_compared_with(store: Engine):
    keep(store)
    report = compared(store)
    assert (report.kept, report.since, report.steepest) == (1, None, 0)
    assert set(states(report).values()) == {State.OPEN}
    assert [(trend.name, trend.before, trend.rise) for trend in report.trends] == [
        (DECK.path, None, None),
        (PAGE.path, None, None),
    ]


def test_findings_are_new_still_open_resolved_and_back_again(store: Engine):
    keep_findings(store, CONFLICT, CROSS)
    keep_findings(store, CROSS, day=1)
    assert states(compared(store)) == {CONFLICT.id: State.RESOLVED, CROSS.id: State.OPEN}
    keep_findings(store, CONFLICT, WRONG_WORD, CROSS, day=2)
    report = compared(store)
    assert states(report) == {WRONG_WORD.id: State.NEW, CONFLICT.id: State.BACK, CROSS.id: State.OPEN}
    assert {one.id: (one.first_seen, one.last_seen) for one in report.findings} == {
        CONFLICT.id: (FIRST, FIRST + timedelta(days=2)),
        CROSS.id: (FIRST, FIRST + timedelta(days=2)),
        WRONG_WORD.id: (FIRST + timedelta(days=2), FIRST + timedelta(days=2)),
    }


def test_a_resolved_finding_tells_when_it_was_last_seen(store: Engine):
    for day in range(3):
        keep_findings(store, CONFLICT, day=day)
    keep_findings(store, day=3)
    (finding,) = compared(store, since=1).findings
    assert (finding.state, finding.last_seen) == (State.RESOLVED, FIRST + timedelta(days=2))


def test_a_finding_of_a_file_that_can_not_be_read_is_not_resolved(store: Engine):
    keep_findings(store, CONFLICT)
    keep_findings(store, day=1, unread=(DECK.path,))
    assert states(compared(store)) == {CONFLICT.id: State.UNCHECKED}
    keep_findings(store, CONFLICT, day=2)
    assert states(compared(store)) == {CONFLICT.id: State.OPEN}


def test_a_finding_of_a_file_that_is_gone_is_resolved(store: Engine):
    keep_findings(store, CONFLICT)
    keep(store, audit(stood(0.1)), day=1)
    report = compared(store)
    assert states(report) == {CONFLICT.id: State.RESOLVED}
    assert [(trend.name, trend.now is None) for trend in report.trends] == [(PAGE.path, False), (DECK.path, True)]


def test_what_came_and_went_in_between_is_not_told(store: Engine):
    keep_findings(store)
    keep_findings(store, CONFLICT, day=1)
    keep_findings(store, day=2)
    assert states(compared(store, since=1)) == {}


def test_the_earlier_run_is_the_one_before_or_that_of_a_number_or_of_a_time(store: Engine):
    for day in range(4):
        keep(store, day=day)
    chosen = {
        since: compared(store, since=since).since
        for since in (None, 1, FIRST + timedelta(days=1, hours=3), FIRST - timedelta(days=9))
    }
    assert [run and run.id for run in chosen.values()] == [3, 1, 2, 1]


@pytest.mark.parametrize("number", [2, 77])
def test_a_number_that_is_no_earlier_run_is_an_error(store: Engine, number: int):
    keep(store)
    keep(store, day=1)
    with pytest.raises(HistoryError, match=f"no earlier run {number} of Tidewell, content"):
        compared(store, since=number)


def test_the_runs_of_other_paths_and_products_are_another_history(store: Engine):
    keep(store)
    keep(store, scope="decks", day=1)
    keep(store, replace(AUDIT, canon=replace(AUDIT.canon, name="Other")), day=2)
    with pytest.raises(HistoryError, match=r"more than one history is kept \(Tidewell: content; Tidewell: decks; Ot"):
        compared(store)
    assert compared(store, product="Tidewell", scope="content").newest.id == 1
    assert compared(store, scope="decks").newest.id == 2
    assert compared(store, product="Other").newest.id == 3
    with pytest.raises(HistoryError, match="no run of that is kept; kept are Tidewell: content"):
        compared(store, scope="nowhere")


def test_nothing_kept_is_an_error(store: Engine):
    with pytest.raises(HistoryError, match="no run is kept yet; keep one with messagecheck scan PATH --record"):
        compared(store)


def test_drift_coverage_and_open_findings_are_told_run_by_run(store: Engine):
    keep(store, replace(AUDIT, standings=(stood(0.1),)))
    keep(store, replace(AUDIT, standings=(stood(0.4, missing=0.9),), findings=()), day=1)
    (trend,) = compared(store).trends
    assert trend.points == (Point(0.1, 1.0, 0.25, 2), Point(0.4, 0.1, 0.25, 0))
    assert (trend.before, trend.now, trend.rise) == (*trend.points, 0.3)
    assert trend.changes == (Change(FAST.id, "expressed", "missing"),)
    assert trend.judged == Judged("drifting", (0.1, 0.7), "few words")


def test_the_worst_touchpoint_stands_first(store: Engine):
    keep(store, audit(stood(0.1, "a/1"), stood(0.9, "b/1"), stood(0.5, "c/1")))
    assert [trend.name for trend in compared(store).trends] == ["b/1", "c/1", "a/1"]


@pytest.mark.parametrize(
    ("by", "name_of", "names"),
    [
        (By.KIND, lambda _path, kind: kind, ["decks", "blog"]),
        (By.OWNER, lambda path, _kind: "Ana" if path == "decks/1" else "Ben", ["Ana", "Ben"]),
    ],
)
def test_a_group_is_the_mean_of_its_touchpoints(
    store: Engine, by: By, name_of: Callable[[str, str], str], names: list[str]
):
    keep(store, audit(stood(0.6, "decks/1"), stood(0.2, "blog/1"), stood(0.4, "blog/2", missing=0.5)))
    report = compare(store, Question(by=by), name_of)
    assert [trend.name for trend in report.trends] == names
    assert report.trends[1].now == Point(0.3, 0.75, 0.25, 0)


def test_a_long_history_is_told_in_spans_that_leave_no_run_out(store: Engine):
    drifts = [round(number / 100, 2) for number in range(LONGEST + 5)]
    for day, drift in enumerate(drifts):
        keep(store, audit(stood(drift)), day=day)
    report = compared(store)
    assert len(report.spans) == LONGEST
    assert sum(span.runs for span in report.spans) == report.kept == len(drifts)
    assert report.spans[-1].last == report.newest.id
    (trend,) = report.trends
    sums = [point.drift * span.runs for point, span in zip(trend.points, report.spans, strict=True) if point]
    assert sum(sums) == pytest.approx(sum(drifts), abs=0.01)
    assert trend.now == Point(drifts[-1], 1.0, 0.25, 0)


def test_another_document_and_other_models_are_told(store: Engine):
    keep(store)
    keep(store, replace(AUDIT, models=(("encoder", "another"),)), day=1, digest="d2")
    report = compared(store)
    assert (report.document_changed, report.models_changed) == (True, True)
    keep(store, replace(AUDIT, models=(("encoder", "another"),)), day=2, digest="d2")
    assert not compared(store).document_changed
