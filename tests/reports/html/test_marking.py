from dataclasses import replace

from messagecheck.nouns import Anchor, Block, Finding, Location, Touchpoint
from messagecheck.reports.html.marking import Passage, passages
from tests.reports.audits import CONFLICT, MISSING, WRONG_WORD

TEXT = "Live in a week. It costs $39. Live in a week."


def touchpoint(*blocks: Block) -> Touchpoint:
    return Touchpoint("a.md", "website", "A", blocks)


def on_line(text: str, line: int) -> Block:
    return Block(text, Location("a.md", line, 1), anchors=(Anchor(0, line, 1),))


def on_slide(text: str, number: int) -> Block:
    return Block(text, Location("a.md", slide=number))


def finding(text: str, at: Location, *, like: Finding = CONFLICT) -> Finding:
    return replace(like, text=text, at=at)


def quotes(passage: Passage) -> list[tuple[str, int]]:
    return [(stretch.text, len(stretch.findings)) for stretch in passage.stretches]


def test_a_finding_is_marked_where_it_stands():
    block = on_line(TEXT, 3)
    (passage,) = passages(touchpoint(block), [finding("It costs $39.", block.place(16, 29))])
    assert quotes(passage) == [("Live in a week. ", 0), ("It costs $39.", 1), (" Live in a week.", 0)]


def test_of_two_equal_sentences_the_one_at_the_finding_s_place_is_marked():
    block = on_line(TEXT, 3)
    (passage,) = passages(touchpoint(block), [finding("Live in a week.", block.place(30, 45))])
    assert quotes(passage) == [("Live in a week. It costs $39. ", 0), ("Live in a week.", 1)]


def test_of_two_equal_blocks_the_one_at_the_finding_s_place_is_marked():
    first, second = on_slide("Live in a week", 1), on_slide("Live in a week", 2)
    found = passages(touchpoint(first, second), [finding("Live in a week", second.at)])
    assert [len(passage.findings) for passage in found] == [0, 1]


def test_two_findings_of_one_sentence_share_a_mark():
    block = on_line(TEXT, 3)
    found = [finding("It costs $39.", block.place(16, 29)), finding("It costs $39.", block.at, like=WRONG_WORD)]
    (passage,) = passages(touchpoint(block), found)
    assert quotes(passage) == [("Live in a week. ", 0), ("It costs $39.", 2), (" Live in a week.", 0)]


def test_findings_that_overlap_become_one_mark():
    block = on_line(TEXT, 3)
    found = [finding("It costs $39.", block.place(16, 29)), finding("costs $39. Live", block.place(19, 34))]
    (passage,) = passages(touchpoint(block), found)
    assert quotes(passage) == [("Live in a week. ", 0), ("It costs $39. Live", 2), (" in a week.", 0)]


def test_a_finding_about_the_whole_file_marks_nothing():
    (passage,) = passages(touchpoint(on_line(TEXT, 3)), [MISSING])
    assert quotes(passage) == [(TEXT, 0)]
