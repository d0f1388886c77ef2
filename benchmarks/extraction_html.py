"""Web pages: against what a browser shows of them (Debian's Chromium), the labelled pages and what generators wrote."""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path

from extraction import Format
from extraction_samples import DEMO, samples
from playwright.sync_api import Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
PAGES = Path(__file__).parent.parent / "tests" / "pages"
_TOLD = """style => {
  document.head.appendChild(document.createElement('style')).textContent = style;
  const told = [];
  const take = (where, name) => document.querySelectorAll(where).forEach(one => told.push(one.getAttribute(name)));
  take('meta[name=description], meta[property="og:title"], meta[property="og:description"]', 'content');
  take('[alt]', 'alt'); take('[aria-label]', 'aria-label'); take('[placeholder]', 'placeholder');
  document.querySelectorAll('svg title, svg desc').forEach(one => told.push(one.textContent));
  document.querySelectorAll('details').forEach(one => { one.open = true; });
  document.querySelectorAll('[hidden]').forEach(one => one.removeAttribute('hidden'));
  document.querySelectorAll('[style]').forEach(one => { one.style.display = ''; });
  const data = [...document.querySelectorAll('script[type="application/ld+json"]')].map(one => one.textContent);
  const shown = [document.body.innerText, ...data.flatMap(one => [...one.matchAll(/"description":\\s*"([^"]*)"/g)].map(
    found => found[1]))];
  document.querySelectorAll('input[type=submit], input[type=button]').forEach(one => shown.push(one.value));
  return [document.title, shown.join('\\n'), told.filter(one => one)];
}"""
"""What a reader sees, answers and tabs unfolded; and what he hears or finds."""
_STYLE = "a, button { display: block }"
"""The labelled pages come without their style sheets, which part links and buttons that nothing else parts."""


@cache
def _browser() -> Page:
    driver = sync_playwright().start()
    atexit.register(driver.stop)
    page = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"]).new_page(java_script_enabled=False)
    page.route("**/*", lambda route: route.continue_() if route.request.is_navigation_request() else route.abort())
    return page


def by_browser(file: Path) -> str:
    """A description or label that only repeats a line of the page is one text with it."""
    page = _browser()
    page.goto(file.resolve().as_uri())
    title, shown, told = page.evaluate(_TOLD, _STYLE)
    lines = dict.fromkeys(map(_gist, told))
    elsewhere = {_gist(line) for line in (title, *shown.split("\n"))}
    return "\n".join([title, shown, *(lines.keys() - elsewhere)])


def _gist(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(" .!|")


def by_trafilatura(file: Path) -> str:
    from trafilatura import extract

    return extract(file.read_text(encoding="utf-8"), include_comments=True, favor_recall=True) or ""


def by_markitdown(file: Path) -> str:
    from markitdown import MarkItDown

    return str(MarkItDown(enable_plugins=False).convert(file).text_content)


def _pages(folder: Path) -> list[Path]:
    """The labelled pages, the demo company's, and those that Pelican wrote for its own tests; no templates."""
    written = [file for file in samples("html", folder) if "{%" not in file.read_text("utf-8", "replace")]
    return [*sorted(PAGES.rglob("*.html")), *sorted(DEMO.rglob("*.html")), *written]


FORMATS = {"html": Format(_pages, by_browser, {"trafilatura": by_trafilatura, "markitdown": by_markitdown})}
