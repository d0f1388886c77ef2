"""PDF: paragraphs, bullets, headings and tables made again from where characters stand."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from messagecheck.errors import LoadError
from messagecheck.loaders import read, read_whole
from messagecheck.loaders.pdf_layout import Piece, joined, lines
from messagecheck.nouns import Block, Role


def drawn(*pages: list[tuple[float, float, float, str]]) -> bytes:
    """A PDF of pages of (x, y, size, text)."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for page in pages:
        for x, y, size, text in page:
            canvas.setFont("Helvetica", size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def blocks(*pages: list[tuple[float, float, float, str]]) -> list[Block]:
    return list(read(drawn(*pages), "a.pdf"))


def test_lines_become_paragraphs_and_tall_ones_headings() -> None:
    found = blocks(
        [
            (72, 760, 20, "Data sheet"),
            (72, 700, 10, "We answer in a minute and"),
            (72, 688, 10, "keep it."),
            (72, 650, 10, "Next."),
        ]
    )
    assert [(block.text, block.role, block.at.page) for block in found] == [
        ("Data sheet", Role.TITLE, 1), ("We answer in a minute and keep it.", Role.BODY, 1), ("Next.", Role.BODY, 1),
    ]  # fmt: skip
    assert found[1].at.heading == ("Data sheet",)


def test_bullets_are_blocks_without_their_marks() -> None:
    found = blocks(
        [
            (72, 700, 10, "•"),
            (84, 700, 10, "One bullet that"),
            (84, 688, 10, "goes on"),
            (72, 676, 10, "•"),
            (84, 676, 10, "Two"),
        ]
    )
    assert [(block.text, block.role) for block in found] == [
        ("One bullet that goes on", Role.BULLET),
        ("Two", Role.BULLET),
    ]


def test_a_table_gives_cells_with_headers_even_where_cells_wrap() -> None:
    out = io.BytesIO()
    style = getSampleStyleSheet()["Normal"]
    rows = [
        ["", "36 months", "60 months"],
        ["One fryer of the larger kind, with its filter and baskets, a month", "$142", "$116"],
        ["Down", "$0", "$1"],
    ]
    table = Table([[Paragraph(text, style) for text in row] for row in rows], colWidths=[120, 120, 120])
    SimpleDocTemplate(out).build([Paragraph("Prices are by the month and hold for all of this year.", style), table])
    found = {block.text: block for block in read(out.getvalue(), "a.pdf")}
    assert found["$116"].context == "One fryer of the larger kind, with its filter and baskets, a month | 60 months"
    assert found["$1"].context == "Down | 60 months"
    assert found["60 months"].role is Role.CELL


def test_what_stands_on_most_pages_is_a_footer_and_comes_once() -> None:
    pages = [
        [(72, 700, 10, f"Text of page {word}."), (72, 30, 8, "Ours Ltd"), (300, 30, 8, str(n))]
        for n, word in enumerate("abcd")
    ]
    found = blocks(*pages)
    assert [block.text for block in found if block.role is Role.FOOTER] == ["Ours Ltd"]
    assert [block.text for block in found if block.role is Role.BODY] == [f"Text of page {word}." for word in "abcd"]


def test_a_paragraph_over_two_pages_is_one() -> None:
    found = blocks([(72, 60, 10, "It goes on and")], [(72, 760, 10, "on to the end."), (72, 700, 10, "Other.")])
    assert [(block.text, block.at.page) for block in found] == [("It goes on and on to the end.", 1), ("Other.", 2)]


def test_two_columns_are_not_a_table() -> None:
    left = [(72, 700 - 12 * n, 10, f"left {n} of a column") for n in range(4)]
    right = [(320, 700 - 12 * n, 10, f"right {n} of a column") for n in range(4)]
    found = blocks([*left, *right])
    assert [block.role for block in found] == [Role.BODY, Role.BODY]
    assert found[0].text.startswith("left 0 of a column left 1")


def test_columns_that_the_file_mixes_up_are_read_one_after_the_other() -> None:
    left = ["Our bookkeepers read every", "receipt and ask when it", "looks odd to them, and", "that costs nothing."]
    right = ["A person answers you in", "less than a minute on", "working days, for as", "long as you stay."]
    rows = [
        row
        for n, (one, other) in enumerate(zip(left, right, strict=True))
        for row in ((72, 700 - 12 * n, 10, one), (320, 700 - 12 * n, 10, other))
    ]
    assert [block.text for block in blocks(rows)] == [" ".join(left), " ".join(right)]


def test_a_paragraph_goes_on_at_the_top_of_the_next_column() -> None:
    left = [(72, 700, 10, "The first paragraph is its own and ends."), (72, 660, 10, "It goes on and")]
    (_, whole) = blocks([*left, (320, 700, 10, "on to the end.")])
    assert whole.text == "It goes on and on to the end."


@pytest.mark.parametrize("after", ["We also do this.", "2026 brings another thing."])
def test_a_paragraph_below_a_bullet_is_its_own(after: str) -> None:
    found = blocks([(72, 700, 10, "• One flat fee for all of it, however many"), (72, 688, 10, after)])
    assert [(block.text, block.role) for block in found] == [
        ("One flat fee for all of it, however many", Role.BULLET),
        (after, Role.BODY),
    ]


def test_a_bullet_that_goes_on_below_its_mark_is_one() -> None:
    (found,) = blocks(
        [(72, 700, 10, "• One flat fee for all of it, however"), (72, 688, 10, "many receipts there are")]
    )
    assert found.text == "One flat fee for all of it, however many receipts there are"


def test_a_line_that_leaves_room_for_the_next_word_ends_its_paragraph() -> None:
    found = blocks([(72, 700, 10, "We close the books in five working days."), (72, 688, 10, "No question is billed."),
                    (72, 676, 10, "A person answers the telephone in a minute.")])  # fmt: skip
    assert [block.text for block in found] == [
        "We close the books in five working days. No question is billed.",
        "A person answers the telephone in a minute.",
    ]


@pytest.mark.parametrize(
    ("texts", "whole"),
    [
        (["the infor-", "mation is"], "the information is"),
        (["self-", "funded"], "self-funded"),
        (["a well\u00ad", "known"], "a wellknown"),
        (["2019-", "2021"], "2019- 2021"),
        (["one", " two "], "one two"),
    ],
)
def test_a_broken_word_is_made_whole_where_the_document_has_it_whole(texts: list[str], whole: str) -> None:
    assert joined(texts, frozenset({"information"})) == whole


def test_pieces_of_one_line_are_one() -> None:
    bold, plain = Piece("We ", 10, 0, 25, 10, bold=True), Piece("close", 27, 0, 50, 10)
    far = Piece("$49", 200, 0, 220, 10)
    assert [line.text for line in lines([bold, plain, far])] == ["We close", "$49"]


def scanned(canvas: Canvas) -> None:
    picture = Image.new("L", (40, 60), 200)
    canvas.drawInlineImage(picture, 0, 0, *A4)
    canvas.showPage()


def test_a_scan_is_refused_for_its_missing_text() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    scanned(canvas)
    canvas.save()
    with pytest.raises(LoadError, match=r"a.pdf: page 1: no text layer; run it through text recognition"):
        read(out.getvalue(), "a.pdf")


def test_scanned_pages_among_others_are_said_and_empty_ones_are_not() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for kind in ["text", "scan", "scan", "empty", "footed-scan", "text", "text", "scan"]:
        if kind in {"text", "footed-scan"}:
            canvas.drawString(72, 30, "Ours Ltd, all rights reserved")
        if kind == "text":
            canvas.drawString(72, 700, "We answer in a minute.")
        if kind.endswith("scan"):
            scanned(canvas)
        else:
            canvas.showPage()
    canvas.save()
    found, unread = read_whole(out.getvalue(), "a.pdf")
    assert [block.at.page for block in found if block.role is Role.BODY] == [1, 6, 7]
    assert [one.reason for one in unread] == [
        "pages 2–3, 5, 8: no text layer; run it through text recognition (OCR) first"
    ]


def test_an_empty_page_is_no_scan() -> None:
    with pytest.raises(LoadError, match=r"a.pdf: holds no text$"):
        read(drawn([]), "a.pdf")


def test_a_locked_file_is_refused_as_locked() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt="secret")
    canvas.drawString(72, 700, "Hidden")
    canvas.save()
    with pytest.raises(LoadError, match="is password-protected"):
        read(out.getvalue(), "a.pdf")
