"""OpenDocument: texts and presentations as LibreOffice writes them."""

# ruff: noqa: E501 - a sample of a file stands in one piece
from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest

from messagecheck.errors import LoadError
from messagecheck.loaders import read, read_whole
from messagecheck.nouns import Block, Role, Speaker

FILES = Path(__file__).parents[1] / "files" / "office"
NAMES = {
    "office": "office", "text": "text", "draw": "drawing", "style": "style", "table": "table",
    "presentation": "presentation", "svg": "svg-compatible",
}  # fmt: skip
XMLNS = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"' for name, uri in NAMES.items())
XMLNS += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
BROKEN = '<draw:frame draw:name="{}"><draw:object xlink:href="./{}"/></draw:frame>'


def zipped(suffix: str, body: str, automatic: str = "", **parts: str) -> bytes:
    kind = {"odt": "text", "odp": "presentation"}[suffix]
    content = f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("content.xml", f"<x {XMLNS}>{automatic}{content}</x>")
        for name, xml in parts.items():
            file.writestr(name.replace("__", "/") + ".xml", f"<x {XMLNS}>{xml}</x>")
    return out.getvalue()


def slides(body: str, automatic: str = "", **parts: str) -> list[Block]:
    return list(read(zipped("odp", body, automatic, **parts), "a.odp"))


def from_file(name: str) -> list[Block]:
    return list(read((FILES / name).read_bytes(), name))


def test_a_text_is_read_in_order_with_notes_frames_tables_and_margins() -> None:
    found = from_file("note.odt")
    assert [(block.text, block.role, block.at.paragraph, block.at.shape) for block in found] == [
        ("a spreadsheet", Role.COMMENT, None, None),
        ("What we bring", Role.HEADING, 1, None),
        ("We bring plants and water them.", Role.BODY, 2, None),
        ("Grown in Leeds.", Role.BODY, 2, "footnote"),
        ("Is this so?", Role.COMMENT, 2, None),
        ("A gardener each week", Role.BULLET, 3, None),
        ("In a frame", Role.BODY, 5, None),
        ("A box of text", Role.ALT, 5, None),
        ("Plan", Role.CELL, 6, None),
        ("Price", Role.CELL, 7, None),
        ("Small", Role.CELL, 8, None),
        ("£120", Role.CELL, 9, None),
        ("Greenhand Ltd", Role.FOOTER, None, "header"),
        ("Page", Role.FOOTER, None, "footer"),
    ]
    assert found[2].at.heading == ("What we bring",)
    assert found[11].context == "Small | Price"
    assert {block.speaker for block in found if block.role is Role.COMMENT} == {Speaker.UNKNOWN}


def test_a_document_says_the_same_as_odt_and_as_docx() -> None:
    text, word = ({block.text for block in from_file(name)} for name in ("note.odt", "note.docx"))
    assert text - word == {"A box of text", "Page"}
    assert word - text == {"Page 1"}


def test_a_presentation_is_read_slide_by_slide_with_tables_and_notes() -> None:
    found = {block.text: block for block in from_file("deck.odp")}
    assert found["Office plants without the work"].role is Role.TITLE
    bullet = found["A gardener visits each week"]
    assert (bullet.role, bullet.at.slide, bullet.at.heading) == (Role.BULLET, 2, ("What we do",))
    assert found["£290"].context == "Medium | Per month"
    notes = found["This slide is the one that people photograph."]
    assert (notes.role, notes.at.slide, notes.at.notes) == (Role.NOTES, 4, True)


def test_placeholders_that_nobody_has_filled_are_no_content() -> None:
    empty = '<draw:frame presentation:class="title" presentation:placeholder="true"><draw:text-box><text:p>Titel durch Klicken</text:p></draw:text-box></draw:frame>'
    prompt = '<draw:frame presentation:class="outline"><draw:text-box><text:p>Click to add text</text:p></draw:text-box></draw:frame>'
    found = slides(
        f"<draw:page>{empty}{prompt}<draw:custom-shape><text:p>Ours</text:p></draw:custom-shape></draw:page>"
    )
    assert [(block.text, block.at.heading) for block in found] == [("Ours", ())]


def test_a_masters_text_and_a_footer_come_once_on_the_first_slide() -> None:
    page = '<draw:page draw:master-page-name="M" presentation:use-footer-name="f"><draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame></draw:page>'
    master = '<style:master-page style:name="M"><draw:frame><text:p>Plants that live</text:p></draw:frame><draw:frame presentation:class="title"><text:p>Prompt</text:p></draw:frame></style:master-page>'
    footer = '<presentation:footer-decl presentation:name="f">© Greenhand</presentation:footer-decl>'
    found = slides(footer + page.format("One") + page.format("Two"), styles=master)
    assert [(block.text, block.role, block.at.slide) for block in found] == [
        ("One", Role.BODY, 1), ("© Greenhand", Role.FOOTER, 1), ("Plants that live", Role.FOOTER, 1), ("Two", Role.BODY, 2),
    ]  # fmt: skip


def test_a_hidden_slide_is_said_to_be_hidden() -> None:
    style = (
        '<style:style style:name="dp2"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>'
    )
    (found,) = slides(
        '<draw:page draw:style-name="dp2"><draw:rect><text:p>Later</text:p></draw:rect></draw:page>', style
    )
    assert found.hidden


def test_a_chart_gives_its_cells_and_an_embedded_file_is_said() -> None:
    row = "<table:table-row><table:table-cell>{}</table:table-cell><table:table-cell>{}</table:table-cell></table:table-row>"
    p = "<text:p>{}</text:p>".format
    table = f"<table:table>{row.format('', p('Ours'))}{row.format(p('2025'), p('34'))}</table:table>"
    body = f"<text:p>{BROKEN.format('Chart 1', 'Object 1')}{BROKEN.format('Chart 2', 'Object 2')}</text:p>"
    data = zipped("odt", body, **{"Object 1__content": table})
    found, unread = read_whole(data, "a.odt")
    assert [(block.text, block.context) for block in found] == [("Ours", ""), ("2025", ""), ("34", "2025 | Ours")]
    assert [one.reason for one in unread] == [
        "paragraph 1: holds an embedded file, which is not read; scan it on its own"
    ]


def test_repeated_cells_keep_the_columns() -> None:
    p = "<text:p>{}</text:p>".format
    head = "".join(f"<table:table-cell>{p(text)}</table:table-cell>" for text in ("Plan", "Seats", "Price"))
    gap = '<table:table-cell table:number-columns-repeated="2"/>'
    body = f"<table:table><table:table-row>{head}</table:table-row><table:table-row>{gap}<table:table-cell>{p('$49')}</table:table-cell></table:table-row></table:table>"
    assert read(zipped("odt", body), "a.odt")[-1].context == "Price"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped("odp", ""), "holds no text, as its name says"),
        (zipped("odt", "", **{"META-INF__manifest": "<encryption-data/>"}), "is password-protected"),
        (b"PK\x03\x04", "is not an Office file"),
    ],
)
def test_what_is_no_open_document_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(LoadError, match=reason):
        read(data, "a.odt")


def test_a_cell_without_a_row_has_no_headers() -> None:
    cell = "<table:table><table:table-cell><text:p>Fast.</text:p></table:table-cell></table:table>"
    found = list(read(zipped("odt", cell), "a.odt"))
    assert [(block.text, block.role, block.context) for block in found] == [("Fast.", Role.CELL, "")]


def test_a_number_of_thousands_of_digits_is_none() -> None:
    heading = f'<text:h text:outline-level="{"9" * 5000}">Fast.</text:h>'
    found = list(read(zipped("odt", heading), "a.odt"))
    assert [(block.text, block.reason) for block in found] == [("Fast.", "heading 1")]


def test_a_long_table_takes_no_longer_a_row() -> None:
    cells = "<table:table-cell><text:p>Fast.</text:p></table:table-cell>" * 4
    rows = f"<table:table-row>{cells}</table:table-row>" * 2000
    began = time.process_time()
    assert len(list(read(zipped("odt", f"<table:table>{rows}</table:table>"), "a.odt"))) == 8000
    assert time.process_time() - began < 5
