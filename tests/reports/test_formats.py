"""Every report of every audit is well formed, and nothing that a file holds can break out of it."""

import io
import json
import re
from csv import DictReader
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as Tree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from junitparser import Error, Failure, JUnitXml
from markdown_it import MarkdownIt

from messagecheck.display import UNSAFE
from messagecheck.nouns import Audit, Finding, Unread
from messagecheck.reports import REPORTS, csv, sarif
from messagecheck.reports.markdown import code
from tests.reports.audits import AUDIT, CONFLICT, EMPTY, HOSTILE_AUDIT, MISSING, WRONG_WORD

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


SARIF = Draft202012Validator(json.loads((Path(__file__).parent / "sarif-2.1.0.json").read_text(encoding="utf-8")))
"""The schema that the standard's editors ship (npm @microsoft/sarif-multitool-linux 5.7.0, MIT)."""


def many(number: int, text: str = "Starter is $39 per user") -> tuple[Finding, ...]:
    return tuple(replace(CONFLICT, text=f"{at} {text}", id=f"mc-{at}") for at in range(number))


def with_text(text: str) -> Audit:
    return replace(AUDIT, findings=(replace(CONFLICT, text=text),), unread=(Unread(text, text),))


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("audit", [AUDIT, EMPTY, HOSTILE_AUDIT], ids=["small", "empty", "hostile"])
def test_a_report_is_safe_text_that_ends_with_a_line(name: str, audit: Audit):
    text = REPORTS[name](audit)
    assert text.endswith("\n")
    assert text.encode()
    assert not UNSAFE.search(text.removeprefix(csv.MARK).replace("\n", ""))


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


def test_markdown_begins_with_the_mark_by_which_a_job_finds_its_comment():
    assert REPORTS["markdown"](AUDIT).startswith("<!-- messagecheck -->\n# messagecheck\n")


def test_markdown_has_the_worst_first():
    order = re.findall(r"^- \*\*(\w+)\*\* (\S+)", REPORTS["markdown"](AUDIT), re.MULTILINE)
    assert order == [
        ("error", "conflict/pricing"),
        ("warning", "term/avoid"),
        ("warning", "cross/conflict"),
        ("info", "coverage/missing"),
    ]


def test_markdown_fits_a_comment_and_says_what_it_leaves_out():
    unread = tuple(Unread(f"old/{number}.pptx", "password-protected") for number in range(2000))
    text = REPORTS["markdown"](replace(AUDIT, findings=many(1999, "`\\" * 200), unread=unread))
    assert 60_000 < len(text) <= 65_536
    told = len(re.findall(r"^- \*\*error", text, re.MULTILINE))
    assert f"- {1999 - told} more findings left out" in text
    assert re.search(r"^- \d+ more files left out", text, re.MULTILINE)


def test_markdown_quotes_both_sides():
    text = REPORTS["markdown"](AUDIT)
    assert "- **error** conflict/pricing in `decks/pitch.pptx` at `slide 4, Content 2`" in text
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
    assert "region" not in deck["locations"][0]["physicalLocation"]
    assert deck["message"]["text"].startswith("slide 4, Content 2: “Starter")
    assert deck["partialFingerprints"] == {
        "messagecheck/v1": "mc-0123456789ab",
        "primaryLocationLineHash": "mc-0123456789ab:1",
    }
    assert missing["message"]["text"].startswith("never expresses")
    assert len(run["invocations"][0]["toolExecutionNotifications"]) == 1
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {result["ruleId"] for result in run["results"]}


@pytest.mark.parametrize(
    "audit", [AUDIT, EMPTY, HOSTILE_AUDIT, replace(AUDIT, findings=(), accepted=AUDIT.findings)], ids=range(4)
)
def test_sarif_is_valid_by_the_schema_of_the_standard(audit: Audit):
    log = json.loads(REPORTS["sarif"](audit))
    assert [error.message for error in SARIF.iter_errors(log)] == []


def test_the_schema_refuses_what_is_no_sarif():
    log = json.loads(REPORTS["sarif"](AUDIT))
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert list(SARIF.iter_errors(log))


def test_sarif_marks_what_the_baseline_accepts_and_keeps_it():
    (run,) = json.loads(REPORTS["sarif"](replace(AUDIT, findings=(CONFLICT,), accepted=(MISSING,))))["runs"]
    new, accepted = run["results"]
    assert new["suppressions"] == []
    assert accepted["partialFingerprints"]["messagecheck/v1"] == MISSING.id
    assert accepted["suppressions"][0]["kind"] == "external"


def test_sarif_keeps_the_worst_of_more_than_a_code_host_takes(monkeypatch: pytest.MonkeyPatch):
    assert (sarif.MOST, sarif.SHOWN) == (25_000, 5_000)
    monkeypatch.setattr(sarif, "MOST", 100)
    monkeypatch.setattr(sarif, "SHOWN", 20)
    findings = (*(replace(MISSING, id=f"mc-{number}") for number in range(103)), CONFLICT)
    (run,) = json.loads(REPORTS["sarif"](replace(AUDIT, findings=findings)))["runs"]
    assert len(run["results"]) == 100
    assert run["results"][0]["ruleId"] == CONFLICT.rule
    assert run["invocations"][0]["toolExecutionNotifications"][-1]["message"]["text"].startswith("4 more findings")


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


def test_a_consumer_of_junit_reads_the_same_counts():
    suites = JUnitXml.fromstring(REPORTS["junit"](AUDIT).encode())
    assert (suites.tests, suites.failures, suites.errors) == (4, 3, 1)
    results = {case.name: case.result for suite in suites for case in suite}
    (failure,) = results["conflict/pricing slide 4, Content 2 mc-0123456789ab"]
    assert isinstance(failure, Failure)
    assert "“Starter: $49 per user per month”" in failure.text
    (error,) = results["can be read"]
    assert isinstance(error, Error)
    assert error.message == "password-protected"


def test_junit_has_a_passing_case_for_clean_touchpoints():
    (first, _) = Tree.fromstring(REPORTS["junit"](replace(AUDIT, findings=(), unread=())))
    assert [case.get("name") for case in first] == ["says what the document says"]


def test_github_prints_no_more_of_a_level_than_are_shown_and_counts_the_rest():
    lines = REPORTS["github"](replace(AUDIT, findings=(*many(30), WRONG_WORD))).splitlines()
    errors = [line for line in lines if line.startswith("::error")]
    assert len(errors) == 10
    assert errors[-1].startswith("::error title=messagecheck::21 more errors")
    assert len([line for line in lines if line.startswith("::warning")]) == 2
    assert lines[-1].startswith("2 touchpoints")


def test_github_prints_the_surest_of_a_level():
    surest = replace(CONFLICT, confidence=0.99, text="the surest of them")
    lines = REPORTS["github"](replace(AUDIT, findings=(*many(30), surest))).splitlines()
    assert "the surest of them" in lines[0] + lines[1]


def test_csv_has_a_row_for_each_finding_and_each_file_that_was_not_checked():
    rows = list(DictReader(io.StringIO(REPORTS["csv"](AUDIT).removeprefix(csv.MARK))))
    assert [row["id"] or row["path"] for row in rows] == [*(one.id for one in AUDIT.findings), "decks/old.pptx"]
    assert rows[0]["against"] == "Starter: $49 per user per month"
    assert (rows[0]["against_path"], rows[0]["against_place"]) == ("positioning.md", "44")
    assert rows[3]["against_path"] == "calls/demo.vtt"
    assert rows[-1]["explanation"] == "password-protected"


def test_github_escapes_what_separates_its_fields():
    finding = replace(CONFLICT, at=replace(CONFLICT.at, path="a,b:c%.md", line=3, column=2))
    line = REPORTS["github"](replace(AUDIT, findings=(finding,))).splitlines()[0]
    assert line.startswith("::error file=a%2Cb%3Ac%25.md,line=3,col=2,title=conflict/pricing::“Starter")
    assert re.search(r"positioning\.md:44", line)
