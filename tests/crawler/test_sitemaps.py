import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from messagecheck.crawler.errors import FetchError
from messagecheck.crawler.sitemaps import MOST, parse, walk

URL = "https://example.com/sitemap.xml"
LIMIT = 1_000_000
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*urls: str) -> bytes:
    return f"<urlset {NAMESPACE}>{''.join(f'<url><loc> {url} </loc></url>' for url in urls)}</urlset>".encode()


def index(*urls: str) -> bytes:
    return (
        f"<sitemapindex {NAMESPACE}>{''.join(f'<sitemap><loc>{url}</loc></sitemap>' for url in urls)}</sitemapindex>"
    ).encode()


def test_a_sitemap_names_pages():
    assert parse(urlset("https://example.com/a", "/b?x=1&amp;y=2"), URL, LIMIT).pages == (
        "https://example.com/a",
        "https://example.com/b?x=1&y=2",
    )


def test_an_index_names_sitemaps_and_a_packed_one_is_unpacked():
    assert parse(gzip.compress(index("/one.xml.gz")), URL, LIMIT).sitemaps == ("https://example.com/one.xml.gz",)


def test_a_sitemap_may_be_a_list_of_lines():
    assert parse(b"http://example.com/a\r\nhttps://example.com/b\n\nnothing\n", URL, LIMIT).pages == (
        "http://example.com/a",
        "https://example.com/b",
    )


def test_a_broken_sitemap_gives_what_can_be_read_and_says_so():
    sitemap = parse(urlset("/a", "/b")[:-20], URL, LIMIT)
    assert sitemap.pages == ("https://example.com/a", "https://example.com/b")
    assert sitemap.broken == "is broken in line 1; what could be read of it was used"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "it is no XML"),
        (b"Not found", "is no sitemap"),
        (b"<html><body>Not found</body></html>", "is no sitemap"),
        (b'<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><loc>&x;</loc></urlset>', "a DOCTYPE"),
        (b"\x1f\x8bxxxx", "is a damaged gzip file"),
        (gzip.compress(bytes(LIMIT + 1)), "is larger than 1 MB"),
    ],
)
def test_what_is_no_sitemap_is_an_error(data: bytes, says: str):
    with pytest.raises(FetchError, match=says):
        parse(data, URL, LIMIT)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_sitemap_or_an_error(data: bytes):
    try:
        parse(data, URL, LIMIT)
    except FetchError:
        return


def test_sitemaps_that_name_each_other_are_read_once():
    asked = []
    maps = {URL: index("/a.xml", "/b.xml"), "https://example.com/a.xml": index("/b.xml", "/sitemap.xml")}

    def fetch(url: str) -> bytes:
        asked.append(url)
        return maps.get(url, urlset("/page"))

    assert list(walk([URL], fetch, LIMIT, lambda *_: None)) == ["https://example.com/page"]
    assert asked == [URL, "https://example.com/a.xml", "https://example.com/b.xml"]


def test_an_index_without_an_end_is_given_up_and_told():
    told = []
    list(walk([URL], lambda url: index(f"{url}x"), LIMIT, lambda url, error: told.append(str(error))))
    assert told == [f"{MOST} sitemaps were read and 1 left"]
