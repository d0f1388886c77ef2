"""A crawled folder keeps where its files come from, and what could not be fetched."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from messagecheck import crawled
from messagecheck.content import find_files
from messagecheck.crawled import FILE_NAME, JOURNAL, Changes, LeftOut, Missed, Page, Record, is_record, load, render
from messagecheck.errors import MessagecheckError
from messagecheck.nouns import Touchpoint, Unread
from messagecheck.settings import Settings

PAGE = Page("https://a.example/x", "a.example/x.html", 200, "2026-01-01T00:00:00Z", "00", "11", '"tag"', "")
RECORD = Record(
    "https://a.example/",
    (PAGE,),
    (Missed("https://a.example/y", "status 500"),),
    (LeftOut("forbidden by robots.txt", 2, ("https://a.example/z",)),),
    Changes(("https://a.example/x",), (), ("https://a.example/old",)),
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A crawled folder inside one that is scanned."""
    (tmp_path / "site" / "a.example").mkdir(parents=True)
    (tmp_path / "site" / "a.example" / "x.html").write_text("<h1>X</h1>")
    (tmp_path / "site" / FILE_NAME).write_text(render(RECORD))
    (tmp_path / "own.md").write_text("# Own")
    return tmp_path


def read(folder: Path, *paths: Path) -> list[Touchpoint | Unread]:
    files = find_files(paths or (folder,), Settings(root=folder), None)
    return crawled.with_urls([Touchpoint(name, "website", "", ()) for _, name in files], files, paths or (folder,))


def test_a_record_is_read_as_it_was_written(site: Path):
    assert load(site / "site" / FILE_NAME) == RECORD


def test_a_page_has_its_url_and_a_file_of_ours_has_none(site: Path):
    urls = {item.path: item.url for item in read(site) if isinstance(item, Touchpoint)}
    assert urls == {"own.md": None, "site/a.example/x.html": "https://a.example/x"}


def test_what_was_not_fetched_counts_as_not_checked(site: Path):
    assert [item for item in read(site) if isinstance(item, Unread)] == [Unread("https://a.example/y", "status 500")]


def test_a_single_page_has_its_url_and_no_say_in_what_else_was_not_fetched(site: Path):
    (item,) = read(site, site / "site" / "a.example" / "x.html")
    assert isinstance(item, Touchpoint)
    assert item.url == "https://a.example/x"


def test_a_crawl_that_was_not_finished_is_told(site: Path):
    (site / "site" / JOURNAL).write_text("")
    told = [item.reason for item in read(site) if isinstance(item, Unread)]
    assert told == ["its crawl was not finished; run the same messagecheck crawl again", "status 500"]


def test_another_crawl_json_is_content(tmp_path: Path):
    (tmp_path / FILE_NAME).write_text('[{"speaker": "Ana", "text": "Hello"}]')
    assert not is_record(tmp_path / FILE_NAME)
    assert [name for _, name in find_files([tmp_path], Settings(root=tmp_path), None)] == [FILE_NAME]


@pytest.mark.parametrize("file", ["../x.html", "/etc/passwd", "a/../../x.html", ""])
def test_a_record_that_names_a_file_elsewhere_is_damaged(tmp_path: Path, file: str):
    (tmp_path / FILE_NAME).write_text(render(replace(RECORD, pages=(replace(PAGE, file=file),))))
    with pytest.raises(MessagecheckError, match=r"crawl\.json: is damaged \(ValueError\); remove it and crawl again"):
        load(tmp_path / FILE_NAME)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["url", "file", "status", "etag", "x"]), st.none() | st.integers() | st.text()))
def test_a_page_without_all_that_it_needs_is_damage(tmp_path: Path, page: dict[str, object]):
    raw = json.loads(render(RECORD)) | {"pages": [page]}
    (tmp_path / FILE_NAME).write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(MessagecheckError, match="is damaged"):
        load(tmp_path / FILE_NAME)
