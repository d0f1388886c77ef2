"""What is forgotten, and what stays."""

from datetime import timedelta

from sqlalchemy import Engine

from messagecheck.history.model import State
from messagecheck.history.pruning import prune
from messagecheck.history.reading import read_runs
from messagecheck.history.store import reading
from tests.history.kept import FIRST, compared, keep, keep_findings, states
from tests.history.test_recording import counts
from tests.reports.audits import CONFLICT, CROSS


def ids(store: Engine) -> list[int]:
    with reading(store) as connection:
        return [run.id for run in read_runs(connection)]


def test_the_newest_runs_of_each_history_stay(store: Engine):
    for day in range(4):
        keep(store, day=day)
    keep(store, scope="decks")
    assert prune(store, keep=2) == 2
    assert ids(store) == [3, 4, 5]


def test_older_runs_go(store: Engine):
    for day in range(4):
        keep(store, day=day)
    assert prune(store, before=FIRST + timedelta(days=2)) == 2
    assert ids(store) == [3, 4]


def test_with_both_only_what_is_old_and_not_among_the_newest_goes(store: Engine):
    for day in range(4):
        keep(store, day=day)
    assert prune(store, keep=3, before=FIRST + timedelta(days=3)) == 1
    assert prune(store, keep=1, before=FIRST + timedelta(days=2)) == 1
    assert ids(store) == [3, 4]


def test_what_no_kept_run_saw_goes_too(store: Engine):
    keep(store)
    assert prune(store, keep=0) == 1
    assert set(counts(store).values()) == {0}


def test_a_finding_that_stays_open_keeps_its_first_day(store: Engine):
    keep_findings(store, CONFLICT)
    keep_findings(store, CONFLICT, day=1)
    keep_findings(store, CONFLICT, CROSS, day=2)
    prune(store, keep=2)
    report = compared(store)
    assert states(report) == {CONFLICT.id: State.OPEN, CROSS.id: State.NEW}
    assert {one.id: one.first_seen for one in report.findings}[CONFLICT.id] == FIRST


def test_the_number_of_a_forgotten_run_is_not_given_again(store: Engine):
    keep(store)
    prune(store, keep=0)
    assert keep(store, day=1) == 2
