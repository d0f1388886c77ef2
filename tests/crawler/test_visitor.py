"""Manners, seen from the server's log."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler
from itertools import pairwise

import pytest

from messagecheck.crawler.addresses import Address, is_public_or_internal
from messagecheck.crawler.client import Answer, Client, trust
from messagecheck.crawler.errors import FetchError, NoPageError
from messagecheck.crawler.visitor import Visitor
from tests.crawler.site import Route, Site, answering, moved, page, send, serve

PAUSE = 0.01


@contextmanager
def visiting(permits=is_public_or_internal) -> Iterator[Visitor]:
    client = Client("messagecheck/0", permits, trust(None), 1_000_000)
    try:
        yield Visitor(client, 5, PAUSE)
    finally:
        client.close()


def fetch(visitor: Visitor, url: str) -> Answer:
    return visitor.fetch(url, {}, follows=lambda _: True, reads=lambda _: True)


def ask(routes: dict[str, Route], path: str = "/a") -> tuple[Answer | FetchError, Site]:
    with serve(routes) as site, visiting() as visitor:
        try:
            return fetch(visitor, f"{site.url}{path}"), site
        except FetchError as error:
            return error, site


def robots(*lines: str) -> Route:
    return answering("\n".join(lines).encode(), kind="text/plain")


def test_robots_are_asked_first_and_once():
    with serve({"/a": "A", "/b": "B"}) as site, visiting() as visitor:
        fetch(visitor, f"{site.url}/a")
        fetch(visitor, f"{site.url}/b")
        assert site.paths == ["/robots.txt", "/a", "/b"]


@pytest.mark.parametrize(
    ("lines", "path", "allowed"),
    [
        (["User-agent: *", "Disallow: /a"], "/a", False),
        (["User-agent: *", "Disallow: /a"], "/b", True),
        (["User-agent: *", "Disallow: /", "Allow: /a$"], "/a", True),
        (["User-agent: *", "Disallow: /*?sort="], "/a?sort=1", False),
        (["User-agent: *", "Allow: /", "", "User-agent: messagecheck", "Disallow: /"], "/a", False),
        (["User-agent: *", "Disallow: /", "", "User-agent: MessageCheck", "Allow: /"], "/a", True),
        (["User-agent: otherbot", "Disallow: /"], "/a", True),
        (["\x00\xff nonsense", "<html>"], "/a", True),
    ],
)
def test_what_robots_forbid_is_not_asked_for(lines: list[str], path: str, allowed: bool):  # noqa: FBT001
    answer, site = ask({"/robots.txt": robots(*lines), "*": "page"}, path)
    assert isinstance(answer, Answer) is allowed
    assert (path in site.paths) is allowed
    assert allowed or str(answer) == "forbidden by robots.txt"


def test_a_redirect_into_what_is_forbidden_is_not_followed():
    answer, site = ask({"/robots.txt": robots("User-agent: *", "Disallow: /b"), "/a": moved("/b"), "/b": "secret"})
    assert isinstance(answer, NoPageError)
    assert site.paths == ["/robots.txt", "/a"]


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_host_that_can_not_tell_its_rules_is_not_asked_for_anything(status: int):
    answer, site = ask({"/robots.txt": answering(status=status), "/a": "A"})
    assert str(answer) == f"robots.txt can't be read: status {status}"
    assert "/a" not in site.paths


@pytest.mark.parametrize("status", [404, 403, 401])
def test_a_host_without_rules_allows_all(status: int):
    answer, _ = ask({"/robots.txt": answering(status=status), "/a": "A"})
    assert isinstance(answer, Answer)


def test_rules_may_lie_behind_a_redirect():
    answer, site = ask({"/robots.txt": moved("/r"), "/r": robots("User-agent: *", "Disallow: /a"), "/a": "A"})
    assert isinstance(answer, NoPageError)
    assert site.paths == ["/robots.txt", "/r"]


def test_the_asked_delay_is_kept():
    with (
        serve({"/robots.txt": robots("User-agent: *", "Crawl-delay: 0.3"), "*": "page"}) as site,
        visiting() as visitor,
    ):
        for number in range(3):
            fetch(visitor, f"{site.url}/{number}")
    times = [asked.at for asked in site.log]
    assert all(later - earlier >= 0.3 for earlier, later in pairwise(times[1:]))


def test_our_own_pause_is_kept_without_one():
    with serve({"*": "page"}) as site, visiting() as visitor:
        visitor.pause_s = 0.2
        for number in range(3):
            fetch(visitor, f"{site.url}/{number}")
    times = [asked.at for asked in site.log]
    assert all(later - earlier >= 0.2 for earlier, later in pairwise(times))


def test_a_delay_that_is_too_long_leaves_the_host_alone():
    answer, site = ask({"/robots.txt": robots("User-agent: *", "Crawl-delay: 3600"), "/a": "A"})
    assert str(answer) == "robots.txt asks for 3600 s between requests; 60 s are the most that is waited"
    assert site.paths == ["/robots.txt"]


def stumbling(*statuses: int) -> Route:
    """Fails with these statuses, then answers."""
    left = list(statuses)

    def stumble(handler: BaseHTTPRequestHandler) -> None:
        send(handler, b"at last", status=left.pop(0) if left else 200)

    return stumble


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429])
def test_a_busy_host_is_asked_again(status: int):
    answer, site = ask({"/a": stumbling(status, status)})
    assert isinstance(answer, Answer)
    assert answer.body == b"at last"
    assert site.pages == ["/a"] * 3


def test_a_host_that_stays_busy_is_asked_three_times_at_growing_intervals():
    answer, site = ask({"/a": answering(status=500)})
    assert isinstance(answer, Answer)
    assert answer.status == 500
    first, second, third = (asked.at for asked in site.log if asked.path == "/a")
    assert second - first >= 2 * PAUSE
    assert third - second >= 8 * PAUSE


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 501])
def test_a_host_that_says_no_is_not_asked_again(status: int):
    _, site = ask({"/a": answering(status=status)})
    assert site.pages == ["/a"]


def test_a_connection_that_breaks_is_tried_again():
    left = [True]

    def break_once(handler: BaseHTTPRequestHandler) -> None:
        if left and left.pop():
            handler.close_connection = True
        else:
            send(handler, b"at last")

    answer, _ = ask({"/a": break_once})
    assert isinstance(answer, Answer)


@pytest.mark.parametrize("when", [lambda: "1", lambda: formatdate(time.time() + 2, usegmt=True)])
def test_a_host_is_left_alone_for_as_long_as_it_asks(when: Callable[[], str]):
    """A date has whole seconds: two from now are at least one."""
    busy = [429]

    def ask_to_wait(handler: BaseHTTPRequestHandler) -> None:
        send(handler, b"", status=busy.pop() if busy else 200, Retry_After=when())

    answer, site = ask({"/a": ask_to_wait})
    assert isinstance(answer, Answer)
    first, second = (asked.at for asked in site.log if asked.path == "/a")
    assert second - first >= 0.9


def test_a_host_that_asks_for_an_hour_is_not_asked_for_another_page_either():
    with serve({"/a": answering(status=429, Retry_After="3600"), "/b": "B"}) as site, visiting() as visitor:
        for path in ("/a", "/b"):
            with pytest.raises(FetchError, match=r"asks to be left alone for 3\d\d\d s"):
                fetch(visitor, f"{site.url}{path}")
        assert site.pages == ["/a"]


def test_five_redirects_are_followed_and_six_are_not():
    hops = {f"/{number}": moved(f"/{number + 1}", 301 + number % 2) for number in range(6)}
    answer, _ = ask({**hops, "/6": page("end")}, "/1")
    assert isinstance(answer, Answer)
    assert answer.url.endswith("/6")
    answer, site = ask({**hops, "/6": page("end")}, "/0")
    assert str(answer) == "redirects more than 5 times"
    assert "/6" not in site.paths


@pytest.mark.parametrize("target", ["", "ftp://example.com/", "javascript:alert(1)", "http://user:pw@example.com/"])
def test_a_redirect_that_leads_to_no_page_is_an_error(target: str):
    answer, _ = ask({"/a": moved(target)})
    assert str(answer) == "redirects to no web page"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:{port}", "localhost:{port}", "2130706433:{port}", "0x7f.1:{port}", "[::1]:{port}", "169.254.169.254",
     "[::ffff:127.0.0.1]:{port}", "[::ffff:169.254.169.254]", "[64:ff9b::7f00:1]:{port}", "[2002:7f00:1::]:{port}",
     "[fe80::1]:{port}", "0.0.0.0:{port}"],
)  # fmt: skip
def test_no_redirect_leads_to_a_machine_that_is_not_permitted(host: str):
    """127.0.0.2 stands for a public machine; 127.0.0.1 is the one that must not be reached."""

    def permits(address: Address) -> bool:
        return str(address) == "127.0.0.2"

    with serve({"*": "secret"}) as inner, serve({}, address="127.0.0.2") as outer:
        outer.routes["/a"] = moved(f"http://{host.format(port=inner.url.rpartition(':')[2])}/latest/meta-data/")
        with visiting(permits) as visitor, pytest.raises(FetchError, match="is no public address"):
            fetch(visitor, f"{outer.url}/a")
        assert inner.connections == 0
