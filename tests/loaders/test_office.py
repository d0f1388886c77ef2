"""Word and PowerPoint: nothing that a reader sees is lost, everything has its place, and hostile archives are refused."""

# ruff: noqa: E501 - a sample of a file stands in one piece
from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from messagecheck.errors import LoadError
from messagecheck.loaders import archive, read
from messagecheck.nouns import Block, Location, Role, Speaker
from tests.loaders.samples import docx_bytes, pptx_bytes

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT_BOX = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps">'
    "<w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
    "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent>"
)


def word(body: str, **parts: str) -> list[Block]:
    """The blocks of a document with the given body, and other parts by their names."""
    out = io.BytesIO()
    kinds = "".join(
        f'<Relationship Id="r{n}" Type="http://x/{name.rstrip("0123456789")}" Target="{name}.xml"/>'
        for n, name in enumerate(parts)
    )
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        file.writestr("word/_rels/document.xml.rels", f"<Relationships>{kinds}</Relationships>")
        for name, xml in parts.items():
            file.writestr(f"word/{name}.xml", f'<w:x xmlns:w="{W}">{xml}</w:x>')
    return list(read(out.getvalue(), "a.docx"))


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def edited(data: bytes, part: str, old: str, new: str) -> bytes:
    """An Office file with a part's text changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name in source.namelist():
            content = source.read(name)
            file.writestr(name, content.decode().replace(old, new) if name == part else content)
    return out.getvalue()


def test_a_document_is_read_in_order_with_paragraphs_and_headings() -> None:
    found = list(read(docx_bytes(), "a.docx"))
    assert [(block.text, block.role, block.at.paragraph) for block in found] == [
        ("The proposal", Role.TITLE, 1),
        ("Price", Role.HEADING, 2),
        ("Twelve people pay $49.", Role.BODY, 3),
        ("No set-up fee", Role.BULLET, 4),
        ("Plan", Role.CELL, 5),
        ("Price", Role.CELL, 6),
        ("Starter", Role.CELL, 7),
        ("$49", Role.CELL, 8),
    ]
    assert found[2].at.heading == ("The proposal", "Price")
    assert [block.context for block in found[4:]] == ["", "", "Plan", "Starter | Price"]


def test_text_boxes_content_controls_and_nested_tables_are_read_once() -> None:
    control = f"<w:sdt><w:sdtContent>{p('Controlled')}</w:sdtContent></w:sdt>"
    nested = f"<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>{p('Deep')}</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>"
    body = f"<w:p><w:r><w:t>Before</w:t></w:r><w:r>{TEXT_BOX}</w:r></w:p>{control}{nested}"
    assert [block.text for block in word(body)] == ["Before", "In a box", "Controlled", "Deep"]


def test_insertions_are_kept_and_deletions_are_flagged() -> None:
    body = "<w:p><w:r><w:t>We close in </w:t></w:r><w:del><w:r><w:delText>ten</w:delText></w:r></w:del><w:ins><w:r><w:t>five</w:t></w:r></w:ins><w:r><w:tab/><w:t>days</w:t></w:r></w:p>"
    kept, deleted = word(body)
    assert kept.text == "We close in five days"
    assert (deleted.text, deleted.role, deleted.speaker) == ("ten", Role.COMMENT, Speaker.UNKNOWN)


def test_headers_footnotes_and_comments_are_read_and_repeats_are_not() -> None:
    found = word(
        p("Body."), header1=p("Ours Ltd"), header2=p("Ours Ltd"), footnotes=p("A note."), comments=p("Really?")
    )
    assert [(block.text, block.role, block.at.shape, block.speaker) for block in found] == [
        ("Body.", Role.BODY, None, Speaker.US),
        ("Ours Ltd", Role.FOOTER, "header", Speaker.US),
        ("A note.", Role.BODY, "footnote", Speaker.US),
        ("Really?", Role.COMMENT, "comment", Speaker.UNKNOWN),
    ]


def test_a_quotation_in_a_quote_style_is_a_customers() -> None:
    document = docx.Document()
    document.add_paragraph("“It took two weeks.”", style="Intense Quote")
    document.add_paragraph("Ana Ruiz, Kettle Co.")
    document.styles.add_style("Section Head", WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Heading 2"]
    document.add_paragraph("A head", style="Section Head")
    out = io.BytesIO()
    document.save(out)
    quote, name, head = read(out.getvalue(), "a.docx")
    assert (quote.role, quote.speaker, quote.attributed_to) == (Role.TESTIMONIAL, Speaker.THEM, "Ana Ruiz, Kettle Co.")
    assert name.role is Role.ATTRIBUTION
    assert head.role is Role.HEADING


def deck() -> list[Block]:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes.title.text = "What it costs"
    frame = slide.placeholders[1].text_frame
    frame.text = "Starter is $49"
    frame.add_paragraph().text = "Scale is $99"
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(1), Inches(4), Inches(1)).table
    for cell, text in zip(table.iter_cells(), ["", "Us", "Seats", "10"], strict=True):
        cell.text = text
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, 9, 9).text_frame.text = "In a group"
    data = CategoryChartData()
    data.categories = ["2024", "2025"]
    data.add_series("Uptake", (22, 34))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, 999, 999, data)
    slide.notes_slide.notes_text_frame.text = "Pause here."
    out = io.BytesIO()
    presentation.save(out)
    return list(read(out.getvalue(), "d.pptx"))


def test_titles_bullets_tables_groups_charts_and_notes_of_a_slide_are_read() -> None:
    found = {block.text: block for block in deck()}
    assert found["What it costs"].role is Role.TITLE
    assert found["Scale is $99"].role is Role.BULLET
    assert found["Scale is $99"].at == Location(
        "d.pptx", slide=1, shape="Content Placeholder 2", heading=("What it costs",)
    )
    assert (found["10"].role, found["10"].context) == (Role.CELL, "Seats | Us")
    assert found["In a group"].role is Role.BODY
    assert found["34"].context == "2025 | Uptake"
    assert (found["Pause here."].role, found["Pause here."].at.notes) == (Role.NOTES, True)


def test_smart_art_is_read() -> None:
    rels, slide = "ppt/slides/_rels/slide1.xml.rels", "ppt/slides/slide1.xml"
    frame = '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="9" name="Steps"/></p:nvGraphicFramePr><a:graphic><a:graphicData><d:relIds xmlns:d="http://d" r:dm="rId99" xmlns:r="http://r"/></a:graphicData></a:graphic></p:graphicFrame></p:spTree>'
    data = edited(pptx_bytes(), slide, "</p:spTree>", frame)
    data = edited(
        data,
        rels,
        "</Relationships>",
        '<Relationship Id="rId99" Type="http://x/diagramData" Target="../diagrams/data1.xml"/></Relationships>',
    )
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as file:
        file.writestr(
            "ppt/diagrams/data1.xml",
            '<d:m xmlns:d="http://d" xmlns:a="http://a"><d:pt><d:t><a:p><a:r><a:t>First step</a:t></a:r></a:p></d:t></d:pt></d:m>',
        )
    (step,) = [block for block in read(out.getvalue(), "d.pptx") if block.text == "First step"]
    assert (step.at.shape, step.reason) == ("Steps", "SmartArt")


def test_a_hidden_slide_is_said_to_be_hidden() -> None:
    data = edited(pptx_bytes(), "ppt/slides/slide1.xml", "<p:sld ", '<p:sld show="0" ')
    assert all(block.hidden for block in read(data, "d.pptx"))


def test_a_doctype_is_refused_in_any_encoding() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><w:document xmlns:w="w"><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:document>'
    for encoding in ("utf-8", "utf-16"):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as file:
            file.writestr("word/document.xml", bomb.replace('1.0"', f'1.0" encoding="{encoding}"').encode(encoding))
        with pytest.raises(LoadError, match="holds a DOCTYPE"):
            read(out.getvalue(), "a.docx")


def zipped(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries.items():
            file.writestr(name, data)
    return out.getvalue()


def test_a_zip_bomb_is_refused() -> None:
    with pytest.raises(LoadError, match="zip bomb"):
        read(zipped({"word/document.xml": b" " * 5_000_000}), "a.docx")


def test_an_entry_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_ENTRY_BYTES", 100)
    with pytest.raises(LoadError, match="unpacks to more than"):
        read(docx_bytes(), "a.docx")


def test_too_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_ENTRIES", 3)
    with pytest.raises(LoadError, match="parts; the limit is 3"):
        read(docx_bytes(), "a.docx")


def test_deeply_nested_xml_is_refused() -> None:
    with pytest.raises(LoadError, match="not well-formed"):
        read(zipped({"word/document.xml": b"<a>" * 100_000}), "a.docx")


def test_a_deck_named_docx_is_refused() -> None:
    with pytest.raises(LoadError, match=r"is not a Word document \(it has no word/document.xml\)"):
        read(pptx_bytes(), "a.docx")
