import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from messagecheck.crawler.urls import LONGEST, absolute, host_of, normal, target_of

BASE = "https://example.com/product/index.html"


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("pricing.html", "https://example.com/product/pricing.html"),
        ("/a/../b/./c", "https://example.com/b/c"),
        ("#plans", "https://example.com/product/index.html"),
        ("HTTPS://EXAMPLE.com:443/A", "https://example.com/A"),
        ("http://example.com:80", "http://example.com/"),
        ("http://example.com:8080/x", "http://example.com:8080/x"),
        ("//other.example/x", "https://other.example/x"),
        ("  /a b  ", "https://example.com/a%20b"),
        ("/ä", "https://example.com/%C3%A4"),
        ("https://example.com./x", "https://example.com/x"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
    ],
)
def test_a_link_leads_to(link: str, url: str):
    assert absolute(link, BASE) == url


@pytest.mark.parametrize(
    "link",
    ["mailto:a@b.example", "javascript:alert(1)", "tel:+49", "data:text/html,x", "ftp://a.example/", "file:///etc/passwd",
     "https://user:secret@example.com/", "http://", "http://[::1", "https://a.example:99999/", f"/{'x' * LONGEST}"],
)  # fmt: skip
def test_what_is_no_page_s_address_leads_nowhere(link: str):
    assert absolute(link, BASE) is None


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/a?utm_source=x&utm_medium=y", "https://example.com/a"),
        ("/a?PHPSESSID=12&page=2", "https://example.com/a?page=2"),
        ("/a;jsessionid=12ab", "https://example.com/a"),
        ("/a?b=2&a=1", "https://example.com/a?a=1&b=2"),
        ("/a?sid=1", "https://example.com/a"),
        ("/a?side=left", "https://example.com/a?side=left"),
        ("/a?q=", "https://example.com/a?q="),
    ],
)
def test_one_page_has_one_address(link: str, url: str):
    assert normal(link, BASE) == url


def test_host_and_target_are_what_a_request_needs():
    assert host_of("http://example.com:8080/a?b=1") == "example.com:8080"
    assert target_of("http://example.com:8080/a?b=1") == "/a?b=1"


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_link_is_an_address_or_none(link: str):
    for url in (absolute(link, BASE), normal(link, BASE)):
        assert url is None or (url.startswith(("http://", "https://")) and url.isascii() and " " not in url)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_the_one_spelling_stays(link: str):
    url = normal(link, BASE)
    assert url is None or normal(url) == url
