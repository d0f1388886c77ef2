"""Whole crawls of a real server: what is asked for, what is written, what is told."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from messagecheck.crawled import FILE_NAME, JOURNAL, Record, load
from messagecheck.crawler import agent, crawl
from messagecheck.crawler.addresses import Address
from messagecheck.errors import MessagecheckError
from messagecheck.settings import Crawl
from tests.crawler.site import Route, Site, answering, moved, page, send, serve
from tests.crawler.test_sitemaps import index, urlset

QUICK = Crawl(allow_private=True, delay_ms=1, page_s=5)


def fetch(start: str, folder: Path, **config: object) -> Record:
    return crawl(start, folder, replaced(config), tell=lambda *_: None)


def replaced(config: dict[str, object]) -> Crawl:
    return Crawl(**{name: getattr(QUICK, name) for name in ("allow_private", "delay_ms", "page_s")} | config)


def crawled(routes: dict[str, Route], folder: Path, path: str = "/", **config: object) -> tuple[Record, Site]:
    with serve(routes) as site:
        return fetch(f"{site.url}{path}", folder, **config), site


def paths(record: Record) -> list[str]:
    """The pages' paths on their host."""
    return [one.url.split("/", 3)[3] for one in record.pages]


def reasons(record: Record) -> dict[str, int]:
    return {one.reason: one.count for one in record.left_out}


def test_a_site_becomes_a_folder(tmp_path: Path):
    texts = [page("Home", "/a", "b/c?x=1#d"), page("A", "/", "mailto:x@y.example"), page("C")]
    routes: dict[str, Route] = dict(zip(("/", "/a", "/b/c?x=1"), texts, strict=True))
    record, site = crawled(routes, tmp_path)
    assert site.paths == ["/robots.txt", "/sitemap.xml", "/", "/a", "/b/c?x=1"]
    assert site.connections == 1
    assert paths(record) == ["", "a", "b/c?x=1"]
    assert [(tmp_path / one.file).read_text() for one in record.pages] == texts
    assert load(tmp_path / FILE_NAME) == record
    assert not (tmp_path / JOURNAL).exists()
    assert all(one.status == 200 and len(one.sha256) == 64 and one.fetched.endswith("Z") for one in record.pages)


def test_the_same_site_gives_the_same_folder(tmp_path: Path):
    routes = {"/": page("Home", "/b", "/a", "/c"), **{f"/{name}": page(name, "/") for name in "abc"}}
    with serve(routes) as site:
        records = [fetch(f"{site.url}/", tmp_path / name) for name in ("one", "two")]
    assert [(one.url, one.file, one.sha256) for one in records[0].pages] == [
        (one.url, one.file, one.sha256) for one in records[1].pages
    ]


def test_a_sitemap_whose_pages_all_fail_is_an_error_that_names_one(tmp_path: Path):
    with pytest.raises(MessagecheckError, match=r"s\.xml: status 403: http://.*/a$"):
        crawled({"/s.xml": answering(urlset("/a", "/b")), "*": answering(status=403)}, tmp_path, "/s.xml")


def test_what_robots_forbid_is_neither_asked_for_nor_written_but_counted(tmp_path: Path):
    rules = answering(b"User-agent: *\nDisallow: /private", kind="text/plain")
    record, site = crawled({"/robots.txt": rules, "/": page("Home", "/private/a", "/b"), "*": page("x")}, tmp_path)
    assert site.pages == ["/", "/b"]
    assert paths(record) == ["", "b"]
    assert reasons(record) == {"forbidden by robots.txt": 1}


def test_a_start_that_robots_forbid_is_an_error(tmp_path: Path):
    rules = answering(b"User-agent: *\nDisallow: /", kind="text/plain")
    with pytest.raises(MessagecheckError, match=r"^http://127.*/: forbidden by robots\.txt"):
        crawled({"/robots.txt": rules, "/": page("Home")}, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_other_hosts_and_other_folders_are_not_asked(tmp_path: Path):
    with serve({"*": page("secret")}, address="127.0.0.2") as other:
        routes = {"/en/": page("Home", "/de/", "a", f"{other.url}/x", "/en/out"), "/en/a": page("A")}
        record, site = crawled({**routes, "/en/out": moved(f"{other.url}/y")}, tmp_path, "/en/")
    assert other.log == []
    assert site.pages == ["/en/", "/en/a", "/en/out"]
    assert reasons(record) == {"leads out of scope": 1}
    assert record.left_out[0].examples == (f"{site.url}/en/out → {other.url}/y",)


def test_the_start_is_taken_whatever_is_included(tmp_path: Path):
    routes: dict[str, Route] = {"/": page("Home", "/product/a", "/legal"), "*": page("other")}
    record, site = crawled(routes, tmp_path, include=("product/**",))
    assert paths(record) == ["", "product/a"]
    assert site.pages == ["/", "/product/a"]


def test_a_private_address_needs_permission(tmp_path: Path):
    with serve({"/": page("Home")}) as site:
        with pytest.raises(
            MessagecheckError, match=r"127\.0\.0\.1, which is no public address; crawl --allow-private and"
        ):
            fetch(f"{site.url}/", tmp_path, allow_private=False)
        assert site.connections == 0


@pytest.mark.parametrize(
    "target", ["127.0.0.1:{port}", "169.254.169.254", "[::ffff:127.0.0.1]:{port}", "localhost:{port}"]
)
def test_a_redirect_to_a_machine_inside_brings_nothing_even_where_its_host_is_in_scope(tmp_path: Path, target: str):
    def permits(address: Address) -> bool:
        return str(address) == "127.0.0.2"

    with serve({"*": page("secret")}) as inner, serve({}, address="127.0.0.2") as outer:
        host = target.format(port=inner.url.rpartition(":")[2])
        outer.routes |= {"/": page("Home", "/a"), "/a": moved(f"http://{host}/latest/meta-data/")}
        config = replaced({"hosts": (host,), "allow_private": False})
        record = crawl(f"{outer.url}/", tmp_path, config, permits=permits, tell=lambda *_: None)
        assert inner.connections == 0
    assert paths(record) == [""]
    (missed,) = record.missed
    assert "which is no public address" in missed.reason


def test_the_site_s_own_sitemap_is_read(tmp_path: Path):
    routes = {"/": page("Home"), "/sitemap.xml": answering(urlset("/a", "http://other.example/b"), kind="text/xml")}
    record, _ = crawled({**routes, "/a": page("A", "/b"), "/b": page("B")}, tmp_path)
    assert paths(record) == ["", "a", "b"]


def test_a_sitemap_that_robots_name_is_read_packed_and_nested(tmp_path: Path):
    routes: dict[str, Route] = {"/": page("Home"), "/a": page("A"), "/b": page("B")}
    with serve(routes) as site:
        site.routes["/robots.txt"] = answering(f"Sitemap: {site.url}/maps.xml".encode(), kind="text/plain")
        site.routes["/maps.xml"] = answering(index("/one.xml.gz", "/two.xml"))
        site.routes["/one.xml.gz"] = answering(gzip.compress(urlset("/a")), kind="application/gzip")
        site.routes["/two.xml"] = answering(urlset("/b"))
        record = fetch(f"{site.url}/", tmp_path)
        assert "/sitemap.xml" not in site.paths
    assert paths(record) == ["", "a", "b"]


def test_a_sitemap_as_the_start_takes_its_pages_and_no_others(tmp_path: Path):
    routes = {
        "/maps/s.xml": answering(urlset("/a", "/b", "/robbed", "http://other.example/x")),
        "/a": page("A", "/c"),
        "/b": page("B"),
    }
    routes["/robots.txt"] = answering(b"User-agent: *\nDisallow: /robbed", kind="text/plain")
    record, site = crawled({**routes, "*": page("other")}, tmp_path, "/maps/s.xml")
    assert paths(record) == ["a", "b"]
    assert site.pages == ["/maps/s.xml", "/a", "/b"]
    assert reasons(record) == {"forbidden by robots.txt": 1, "in a sitemap, but out of scope": 1}


@pytest.mark.parametrize("usual", [page("Not found"), answering(status=403), answering(status=500)])
def test_that_there_is_no_sitemap_at_the_usual_place_is_no_news(tmp_path: Path, usual: Route):
    record, _ = crawled({"/": page("Home"), "/sitemap.xml": usual}, tmp_path)
    assert (paths(record), record.missed, record.left_out) == ([""], (), ())


def test_a_sitemap_that_robots_name_and_that_is_none_is_told(tmp_path: Path):
    with serve({"/": page("Home"), "/broken.xml": answering(status=403)}) as site:
        text = f"Sitemap: {site.url}/none.xml\nSitemap: {site.url}/broken.xml"
        site.routes["/robots.txt"] = answering(text.encode(), kind="text/plain")
        record = fetch(f"{site.url}/", tmp_path)
    assert reasons(record) == {"a sitemap: not there (status 404)": 1}
    assert [one.reason for one in record.missed] == ["status 403"]


def test_a_broken_sitemap_gives_what_it_has_and_is_told(tmp_path: Path):
    routes: dict[str, Route] = {"/s.xml": answering(urlset("/a", "/b")[:-20]), "/a": page("A"), "/b": page("B")}
    record, site = crawled(routes, tmp_path, "/s.xml")
    assert paths(record) == ["a", "b"]
    assert [(one.url, one.reason) for one in record.missed] == [
        (f"{site.url}/s.xml", "is broken in line 1; what could be read of it was used")
    ]


@pytest.mark.parametrize(
    ("body", "says"),
    [(b"<html>", "is no sitemap"), (gzip.compress(bytes(11_000_000)), r"is larger than 10 MB; raise crawl\.page_mb")],
)
def test_a_sitemap_that_is_none_is_an_error(tmp_path: Path, body: bytes, says: str):
    with pytest.raises(MessagecheckError, match=says):
        crawled({"/s.xml": answering(body)}, tmp_path, "/s.xml")


def calendar(handler: BaseHTTPRequestHandler) -> None:
    """Every month has a next one, by query and by path."""
    month = int(handler.path.rpartition("=")[2]) if "=" in handler.path else len(handler.path.split("/"))
    links = (f"/?month={month + 1}", f"/?month={month - 1}", f"{handler.path}/next")
    send(handler, page(f"Month {handler.path}", *links).encode())


def test_a_calendar_without_an_end_ends(tmp_path: Path):
    record, site = crawled({"/robots.txt": answering(status=404), "*": calendar}, tmp_path)
    assert len(site.pages) < 40
    assert reasons(record)["more than 5 queries of one path"] > 0


def test_session_ids_don_t_make_new_pages(tmp_path: Path):
    def session(handler: BaseHTTPRequestHandler) -> None:
        links = (f"{link}{time.monotonic_ns()}" for link in ("/a?PHPSESSID=", "/b;jsessionid=", "/c/", "/d?x="))
        send(handler, ("<h1>Hello</h1>" + "".join(f'<a href="{link}">go</a>' for link in links)).encode())

    lost = answering(status=404)
    record, site = crawled({"/robots.txt": lost, "/sitemap.xml": lost, "*": session}, tmp_path, pages=8)
    assert site.pages[:3] == ["/", "/a", "/b"]
    assert paths(record) == [""]
    assert len(site.pages) <= 32


def test_links_that_are_relative_to_themselves_end(tmp_path: Path):
    def deeper(handler: BaseHTTPRequestHandler) -> None:
        send(handler, page(handler.path, "a/b/").encode())

    record, _ = crawled({"/robots.txt": answering(status=404), "*": deeper}, tmp_path)
    assert paths(record) == ["", "a/b/", "a/b/a/b/"]
    assert reasons(record) == {"a part of the path stands there 3 times": 1}


def test_a_limit_of_pages_is_kept_and_told(tmp_path: Path):
    names = [f"/{number}" for number in range(9)]
    record, site = crawled({"/": page("Home", *names), **{name: page(name) for name in names}}, tmp_path, pages=4)
    assert len(record.pages) == len(site.pages) == 4
    assert [one.reason for one in record.missed] == ["6 URLs left unread after 4 pages; raise crawl.pages"]


def test_broken_links_without_an_end_are_given_up_too(tmp_path: Path):
    record, site = crawled({"/": page("Home", *(f"/{number}" for number in range(99)))}, tmp_path, pages=5)
    assert len(site.pages) == 20
    assert [one.reason for one in record.missed] == ["80 URLs left unread after 1 page; raise crawl.pages"]


def test_what_can_not_be_had_is_told_and_costs_nothing_else(tmp_path: Path):
    bomb = gzip.compress(bytes(20_000_000))
    routes = {
        "/": page("Home", "/bomb", "/forbidden", "/broken", "/lost", "/image", "/brotli", "/z"),
        "/bomb": answering(bomb, Content_Encoding="gzip"),
        "/forbidden": answering(status=403),
        "/broken": answering(status=500),
        "/image": answering(b"\x89PNG", kind="image/png"),
        "/brotli": answering(b"x", Content_Encoding="br"),
        "/z": page("Z"),
    }
    record, site = crawled(routes, tmp_path)
    assert paths(record) == ["", "z"]
    assert {one.url.removeprefix(site.url): one.reason for one in record.missed} == {
        "/bomb": "is larger than 10 MB; raise crawl.page_mb",
        "/forbidden": "status 403",
        "/broken": "status 500",
        "/brotli": "is packed as br, which was not asked for",
    }
    assert reasons(record) == {"not there (status 404)": 1, "no page (image/png)": 1}


def test_what_the_server_calls_a_page_may_be_another_thing(tmp_path: Path):
    routes: dict[str, Route] = {
        "/": page("Home", "/a", "/b", "/c"),
        "/a": answering(b"%PDF-1.7 x"),
        "/b": answering(page("B").encode(), kind="text/plain"),
        "/c": answering(b"Plain", kind="text/plain"),
    }
    record, _ = crawled(routes, tmp_path)
    assert [one.file.partition("/")[2] for one in record.pages] == ["index.html", "a.pdf", "b.html", "c.txt"]


def test_a_redirect_s_page_has_its_own_address_and_is_asked_for_once(tmp_path: Path):
    routes = {"/": moved("/home"), "/home": page("Home", "/a", "/home", "/"), "/a": moved("/home", 301)}
    record, site = crawled(routes, tmp_path)
    assert paths(record) == ["home"]
    assert site.pages == ["/", "/home", "/a"]


def keeping(tag: str, body: str) -> Route:
    """A page that its server knows by its tag."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        known = handler.headers["If-None-Match"] == tag
        send(handler, b"" if known else body.encode(), status=304 if known else 200, ETag=tag)

    return answer


def test_a_later_crawl_asks_for_what_has_changed_and_tells_it(tmp_path: Path):
    routes = {"/": keeping('"h1"', page("Home", "/a", "/b", "/c")), "/a": keeping('"a1"', page("A"))}
    routes |= {"/b": page("B"), "/c": page("C")}
    with serve(routes) as site:
        first = fetch(f"{site.url}/", tmp_path)
        gone = next(one.file for one in first.pages if one.url.endswith("/c"))
        site.routes |= {"/b": page("B is new", "/d"), "/d": page("D")}
        del site.routes["/c"]
        site.log.clear()
        second = fetch(f"{site.url}/", tmp_path)
        third = fetch(f"{site.url}/", tmp_path)
    sent = {asked.path: asked.headers.get("If-None-Match") for asked in site.log}
    assert (sent["/"], sent["/a"], sent["/b"]) == ('"h1"', '"a1"', None)
    root = site.url
    assert second.changes.added == (f"{root}/d",)
    assert second.changes.changed == (f"{root}/b",)
    assert second.changes.gone == (f"{root}/c",)
    assert not (tmp_path / gone).exists()
    assert (third.changes.added, third.changes.changed, third.changes.gone) == ((), (), ())
    assert third.pages[1].fetched == first.pages[1].fetched


def test_a_tag_that_would_break_a_header_is_not_sent_back(tmp_path: Path):
    def folded(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(
            b'HTTP/1.1 200 OK\r\nETag: "a\r\n X-Evil: b"\r\nContent-Type: text/html\r\n\r\n<h1>Home</h1>'
        )
        handler.close_connection = True

    with serve({"/": folded}) as site:
        fetch(f"{site.url}/", tmp_path)
        fetch(f"{site.url}/", tmp_path)
        assert "X-Evil" not in site.log[-1].headers


def test_a_copy_that_was_edited_is_asked_for_anew(tmp_path: Path):
    with serve({"/": keeping('"h1"', page("Home"))}) as site:
        record = fetch(f"{site.url}/", tmp_path)
        (tmp_path / record.pages[0].file).write_text("edited")
        again = fetch(f"{site.url}/", tmp_path)
    assert again.pages[0].sha256 == record.pages[0].sha256
    assert "Home" in (tmp_path / record.pages[0].file).read_text()


def test_a_page_that_fails_now_is_not_called_gone(tmp_path: Path):
    with serve({"/": page("Home", "/a"), "/a": page("A")}) as site:
        fetch(f"{site.url}/", tmp_path)
        site.routes["/a"] = answering(status=403)
        record = fetch(f"{site.url}/", tmp_path)
    assert record.changes.gone == ()
    assert [one.reason for one in record.missed] == ["status 403"]


def test_a_site_that_is_down_costs_nothing_of_what_is_there(tmp_path: Path):
    with serve({"/": page("Home")}) as site:
        record = fetch(f"{site.url}/", tmp_path)
        site.routes["/robots.txt"] = answering(status=503)
        with pytest.raises(MessagecheckError, match=r"robots\.txt can't be read: status 503"):
            fetch(f"{site.url}/", tmp_path)
    assert load(tmp_path / FILE_NAME) == record
    assert (tmp_path / record.pages[0].file).exists()


def test_a_folder_belongs_to_one_start(tmp_path: Path):
    with serve({"*": page("Home")}) as site:
        fetch(f"{site.url}/", tmp_path)
        with pytest.raises(MessagecheckError, match=r"holds what was crawled from .*/; name another folder"):
            fetch(f"{site.url}/a/", tmp_path)


@pytest.mark.parametrize(
    "start", ["example.com", "ftp://example.com/", "https://", "https://user:pw@example.com/", "x"]
)
def test_a_start_must_be_a_web_address(tmp_path: Path, start: str):
    with pytest.raises(MessagecheckError, match="is no web address; it must be like"):
        fetch(start, tmp_path)


def test_a_folder_that_can_not_be_written_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(MessagecheckError, match="file: can't be written to"):
        fetch("http://127.0.0.1:1/", tmp_path / "file")


def test_a_page_that_can_not_be_written_is_named(tmp_path: Path):
    with serve({"/": page("Home")}) as site:
        (tmp_path / site.url.removeprefix("http://").replace(":", "_")).write_text("in the way")
        with pytest.raises(MessagecheckError, match=r"index\.html: can't be written \(.*\); name another folder"):
            fetch(f"{site.url}/", tmp_path)


def test_the_user_agent_tells_whom_to_write_to():
    assert agent("me@example.com").endswith(" (+me@example.com)")
    assert agent(None).startswith("messagecheck/")


CHILD = """
import sys
from pathlib import Path
from messagecheck.crawler import crawl
from messagecheck.settings import Crawl
crawl(sys.argv[1], Path(sys.argv[2]), Crawl(allow_private=True, delay_ms=20), tell=lambda *_: None)
"""


def test_a_crawl_that_is_killed_goes_on_and_loses_nothing(tmp_path: Path):
    names = [f"/{number}" for number in range(12)]
    routes: dict[str, Route] = {"/": page("Home", *names), **{name: page(name, f"{name}/x") for name in names}}
    routes |= {f"{name}/x": page(f"{name} x") for name in names}
    with serve(routes) as site:
        whole = fetch(f"{site.url}/", tmp_path / "whole")
        site.log.clear()
        kills = 0
        for stop_after in (6, 17):
            child = subprocess.Popen([sys.executable, "-c", CHILD, f"{site.url}/", str(tmp_path / "killed")])
            while len(set(site.pages)) < stop_after and child.poll() is None:
                time.sleep(0.005)
            os.kill(child.pid, signal.SIGKILL)
            kills += child.wait() == -signal.SIGKILL
        assert kills == 2
        assert not (tmp_path / "killed" / FILE_NAME).exists()
        resumed = fetch(f"{site.url}/", tmp_path / "killed")
        assert len(site.pages) <= 25 + kills  # no more than what was on its way when we were killed is asked for twice
    assert [(one.url, one.file, one.sha256) for one in resumed.pages] == [
        (one.url, one.file, one.sha256) for one in whole.pages
    ]
    assert len(resumed.pages) == 25
    files = (path for path in (tmp_path / "killed").rglob("*") if path.is_file())
    written = {path.relative_to(tmp_path / "killed").as_posix() for path in files}
    assert written == {FILE_NAME, *(one.file for one in resumed.pages)}


def interrupted(site: Site, folder: Path, pages: int, **config: object) -> None:
    """A crawl that ends after so many pages, as by Ctrl-C."""

    def stop(done: int, *_: object) -> None:
        if done == pages:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        crawl(f"{site.url}/", folder, replaced(config), tell=stop)


def test_what_failed_before_is_asked_for_again(tmp_path: Path):
    with serve({"/": page("Home", "/a", "/b", "/c"), "/a": page("A"), "/b": answering(status=403)}) as site:
        site.routes["/c"] = page("C", "/d")
        interrupted(site, tmp_path, 3)
        site.routes["/b"] = page("B")
        site.log.clear()
        record = fetch(f"{site.url}/", tmp_path)
        assert site.pages == ["/b", "/d"]
    assert paths(record) == ["", "a", "b", "c"]


def test_a_line_that_was_being_written_is_asked_for_again(tmp_path: Path):
    with serve({"/": page("Home", "/a", "/b"), "/a": page("A"), "/b": page("B")}) as site:
        interrupted(site, tmp_path, 2)
        journal = tmp_path / JOURNAL
        journal.write_bytes(journal.read_bytes()[:-20])
        site.log.clear()
        record = fetch(f"{site.url}/", tmp_path)
        assert site.pages == ["/a", "/b"]
    assert paths(record) == ["", "a", "b"]


def test_a_crawl_with_another_scope_begins_anew_and_leaves_nothing_behind(tmp_path: Path):
    with serve({"/": page("Home", "/a", "/b"), "/a": page("A"), "/b": page("B")}) as site:
        interrupted(site, tmp_path, 2)
        site.log.clear()
        record = fetch(f"{site.url}/", tmp_path, exclude=("a",))
        assert site.pages == ["/", "/b"]
    assert paths(record) == ["", "b"]
    assert {path.name for path in tmp_path.rglob("*.html")} == {"index.html", "b.html"}


def test_a_crawl_of_last_week_begins_anew(tmp_path: Path):
    with serve({"/": page("Home", "/a"), "/a": page("A")}) as site:
        interrupted(site, tmp_path, 1)
        week_ago = time.time() - 7 * 24 * 3600
        os.utime(tmp_path / JOURNAL, (week_ago, week_ago))
        site.log.clear()
        fetch(f"{site.url}/", tmp_path)
        assert site.pages == ["/", "/a"]


def test_the_record_is_json_that_says_what_it_is(tmp_path: Path):
    crawled({"/": page("Home")}, tmp_path)
    raw = json.loads((tmp_path / FILE_NAME).read_text())
    assert [*raw] == ["messagecheck_crawl", "start", "pages", "missed", "left_out", "changes"]
