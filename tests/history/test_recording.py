"""What is kept of a scan, also where another one records at the same time or the machine stops."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from messagecheck.history import schema
from messagecheck.history.model import Series
from messagecheck.history.reading import read_runs
from messagecheck.history.store import open_store, reading
from messagecheck.nouns import Unread
from tests.history.kept import FIRST, keep
from tests.reports.audits import AUDIT, CONFLICT, EMPTY, HOSTILE_AUDIT

ROOT = Path(__file__).parents[2]
CHILD = """
import os, signal, sys, time
from pathlib import Path
from sqlalchemy import event
from messagecheck.history.store import open_store
from tests.history.kept import keep
"""
KILLED = (
    CHILD
    + """
store = open_store(sys.argv[1], Path())
def stop(connection, cursor, statement, *rest):
    if statement.startswith(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
event.listen(store, "after_cursor_execute", stop)
keep(store, day=1)
os.kill(os.getpid(), signal.SIGKILL)
"""
)
AT_ONCE = (
    CHILD
    + """
while not Path(sys.argv[2]).exists():
    time.sleep(0.005)
store = open_store(sys.argv[1], Path())
for day in range(5):
    keep(store, day=day)
"""
)


def counts(store: Engine) -> dict[str, int | None]:
    with reading(store) as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(table))
            for name, table in schema.metadata.tables.items()
        }


def test_a_run_tells_when_and_of_what_it_was(store: Engine):
    number = keep(store, digest="abc")
    with reading(store) as connection:
        (run,) = read_runs(connection)
    assert (run.id, run.at, run.series) == (number, FIRST, Series("Tidewell", "content"))
    assert (run.canon_version, run.canon_digest, run.models) == ("2026.3", "abc", AUDIT.models)
    assert (run.statements, run.unread, run.revision) == (31, ("decks/old.pptx",), None)


def test_every_touchpoint_and_finding_is_kept(store: Engine):
    keep(store)
    assert counts(store) == {
        "series": 1, "runs": 1, "touchpoints": 2, "standings": 2, "findings": 4, "sightings": 4
    }  # fmt: skip


def test_a_finding_that_is_seen_again_is_the_same_and_tells_its_last_place(store: Engine):
    keep(store)
    moved = replace(CONFLICT, at=replace(CONFLICT.at, slide=9))
    keep(store, replace(AUDIT, findings=(moved,)), day=1)
    with reading(store) as connection:
        row = connection.execute(select(schema.findings).filter_by(name=CONFLICT.id)).one()
    assert (row.place, row.first_run, row.first_seen) == ("slide 9, Content 2", 1, FIRST)
    assert counts(store)["findings"] == 4


def test_what_a_hostile_file_holds_is_kept(store: Engine):
    keep(store, replace(HOSTILE_AUDIT, canon=replace(AUDIT.canon, name="a\0b", version="\ud800")))
    with reading(store) as connection:
        (run,) = read_runs(connection)
        text = connection.scalar(select(schema.findings.c.text))
    assert run.series.product == "a\\x00b"
    assert text is not None
    assert "\\ud800" in text


def test_a_file_of_which_two_parts_are_unread_is_named_once(store: Engine):
    keep(store, replace(AUDIT, unread=(Unread("a.pdf", "page 2"), Unread("a.pdf", "page 9"))))
    with reading(store) as connection:
        assert read_runs(connection)[0].unread == ("a.pdf",)


def test_a_scan_without_anything_is_kept(store: Engine):
    keep(store, EMPTY)
    assert counts(store)["runs"] == 1


@pytest.mark.parametrize("statement", ["INSERT INTO runs", "INSERT INTO sightings"])
def test_a_recording_that_is_killed_leaves_nothing(database: str, store: Engine, statement: str):
    keep(store)
    before = counts(store)
    assert _run(KILLED, database, statement).wait() == -9
    assert counts(store) == before
    keep(store, day=2)
    assert counts(store)["runs"] == 2


def test_a_recording_that_is_killed_after_its_end_is_whole(database: str, store: Engine):
    keep(store)
    assert _run(KILLED, database, "never").wait() == -9
    whole = counts(store)
    assert (whole["runs"], whole["standings"], whole["sightings"]) == (2, 4, 8)


def test_scans_that_record_at_once_lose_nothing(database: str, tmp_path: Path):
    """On a database that none of them has seen: its tables are made once."""
    go = tmp_path / "go"
    children = [_run(AT_ONCE, database, str(go)) for _ in range(3)]
    go.touch()
    assert [child.wait() for child in children] == [0, 0, 0]
    assert counts(open_store(database, Path())) == {
        "series": 1, "runs": 15, "touchpoints": 2, "standings": 30, "findings": 4, "sightings": 60
    }  # fmt: skip


def _run(code: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=ROOT)
