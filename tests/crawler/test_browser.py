"""Pages that only scripts fill, in Debian's Chromium, which has no network of its own."""

import shutil
import sys
from pathlib import Path

import pytest

from messagecheck.crawled import Record
from messagecheck.crawler import crawl
from messagecheck.crawler.addresses import Address
from messagecheck.errors import MessagecheckError
from messagecheck.settings import Crawl
from tests.crawler.site import Route, answering, page, serve

APP = b"""fetch('/data.json').then(answer => answer.json()).then(data => {
  document.body.innerHTML = '<h1>' + data.text + '</h1><a href="/next">next</a><a href="/spy">spy</a>';
});"""
ROUTES: dict[str, Route] = {
    "/": "<!doctype html><body><script src=/app.js></script><script src=/forbidden.js></script></body>",
    "/app.js": answering(APP, kind="text/javascript"),
    "/data.json": answering(b'{"text": "Our plants stay alive"}', kind="application/json"),
    "/forbidden.js": answering(b"document.title = 'read'", kind="text/javascript"),
    "/robots.txt": answering(b"User-agent: *\nDisallow: /forbidden", kind="text/plain"),
    "/next": "<!doctype html><h1>Sent on</h1><script>location = '/there'</script>",
    "/there": page("There"),
}
SPY = """<!doctype html><h1>Spy</h1>
<img src="{to}/img"><iframe src="{to}/frame"></iframe><object data="{to}/object"></object><script src="{to}/s.js"></script>
<link rel=stylesheet href="{to}/css"><link rel=prefetch href="{to}/prefetch"><link rel=preconnect href="{to}"><script>
fetch('{to}/fetch'); fetch('{to}/post', {{method: 'POST', body: 'x', mode: 'no-cors'}});
navigator.sendBeacon('{to}/beacon'); new WebSocket('{socket}/socket'); new EventSource('{to}/events');
new Worker(URL.createObjectURL(new Blob(["fetch('{to}/worker')"]))); window.open('{to}/window');
</script>"""  # noqa: E501  -- a page in one piece


def permits(address: Address) -> bool:
    """127.0.0.2 stands for a public machine, 127.0.0.1 for one inside."""
    return str(address) == "127.0.0.2"


def shown(start: str, folder: Path, seconds: int = 30) -> Record:
    assert shutil.which("chromium"), "these tests need Chromium: apt-get install chromium"
    return crawl(start, folder, Crawl(js=True, delay_ms=1, page_s=seconds), permits=permits, tell=lambda *_: None)


def test_scripts_run_and_reach_nothing_that_the_crawler_would_not(tmp_path: Path):
    with serve({"*": "secret"}) as inner, serve(dict(ROUTES), address="127.0.0.2") as site:
        site.routes["/spy"] = SPY.format(to=inner.url, socket=inner.url.replace("http", "ws"))
        record = shown(f"{site.url}/", tmp_path)
        assert inner.connections == 0
    texts = {one.url.removeprefix(site.url): (tmp_path / one.file).read_text() for one in record.pages}
    assert "<h1>Our plants stay alive</h1>" in texts["/"]
    assert {*texts} == {"/", "/next", "/spy", "/there"}
    assert "/forbidden.js" not in site.paths
    assert "Sent on" in texts["/next"]
    assert record.missed == ()
    assert all(asked.headers["User-Agent"].startswith("messagecheck/") for asked in site.log)


def test_scripts_without_an_end_are_given_up(tmp_path: Path):
    text = "<!doctype html><h1>Hang</h1><script>setTimeout(() => { while (true) {} }, 50)</script>"
    with (
        serve({"/": text}, address="127.0.0.2") as site,
        pytest.raises(MessagecheckError, match="its scripts did not come to an end within 3 s"),
    ):
        shown(f"{site.url}/", tmp_path, seconds=3)


def test_a_browser_that_is_none_is_an_error_that_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "browser").write_text("none")
    monkeypatch.setenv("MESSAGECHECK_BROWSER", str(tmp_path / "browser"))
    with serve({"/": page("Home")}, address="127.0.0.2") as site, pytest.raises(MessagecheckError) as error:
        shown(f"{site.url}/", tmp_path / "out")
    assert str(error.value).startswith(f"{tmp_path / 'browser'}: does not start (")
    assert "\n" not in str(error.value)


def test_playwright_is_named_where_it_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "playwright.async_api", None)
    with pytest.raises(MessagecheckError, match=r"Playwright is missing, .*: pip install 'messagecheck\[js\]'"):
        shown("http://127.0.0.2:1/", tmp_path)
