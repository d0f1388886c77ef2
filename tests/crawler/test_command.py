"""crawl and scan as a user meets them: a real server, exit codes, what is printed."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from messagecheck import cli, places
from messagecheck.crawled import FILE_NAME
from tests.crawler.site import Route, Site, answering, page, serve

DOCUMENT = """---
name: Greenhand
---
## Value propositions

### Plants stay alive {#alive}

## Boundaries

- We do not sell insurance {#no-insurance}
"""
SETTINGS = """[models]
judge = "rules"

[crawl]
contact = "me@example.com"
allow_private = true
delay_ms = 1
"""
OFFER = "<!doctype html><title>Offer</title>\n<p>We can sell you insurance.</p>"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a positioning document, where the command runs."""
    (tmp_path / "positioning.md").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "messagecheck.toml").write_text(SETTINGS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def site() -> Iterator[Site]:
    with serve({"/": page("Plants stay alive", "/offer"), "/offer": OFFER}) as running:
        yield running


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        cli.main(arguments)
    assert isinstance(end.value.code, int)
    return end.value.code


@pytest.mark.usefixtures("here")
def test_a_site_is_crawled_and_scanned_with_urls_and_lines(site: Site, capsys: pytest.CaptureFixture[str]):
    assert run("crawl", site.url, "-o", "site") == 0
    assert capsys.readouterr().out == "site: 2 pages\n"
    assert run("scan", "site") == 1
    out = capsys.readouterr().out
    assert f"/offer.html  {site.url}/offer  website" in out
    assert "conflict/scope  2:4" in out
    assert all(asked.headers["User-Agent"].endswith("(+me@example.com)") for asked in site.log)


def test_scan_of_a_url_crawls_into_the_cache_and_explain_reads_it_there(
    here: Path, site: Site, capsys: pytest.CaptureFixture[str]
):
    assert run("scan", site.url, "-f", "json") == 1
    report = json.loads(capsys.readouterr().out)
    host = site.url.removeprefix("http://").replace(":", "_")
    assert [(one["path"], one["url"]) for one in report["touchpoints"]] == [
        (f"{host}/index.html", f"{site.url}/"),
        (f"{host}/offer.html", f"{site.url}/offer"),
    ]
    (cache,) = (path for path in (here / ".messagecheck" / "sites").iterdir() if path.is_dir())
    assert (cache.parent / ".gitignore").read_text() == "*\n"
    assert (cache / FILE_NAME).exists()
    (found,) = (one for one in report["findings"] if one["rule"] == "conflict/scope")
    assert (found["path"], found["location"]["line"]) == (f"{host}/offer.html", 2)
    site.log.clear()
    assert run("explain", found["id"], site.url) == 0
    assert f"  at {site.url}/offer\n" in capsys.readouterr().out
    assert site.log == []


@pytest.mark.usefixtures("here")
def test_a_page_that_can_not_be_had_is_3_in_both(site: Site, capsys: pytest.CaptureFixture[str]):
    site.routes["/offer"] = answering(status=403)
    assert run("crawl", site.url, "-o", "site") == 3
    assert capsys.readouterr().out == f"site: 1 page\n  not fetched {site.url}/offer: status 403\n"
    assert run("scan", "site") == 3
    assert f"Not checked\n  {site.url}/offer: status 403\n" in capsys.readouterr().out


@pytest.mark.usefixtures("here")
def test_a_later_crawl_tells_what_was_added_changed_and_is_gone(site: Site, capsys: pytest.CaptureFixture[str]):
    run("crawl", site.url, "-o", "site")
    site.routes |= {"/": page("Plants live", "/new"), "/new": page("New")}
    capsys.readouterr()
    assert run("crawl", site.url, "-o", "site") == 0
    assert capsys.readouterr().out.splitlines() == [
        "site: 2 pages: 1 added, 1 changed, 1 gone",
        f"  added {site.url}/new",
        f"  changed {site.url}/",
        f"  gone {site.url}/offer",
    ]


@pytest.mark.usefixtures("here")
def test_options_overrule_the_settings(site: Site, capsys: pytest.CaptureFixture[str]):
    assert run("crawl", site.url, "-o", "site", "--exclude", "offer", "--contact", "https://us.example/bot", "-q") == 0
    assert capsys.readouterr().out == ""
    assert site.pages == ["/"]
    assert site.log[0].headers["User-Agent"].endswith("(+https://us.example/bot)")


def test_a_private_address_needs_permission_and_a_contact_is_asked_for(
    here: Path, site: Site, capsys: pytest.CaptureFixture[str]
):
    (here / "messagecheck.toml").unlink()
    assert run("crawl", site.url, "-o", "site") == 2
    assert capsys.readouterr().err.splitlines() == [
        "messagecheck: no contact is named; with --contact a site's owner can reach you",
        f"messagecheck: {site.url}/: 127.0.0.1 is at 127.0.0.1, which is no public address; "
        "crawl --allow-private and crawl.allow_private in the settings are for intranets",
    ]
    assert site.connections == 0
    assert run("crawl", site.url, "-o", "site", "--allow-private") == 0


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["crawl", "https://example.com"], "Missing option '-o' / '--output'"),
        (["crawl", "example", "-o", "x"], "example: is no web address; it must be like https://example.com/"),
        (["crawl", "http://127.0.0.1:1", "-o", "x", "--contact", "a\nb"], "--contact must be a mail address or a URL"),
        (["crawl", "http://127.0.0.1:1", "-o", "x", "--ca", "none.pem"], "none.pem: holds no certificates to trust"),
        (["explain", "mc-1", "https://example.com"], "https://example.com: was not fetched yet"),
    ],
)
def test_what_is_wrong_is_one_line_and_2(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]):
    assert run(*arguments) == 2
    error = capsys.readouterr().err
    assert says in error
    assert len(error.splitlines()) == 1


def test_a_crawled_page_has_the_findings_of_the_page_itself(here: Path, capsys: pytest.CaptureFixture[str]):
    """The demo company's own website, published and fetched back."""
    website = shutil.copytree(places.demo() / "content" / "website", here / "website")
    (here / "positioning.md").write_bytes((places.demo() / "positioning.md").read_bytes())
    routes: dict[str, Route] = {f"/{path.name}": path.read_bytes() for path in website.iterdir()}
    with serve({**routes, "/": routes["/index.html"]}) as site:
        run("crawl", site.url, "-o", "site")
    capsys.readouterr()
    found = []
    for folder in (website.name, "site"):
        run("scan", folder, "-f", "json", "-p", "positioning.md", "--select", "conflict,term")
        report = json.loads(capsys.readouterr().out)["findings"]
        found.append({(one["rule"], Path(one["path"]).name, one["location"]["line"], one["text"]) for one in report})
    assert found[0]
    assert found[0] == found[1]
