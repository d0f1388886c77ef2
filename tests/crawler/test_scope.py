import pytest

from messagecheck.crawler.scope import QUERIES_A_PATH, Frontier, around
from messagecheck.errors import MessagecheckError
from messagecheck.settings import Crawl


def frontier(start: str = "https://example.com/", *, depth: int = 5, **config: tuple[str, ...]) -> Frontier:
    return Frontier(around(start, Crawl(**config)), depth)


def test_a_crawl_stays_on_its_host_with_and_without_www():
    scope = frontier().scope
    assert scope.holds("https://example.com/a")
    assert scope.holds("http://www.example.com/a")
    assert not scope.holds("https://blog.example.com/a")
    assert not scope.holds("https://example.com.evil.example/a")
    assert not scope.holds("https://example.com:8443/a")


def test_a_start_that_ends_in_a_slash_takes_what_is_beneath():
    scope = frontier("https://example.com/en/").scope
    assert scope.holds("https://example.com/en/pricing")
    assert not scope.holds("https://example.com/de/")
    assert frontier("https://example.com/en").scope.holds("https://example.com/de/")


def test_other_hosts_can_be_named():
    assert frontier(hosts=("blog.example.com",)).scope.holds("https://blog.example.com/a")


def test_another_host_is_told_in_letters_of_any_alphabet():
    assert frontier(hosts=("Bücher.example",)).scope.holds("https://xn--bcher-kva.example/a")


@pytest.mark.parametrize("host", ["https://blog.example.com/", "blog.example.com/a", "", "a b"])
def test_what_is_no_host_is_an_error(host: str):
    with pytest.raises(MessagecheckError, match=r"is no host; it must be like blog\.example\.com"):
        frontier(hosts=(host,))


def test_globs_take_and_leave_paths():
    scope = frontier(include=("product/**", "pricing"), exclude=("product/old/**",)).scope
    assert scope.holds("https://example.com/product/a/b")
    assert scope.holds("https://example.com/pricing")
    assert not scope.holds("https://example.com/product/old/a")
    assert not scope.holds("https://example.com/legal")


def test_an_address_is_taken_once_and_in_order():
    found = frontier()
    for path in ("b", "a", "b"):
        found.add(f"https://example.com/{path}", 1)
    assert list(found.take()) == [("https://example.com/b", 1), ("https://example.com/a", 1)]


def test_what_lies_too_deep_is_left_out_and_counted():
    found = frontier(depth=2)
    found.add("https://example.com/a", 3)
    assert list(found.take()) == []
    assert found.left_out == {"more than 2 links from the start": ["https://example.com/a"]}


def test_a_link_that_is_relative_to_itself_is_no_page():
    found = frontier()
    found.add("https://example.com/a/b/a/b", 1)
    found.add("https://example.com/a/b/a/b/a", 1)
    assert [url for url, _ in found.take()] == ["https://example.com/a/b/a/b"]
    assert found.left_out == {"a part of the path stands there 3 times": ["https://example.com/a/b/a/b/a"]}


def test_a_path_has_only_so_many_queries():
    found = frontier()
    found.add("https://example.com/calendar", 1)
    for month in range(20):
        found.add(f"https://example.com/calendar?month={month}", 1)
    assert len(list(found.take())) == QUERIES_A_PATH + 1
    ((reason, urls),) = found.left_out.items()
    assert reason == "more than 5 queries of one path"
    assert len(urls) == 15
