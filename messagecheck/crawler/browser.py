"""Pages after their scripts have run, in a Chromium that has no network: whatever it asks for is fetched by us.

So the browser can reach no machine that the crawler would not, and asks for nothing that robots.txt forbids.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from messagecheck.crawler import pages
from messagecheck.crawler.client import Answer
from messagecheck.crawler.errors import FetchError
from messagecheck.crawler.tour import Show
from messagecheck.crawler.urls import absolute
from messagecheck.crawler.visitor import Visitor
from messagecheck.display import shortened
from messagecheck.errors import MessagecheckError
from messagecheck.settings import Crawl

if TYPE_CHECKING:
    from playwright.async_api import Browser, Playwright, Route

NAMES = ("chromium", "chromium-browser", "google-chrome")
PARTS, PART_S = 200, 10
"""Requests of one page that are answered, and the seconds that one of them may take."""
KEPT = 50_000_000
"""Bytes of scripts and data that are kept for the next pages, which ask for the same."""
QUIET_MS = 10_000
"""The longest that is waited for a page to stop asking: some ask for ever."""
_TEXTS = {"document", "script", "xhr", "fetch"}
"""Kinds of requests that can bring words; pictures, fonts, styles and media can't."""
_NOWHERE = "http://127.0.0.1:1"
"""The browser's proxy, on a port where nobody listens: a request that we don't answer ends there."""
_FLAGS = ("--force-webrtc-ip-handling-policy=disable_non_proxied_udp", "--disable-background-networking")
_STAY = 204
_DROPPED = {"content-encoding", "content-length", "transfer-encoding", "set-cookie", "connection"}


@dataclass(slots=True)
class Screen:
    """One page on its way: `deadline` is a monotonic time, `parts` counts what it asked for beside itself, `leads_to`
    is where its scripts send the reader."""

    answer: Answer
    visitor: Visitor
    deadline: float
    known: dict[str, Answer]
    parts: int = 0
    leads_to: list[str] = field(default_factory=list)

    async def serve(self, route: Route) -> None:
        """Answers a request of the browser's, or ends it."""
        from playwright.async_api import Error

        answer = None
        with suppress(Error):  # it is asked for by a window that is not open yet
            answer = self._answer(route)
        with suppress(Error):  # the page that asked is gone
            if answer is None:
                await route.abort()
                return
            headers = {name: value for name, value in answer.headers.items() if name not in _DROPPED}
            await route.fulfill(status=answer.status, headers=headers, body=answer.body)

    def _answer(self, route: Route) -> Answer | None:
        request, url = route.request, absolute(route.request.url)
        if request.is_navigation_request() and request.frame.parent_frame is None:
            return self._entered(url)
        self.parts += 1
        if url is None or request.method != "GET" or request.resource_type not in _TEXTS or self.parts > PARTS:
            return None
        return self.known.get(url) or self._part(url)

    def _part(self, url: str) -> Answer | None:
        left = self.deadline - time.monotonic()
        if left <= 0:
            return None
        try:
            answer = self.visitor.fetch_part(url, min(left, PART_S))
        except FetchError:
            return None  # as for any reader whose network drops it
        if sum(len(one.body) for one in self.known.values()) + len(answer.body) <= KEPT:
            self.known[url] = answer
        return answer

    def _entered(self, url: str | None) -> Answer | None:
        """The page; for any other that its scripts go to an empty answer, with which a browser stays where it is."""
        if url is None or url == self.answer.url:
            return self.answer
        self.leads_to.append(url)
        return replace(self.answer, status=_STAY, body=b"")


@dataclass(slots=True)
class Chromium:
    """One browser for a crawl, a new profile for each page; one that hangs is given up. `known` are parts by URL."""

    playwright: Playwright
    config: Crawl
    visitor: Visitor
    known: dict[str, Answer] = field(default_factory=dict)
    browser: Browser | None = None

    async def show(self, answer: Answer) -> Answer:
        """The page as it stands when its scripts have come to rest. Raises FetchError for one that never does."""
        if pages.suffix_of(answer) != ".html":
            return answer
        from playwright.async_api import Error

        self.browser = self.browser or await _launched(self.playwright, self.config)
        screen = Screen(answer, self.visitor, time.monotonic() + self.config.page_s, self.known)
        try:
            async with asyncio.timeout(self.config.page_s):
                body = (await _text(self.browser, screen)).encode("utf-8", "replace")
        except (TimeoutError, Error) as error:
            await self.browser.close()
            self.browser = None
            raise FetchError(f"its scripts did not come to an end within {self.config.page_s} s") from error
        if len(body) > self.config.page_mb * 1_000_000:
            raise FetchError(f"is larger than {self.config.page_mb} MB; raise crawl.page_mb")
        return replace(answer, body=body, headers={**answer.headers, "content-type": "text/html; charset=utf-8"})


@contextmanager
def opened(config: Crawl, visitor: Visitor) -> Iterator[Show]:
    """Shows pages as a reader sees them. Raises MessagecheckError where there is no browser to be had."""
    try:
        from playwright.async_api import async_playwright
    except ImportError as error:
        raise MessagecheckError("Playwright is missing, which runs scripts: pip install 'messagecheck[js]'") from error
    with asyncio.Runner() as runner:
        playwright = runner.run(async_playwright().start())
        chromium = Chromium(playwright, config, visitor)
        try:
            yield lambda answer: runner.run(chromium.show(answer))
        finally:
            runner.run(_closed(chromium))


async def _closed(chromium: Chromium) -> None:
    if chromium.browser:
        await chromium.browser.close()
    await chromium.playwright.stop()


async def _text(browser: Browser, screen: Screen) -> str:
    from playwright.async_api import TimeoutError as Restless

    context = await browser.new_context(
        user_agent=screen.visitor.client.agent, service_workers="block", accept_downloads=False
    )
    await context.route("**/*", lambda route: screen.serve(route))  # Playwright marks the function it is given
    await context.route_web_socket("**/*", lambda socket: socket.close())
    page = await context.new_page()
    await page.goto(screen.answer.url, wait_until="commit")  # one that sends the reader on never says that it is loaded
    with suppress(Restless):
        await page.wait_for_load_state("networkidle", timeout=QUIET_MS)
    text = await page.content()
    await context.close()
    leads = (f'<a href="{escape(url)}"></a>' for url in screen.leads_to)
    return "\n".join([text, *leads])


async def _launched(playwright: Playwright, config: Crawl) -> Browser:
    from playwright.async_api import Error

    executable = _executable(config)
    try:
        return await playwright.chromium.launch(
            executable_path=executable,
            args=list(_FLAGS),
            proxy={"server": _NOWHERE, "bypass": "<-loopback>"},
            chromium_sandbox=_can_be_confined(),
        )
    except Error as error:
        reason = shortened(str(error), 120)
        raise MessagecheckError(
            f"{executable or 'chromium'}: does not start ({reason}); install Chromium, or name it as crawl.browser"
        ) from error


def _executable(config: Crawl) -> Path | str | None:
    """The one that the settings or the environment name, one of the system's, or Playwright's own."""
    named = config.browser or os.environ.get("MESSAGECHECK_BROWSER")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


def _can_be_confined() -> bool:
    """Chromium's sandbox does not start for root."""
    return sys.platform != "linux" or os.geteuid() != 0
