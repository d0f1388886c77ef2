"""Blocks become sentences: ends, modes, contexts."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messagecheck.nouns import Block, Location, Mode, Role, Speaker
from messagecheck.prose import in_our_voice, mode_of, read_sentences, split


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Hale signed it at 5 p.m. and left.",
        "It costs $4.50 a month, e.g. for a seat.",
        "See docs.acme.example/v1.2 for the U.S. plan.",
        "J. R. Hartley wrote it.",
        "Starter vs. Pro is a matter of storage.",
        "Plans from £9.99/mo. for two seats, max. 10 users.",
        "Messrs. Hale and Co. trust J.P. Morgan.",
        "See fig. 3 and sec. 4.2 of node.js v2.1.",
        "It runs on .NET, est. 2009, at approx. $5 a seat.",
    ],
)
def test_abbreviations_prices_urls_and_initials_do_not_end_a_sentence(text: str):
    assert pieces(text) == [text]


def test_sentences_end_at_stops_and_closing_quotes():
    assert pieces("We close at 9 p.m. We open at 7. “Really?” Yes.") == [
        "We close at 9 p.m.",
        "We open at 7.",
        "“Really?”",
        "Yes.",
    ]


def test_no_ends_a_sentence_and_a_number_sign_does_not():
    assert pieces("No. That stays with an attorney.") == ["No.", "That stays with an attorney."]
    assert pieces("Take bus No. 9 to the lab.") == ["Take bus No. 9 to the lab."]


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Do you sell insurance?", Mode.ASKS),
        ("“It runs itself,” she said.", Mode.QUOTES),
        ("We don't sell insurance.", Mode.DENIES),
        ("Imagine that it wrote every reply.", Mode.SUPPOSES),
        ("Before we switched, it took ten days.", Mode.RECALLS),
        ("We sell insurance.", Mode.ASSERTS),
    ],
)
def test_how_a_sentence_is_meant_is_told(text: str, mode: Mode):
    assert mode_of(text) is mode


def test_a_short_answer_keeps_the_question_before_it():
    at = Location("call.vtt")
    asked = Block("Do you do HIPAA?", Location("call.vtt", speaker="Ann Lee"), Role.TURN, Speaker.THEM)
    said = Block("Yeah. We sign that.", at, Role.TURN, Speaker.US)
    sentences = list(read_sentences([asked, said]))
    assert [s.context for s in sentences] == ["", "Ann: Do you do HIPAA?", "Ann: Do you do HIPAA?"]


def test_a_cell_keeps_its_headers_as_context():
    cell = Block("10 GB", Location("a.html"), Role.CELL, context="Starter | Storage")
    assert [s.context for s in read_sentences([cell])] == ["Starter | Storage"]


def test_a_short_word_before_no_figure_ends_its_sentence():
    assert pieces("We answer in ten min. We mean it.") == ["We answer in ten min.", "We mean it."]


def test_what_a_list_begins_under_gives_its_bullets_their_meaning():
    at = Location("a.html", heading=("Promises",))
    told = [Block("We will never:", at), Block("Lock you in", at, Role.BULLET), Block("Sell data", at, Role.BULLET)]
    after = [Block("We answer.", at), Block("Fast", at, Role.BULLET)]
    assert [s.context for s in read_sentences([*told, *after])] == [
        "Promises", "We will never:", "We will never:", "Promises", "Promises",
    ]  # fmt: skip


def test_code_holds_no_statements():
    assert list(read_sentences([Block("Starter is free.", Location("a.md"), Role.CODE)])) == []


def test_the_companys_name_becomes_we():
    assert in_our_voice("Acme Cloud's price is what Acme says.", ["Acme", "Acme Cloud"]) == "our price is what we says."


@given(st.text(max_size=300))
def test_a_sentence_is_a_slice_of_its_block_in_order(text: str):
    spans = split(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert list(spans) == sorted(spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
