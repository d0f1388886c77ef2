"""Content files of keys and values: the settings pick the keys, every value keeps its place, bombs cost nothing."""

# ruff: noqa: E501 - a sample of a file stands in one piece
from __future__ import annotations

import json
import time
from itertools import pairwise

import pytest

from messagecheck.errors import LoadError
from messagecheck.loaders import read
from messagecheck.nouns import Block, Role, Speaker
from tests.loaders.samples import misplaced

YAML = """# the start page
hero:
  title: "Books close in five days\\u2014\\"really\\""
  text: >-
    For teams that are
    tired of spreadsheets.
  cta: Book a demo
plans:
  - name: Starter
    price: $49 per user # a comment
    note: 'It''s all in.'
  - name: Team
    price: $99 per user
quotes:
  - {quote: They saved us a week., name: Bo}
---
footer: |
  Made in Kiel.
"""
JSON = '{"hero": {"title": "Books \\"close\\"\\nfast", "cta": "Book a demo"}, "n": 3,\n "plans": [{"price": "$49"}, {"price": "$49"}]}'
CSV = 'Campaign,Ad headline,Description 1,Final URL,CTA\nSpring,"Close, fast","Say ""five"" days",https://x.example,Book\n\nAutumn,Slow,,https://y.example,\n'


def picked(text: str, path: str, *keys: str) -> list[Block]:
    blocks = list(read(text.encode(), path, keys))
    assert [pair for block in blocks for pair in misplaced(block, text)] == []
    return blocks


def test_yaml_values_are_picked_by_globs_with_their_lines() -> None:
    found = picked(YAML, "a.yaml", "hero.*", "plans.price", "footer")
    assert [(block.text, block.at.line, block.at.column) for block in found] == [
        ('Books close in five days—"really"', 3, 11),
        ("For teams that are tired of spreadsheets.", 5, 5),
        ("Book a demo", 7, 8),
        ("$49 per user", 10, 12),
        ("$99 per user", 13, 12),
        ("Made in Kiel.", 18, 3),
    ]
    assert found[3].context == "plans | price"
    assert [block.role for block in found[:3]] == [Role.BODY, Role.BODY, Role.CTA]


def test_a_quotation_in_a_content_file_is_not_our_claim() -> None:
    (quote,) = picked(YAML, "a.yml", "**.quote")
    assert (quote.role, quote.speaker) == (Role.TESTIMONIAL, Speaker.THEM)


def test_json_values_are_picked_and_equal_ones_keep_their_own_places() -> None:
    found = picked(JSON, "a.json", "hero", "plans.*")
    assert [(block.text, block.at.line) for block in found] == [
        ('Books "close" fast', 1), ("Book a demo", 1), ("$49", 2), ("$49", 2),
    ]  # fmt: skip
    assert found[2].at.column != found[3].at.column


@pytest.mark.parametrize(
    ("text", "path", "says"),
    [
        (YAML, "a.yaml", 'which of its keys are copy is not told; name them in [content] keys, such as "hero.title", "hero.text"'),
        ('{"a": {"b": "some words of copy"}}', "a.json", 'is no call (no utterance with a speaker or a time), and which of its keys are copy is not told; name them in [content] keys, such as "a.b"'),
        ("a: 1\n", "a.yml", "holds no keys that read like copy; name it in “exclude” if it is no content"),
        ("a: [", "a.yml", "is not valid YAML (while parsing"),
        ("Id,Notes\n1,What we said of it\n", "a.csv", 'which of its columns are copy is not told; name them in [content] keys, such as "Notes"'),
        ("a,b\n1,2\n", "a.csv", "holds no columns that read like copy"),
    ],
    ids=["yaml", "json", "numbers", "broken", "csv", "no prose"],
)  # fmt: skip
def test_where_no_key_is_picked_the_reason_names_some(text: str, path: str, says: str) -> None:
    with pytest.raises(LoadError) as error:
        read(text.encode(), path)
    assert str(error.value).startswith(f"{path}: {says}")


def test_customers_quotations_in_json_are_no_call() -> None:
    text = json.dumps([{"text": "It saved us a week.", "name": "Bo"}, {"text": "It is fast.", "name": "Cy"}])
    assert [block.text for block in read(text.encode(), "a.json", ("text",))] == ["It saved us a week.", "It is fast."]


def test_aliases_are_read_once() -> None:
    names = "abcdefghijklmnop"
    levels = "\n".join(f"{b}: &{b} [{', '.join(f'*{a}' for _ in range(9))}]" for a, b in pairwise(names))
    start = time.process_time()
    found = read(f"a: &a Words of copy.\n{levels}\n".encode(), "a.yaml", ("**",))
    assert [block.text for block in found] == ["Words of copy."]
    assert time.process_time() - start < 2


def test_yaml_that_nests_too_deeply_is_refused() -> None:
    with pytest.raises(LoadError, match="nests too deeply"):
        read(b"[" * 20_000, "a.yaml")


def test_a_header_decides_which_columns_are_copy() -> None:
    found = picked(CSV, "ads.csv")
    assert [(block.text, block.context, block.at.line, block.role) for block in found] == [
        ("Close, fast", "Spring | Ad headline", 2, Role.CELL),
        ('Say "five" days', "Spring | Description 1", 2, Role.CELL),
        ("Book", "Spring | CTA", 2, Role.CTA),
        ("Slow", "Autumn | Ad headline", 4, Role.CELL),
    ]


def test_keys_choose_columns_instead() -> None:
    assert [block.text for block in picked(CSV, "ads.csv", "campaign")] == ["Spring", "Autumn"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_the_header_rows(delimiter: str) -> None:
    text = "Post URL,Post text\nhttps://x.example,We close fast\n".replace(",", delimiter)
    (block,) = picked(text, "posts.tsv")
    assert (block.text, block.context) == ("We close fast", "https://x.example | Post text")


def test_a_call_as_csv_is_a_call() -> None:
    text = "Speaker,Start time,Text\nAna Ruiz,0:04,We close fast.\nAna Ruiz,0:06,Really.\nBo Lind,0:09,How?\n"
    found = picked(text, "call.csv")
    assert [(block.at.speaker, block.at.timestamp, block.text) for block in found] == [
        ("Ana Ruiz", "0:00:04", "We close fast. Really."),
        ("Bo Lind", "0:00:09", "How?"),
    ]
    assert {(block.role, block.speaker) for block in found} == {(Role.TURN, Speaker.UNKNOWN)}


def test_cells_may_hold_line_breaks_and_unclosed_quotation_marks() -> None:
    found = picked('Text\n"One\ntwo"\n"three\n', "a.csv")
    assert [(block.text, block.at.line) for block in found] == [("One two", 2), ('"three', 4)]
