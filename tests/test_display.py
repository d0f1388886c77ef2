import pytest
from hypothesis import given
from hypothesis import strategies as st

from messagecheck.display import UNSAFE, place, shortened, visible
from messagecheck.nouns import Location


@given(st.text())
def test_visible_text_is_safe_and_on_one_line(text: str):
    shown = visible(text)
    assert not UNSAFE.search(shown)
    assert len(shown.splitlines()) <= 1


@given(st.text(), st.integers(1, 40))
def test_shortened_text_keeps_its_length(text: str, most: int):
    assert len(shortened(text, most)) <= most


@pytest.mark.parametrize("text", ["plain", "naïve “quotes” – €5", "日本語", "👍", "✔️"])
def test_ordinary_text_is_shown_as_it_is(text: str):
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [("\x1b[2J", "\\x1b[2J"), ("a\u202eb", "a\\u202eb"), ("\U000e0041", "\\U000e0041"), ("a\n b", "a b")],
)
def test_unsafe_characters_are_shown_as_escapes(text: str, shown: str):
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (Location("a", line=3), "3"),
        (Location("a", line=3, column=7), "3:7"),
        (Location("a", slide=2, shape="Title 1", notes=True), "slide 2 (notes), Title 1"),
        (Location("a", slide=2, notes=True), "slide 2 (notes)"),
        (Location("a", page=2, paragraph=4), "page 2"),
        (Location("a", paragraph=4), "paragraph 4"),
        (Location("a", line=9, timestamp="0:00:04", speaker="Ana"), "9, 0:00:04 Ana"),
        (Location("a"), ""),
    ],
)
def test_a_place_is_said_as_its_format_counts(at: Location, shown: str):
    assert place(at) == shown
