from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from messagecheck.crawler.client import Answer
from messagecheck.crawler.errors import NoPageError
from messagecheck.crawler.links import links, words_hash
from messagecheck.crawler.pages import content_of, name_of, suffix_of, write


def answer(body: bytes, kind: str) -> Answer:
    return Answer("https://example.com/", 200, {"content-type": kind}, body, 0.1)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://example.com/", "example.com/index.html"),
        ("https://example.com/pricing", "example.com/pricing.html"),
        ("https://example.com/pricing/", "example.com/pricing.html"),
        ("https://example.com/pricing.html", "example.com/pricing.html"),
        ("https://example.com/a/b.php", "example.com/a/b.php.html"),
        ("http://example.com:8080/a", "example.com_8080/a.html"),
        ("https://example.com/%C3%A4rzte", "example.com/ärzte.html"),
        ("https://example.com/.well-known/x", "example.com/_well-known/x.html"),
        ("https://example.com/%2e%2e/%2e%2e/etc", "example.com/_./_./etc.html"),
        ("https://example.com/a%2Fb%00c", "example.com/a/b_c.html"),
        ("https://example.com/docs.html/x", "example.com/docs.html_/x.html"),
    ],
)
def test_a_page_is_named_like_its_address(url: str, name: str):
    assert name_of(url, ".html", ()) == name


def test_two_pages_never_have_one_name():
    first = name_of("https://example.com/A", ".html", ())
    second = name_of("https://example.com/a/", ".html", {first.casefold()})
    assert first == "example.com/A.html"
    assert second.startswith("example.com/a-")
    one, other = (name_of(f"https://example.com/a?x={number}", ".html", ()) for number in (1, 2))
    assert one != other


@settings(deadline=None)
@given(st.text(max_size=300))
def test_no_address_leads_out_of_the_folder(path: str):
    parts = PurePosixPath(name_of(f"https://example.com/{path}", ".html", ())).parts
    assert parts[0] == "example.com"
    assert not any(part.startswith(".") or len(part.encode()) > 120 for part in parts)
    assert len(parts) <= 10


@pytest.mark.parametrize(
    ("body", "kind", "suffix"),
    [
        (b"<p>Hi", "text/html; charset=utf-8", ".html"),
        (b"%PDF-1.7", "text/html", ".pdf"),
        (b"\xef\xbb\xbf <!-- x -->\n<!DOCTYPE html>", "text/plain", ".html"),
        (b"<html lang=de>", "", ".html"),
        (b"Hello", "text/plain", ".txt"),
    ],
)
def test_the_first_bytes_tell_more_than_the_server(body: bytes, kind: str, suffix: str):
    assert suffix_of(answer(body, kind)) == suffix


@pytest.mark.parametrize("kind", ["image/png", "", "application/octet-stream", "application/json"])
def test_what_holds_no_text_is_no_page(kind: str):
    with pytest.raises(NoPageError):
        suffix_of(answer(b"\x89PNG", kind))


def test_an_encoding_that_only_a_header_tells_is_not_lost():
    page = answer("<p>Größe".encode("windows-1252"), "text/html; charset=windows-1252")
    assert content_of(page, ".html") == "<p>Größe".encode()


@pytest.mark.parametrize("charset", ["nonsense", "hex", "utf-8"])
def test_a_header_that_is_wrong_changes_nothing(charset: str):
    body = "<p>Größe".encode("windows-1252")
    assert content_of(answer(body, f"text/html; charset={charset}"), ".html") == body


def test_links_are_read_where_a_browser_would(tmp_path: Path):
    page = b"""<base href="/en/"><a href=a>A</a><a href="a">again</a><map><area href=b></map><iframe src=/c></iframe>
    <meta http-equiv=Refresh content="0; URL='/d'"><a href="mailto:x@y.example">mail</a><!-- <a href=/no> -->
    <script>var x = '<a href=/no>';</script><a name=top>no link</a>"""
    assert links(page, "https://example.com/x") == [
        f"https://example.com{path}" for path in ("/en/a", "/en/b", "/c", "/d")
    ]


def test_the_words_of_a_page_are_not_its_tokens():
    one = b'<meta name=csrf content=1><script>n=1</script><h1>Hello</h1><a href="?sid=1">go</a>'
    two = b'<meta name=csrf content=2><script>n=2</script><h1> Hello</h1><a href="?sid=2">go</a>'
    other = one.replace(b"Hello", b"Goodbye")
    assert words_hash(one, "u") == words_hash(two, "u") != words_hash(other, "u")
    described = b"<meta name=description content=%s><h1>Hello</h1>"
    assert words_hash(described % b"A", "u") != words_hash(described % b"B", "u")


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_have_links_and_a_hash(data: bytes):
    assert isinstance(links(data, "https://example.com/"), list)
    assert len(words_hash(data, "https://example.com/")) == 64


def test_a_page_is_written_whole_or_not_at_all(tmp_path: Path):
    write(tmp_path, "host/a.html", b"one")
    write(tmp_path, "host/a.html", b"two")
    assert [path.name for path in (tmp_path / "host").iterdir()] == ["a.html"]
    assert (tmp_path / "host" / "a.html").read_bytes() == b"two"
