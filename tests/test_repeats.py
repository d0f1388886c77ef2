"""What every page repeats is told once."""

from __future__ import annotations

from messagecheck.nouns import Block, Finding, Location, Reading, Role, Sentence, Severity
from messagecheck.repeats import merge


def said(path: str, role: Role, text: str = "Free for ever", line: int = 9) -> tuple[Finding, Reading]:
    at = Location(path, line=line)
    finding = Finding("conflict/pricing", Severity.ERROR, 0.9, at, text, "promises another price")
    return finding, Reading(Sentence(text, 0, Block(text, at, role)), ())


def merged(*pairs: tuple[Finding, Reading]) -> list[Finding]:
    return merge([finding for finding, _ in pairs], [reading for _, reading in pairs])


def test_a_footer_on_fifty_pages_is_one_finding_that_names_the_others() -> None:
    (finding,) = merged(*(said(f"{number:02}.html", Role.FOOTER) for number in range(50)))
    assert finding.at.path == "00.html"
    assert finding.explanation.endswith("; the same words in 01.html:9, 02.html:9, 03.html:9 and 46 more places")


def test_the_same_claim_in_two_pages_text_is_two_findings() -> None:
    assert len(merged(said("a.html", Role.BODY), said("b.html", Role.BODY))) == 2


def test_other_words_in_a_footer_are_another_finding() -> None:
    assert len(merged(said("a.html", Role.NAV), said("b.html", Role.NAV, "Free for a year"))) == 2


def test_a_menu_that_a_page_holds_twice_is_told_once() -> None:
    (finding,) = merged(said("a.html", Role.NAV), said("a.html", Role.NAV, line=40))
    assert finding.explanation == "promises another price; the same words in a.html:40"


def test_the_text_of_one_page_stays_apart_from_the_footer_of_another() -> None:
    assert len(merged(said("a.html", Role.BODY), said("b.html", Role.FOOTER))) == 2
