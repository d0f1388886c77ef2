from hypothesis import given
from hypothesis import strategies as st

from messagecheck.reports.html.differing import Run, differing


def marked(runs: tuple[Run, ...]) -> list[str]:
    return [run.text for run in runs if run.differs]


def test_the_words_that_differ_are_marked_on_both_sides():
    ours, theirs = differing("Starter is $39 per user.", "Starter is $49 per user per month.")
    assert marked(ours) == ["$39"]
    assert marked(theirs) == ["$49", "per month"]


def test_case_and_the_marks_around_a_word_are_no_difference():
    ours, theirs = differing("Fast, and safe.", "fast and “safe”")
    assert marked(ours) == marked(theirs) == []


def test_sentences_that_share_little_have_only_their_numbers_marked():
    ours, theirs = differing("More than 900 offices subscribe to us", "640 customers pay by subscription each month")
    assert (marked(ours), marked(theirs)) == (["900"], ["640"])


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_runs_of_a_text_are_the_text(one: str, other: str):
    ours, theirs = differing(one, other)
    assert "".join(run.text for run in ours) == one
    assert "".join(run.text for run in theirs) == other


@given(st.text(max_size=60))
def test_a_text_does_not_differ_from_itself(text: str):
    assert not marked(differing(text, text)[0])
