"""Word documents: charts, notes with their places, content controls, hidden and deleted text, embedded files."""

# ruff: noqa: E501 - a sample of a file stands in one piece
from __future__ import annotations

import io
import time
import zipfile

from messagecheck.loaders import read_whole
from messagecheck.nouns import Block, Role, Unread
from tests.loaders.test_office import W, p, word

DRAWING = '<w:p xmlns:r="http://r"><w:r><w:drawing><wp:docPr xmlns:wp="http://wp" id="1" name="Chart" descr="Growth since 2024"/><c:chart xmlns:c="http://c" r:id="r0"/></w:drawing></w:r></w:p>'
CHART = '<c:chartSpace xmlns:c="http://c"><c:ser><c:tx><c:v>Ours</c:v></c:tx><c:cat><c:pt idx="0"><c:v>2025</c:v></c:pt></c:cat><c:val><c:pt idx="0"><c:v>34</c:v></c:pt></c:val></c:ser></c:chartSpace>'


def whole(body: str, *parts: tuple[str, str, str]) -> tuple[tuple[Block, ...], tuple[Unread, ...]]:
    """A document with parts of (kind of relation, name, XML)."""
    relations = "".join(
        f'<Relationship Id="r{n}" Type="http://x/{kind}" Target="{name}"/>' for n, (kind, name, _) in enumerate(parts)
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        file.writestr("word/_rels/document.xml.rels", f"<Relationships>{relations}</Relationships>")
        for _, name, xml in parts:
            file.writestr(f"word/{name}", xml)
    return read_whole(out.getvalue(), "a.docx")


def test_a_chart_and_its_description_stand_at_their_paragraph() -> None:
    found, _ = whole(p("Before.") + DRAWING, ("chart", "charts/chart1.xml", CHART))
    assert [(block.text, block.role, block.context, block.at.paragraph) for block in found[1:]] == [
        ("Growth since 2024", Role.ALT, "", 2),
        ("Ours", Role.BODY, "", 2),
        ("2025", Role.BODY, "", 2),
        ("34", Role.CELL, "2025 | Ours", 2),
    ]


def test_a_broken_part_costs_only_itself_and_is_said() -> None:
    found, unread = whole(p("Body.") + DRAWING, ("chart", "chart1.xml", "<c"), ("header", "header1.xml", "<w"))
    assert [block.text for block in found] == ["Body.", "Growth since 2024"]
    assert [one.reason.partition(": its part")[0] for one in unread] == ["paragraph 2", "header"]


def test_notes_and_comments_tell_the_paragraph_that_they_belong_to() -> None:
    body = (
        f'{p("One.")}<w:p><w:r><w:t>Two.</w:t><w:footnoteReference w:id="3"/><w:commentReference w:id="0"/></w:r></w:p>'
    )
    notes = f'<w:footnote w:id="3">{p("By our own count.")}</w:footnote>'
    found = word(body, footnotes=notes, comments=f'<w:comment w:id="0">{p("Agreed.")}</w:comment>')
    assert [(block.text, block.at.shape, block.at.paragraph) for block in found[2:]] == [
        ("By our own count.", "footnote", 2), ("Agreed.", "comment", 2),
    ]  # fmt: skip


def test_two_comments_of_one_wording_are_two() -> None:
    found = word(p("Body."), comments=p("Agreed.") + p("Agreed."))
    assert [block.text for block in found] == ["Body.", "Agreed.", "Agreed."]


def test_what_a_content_control_shows_until_it_is_filled_is_no_content() -> None:
    empty = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent>"
    block = f"<w:sdt>{empty.format(p('Click or tap here to enter text.'))}</w:sdt>"
    inline = (
        f"<w:p><w:r><w:t>Dear</w:t></w:r><w:sdt>{empty.format('<w:r><w:t>Choose a name</w:t></w:r>')}</w:sdt></w:p>"
    )
    assert [found.text for found in word(block + inline)] == ["Dear"]


def test_hidden_text_is_flagged() -> None:
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>For us</w:t></w:r></w:p>"
    shown = '<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>For all</w:t></w:r></w:p>'
    assert [(found.text, found.hidden) for found in word(hidden + shown)] == [("For us", True), ("For all", False)]


def test_moved_text_is_read_where_it_went() -> None:
    moved = "<w:p><w:moveFrom><w:r><w:t>A move.</w:t></w:r></w:moveFrom></w:p><w:p><w:moveTo><w:r><w:t>A move.</w:t></w:r></w:moveTo></w:p>"
    assert [(found.text, found.at.paragraph) for found in word(moved)] == [("A move.", 2)]


def test_word_art_is_text() -> None:
    art = '<w:p><w:r><w:pict><v:shape xmlns:v="http://v"><v:textpath string="Draft of May"/></v:shape></w:pict></w:r></w:p>'
    assert [found.text for found in word(art)] == ["Draft of May"]


def test_embedded_files_and_inserted_documents_are_said() -> None:
    _, unread = whole(
        f"{p('Body.')}<w:p><w:r><w:object><o:OLEObject xmlns:o='http://o'/></w:object></w:r></w:p>",
        ("aFChunk", "chunk.html", "<p>In"),
    )
    assert [one.reason for one in unread] == [
        "paragraph 2: holds an embedded file, which is not read; scan it on its own",
        "holds an embedded file, which is not read; scan it on its own",
    ]


def test_a_row_in_a_content_control_has_its_headers() -> None:
    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(f'<w:tc>{p(cell)}</w:tc>' for cell in cells)}</w:tr>"

    repeated = f"<w:sdt><w:sdtContent>{row('Starter', '$49')}</w:sdtContent></w:sdt>"
    found = word(f"<w:tbl>{row('Plan', 'Price')}{repeated}</w:tbl>")
    assert (found[-1].text, found[-1].context) == ("$49", "Starter | Price")


def test_a_number_of_thousands_of_digits_is_none() -> None:
    found = word(f'<w:p><w:pPr><w:outlineLvl w:val="{"9" * 5000}"/></w:pPr><w:r><w:t>Fast.</w:t></w:r></w:p>')
    assert [(block.text, block.role) for block in found] == [("Fast.", Role.BODY)]


def test_a_long_table_takes_no_longer_a_row() -> None:
    cell = f"<w:tc>{p('Fast.')}</w:tc>"
    row = f"<w:tr>{cell * 4}</w:tr>"
    began = time.process_time()
    assert len(word(f"<w:tbl>{row * 2000}</w:tbl>")) == 8000
    assert time.process_time() - began < 5
