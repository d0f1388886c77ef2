"""Web pages: one block an element, roles with reasons, headings, headers of cells, and places."""

# ruff: noqa: E501 - a sample of a file stands in one piece
from __future__ import annotations

import time

import pytest

from messagecheck.loaders.html import read
from messagecheck.nouns import Block, Role, Speaker


def blocks(page: str) -> list[Block]:
    return list(read(page.encode(), "index.html"))


def only(page: str, text: str) -> Block:
    (block,) = [block for block in blocks(page) if block.text == text]
    return block


@pytest.mark.parametrize(
    ("page", "text", "role"),
    [
        ("<title>T</title><p>x", "T", Role.TITLE),
        ('<meta name="description" content="D &amp; E"><p>x', "D & E", Role.META),
        ('<meta property="og:title" content="Og"><p>x', "Og", Role.META),
        ("<h2>Head</h2>", "Head", Role.HEADING),
        ("<p>Body <b>bold</b> <a href=x>link</a>.</p>", "Body bold link.", Role.BODY),
        ("<ul><li>One<li>Two</ul>", "Two", Role.BULLET),
        ("<a class='btn btn-primary' href=x>Go</a>", "Go", Role.CTA),
        ("<button>Press</button>", "Press", Role.CTA),
        ("<input type=submit value='Send it'>", "Send it", Role.CTA),
        ("<nav><a>Home</a><a>Plans</a></nav>", "Plans", Role.NAV),
        ("<div class='main-nav'>Menu</div>", "Menu", Role.NAV),
        ("<footer><p>Ours Ltd</p></footer>", "Ours Ltd", Role.FOOTER),
        ("<div id=cookieBar><p>We use cookies.</p></div>", "We use cookies.", Role.COOKIE),
        ("<details><summary>Why?</summary>Because.</details>", "Because.", Role.FAQ),
        ("<dl><dt>Is it a loan?<dd>No.</dl>", "No.", Role.FAQ),
        ("<div class=pricing-card><p>$49</p></div>", "$49", Role.PRICING),
        ("<img alt='A calm desk'>", "A calm desk", Role.ALT),
        ("<button aria-label='Close it'>x</button>", "Close it", Role.ALT),
        ("<input placeholder='Your mail'>", "Your mail", Role.FORM),
        ("<label>Company size</label>", "Company size", Role.FORM),
        ("<pre><code>run it</code></pre>", "run it", Role.CODE),
        ("<div class=legal><p>Terms.</p></div>", "Terms.", Role.LEGAL),
        ("<p>a<p>b<div>c</div>d", "d", Role.BODY),
    ],
)
def test_a_block_has_the_role_of_its_element(page: str, text: str, role: Role) -> None:
    assert only(page, text).role is role


def test_every_role_names_the_rule_that_gave_it() -> None:
    page = "<nav><a>Home</a></nav><h2>Head</h2><li>One</li><footer>Us</footer><button>Go</button><img alt=Pic>"
    assert all(block.reason for block in blocks(page))


def test_scripts_styles_and_templates_are_no_text() -> None:
    page = "<script>var a='<p>x</p>'</script><style>p{}</style><template><p>t</p></template><svg><path/></svg><p>y"
    assert [block.text for block in blocks(page)] == ["y"]


def test_a_shadow_root_and_a_drawing_show_their_text() -> None:
    page = "<div><template shadowrootmode=open><p>in</p></template></div><svg><title>Chart</title><text>9 of 10</text></svg>"
    assert [(block.text, block.role) for block in blocks(page)] == [
        ("in", Role.BODY), ("Chart", Role.ALT), ("9 of 10", Role.BODY),
    ]  # fmt: skip


def test_text_that_follows_an_element_in_a_block_is_not_lost() -> None:
    assert [block.text for block in blocks("<div>a<p>b</p>c</div>d")] == ["a", "b", "c", "d"]


def test_text_over_several_lines_keeps_the_line_of_each_word() -> None:
    block = only("<p>One fast\n   close in <b>five</b>\n  days&mdash;really</p>", "One fast close in five days—really")
    start = block.text.index("five")
    assert (block.place(start, start + 4).line, block.place(start, start + 4).column) == (2, 16)
    assert block.place(block.text.index("days"), len(block.text)).line == 3
    assert block.place(block.text.index("—"), block.text.index("—") + 1).column == 7
    assert block.place(block.text.index("really"), len(block.text)).column == 14


def test_a_cell_knows_its_row_and_column() -> None:
    page = "<table><tr><th>Plan<th>Price<tr><td>Starter<td>$49<tr><td>Scale<td>$99</table>"
    assert only(page, "$99").context == "Scale | Price"
    assert only(page, "Starter").context == "Plan"
    assert only(page, "Price").context == ""


def test_an_empty_cell_and_a_wide_cell_count_as_columns() -> None:
    page = "<table><tr><th></th><th>A</th><th>B</th></tr><tr><td>r</td><td></td><td>2</td></tr><tr><td colspan=2>w<td>3</table>"
    assert only(page, "2").context == "r | B"
    assert only(page, "3").context == "w | B"


def test_a_table_with_row_headers_only_has_no_column_headers() -> None:
    page = "<table><tr><th>Seats</th><td>10</td></tr><tr><th>Price</th><td>$49</td></tr></table>"
    assert only(page, "$49").context == "Price"


def test_a_layout_table_is_no_table() -> None:
    page = "<table role=presentation><tr><td><p>Hello there</p></td></tr></table><table><tr><td>Also prose</td></tr></table>"
    assert {block.role for block in blocks(page)} == {Role.BODY}


def test_an_answer_carries_its_question() -> None:
    assert only("<details><summary>Calls?</summary><p>No.</p></details>", "No.").context == "Calls?"
    assert only("<dl><dt>A?</dt><dd>1</dd><dt>B?</dt><dd>2</dd></dl>", "2").context == "B?"


def test_headings_lead_to_a_block_and_menus_have_their_own() -> None:
    page = "<h1>A</h1><h2>B</h2><nav><h3>Menu</h3><a>x</a></nav><p>p</p><h2>C</h2><p>q</p><footer><p>f</p></footer>"
    assert only(page, "p").at.heading == ("A", "B")
    assert only(page, "q").at.heading == ("A", "C")
    assert only(page, "x").at.heading == ("Menu",)
    assert only(page, "f").at.heading == ()


def test_a_heading_ends_with_its_section_unless_that_says_nothing_else() -> None:
    page = "<h1>A</h1><section><h2>Never</h2><p>p</p></section><section><p>q</p></section><section><h2>B</h2></section><p>r</p>"
    assert only(page, "p").at.heading == ("A", "Never")
    assert only(page, "q").at.heading == ("A",)
    assert only(page, "r").at.heading == ("A", "B")


def test_the_hero_is_the_section_of_the_first_h1() -> None:
    page = "<header><h1>Big</h1><p>Lead</p><a class=btn>Go</a></header><section><h2>More</h2><p>text</p></section>"
    assert {block.text: block.role for block in blocks(page)} == {
        "Big": Role.HERO, "Lead": Role.HERO, "Go": Role.CTA, "More": Role.HEADING, "text": Role.BODY,
    }  # fmt: skip


def test_a_page_whose_h1_stands_alone_has_no_hero() -> None:
    page = "<body><h1>Big</h1><p>Lead</p><h2>More</h2></body>"
    assert [block.role for block in blocks(page)] == [Role.HEADING, Role.BODY, Role.HEADING]


def test_a_repeated_description_is_one_block() -> None:
    page = "<title>A thing.</title><meta property=og:title content='A thing'><meta name=twitter:title content='a thing'><p>x"
    assert [block.text for block in blocks(page)] == ["A thing.", "x"]


def test_hidden_text_is_kept_and_said_to_be_hidden() -> None:
    page = "<div hidden><p>tab</p></div><div style='display: none'>drawer</div><p>open</p>"
    assert [(block.text, block.hidden) for block in blocks(page)] == [("tab", True), ("drawer", True), ("open", False)]


def test_json_ld_is_read_with_its_places() -> None:
    page = """<script type="application/ld+json">{"@type": "Offer", "name": "Starter", "price": "49", "priceCurrency": "USD",
 "description": "For \\"small\\" teams", "review": {"reviewBody": "It works.", "author": {"name": "Ana"}}}</script><p>x"""
    price, description, review, _ = blocks(page)
    assert (price.text, price.context) == ("49", "Starter | Offer | price in USD")
    assert (description.text, description.at.line) == ('For "small" teams', 2)
    assert (review.role, review.speaker, review.attributed_to) == (Role.TESTIMONIAL, Speaker.THEM, "Ana")


def test_json_ld_tells_prices_that_are_numbers_and_whose_they_are() -> None:
    page = """<script type="application/ld+json">{"@type": "Product", "name": "Desk",
 "offers": [{"@type": "Offer", "price": 49.50, "priceCurrency": "EUR"}, {"lowPrice": 9, "priceCurrency": "EUR"}]}</script>"""
    assert [(block.text, block.context, block.at.line, block.at.column) for block in blocks(page)] == [
        ("49.50", "Desk | Offer | price in EUR", 2, 41),
        ("9", "Desk | lowest price in EUR", 2, 86),
    ]


def test_json_ld_answers_its_questions_without_their_tags() -> None:
    page = """<script type="application/ld+json">{"@type": "FAQPage", "mainEntity": [{"@type": "Question",
 "name": "Calls?", "acceptedAnswer": {"@type": "Answer", "text": "<p>No, <a href=\\"/x\\">write</a>.</p>"}}]}</script>"""
    question, answer = blocks(page)
    assert (question.text, question.role, question.at.line) == ("Calls?", Role.FAQ, 2)
    assert (answer.text, answer.role, answer.context) == ("No, write .", Role.FAQ, "Calls?")


def test_broken_json_ld_costs_nothing_else() -> None:
    assert [block.text for block in blocks('<script type="application/ld+json">{"a": </script><p>x')] == ["x"]


def test_a_customers_quotation_is_theirs() -> None:
    page = "<blockquote>“It never goes down, honestly.”<cite>Ana Ruiz, Kettle Co.</cite></blockquote><p>We answer.</p>"
    quote, name, ours = blocks(page)
    assert (quote.role, quote.speaker, quote.attributed_to) == (Role.TESTIMONIAL, Speaker.THEM, "Ana Ruiz, Kettle Co.")
    assert (name.role, name.speaker) == (Role.ATTRIBUTION, Speaker.THEM)
    assert ours.speaker is Speaker.US


def test_a_line_break_in_a_quotation_cuts_off_the_name() -> None:
    page = '<blockquote>"Your guy looked at it for ten minutes."<br>Mara Singh, The Larkin Room</blockquote>'
    assert [block.role for block in blocks(page)] == [Role.TESTIMONIAL, Role.ATTRIBUTION]


@pytest.mark.parametrize(
    "page",
    [
        "<a " * 100_000,
        "<div>" * 100_000 + "x",
        "<!-- >" * 100_000,
        "<a x='\"" * 50_000,
        "<p><b>" * 30_000 + "x",
        "</p>" * 100_000,
        "<![CDATA[" * 50_000,
        "&" * 300_000,
        "<table><tr><td>" * 5_000 + "x",
        "<li>x" * 30_000,
        "<script>" * 50_000,
    ],
    ids=lambda page: page[:12],
)
def test_garbage_costs_little_time(page: str) -> None:
    start = time.process_time()
    blocks(page)
    assert time.process_time() - start < 8


def test_letters_after_an_entity_without_a_semicolon_stand_where_they_are() -> None:
    block = only("<p>Fish &ampere", "Fish &ere")
    assert block.place(6, 9).column == 13
