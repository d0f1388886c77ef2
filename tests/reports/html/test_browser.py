"""The HTML report in a real browser: Chromium as Debian ships it, with axe-core."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from messagecheck import pipeline, places
from messagecheck.nouns import Audit
from messagecheck.positioning import load_canon
from messagecheck.reports import REPORTS
from messagecheck.reports.html.page import anchor
from messagecheck.settings import Settings
from tests.reports.audits import AUDIT, large_audit
from tests.reports.test_hostile import TEXTS, hostile

RULES = {"rules": {"target-size": {"enabled": True}}}
"""Every rule of WCAG 2.2 A and AA that axe has, the one that is off by default too, and its best practices."""
STALL = 1500
"""Milliseconds until 2,000 findings are filtered and painted: a reader's patience, on a machine that does much else."""
FILTERED = """
text => new Promise(done => {
  const field = document.querySelector("[name=text]"), began = performance.now();
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
})
"""
INJECTED = """
document.body.insertAdjacentHTML("beforeend", `<a id="bad" href="javascript:window.pwned=1">x</a>
  <img src="http://192.0.2.1/x.png" onerror="window.pwned = 1">`)
"""


@dataclass
class Opened:
    """A page, and everything that went wrong or out while it was open."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    assert path, "these tests need Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def company() -> Audit:
    """The demo company, which is labelled and has every format."""
    folder = places.demo()
    return pipeline.audit([folder / "content"], load_canon(folder / "positioning.md"), Settings(root=folder))


@pytest.fixture(scope="module")
def large() -> Audit:
    return large_audit()


def opened(browser: Browser, folder: Path, audit: Audit, *, scheme: str = "light", fragment: str = "") -> Opened:
    path = folder / "report.html"
    path.write_text(REPORTS["html"](audit), encoding="utf-8")
    page = browser.new_page(
        color_scheme="dark" if scheme == "dark" else "light", viewport={"width": 1280, "height": 900}
    )
    one = Opened(page)
    page.on("request", lambda request: one.requests.append(request.url))
    page.on("console", lambda message: one.complaints.append(message.text))
    page.on("pageerror", lambda error: one.complaints.append(error.message))
    page.on("dialog", lambda dialog: one.complaints.append(dialog.message))
    page.goto(path.as_uri() + fragment)
    return one


def cards(page: Page) -> list[str]:
    return [card.get_attribute("id") or "" for card in page.locator(".finding:visible").all()]


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_company_s_report_breaks_no_rule_of_wcag(browser: Browser, tmp_path: Path, company: Audit, scheme: str):
    one = opened(browser, tmp_path, company, scheme=scheme)
    assert violations(one.page) == []
    one.page.locator("table.map a").first.click()
    assert violations(one.page) == []
    assert one.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_report_with_unread_files_breaks_no_rule_of_wcag_in_a_narrow_window(
    browser: Browser, tmp_path: Path, scheme: str
):
    one = opened(browser, tmp_path, AUDIT, scheme=scheme)
    one.page.set_viewport_size({"width": 320, "height": 700})
    assert violations(one.page) == []
    assert one.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_company_s_report_asks_for_nothing_and_complains_of_nothing(browser: Browser, tmp_path: Path, company: Audit):
    one = opened(browser, tmp_path, company)
    one.page.locator("table.map a").first.click()
    one.page.locator(".notes a").first.click()
    assert one.requests == [(tmp_path / "report.html").as_uri()]
    assert one.complaints == []


def test_filters_leave_what_they_name_and_stand_in_the_address(browser: Browser, tmp_path: Path, company: Audit):
    page = opened(browser, tmp_path, company).page
    kinds = {standing.touchpoint.path: standing.touchpoint.kind for standing in company.standings}
    errors = [f for f in company.findings if f.rule.startswith("conflict/") and f.severity == "error"]
    kind = kinds[errors[0].at.path]
    page.get_by_label("Rule").select_option("conflict")
    page.get_by_label("Kind").select_option(kind)
    page.get_by_role("checkbox", name="error").check()
    wanted = {finding.id for finding in errors if kinds[finding.at.path] == kind}
    assert wanted
    assert set(cards(page)) == wanted
    assert page.url.endswith(f"#?rule=conflict&kind={kind}&severity=error")
    expect(page.get_by_role("status")).to_have_text(f"{len(wanted)} of {len(company.findings)} findings")


def test_a_shared_address_shows_the_same_findings(browser: Browser, tmp_path: Path, company: Audit):
    path = company.findings[0].at.path
    page = opened(browser, tmp_path, company, fragment=f"#?touchpoint={path}").page
    assert set(cards(page)) == {finding.id for finding in company.findings if finding.at.path == path}
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_role("status")).to_have_text(f"{len(company.findings)} findings")
    assert len(cards(page)) == len(company.findings)
    assert page.url.endswith("#findings")


def test_the_way_back_from_a_touchpoint_keeps_the_filters(browser: Browser, tmp_path: Path, company: Audit):
    page = opened(browser, tmp_path, company).page
    page.get_by_label("Rule").select_option("term/avoid")
    before = cards(page)
    page.locator(".finding:visible header a").first.click()
    expect(page.locator("#overview")).to_be_hidden()
    page.go_back()
    expect(page.locator("#overview")).to_be_visible()
    assert cards(page) == before


def test_text_filters_by_every_word(browser: Browser, tmp_path: Path):
    page = opened(browser, tmp_path, AUDIT).page
    page.get_by_label("Text").fill("$49 starter")
    assert cards(page) == ["mc-0123456789ab"]


def test_a_touchpoint_s_page_shows_its_text_with_the_findings_in_place(
    browser: Browser, tmp_path: Path, company: Audit
):
    path = "decks/sales-overview.pptx"
    page = opened(browser, tmp_path, company).page
    page.get_by_role("link", name=path, exact=True).first.click()
    view = page.locator(f"#{anchor(path)}")
    expect(view).to_be_visible()
    expect(page.locator("#overview")).to_be_hidden()
    expect(view.get_by_role("heading", name=path)).to_be_focused()
    expect(page).to_have_title(f"{path}, {company.canon.name}: messagecheck")
    quoted = {finding.text for finding in company.findings if finding.at.path == path and finding.text}
    marked = " ".join(view.locator(".said mark").all_text_contents())
    assert quoted
    assert not {text for text in quoted if text not in marked}
    view.locator(".notes a").first.click()
    expect(page.locator("#overview")).to_be_visible()
    expect(page.locator(".finding:focus")).to_have_count(1)


def test_the_keyboard_alone_reaches_the_findings(browser: Browser, tmp_path: Path, company: Audit):
    page = opened(browser, tmp_path, company).page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the findings")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Findings")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Text")).to_be_focused()


def test_a_report_prints_dark_on_light_whatever_the_screen_shows(browser: Browser, tmp_path: Path, company: Audit):
    one = opened(browser, tmp_path, company, scheme="dark")
    printed = pypdfium2.PdfDocument(one.page.pdf(format="A4"))
    assert "Touchpoints" in printed[0].get_textpage().get_text_bounded()
    assert company.findings[-1].id in "".join(page.get_textpage().get_text_bounded() for page in printed)
    one.page.emulate_media(media="print", color_scheme="dark")
    assert one.page.evaluate("getComputedStyle(document.body).color") == "rgb(30, 36, 40)"
    assert one.complaints == []


def test_two_thousand_findings_filter_without_a_stall(browser: Browser, tmp_path: Path, large: Audit):
    one = opened(browser, tmp_path, large)
    assert one.page.locator(".finding").count() == 2000
    assert max(one.page.evaluate(FILTERED, text) for text in ("page-17", "page-17 pricing", "", "$7")) < STALL
    assert one.page.get_by_role("status").inner_text() == "200 of 2000 findings"
    one.page.get_by_role("link", name="page-42.md").first.click()
    expect(one.page.locator(f"#{anchor('website/area-2/page-42.md')} mark")).to_have_count(10)
    assert one.page.pdf().startswith(b"%PDF")
    assert (one.complaints, len(one.requests)) == ([], 1)


def test_nothing_of_hostile_files_runs(browser: Browser, tmp_path: Path):
    audits = [hostile(text) for text in TEXTS]
    one = opened(
        browser,
        tmp_path,
        replace(
            audits[0],
            standings=tuple(standing for audit in audits for standing in audit.standings),
            findings=tuple(finding for audit in audits for finding in audit.findings),
            unread=tuple(unread for audit in audits for unread in audit.unread),
        ),
    )
    one.page.locator("table.map a").first.click()
    one.page.mouse.move(300, 300)
    assert one.page.evaluate("window.pwned") is None
    assert (one.complaints, len(one.requests)) == ([], 1)


def test_the_policy_stops_what_an_escape_would_miss(browser: Browser, tmp_path: Path):
    one = opened(browser, tmp_path, AUDIT)
    with one.page.expect_event("requestfailed") as failed:
        one.page.evaluate(INJECTED)
    one.page.locator("#bad").click()
    assert failed.value.failure == "csp"
    assert one.page.evaluate("window.pwned") is None
    assert len([complaint for complaint in one.complaints if "Content Security Policy" in complaint]) >= 3


def test_without_scripts_everything_can_be_read(browser: Browser, tmp_path: Path, company: Audit):
    path = tmp_path / "report.html"
    path.write_text(REPORTS["html"](company), encoding="utf-8")
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(path.as_uri())
    assert page.locator(".view:visible").count() == 1 + len(company.standings)
    expect(page.locator("#filters")).to_be_hidden()
