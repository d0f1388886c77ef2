"""reStructuredText: blocks with exact places, nothing inserted, unknown directives read all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from messagecheck.errors import LoadError
from messagecheck.loaders import read
from messagecheck.nouns import Block, Role, Speaker
from tests.loaders.samples import misplaced


def blocks(text: str) -> list[Block]:
    found = list(read(text.encode(), "a.rst"))
    assert [pair for block in found for pair in misplaced(block, text)] == []
    return found


def test_marks_links_and_roles_are_not_text_and_leave_places_exact() -> None:
    (block,) = blocks("We **close** the\nbooks in `five days <http://x.y>`_, ``now``,\nsee :ref:`our plans <plans>`.\n")
    assert block.text == "We close the books in five days, now, see our plans."
    places = {
        word: block.place(block.text.index(word), block.text.index(word) + 1) for word in ("close", "five", "our")
    }
    assert {word: (at.line, at.column) for word, at in places.items()} == {
        "close": (1, 6),
        "five": (2, 11),
        "our": (3, 11),
    }


@pytest.mark.parametrize(
    ("text", "words", "role"),
    [
        ("Head\n====", "Head", Role.HEADING),
        ("* one\n  two", "one two", Role.BULLET),
        ("#. three", "three", Role.BULLET),
        ("::\n\n    run", "run", Role.CODE),
        (".. code-block:: sh\n\n   run", "run", Role.CODE),
        (".. image:: x.png\n   :alt: A calm desk", "A calm desk", Role.ALT),
        (".. meta::\n   :description: What we do", "What we do", Role.META),
        (".. note:: Mind the gap.", "Mind the gap.", Role.BODY),
        ("| one line", "one line", Role.BODY),
        (".. raw:: html\n\n   <p>in html</p>", "in html", Role.BODY),
        (".. figure:: x.png\n\n   A caption", "A caption", Role.BODY),
    ],
)
def test_a_block_has_the_role_of_its_mark(text: str, words: str, role: Role) -> None:
    assert [(block.text, block.role) for block in blocks(text + "\n")] == [(words, role)]


def test_headings_lead_to_a_block() -> None:
    found = blocks("A\n=\n\nB\n-\n\ntext\n\nC\n=\n\nmore\n")
    assert [block.at.heading for block in found] == [(), ("A",), ("A", "B"), (), ("C",)]


def test_a_cell_knows_its_row_and_column() -> None:
    found = blocks("==== =====\nPlan Price\n==== =====\nPro  $10\n==== =====\n")
    assert [(block.text, block.context, block.at.column) for block in found] == [
        ("Plan", "", 1),
        ("Price", "", 6),
        ("Pro", "Plan", 1),
        ("$10", "Pro | Price", 6),
    ]


def test_a_definition_has_its_term_as_context() -> None:
    term, meaning = blocks("Close\n    In five days.\n")
    assert (term.text, meaning.text, meaning.context) == ("Close", "In five days.", "Close")


def test_a_quotation_with_a_name_below_is_theirs() -> None:
    quote, name = blocks("    It saved a week.\n\n    -- Ana Ruiz\n")
    assert (quote.role, quote.speaker, quote.attributed_to) == (Role.TESTIMONIAL, Speaker.THEM, "Ana Ruiz")
    assert name.role is Role.ATTRIBUTION


def test_what_stands_in_an_unknown_directive_is_read() -> None:
    text = (
        "Head\n====\n\n.. tab-item:: Windows\n   :sync: win\n\n   Run *it*.\n\n   .. grid-card:: Inner\n\n      Deep.\n"
    )
    assert [(block.text, block.at.line) for block in blocks(text)] == [
        ("Head", 1), ("Windows", 4), ("Run it.", 7), ("Inner", 9), ("Deep.", 11),
    ]  # fmt: skip


def test_names_of_files_and_objects_are_no_text() -> None:
    assert [block.text for block in blocks(".. toctree::\n   :maxdepth: 2\n\n   intro\n   usage\n\nText.\n")] == [
        "Text."
    ]


def test_nothing_is_inserted(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Secret words")
    asked = (f".. include:: {secret}", f".. csv-table:: T\n   :file: {secret}", f".. raw:: html\n   :file: {secret}")
    found = read("\n\n".join((*asked, "Ours.\n")).encode(), "a.rst")
    assert not any("Secret" in block.text for block in found)
    assert found[-1].text == "Ours."


def test_a_substitution_is_read_as_what_it_stands_for() -> None:
    assert [block.text for block in read(b"We sell |it|.\n\n.. |it| replace:: calm\n", "a.rst")] == ["We sell calm."]


def test_a_broken_table_is_not_lost() -> None:
    text = "=====  =====\nA  wide cell here\n=====  =====\n"
    assert "wide cell here" in " ".join(block.text for block in read(text.encode(), "a.rst"))


def test_lines_without_end_are_refused() -> None:
    with pytest.raises(LoadError, match="has a line of more than 10,000 characters"):
        read(b"`a <" * 10_000, "a.rst")
