from dataclasses import replace

import pytest

from messagecheck.display import UNSAFE
from messagecheck.nouns import Finding, Location
from messagecheck.reports.text import QUOTE, brief, render
from tests.reports.audits import AUDIT, CONFLICT, EMPTY, HOSTILE_AUDIT, MISSING

GOLDEN = """decks/pitch.pptx  deck, drift 0.61, off-message

  error conflict/pricing  slide 4, Content 2  mc-0123456789ab
    “Starter is $39 per user”
    positioning.md:44 price-starter  “Starter: $49 per user per month”
    says $39 per user, the document says $49 per user

  info coverage/missing  fast-close

website/index.html  website, drift 0.10, on-message

  warning term/avoid  12:5  mc-aaaaaaaaaaaa
    “Open a project in a minute”
    says “project”; the document's word is “workspace” → write “workspace”

  warning cross/conflict  12:5  mc-bbbbbbbbbbbb
    “Live in a week”
    calls/demo.vtt 40:1, 0:04:10 Ana Ruiz  “Give it a month”
    says a week, the call says a month

Not checked
  decks/old.pptx: password-protected

2 touchpoints, 31 statements: 1 error, 2 warnings, 1 info; 1 file could not be checked
"""
BRIEF = """decks/pitch.pptx:slide 4, Content 2: error conflict/pricing “Starter is $39 per user” against positioning.md:44 “Starter: $49 per user per month”
decks/pitch.pptx: info coverage/missing against positioning.md:21 “Close the books in three days”
website/index.html:12:5: warning term/avoid “Open a project in a minute” → “workspace”
website/index.html:12:5: warning cross/conflict “Live in a week”
decks/old.pptx: not checked: password-protected
2 touchpoints, 31 statements: 1 error, 2 warnings, 1 info; 1 file could not be checked
"""  # noqa: E501  -- the line is what is tested


def test_the_report_of_a_small_audit():
    assert render(AUDIT) == GOLDEN


def test_the_brief_report_of_a_small_audit():
    assert brief(AUDIT) == BRIEF


def test_a_clean_audit_is_its_tally():
    assert render(EMPTY) == brief(EMPTY) == "0 touchpoints, 0 statements: 0 errors, 0 warnings, 0 info\n"


def test_a_fragment_is_shown_with_what_it_stands_under():
    finding = replace(CONFLICT, text="$39", context="Starter | Price")
    assert "    “$39”  (Starter | Price)\n" in render(replace(AUDIT, findings=(finding,)))


def test_accepted_findings_are_counted():
    assert render(replace(EMPTY, accepted=(CONFLICT, MISSING))).endswith(
        "0 info; 2 findings accepted by the baseline\n"
    )


@pytest.mark.parametrize("report", [render, brief])
def test_nothing_in_a_file_acts_on_the_terminal(report):
    text = report(HOSTILE_AUDIT)
    assert not UNSAFE.search(text.replace("\n", ""))
    assert "\\x1b[2J" in text
    assert "Free\\u202eevil" in text


def test_a_finding_stays_on_its_own_lines_whatever_it_quotes():
    assert len(render(HOSTILE_AUDIT).splitlines()) == 11
    assert len(brief(HOSTILE_AUDIT).splitlines()) == 3


def test_a_long_statement_is_cut_at_a_word():
    finding = replace(CONFLICT, text="word " * 200)
    line = render(replace(AUDIT, findings=(finding,))).splitlines()[3]
    assert line.endswith("word…”")
    assert len(line) <= QUOTE + 6


def test_colour_only_changes_the_paint():
    painted = render(AUDIT, lambda text, style: f"<{style}>{text}</{style}>")
    assert "<error>error</error> conflict/pricing" in painted
    assert "<path>decks/pitch.pptx</path>" in painted


def test_a_finding_without_a_place_still_names_its_file():
    finding = Finding("conflict/fact", CONFLICT.severity, 1.0, Location("a.md"), "x", "y", message=CONFLICT.message)
    assert brief(replace(AUDIT, findings=(finding,), unread=())).startswith("a.md: error conflict/fact “x”")
