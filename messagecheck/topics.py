"""Which section of the positioning document a heading opens: marketers' many names for the same nine things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from messagecheck.nouns import Kind


class Topic(StrEnum):
    """What a section is about; `NOT_FOR` and `BOUNDARY` exclude, `TERMS` and `COMPETITORS` hold no messages."""

    CATEGORY = "category"
    AUDIENCE = "audience"
    NOT_FOR = "not-for"
    VALUE = "value"
    DIFFERENTIATOR = "differentiator"
    FACT = "fact"
    PRICING = "pricing"
    BOUNDARY = "boundary"
    TERMS = "terms"
    COMPETITORS = "competitors"
    OTHER = "other"

    @property
    def kind(self) -> Kind:
        return Kind.AUDIENCE if self is Topic.NOT_FOR else Kind(self.value)

    @property
    def excludes(self) -> bool:
        return self in {Topic.NOT_FOR, Topic.BOUNDARY}


NAMES: dict[Topic, str] = {
    Topic.CATEGORY: """
        category; what it is; market category; elevator pitch; what we are; product category; one-liner; the
        one-liner; one liner; in one line; in one sentence; in short; positioning statement; definition; who we are;
        pitch""",
    Topic.AUDIENCE: """
        audience; target audience; audiences; ideal customer profile; icp; who it is for; best-fit customers; best
        fit customers; who we are for; who we work for; who we serve; whom we serve; whom it is for; who we are
        after; who we sell to; target customers; ideal customers; ideal customer; target market; customers; buyers;
        personas; buyer personas; best fit; our customers; who buys; who books us; for whom""",
    Topic.NOT_FOR: """
        not for; who it is not for; disqualifiers; whom it is not for; not a fit; bad fit; poor fit; who we are not
        for; whom we turn away; who we turn away; not our kind; who should not buy; wrong fit; non-customers;
        anti-personas; not a good fit; who we do not serve; whom we do not serve""",
    Topic.VALUE: """
        value propositions; value pillars; messaging pillars; benefits; key messages; value proposition; pillars;
        value; key benefits; core messages; main messages; messages; why people choose us; why people buy; why
        customers choose us; why they buy; why they choose us; what people gain; what we promise; what customers
        gain; what you get; promises; why customers buy; customer benefits; brand pillars; message pillars; our
        promises; what we promise people""",
    Topic.DIFFERENTIATOR: """
        differentiators; why us; unique attributes; what is different; what sets us apart; what makes us different;
        how we differ; how we are different; differentiation; unique selling points; usps; key differentiators; what
        makes it different; what sets it apart; why it; competitive advantages""",
    Topic.FACT: """
        facts; proof points; claims; numbers; facts and figures; key facts; key figures; proof; approved claims;
        numbers we quote; figures; statistics; stats; evidence; approved numbers; facts we quote; reasons to believe""",
    Topic.PRICING: """
        pricing; packaging; plans; prices; pricing and packaging; plans and pricing; packages; money; what it costs;
        price list; cost; costs; price; fees; rates; packaging and pricing; pricing and plans""",
    Topic.BOUNDARY: """
        boundaries; what we do not do; service boundaries; out of scope; limits; what it does not do; what we leave
        to others; things we do not do; what it is not; what we are not; limitations; non-goals; not in scope; scope
        limits; what we never say; what we do not promise; what we do not offer; what we will not do; exclusions""",
    Topic.TERMS: """
        terminology; glossary; words we use; words; vocabulary; terms; word list; our words; say it like this;
        preferred terms; language; wording; how we say it; style of words; words and phrases""",
    Topic.COMPETITORS: """
        competitors; alternatives; competition; the others; others; others in the area; others in the field;
        competitive alternatives; who else; other vendors; rivals; who we compete with; competitive landscape""",
}
_TOPIC_OF = {" ".join(name.split()): topic for topic, names in NAMES.items() for name in names.split(";")}
_SHORT = {
    r"\bit's\b": "it is", r"\bwe're\b": "we are", r"\bwhat's\b": "what is", r"\bthey're\b": "they are",
    r"\bdon't\b": "do not", r"\bdoesn't\b": "does not", r"\bwon't\b": "will not", r"\bisn't\b": "is not",
    r"\baren't\b": "are not", r"&": "and",
}  # fmt: skip


def topic_of(heading: str, names: Sequence[str]) -> Topic | None:
    """The topic of a heading as written; None if it is unknown. `names` are the product's names, read as “it”."""
    return next((_TOPIC_OF[reading] for reading in _readings(heading, names) if reading in _TOPIC_OF), None)


def _readings(heading: str, names: Sequence[str]) -> Iterator[str]:
    """The heading, what stands before a parenthesis, colon or dash in it, and what stands in it or after."""
    whole = _folded(heading, names)
    yield whole
    for part in re.split(r"\s*[(:)]\s*|\s+[-–—]\s+", whole):
        yield part.strip()


def _folded(heading: str, names: Sequence[str]) -> str:
    text = re.sub(r"\{#[^}]*\}", "", heading).replace("’", "'").casefold()
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(name.casefold())}\b", "it", text)
    for short, full in _SHORT.items():
        text = re.sub(short, full, text)
    text = re.sub(r"^\W*(?:\d+|[ivx]+)(?:\.\d+)*[.)]?\s+", "", text.strip())
    return re.sub(r"\s+", " ", text).strip(" *_.:?!#")
