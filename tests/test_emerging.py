"""Competing names for one concept: found where two words do one job, silent where they don't."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.typing import NDArray

from messagecheck import embedding, emerging, english
from messagecheck.cli.terms import terms
from messagecheck.nouns import Block, Canon, Location, Sentence, Speaker, Term
from messagecheck.prose import read_sentences
from tests.canons import make_canon

if TYPE_CHECKING:
    from messagecheck.english import Parse
    from messagecheck.nouns import Encode

FACTS = "## Facts\n- Acme sells curtains to small hotels"
FILES = {
    "a.md": [
        "You can order from our online shop at night.",
        "We restock the online shop every Friday.",
        "The fabric is heavy.",
    ],
    "b.md": ["You can order from our online store at night.", "We restock the online store every Friday."],
    "c.md": ["The lining is light.", "Customers love the heavy fabric."],
}


@pytest.fixture(scope="module")
def parse() -> Parse:
    return english.load()


@pytest.fixture(scope="module")
def encode() -> Encode:
    return embedding.load()


@pytest.fixture
def canon(tmp_path: Path) -> Canon:
    return make_canon(tmp_path, FACTS)


def sentences(files: dict[str, Sequence[str]], speaker: Speaker = Speaker.US) -> list[Sentence]:
    return [
        sentence
        for path, texts in files.items()
        for line, text in enumerate(texts, 1)
        for sentence in read_sentences([Block(text, Location(path, line=line, column=1), speaker=speaker)])
    ]


def words(found: Sequence[emerging.Suggestion]) -> list[tuple[str, ...]]:
    return [(one.use.term, *(rival.usage.term for rival in one.rivals)) for one in found]


def test_two_words_for_one_thing_are_a_suggestion_with_counts_and_files(canon: Canon, parse, encode):
    (found,) = emerging.suggest(sentences(FILES), canon, parse, encode)
    assert {found.use.term, found.rivals[0].usage.term} == {"shop", "store"}
    assert [len(found.use.mentions), len(found.rivals[0].usage.mentions)] == [2, 2]
    assert {*found.use.paths, *found.rivals[0].usage.paths} == {"a.md", "b.md"}


def test_two_spellings_of_one_word_are_a_suggestion(canon: Canon, parse, encode):
    files = {
        "a.md": ["You can call our help desk.", "We run a help desk."],
        "b.md": ["You can call our helpdesk.", "We run a helpdesk."],
    }
    assert [set(found) for found in words(emerging.suggest(sentences(files), canon, parse, encode))] == [
        {"help desk", "helpdesk"}
    ]


def test_what_the_table_settles_is_left_out(canon: Canon, parse, encode):
    settled = replace(canon, terms=(Term("shop", ("store",), "", None),))
    assert emerging.suggest(sentences(FILES), settled, parse, encode) == []


def test_a_word_that_the_table_prefers_is_the_one_to_use(canon: Canon, parse, encode):
    preferring = replace(canon, terms=(Term("store", ("outlet",), "", None),))
    (found,) = emerging.suggest(sentences(FILES), preferring, parse, encode)
    assert (found.use.term, found.known) == ("store", True)


def test_a_customers_words_are_no_evidence(canon: Canon, parse, encode):
    assert emerging.suggest(sentences(FILES, Speaker.THEM), canon, parse, encode) == []


def test_words_that_stand_in_one_sentence_do_not_compete(canon: Canon, parse, encode):
    files = {**FILES, "d.md": ["We run an online shop and an online store."] * 2}
    assert emerging.suggest(sentences(files), canon, parse, encode) == []


def test_words_of_one_file_do_not_compete(canon: Canon, parse, encode):
    assert emerging.suggest(sentences({"a.md": [*FILES["a.md"], *FILES["b.md"]]}), canon, parse, encode) == []


def test_words_of_other_meaning_in_the_same_place_do_not_compete(canon: Canon, parse):
    def apart(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.eye(max(1, len(texts)), dtype=np.float32)[: len(texts)]

    assert emerging.suggest(sentences(FILES), canon, parse, apart) == []


def test_nothing_read_is_nothing_suggested(canon: Canon, parse, encode):
    assert emerging.suggest([], canon, parse, encode) == []


def test_the_command_prints_rows_and_the_same_json_each_time(tmp_path: Path):
    make_canon(tmp_path, FACTS)
    for name, texts in FILES.items():
        (tmp_path / name).write_text("\n\n".join(texts), encoding="utf-8")
    run = CliRunner()
    text = run.invoke(terms, [str(tmp_path)], catch_exceptions=False, standalone_mode=False)
    assert (text.return_value, "| shop | store | |" in text.output) == (0, True)
    first, second = (run.invoke(terms, [str(tmp_path), "-f", "json"], standalone_mode=False) for _ in range(2))
    assert first.output == second.output
    (suggestion,) = json.loads(first.output)["suggestions"]
    assert (suggestion["term"], suggestion["count"], suggestion["files"]) == ("shop", 2, ["a.md"])
    assert suggestion["examples"][0]["text"] == "You can order from our online shop at night."


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path):
    make_canon(tmp_path, FACTS)
    (tmp_path / "a.md").write_text("You can order from our online shop at night.", encoding="utf-8")
    (tmp_path / "b.pptx").write_bytes(b"no deck")
    done = CliRunner().invoke(terms, [str(tmp_path)], catch_exceptions=False, standalone_mode=False)
    assert (done.return_value, "b.pptx: not checked" in done.output) == (3, True)
