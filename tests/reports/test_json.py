import json

import pytest

from messagecheck.display import UNSAFE
from messagecheck.reports.json import render
from tests.reports.audits import AUDIT, EMPTY, HOSTILE, HOSTILE_AUDIT

TOP = ["schema_version", "tool", "positioning", "touchpoints", "findings", "unread", "summary"]
FINDING = [
    "id", "rule", "severity", "confidence", "path", "location", "text", "context", "message", "other", "term",
    "explanation", "suggestion",
]  # fmt: skip
LOCATION = [
    "line", "column", "end_line", "end_column", "page", "slide", "shape", "notes", "paragraph", "timestamp", "speaker",
    "heading",
]  # fmt: skip
TOUCHPOINT = {"path", "kind", "title", "words", "drift", "tier", "emphasis", "counts", "coverage"}


@pytest.fixture
def report():
    return json.loads(render(AUDIT))


def test_the_keys_are_those_of_the_contract(report):
    assert list(report) == TOP
    assert report["schema_version"] == 1
    assert list(report["findings"][0]) == FINDING
    assert list(report["findings"][0]["location"]) == LOCATION
    assert set(report["touchpoints"][0]) >= TOUCHPOINT


def test_a_finding_holds_both_quotes_and_both_places(report):
    finding = report["findings"][0]
    assert finding["location"]["slide"] == 4
    assert finding["location"]["heading"] == ["Plans"]
    assert finding["message"] == {"id": "price-starter", "text": "Starter: $49 per user per month", "line": 44}
    assert report["findings"][3]["other"]["path"] == "calls/demo.vtt"
    assert report["findings"][3]["other"]["location"]["timestamp"] == "0:04:10"


def test_numbers_are_rounded(report):
    assert report["findings"][0]["confidence"] == 0.9412
    assert report["touchpoints"][0]["drift"] == 0.6124
    assert report["touchpoints"][0]["parts"]["conflicts"] == 1.2346


def test_a_touchpoint_counts_its_findings_and_shows_its_evidence(report):
    deck, page = report["touchpoints"]
    assert deck["counts"] == {"error": 1, "warning": 0, "info": 1}
    assert deck["coverage"] == [{"message": "fast-close", "status": "missing", "evidence": []}]
    assert page["coverage"][0]["evidence"][0]["similarity"] == 0.8333
    assert page["emphasis"] == {"fast-close": 1.0}


def test_what_could_not_be_checked_is_listed(report):
    assert report["unread"] == [{"path": "decks/old.pptx", "reason": "password-protected"}]
    assert report["summary"]["unread"] == 1
    assert report["summary"]["findings"] == {
        "conflict/pricing": 1,
        "coverage/missing": 1,
        "cross/conflict": 1,
        "term/avoid": 1,
    }


def test_the_document_is_part_of_the_report(report):
    assert report["positioning"]["messages"][2]["polarity"] == "excludes"
    assert report["positioning"]["terms"] == [{"use": "workspace", "avoid": ["project"], "line": 60}]


def test_hostile_text_comes_back_whole_and_acts_on_no_terminal():
    text = render(HOSTILE_AUDIT)
    assert not UNSAFE.search(text.replace("\n", ""))
    assert text.encode()
    assert json.loads(text)["findings"][0]["text"] == HOSTILE


def test_readable_text_stays_readable():
    assert "“project”" in render(AUDIT)


def test_an_empty_audit_is_a_report():
    assert json.loads(render(EMPTY))["findings"] == []
