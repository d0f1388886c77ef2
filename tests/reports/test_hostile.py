"""Whatever a scanned file holds, every report shows it as text: nothing runs, nothing moves, nothing calculates."""

import io
import json
from collections.abc import Iterator
from csv import reader
from dataclasses import replace

import pytest
from junitparser import JUnitXml
from lxml import html
from markdown_it import MarkdownIt

from messagecheck.display import UNSAFE, visible
from messagecheck.nouns import Audit, Block, Canon, Evidence, Expression, Finding, Location, Message, Sentence, Unread
from messagecheck.reports import REPORTS, csv
from tests.reports.audits import AUDIT, CONFLICT, CROSS, DECK, FAST, WRONG_WORD

SCRIPT = "<script>window.pwned = 1</script>"
MARKUP = (
    SCRIPT,
    "</script><script>window.pwned = 1</script>",
    "</style><script>window.pwned = 1</script>",
    "<img src=x onerror='window.pwned = 1'>",
    '" onmouseover="window.pwned = 1" x="',
    "' autofocus onfocus='window.pwned = 1",
    "<svg/onload=window.pwned=1>",
    "javascript:window.pwned=1",
    "[here](javascript:window.pwned=1)",
    "![x](http://192.0.2.1/x.png)",
    "<!-- --><b>bold</b><!--",
    "{{ 7 * 7 }} {% raw %}",
    "]]><x/>",
    "&lt;b&gt; &#x3c;b>",
)
TERMINAL = ("\x1b[2J\x1b]0;owned\x07", "\x9b31m", "a\rb", "\x00", "\x08" * 8)
BIDI = ("pay\u202eevil\u202c", "\u2066a\u2069", "\u200b\u200f", "\ufeff", "\ud800", "\U000e0041")
FORMULAS = ("=1+1", '=HYPERLINK("http://192.0.2.1")', "+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝1+1", '",=1+1')
COMMANDS = ("::error::x", "\n::error::x", "##[error]x", "%0A::error::x", "::stop-commands::x")
TEXTS = (*MARKUP, *TERMINAL, *BIDI, *FORMULAS, *COMMANDS)


def hostile(text: str) -> Audit:
    """An audit that holds the text wherever a file, a document or a path can bring one in."""
    at = Location(f"{text}.md", line=1, column=1, shape=text, speaker=text, heading=(text,))
    message = Message(text, FAST.kind, text, 1, section=text)
    block = Block(f"{text} and more", at, context=text)
    findings: tuple[Finding, ...] = tuple(
        replace(one, at=at, text=text, explanation=text, context=text, suggestion=text, message=one.message and message)
        for one in (CONFLICT, WRONG_WORD, CROSS)
    )
    findings = (*findings[:1], replace(findings[1], term=text), replace(findings[2], other=Sentence(text, 0, block)))
    expression = Expression(message, AUDIT.standings[1].coverage[0].status, (Evidence(text, at, 0.9),))
    standing = replace(
        AUDIT.standings[0],
        touchpoint=replace(DECK, path=at.path, kind=text, title=text, blocks=(block,), url=text),
        coverage=(expression,),
    )
    canon = Canon(f"{text}.md", text, (text,), text, (message,), (), (text,))
    return replace(AUDIT, canon=canon, standings=(standing,), findings=findings, unread=(Unread(text, text),))


def words(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for value in node.values():
            yield from words(value)
    elif isinstance(node, list):
        for value in node:
            yield from words(value)
    elif isinstance(node, str):
        yield node


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_nothing_acts_on_a_terminal_or_turns_a_line_around(name: str, text: str):
    report = REPORTS[name](hostile(text)).removeprefix(csv.MARK)
    assert not UNSAFE.search(report.replace("\n", ""))
    assert report.encode()


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_html_shows_it_as_text_in_both_quotes(text: str):
    page = html.document_fromstring(REPORTS["html"](hostile(text)))
    ours, theirs = page.xpath('//article[@id="mc-0123456789ab"]//blockquote')
    assert ours.text_content() == theirs.text_content() == visible(text)


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_html_has_no_script_handler_address_or_element_but_its_own(text: str):
    plain = html.document_fromstring(REPORTS["html"](hostile("text")))
    page = html.document_fromstring(REPORTS["html"](hostile(text)))
    (script,) = page.xpath("//script")
    assert "pwned" not in script.text
    assert not [name for name in page.xpath("//@*/..") if any(key.startswith("on") for key in name.keys())]  # noqa: SIM118  -- an element
    assert all(address.startswith("#") for address in page.xpath("//@href"))
    assert not page.xpath("//@src | //@action | //@style | //@srcset")
    assert {element.tag for element in page.iter()} <= {element.tag for element in plain.iter()} | {"mark"}


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_markdown_holds_no_html_link_or_picture(text: str):
    tokens = MarkdownIt().parse(REPORTS["markdown"](hostile(text)))
    kinds = {child.type for token in tokens for child in (token, *(token.children or ()))}
    assert not kinds & {"link_open", "image", "html_inline"}
    assert [token.content.strip() for token in tokens if token.type == "html_block"] == ["<!-- messagecheck -->"]


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_no_cell_of_csv_is_a_formula(text: str):
    rows = list(reader(io.StringIO(REPORTS["csv"](hostile(text)).removeprefix(csv.MARK))))
    assert {len(row) for row in rows} == {len(csv.COLUMNS)}
    assert not [cell for row in rows for cell in row if cell.startswith(csv.FORMULA_STARTS)]
    assert {visible(text), f"'{visible(text)}"} & {cell for row in rows for cell in row}


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_json_and_sarif_give_it_back(text: str):
    assert text in set(words(json.loads(REPORTS["json"](hostile(text)))))
    assert any(visible(text) in word for word in words(json.loads(REPORTS["sarif"](hostile(text)))))


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_junit_is_read_whatever_it_quotes(text: str):
    suites = JUnitXml.fromstring(REPORTS["junit"](hostile(text)).encode())
    assert (suites.tests, suites.failures, suites.errors) == (4, 3, 1)
    assert any(visible(text) in failure.text for suite in suites for case in suite for failure in case.result[:1] if failure.text)  # fmt: skip  # noqa: E501


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_github_prints_only_its_own_commands(text: str):
    lines = REPORTS["github"](hostile(text)).splitlines()
    assert [line.split(" ")[0] for line in lines[:-1]] == ["::error", "::warning", "::warning", "::warning"]
    assert not lines[-1].startswith("::")
