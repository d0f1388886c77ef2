"""Decks: charts of any kind, layouts, comments and prompts; and that a broken shape costs only itself."""

# ruff: noqa: E501 - a sample of a file stands in one piece
from __future__ import annotations

import io
import zipfile

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from messagecheck.errors import LoadError
from messagecheck.loaders import read, read_whole
from messagecheck.nouns import Block, Role, Speaker
from tests.loaders.samples import pptx_bytes
from tests.loaders.test_office import edited

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
SLIDE, RELS = "ppt/slides/slide1.xml", "ppt/slides/_rels/slide1.xml.rels"


def saved(deck: Presentation) -> bytes:
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def related(kind: str, target: str, xml: str) -> bytes:
    """The sample deck with another part that its slide refers to as rId99."""
    relation = f'<Relationship Id="rId99" Type="http://x/{kind}" Target="../{target}"/></Relationships>'
    out = io.BytesIO(edited(pptx_bytes(), RELS, "</Relationships>", relation))
    with zipfile.ZipFile(out, "a") as file:
        file.writestr(f"ppt/{target}", xml)
    return out.getvalue()


def framed(data: bytes, graphic: str) -> bytes:
    frame = f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="9" name="Chart 9"/></p:nvGraphicFramePr><a:graphic><a:graphicData>{graphic}</a:graphicData></a:graphic></p:graphicFrame></p:spTree>'
    return edited(data, SLIDE, "</p:spTree>", frame)


def blocks(data: bytes) -> list[Block]:
    return list(read(data, "d.pptx"))


def charted() -> list[Block]:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    data = CategoryChartData()
    data.categories = ["2024", "2025"]
    data.add_series("Ours", (22, 34))
    data.add_series("Theirs", (9, 8))
    chart = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, Inches(4), Inches(3), data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "Faster every year"
    points = XyChartData()
    series = points.add_series("Closing")
    series.add_data_point(3, 0.7)
    slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, 0, 0, Inches(4), Inches(3), points)
    return blocks(saved(deck))


def test_a_charts_title_and_names_come_once_and_its_numbers_with_both_names() -> None:
    found = charted()
    labels = [block.text for block in found if block.reason == "chart label"]
    assert labels == ["Faster every year", "Ours", "2024", "2025", "Theirs", "Closing"]
    values = {block.text: block.context for block in found if block.reason == "chart value"}
    assert values == {
        "22": "2024 | Ours",
        "34": "2025 | Ours",
        "9": "2024 | Theirs",
        "8": "2025 | Theirs",
        "0.7": "3 | Closing",
    }


def test_a_chart_of_office_2016_is_read() -> None:
    chart = f'<cx:chartSpace xmlns:cx="http://cx" xmlns:a="{A}"><cx:chartData><cx:data id="0"><cx:strDim type="cat"><cx:lvl><cx:pt idx="0">Won</cx:pt></cx:lvl></cx:strDim><cx:numDim type="val"><cx:lvl><cx:pt idx="0">41</cx:pt></cx:lvl></cx:numDim></cx:data></cx:chartData><cx:chart><cx:title><cx:tx><cx:rich><a:p><a:r><a:t>The funnel</a:t></a:r></a:p></cx:rich></cx:tx></cx:title></cx:chart></cx:chartSpace>'
    data = framed(
        related("chartEx", "charts/chartEx1.xml", chart),
        '<cx:chart xmlns:cx="http://cx" xmlns:r="http://r" r:id="rId99"/>',
    )
    found = {block.text: block.context for block in blocks(data) if block.at.shape == "Chart 9"}
    assert found == {"The funnel": "", "Won": "", "41": "Won"}


def test_a_broken_chart_costs_only_itself_and_is_said() -> None:
    data = framed(
        related("chart", "charts/chart9.xml", "<c:chart"),
        '<c:chart xmlns:c="http://c" xmlns:r="http://r" r:id="rId99"/>',
    )
    found, unread = read_whole(data, "d.pptx")
    assert [block.text for block in found] == [block.text for block in blocks(pptx_bytes())]
    assert [(one.path, one.reason) for one in unread] == [
        ("d.pptx", "slide 1, Chart 9: its part ppt/charts/chart9.xml is not well-formed XML; save the file again")
    ]


def test_a_chart_and_a_slide_that_are_missing_are_said() -> None:
    data = framed(pptx_bytes(), '<c:chart xmlns:c="http://c" xmlns:r="http://r" r:id="rId77"/>')
    data = edited(data, "ppt/presentation.xml", "</p:sldIdLst>", '<p:sldId id="999" r:id="rId777"/></p:sldIdLst>')
    _, (chart, slide) = read_whole(data, "d.pptx")
    assert chart.reason.startswith("slide 1, Chart 9: its chart or SmartArt is missing")
    assert slide.reason.startswith("slide 2: its part (none) is missing")


def test_an_embedded_file_is_said() -> None:
    _, (unread,) = read_whole(framed(pptx_bytes(), "<p:oleObj/>"), "d.pptx")
    assert unread.reason == "slide 1, Chart 9: a file is embedded here, which is not read; scan it on its own"


def test_what_a_layout_shows_is_read_once_and_its_prompts_are_not() -> None:
    deck = Presentation()
    for _ in range(2):
        deck.slides.add_slide(deck.slide_layouts[1]).shapes.title.text = "Ours"
    shape = '<p:sp><p:nvSpPr><p:cNvPr id="99" name="Tagline"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:txBody><a:p><a:r><a:t>Books that close themselves</a:t></a:r></a:p></p:txBody></p:sp></p:spTree>'
    data = edited(saved(deck), "ppt/slideLayouts/slideLayout2.xml", "</p:spTree>", shape)
    found = blocks(data)
    assert [(block.text, block.role, block.at.slide) for block in found] == [
        ("Ours", Role.TITLE, 1), ("Books that close themselves", Role.FOOTER, 1), ("Ours", Role.HEADING, 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "prompt",
    ["Click to add title", "Click or tap to add text", "Double-click to edit", "Click to edit Master title style"],
)
def test_a_prompt_in_a_placeholder_is_no_content(prompt: str) -> None:
    data = edited(pptx_bytes(), SLIDE, "What it costs", prompt)
    assert prompt not in {block.text for block in blocks(data)}
    assert blocks(data)[0].at.heading == ()


def test_a_text_box_may_say_click_to_edit() -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    slide.shapes.add_textbox(0, 0, 9, 9).text_frame.text = "Click to edit a budget"
    assert [block.text for block in blocks(saved(deck))] == ["Click to edit a budget"]


@pytest.mark.parametrize(
    "comment",
    ["<p:cmLst xmlns:p='http://p'><p:cm><p:text>Is this still so?</p:text></p:cm></p:cmLst>",
     f"<p188:cmLst xmlns:p188='http://p188' xmlns:a='{A}'><p188:cm><p188:txBody><a:p><a:r><a:t>Is this still so?</a:t></a:r></a:p></p188:txBody></p188:cm></p188:cmLst>"],
    ids=["2007", "2018"],
)  # fmt: skip
def test_comments_are_nobodys_claim(comment: str) -> None:
    (found,) = [
        block for block in blocks(related("comments", "comments/c1.xml", comment)) if block.role is Role.COMMENT
    ]
    assert (found.text, found.speaker, found.at.slide) == ("Is this still so?", Speaker.UNKNOWN, 1)


def test_slide_numbers_are_no_text_and_groups_have_descriptions() -> None:
    shapes = '<p:sp><p:nvSpPr><p:cNvPr id="8" name="No"/><p:nvPr/></p:nvSpPr><p:txBody><a:p><a:fld type="slidenum"><a:t>4</a:t></a:fld></a:p></p:txBody></p:sp><p:grpSp><p:nvGrpSpPr><p:cNvPr id="7" name="Group" descr="Our five steps"/></p:nvGrpSpPr></p:grpSp></p:spTree>'
    found = blocks(edited(pptx_bytes(), SLIDE, "</p:spTree>", shapes))
    assert "4" not in {block.text for block in found}
    assert [(block.text, block.at.shape) for block in found if block.role is Role.ALT] == [("Our five steps", "Group")]


def test_a_hidden_shape_is_said_to_be_hidden() -> None:
    data = edited(pptx_bytes(), SLIDE, 'name="Content Placeholder 2"', 'name="Content Placeholder 2" hidden="1"')
    assert {block.text for block in blocks(data) if block.hidden} == {"Starter is $49"}


def test_a_deck_without_a_slide_holds_no_text() -> None:
    with pytest.raises(LoadError, match=r"d.pptx: holds no text$"):
        read(saved(Presentation()), "d.pptx")
