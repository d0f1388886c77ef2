"""What the page holds; how it behaves is for test_browser."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import html
from lxml.html import HtmlElement

from messagecheck.nouns import Audit, Coverage, Tier
from messagecheck.reports.html import render
from messagecheck.reports.html.page import anchor
from tests.reports.audits import AUDIT, DECK, EMPTY, PAGE


def read(audit: Audit) -> HtmlElement:
    return html.document_fromstring(render(audit))


def texts(page: HtmlElement, xpath: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in page.xpath(xpath)]


def test_the_same_audit_is_the_same_bytes():
    assert render(AUDIT) == render(replace(AUDIT))


def test_the_policy_names_the_one_style_and_the_one_script():
    page = read(AUDIT)
    (policy,) = page.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[\w+/=]{44}'; script-src 'sha256-[\w+/=]{44}'; base-uri 'none'; "
        r"form-action 'none'",
        policy,
    )
    assert (len(page.xpath("//style")), len(page.xpath("//script"))) == (1, 1)


def test_nothing_in_it_comes_from_elsewhere():
    assert not read(AUDIT).xpath("//link | //img | //iframe | //object | //@src")
    assert "http" not in re.sub(r"http-equiv", "", render(AUDIT))
    assert "url(" not in render(AUDIT)


def test_the_first_screen_counts():
    assert texts(read(AUDIT), '//ul[@class="figures"]/li') == [
        "1 error",
        "2 warnings",
        "1 of 2 value propositions told",
        "1 file not checked",
    ]


def test_the_touchpoints_that_drift_most_come_first():
    assert texts(read(AUDIT), "//table//tbody//th/a") == [DECK.path, PAGE.path]


@pytest.mark.parametrize("status", Coverage)
def test_a_cell_of_the_map_says_in_words_what_its_colour_shows(status: Coverage):
    standing = AUDIT.standings[0]
    expression = replace(standing.coverage[0], status=status)
    page = read(replace(AUDIT, standings=(replace(standing, coverage=(expression,)),)))
    (cell,) = page.xpath('//table//td//span[contains(@class, "cell")]')
    assert cell.xpath('span[@class="aside"]/text()') == [status]
    assert status in cell.get("class").split()


def test_a_value_proposition_that_is_not_asked_for_is_no_gap():
    page = read(replace(AUDIT, standings=(replace(AUDIT.standings[0], coverage=()),)))
    assert texts(page, '//table//td[@class="value"]') == ["not asked for", "0 of 0"]


def test_a_tier_that_is_a_guess_is_said_to_be_one():
    standing = replace(AUDIT.standings[0], tier=Tier.DRIFTING, too_short="3 claims")
    (tier,) = read(replace(AUDIT, standings=(standing,))).xpath('//table//span[starts-with(@class, "tier")]')
    assert tier.text_content() == "drifting? too short to say"
    assert tier.get("title") == "3 claims"


def test_a_finding_shows_both_sides_with_their_places_and_what_differs():
    (card,) = read(AUDIT).xpath('//article[@id="mc-0123456789ab"]')
    assert texts(card, ".//figcaption") == [
        "The content says slide 4, Content 2",
        "The document says positioning.md:44",
    ]
    assert texts(card, ".//blockquote") == ["Starter is $39 per user", "Starter: $49 per user per month"]
    assert texts(card, ".//mark") == ["is $39", "$49", "per month"]
    assert texts(card, './/p[@class="why"]') == ["says $39 per user, the document says $49 per user"]
    assert "94% sure" in card.text_content()


def test_a_wrong_word_is_marked_beside_the_word_to_use():
    (card,) = read(AUDIT).xpath('//article[@id="mc-aaaaaaaaaaaa"]')
    assert texts(card, ".//mark") == ["project", "workspace"]
    assert texts(card, ".//figcaption")[1] == "The document’s word positioning.md:60"


def test_a_statement_of_another_touchpoint_is_quoted_with_its_place():
    (card,) = read(AUDIT).xpath('//article[@id="mc-bbbbbbbbbbbb"]')
    assert texts(card, ".//figcaption")[1] == "Elsewhere it says calls/demo.vtt, 40:1, 0:04:10 Ana Ruiz"


def test_a_missing_value_proposition_quotes_nothing():
    (card,) = read(AUDIT).xpath('//article[@id="mc-cccccccccccc"]')
    assert not card.xpath(".//blockquote")
    assert texts(card, './/p[@class="why"]') == ["never expresses “Close the books in three days”"]


def test_every_address_leads_to_something_in_the_page():
    page = read(AUDIT)
    ids = set(page.xpath("//@id"))
    addresses = {address for address in page.xpath("//@href") if not address.startswith("#?")}
    assert addresses <= {f"#{id_}" for id_ in ids}
    assert f"#{anchor(DECK.path)}" in addresses


def test_what_could_not_be_checked_is_on_the_page():
    assert texts(read(AUDIT), '//section[@class="unread"]//li') == ["decks/old.pptx password-protected"]


def test_an_empty_audit_is_a_page():
    page = read(EMPTY)
    assert "Nothing was found." in page.text_content()
    assert "No touchpoint was read." in page.text_content()
