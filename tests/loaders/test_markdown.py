"""Markdown and MDX: blocks with exact columns, front matter, tables, quotations, pieces of HTML."""

# ruff: noqa: E501 - a sample of a file stands in one piece
from __future__ import annotations

import pytest

from messagecheck.errors import LoadError
from messagecheck.loaders.markdown import read
from messagecheck.nouns import Block, Role, Speaker


def blocks(text: str, path: str = "a.md") -> list[Block]:
    return list(read(text.encode(), path))


def where(block: Block, words: str) -> tuple[int | None, int | None]:
    start = block.text.index(words)
    at = block.place(start, start + len(words))
    return at.line, at.column


def test_marks_links_and_entities_are_not_text_and_leave_places_exact() -> None:
    (block,) = blocks('We **close** the\nbooks in [five days](http://x.y/five "t"), R&amp;D \\*too\\* `now` <br>on.\n')
    assert block.text == "We close the books in five days, R&D *too* now on."
    assert where(block, "close") == (1, 6)
    assert where(block, "five days") == (2, 11)
    assert where(block, "D *too") == (2, 50)
    assert where(block, "now") == (2, 61)


@pytest.mark.parametrize(
    ("text", "words", "role"),
    [
        ("# Head", "Head", Role.HEADING),
        ("Head\n====", "Head", Role.HEADING),
        ("- one\n  two", "one two", Role.BULLET),
        ("3. three", "three", Role.BULLET),
        ("```sh\nrun\n```", "run", Role.CODE),
        ("    run", "run", Role.CODE),
        ("![A calm desk](x.png)", "A calm desk", Role.ALT),
        ("> We say this ourselves.", "We say this ourselves.", Role.BODY),
        ("> “We say this.”", "“We say this.”", Role.TESTIMONIAL),
        ("<p>in html</p>", "in html", Role.BODY),
    ],
)
def test_a_block_has_the_role_of_its_mark(text: str, words: str, role: Role) -> None:
    assert [(block.text, block.role) for block in blocks(text)] == [(words, role)]


def test_front_matter_gives_title_and_description_with_their_places() -> None:
    title, description, body = blocks(
        '---\ntitle: "Why: we wait"\nauthor: Ana\ndescription: >\n  It is\n  slow.\n---\nBody.\n'
    )
    assert (title.text, title.role, title.at.line, title.at.column) == ("Why: we wait", Role.TITLE, 2, 9)
    assert (description.text, description.role, description.at.line) == ("It is slow.", Role.META, 5)
    assert (body.text, body.at.line) == ("Body.", 8)


def test_broken_front_matter_is_refused_by_name() -> None:
    with pytest.raises(LoadError, match=r"a\.md: front matter is not valid YAML"):
        blocks("---\ntitle: [\n---\nBody\n")


def test_a_cell_knows_its_row_and_column_and_its_place() -> None:
    found = blocks("| Plan | a\\|b |\n|---|---|\n| Pro | Pro |\n")
    assert [(block.text, block.context) for block in found] == [
        ("Plan", ""),
        ("a|b", ""),
        ("Pro", "Plan"),
        ("Pro", "Pro | a|b"),
    ]
    assert [(block.at.line, block.at.column) for block in found] == [(1, 3), (1, 10), (3, 3), (3, 9)]


def test_headings_lead_to_a_block() -> None:
    found = blocks("# A\n## B\ntext\n### C\n## D\n<div>html</div>\n")
    assert [block.at.heading for block in found] == [(), ("A",), ("A", "B"), ("A", "B"), ("A",), ("A", "D")]


def test_a_quotation_with_a_name_below_is_theirs() -> None:
    quote, name, ours = blocks("> It saved us a week.\n> — Ana Ruiz, Kettle Co.\n\nWe did.\n")
    assert (quote.role, quote.speaker, quote.attributed_to) == (Role.TESTIMONIAL, Speaker.THEM, "Ana Ruiz, Kettle Co.")
    assert name.role is Role.ATTRIBUTION
    assert ours.speaker is Speaker.US


def test_mdx_code_is_masked_and_string_attributes_are_blocks() -> None:
    text = 'import X from "y"\n\nexport const a = {\n  b: 1,\n}\n\n# Head {a.b}\n\n<Card title="Fast close">\n    In five <b>days</b>.\n</Card>\n'
    found = blocks(text, "a.mdx")
    assert [(block.text, block.role, block.at.line) for block in found] == [
        ("Head", Role.HEADING, 7), ("Fast close", Role.BODY, 9), ("In five days.", Role.BODY, 10),
    ]  # fmt: skip
    assert where(found[2], "days") == (10, 16)


def test_many_pieces_of_html_cost_little() -> None:
    assert len(blocks("<div>x</div>\n\n" * 1_000)) == 1_000
