import json

from messagecheck.display import UNSAFE
from messagecheck.reports.drift import REPORTS
from tests.reports.drift.samples import FIRST_RUN, HOSTILE_REPORT, REPORT


def test_a_program_reads_trends_findings_and_what_was_compared():
    told = json.loads(REPORTS["json"](REPORT))
    assert (told["schema_version"], told["by"], told["runs"]) == (1, "touchpoint", 3)
    assert (told["newest"]["id"], told["since"]["id"], told["document_changed"]) == (3, 2, True)
    assert told["newest"]["at"] == "2026-01-19T09:30:00+00:00"
    assert told["summary"] == {"new": 1, "back": 1, "open": 1, "resolved": 1, "unchecked": 1}
    assert told["unread"] == ["decks/old.pptx"]
    pitch, home, gone = told["trends"]
    assert (pitch["name"], pitch["rise"], pitch["tier"], pitch["interval"]) == (
        "decks/pitch.pptx", 0.21, "off-message", [0.4, 0.8]
    )  # fmt: skip
    assert pitch["now"] == {"drift": 0.61, "coverage": 0.5, "emphasis": 0.3, "open": 3}
    assert pitch["changes"][0] == {"message": "fast-close", "before": "expressed", "now": "missing"}
    assert home["points"][0] is None
    assert len(home["points"]) == len(told["spans"])
    assert gone["now"] is gone["tier"] is gone["rise"] is None
    assert told["findings"][0]["state"] == "new"
    assert told["findings"][0]["first_seen"] == "2026-01-05T09:30:00+00:00"


def test_the_first_run_has_no_earlier_one():
    told = json.loads(REPORTS["json"](FIRST_RUN))
    assert told["since"] is None
    assert told["trends"][0]["rise"] is None


def test_nothing_in_a_file_acts_on_the_terminal():
    assert not UNSAFE.search(REPORTS["json"](HOSTILE_REPORT).replace("\n", ""))
