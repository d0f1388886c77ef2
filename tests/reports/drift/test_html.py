"""The page of a drift report in a real browser, with axe-core."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from messagecheck.history.model import DriftReport
from messagecheck.reports.drift import html
from tests.reports.drift.samples import FIRST_RUN, HOSTILE_REPORT, REPORT
from tests.reports.html.test_browser import browser, violations

__all__ = ["browser"]

MARKUP = "<script>window.pwned = 1</script><img src=x onerror='window.pwned = 1'>"


@pytest.fixture
def complaints() -> list[str]:
    return []


def opened(browser: Browser, folder: Path, report: DriftReport, complaints: list[str], **how: object) -> Page:
    """The page; what it says on the console or asks of the network is a complaint."""
    path = folder / "drift.html"
    path.write_text(html.render(report), encoding="utf-8")
    page = browser.new_page(**how)
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(error.message))
    page.on("request", lambda request: complaints.append(request.url) if request.url != path.as_uri() else None)
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("report", [REPORT, FIRST_RUN, HOSTILE_REPORT])
def test_a_page_breaks_no_rule_of_wcag_and_complains_of_nothing(
    browser: Browser, tmp_path: Path, report: DriftReport, scheme: str, complaints: list[str]
):
    page = opened(browser, tmp_path, report, complaints, color_scheme=scheme)
    assert violations(page) == []
    assert complaints == []


def test_a_narrow_window_shows_all_of_it(browser: Browser, tmp_path: Path, complaints: list[str]):
    page = opened(browser, tmp_path, REPORT, complaints, viewport={"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("td.amount").first.is_visible()


def test_each_line_is_drawn_and_told(browser: Browser, tmp_path: Path, complaints: list[str]):
    page = opened(browser, tmp_path, REPORT, complaints)
    lines = page.get_by_role("img")
    assert [line.get_attribute("aria-label") for line in lines.all()] == [
        "drift from 0.20 to 0.61, between 0.20 and 0.61",
        "drift from 0.10 to 0.05, between 0.05 and 0.10",
        "drift from 0.90 to 0.90, between 0.90 and 0.90",
    ]
    assert lines.nth(1).locator("polyline").get_attribute("points") == "72,28.8 144,30.4"
    assert [row.inner_text().split("\n")[0] for row in page.locator("tbody tr").all()] == [
        "decks/pitch.pptx", "website/index.html", "decks/old.pptx"
    ]  # fmt: skip


def test_a_headline_leads_to_its_findings(browser: Browser, tmp_path: Path, complaints: list[str]):
    page = opened(browser, tmp_path, REPORT, complaints)
    page.get_by_role("link", name="1 resolved").click()
    assert page.url.endswith("#resolved")
    assert page.locator("section[aria-labelledby=resolved] .finding").count() == 1


def test_markup_in_a_file_is_text(browser: Browser, tmp_path: Path, complaints: list[str]):
    finding = replace(REPORT.findings[0], text=MARKUP, path=MARKUP, explanation=MARKUP)
    trend = replace(REPORT.trends[0], name=MARKUP)
    page = opened(browser, tmp_path, replace(REPORT, findings=(finding,), trends=(trend,)), complaints)
    assert page.evaluate("window.pwned") is None
    assert page.locator(".finding blockquote").inner_text() == MARKUP
    assert complaints == []
