"""Every report of every audit is well formed, and nothing that a file holds can break out of it."""

import json
import re
from dataclasses import replace
from xml.etree import ElementTree as Tree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from messagecheck.display import UNSAFE
from messagecheck.nouns import Audit, Unread
from messagecheck.reports import REPORTS
from messagecheck.reports.markdown import code
from tests.reports.audits import AUDIT, CONFLICT, EMPTY, HOSTILE_AUDIT

HOSTILE_TEXTS = [
    "]]>",
    "<script>",
    "`",
    "``x``",
    "::error::",
    "%0A",
    "a|b",
    "*x*",
    "\x00",
    "\x1b[2J",
    "\ud800",
    "\uffff",
]


def with_text(text: str) -> Audit:
    return replace(AUDIT, findings=(replace(CONFLICT, text=text),), unread=(Unread(text, text),))


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("audit", [AUDIT, EMPTY, HOSTILE_AUDIT], ids=["small", "empty", "hostile"])
def test_a_report_is_safe_text_that_ends_with_a_line(name: str, audit: Audit):
    text = REPORTS[name](audit)
    assert text.endswith("\n")
    assert text.encode()
    assert not UNSAFE.search(text.replace("\n", ""))


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_names_what_was_found_and_what_was_not_checked(name: str):
    text = REPORTS[name](AUDIT)
    assert "Starter is $39 per user" in text
    assert "decks/old.pptx" in text
    assert "password-protected" in text


@given(st.text(max_size=40))
def test_json_and_sarif_are_json_and_junit_is_xml_whatever_is_quoted(text: str):
    audit = with_text(text)
    assert json.loads(REPORTS["json"](audit))["findings"][0]["text"] == text
    assert json.loads(REPORTS["sarif"](audit))["version"] == "2.1.0"
    assert Tree.fromstring(REPORTS["junit"](audit)).tag == "testsuites"


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_github_prints_one_command_a_finding_whatever_is_quoted(text: str):
    lines = REPORTS["github"](with_text(text)).splitlines()
    assert [line.split(" ")[0] for line in lines[:-1]] == ["::error", "::warning"]


@given(st.text(max_size=40))
def test_markdown_shows_text_as_one_span_of_code(text: str):
    (inline,) = (token for token in MarkdownIt().parse(f"x {code(text)} y") if token.type == "inline")
    assert [child.type for child in inline.children or []] == ["text", "code_inline", "text"]


def test_markdown_quotes_both_sides():
    text = REPORTS["markdown"](AUDIT)
    assert "## `decks/pitch.pptx`" in text
    assert "- **error** conflict/pricing at `slide 4, Content 2`" in text
    assert "  - `positioning.md:44` says `Starter: $49 per user per month`" in text
    assert "  - write `workspace`" in text


def test_sarif_has_regions_for_lines_and_logical_places_for_slides():
    (run,) = json.loads(REPORTS["sarif"](AUDIT))["runs"]
    deck, missing, page, cross = run["results"]
    assert [result["level"] for result in run["results"]] == ["error", "note", "warning", "warning"]
    assert deck["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "slide 4, Content 2"}]
    assert deck["relatedLocations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "positioning.md"},
        "region": {"startLine": 44},
    }
    assert page["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 12,
        "startColumn": 5,
        "endLine": 12,
        "endColumn": 30,
    }
    assert cross["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "calls/demo.vtt"
    assert deck["partialFingerprints"] == {"messagecheck/v1": "mc-0123456789ab"}
    assert missing["message"]["text"].startswith("never expresses")
    assert len(run["invocations"][0]["toolExecutionNotifications"]) == 1
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {result["ruleId"] for result in run["results"]}


def test_sarif_addresses_are_escaped():
    audit = replace(AUDIT, unread=(Unread("a b/ü#.md", "x"),))
    notes = json.loads(REPORTS["sarif"](audit))["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert notes[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%20b/%C3%BC%23.md"


def test_junit_counts_failures_and_files_that_were_not_checked():
    suites = {suite.get("name"): suite for suite in Tree.fromstring(REPORTS["junit"](AUDIT))}
    assert {name: suite.get("failures") for name, suite in suites.items()} == {
        "decks/pitch.pptx": "1",
        "website/index.html": "2",
        "decks/old.pptx": "0",
    }
    assert suites["decks/old.pptx"].get("errors") == "1"
    failure = suites["decks/pitch.pptx"].find("testcase/failure")
    assert failure is not None
    assert "positioning.md:44: “Starter: $49 per user per month”" in (failure.text or "")


def test_junit_has_a_passing_case_for_clean_touchpoints():
    (first, _) = Tree.fromstring(REPORTS["junit"](replace(AUDIT, findings=(), unread=())))
    assert [case.get("name") for case in first] == ["says what the document says"]


def test_github_escapes_what_separates_its_fields():
    finding = replace(CONFLICT, at=replace(CONFLICT.at, path="a,b:c%.md", line=3, column=2))
    line = REPORTS["github"](replace(AUDIT, findings=(finding,))).splitlines()[0]
    assert line.startswith("::error file=a%2Cb%3Ac%25.md,line=3,col=2,title=conflict/pricing::“Starter")
    assert re.search(r"positioning\.md:44", line)
