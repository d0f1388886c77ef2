"""A word of “Instead of” for a concept of the Terminology table, in the company's own voice.

Inflections count (plural, possessive, verb forms); the longest match wins. Silent in code, URLs, file names and quotations, in other firms'
names, in the preferred term itself, in fixed phrases that mean something else ("in case", "for instance") and where the thing is somebody
else's (a competitor's, the reader's old one).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from messagecheck.nouns import Canon, Example, Finding, Mode, Reading, Role, Sentence, Severity, Speaker, Term
from messagecheck.prose import quotations
from messagecheck.words import Word, find_phrase, lemma_of, read_words

ID = "term/avoid"
TABLE = "## Facts\n- One fact\n## Terminology\n| Use | Instead of |\n|---|---|\n| case | ticket, inquiry |\n| knowledge page | portal, help center |"
EXAMPLES = (
    Example(TABLE, "Every ticket has an owner.", speaks=True),
    Example(TABLE, "Your tickets' owner never changes.", speaks=True),
    Example(TABLE, "Look it up in our help center.", speaks=True),
    Example(TABLE, "Every case has an owner.", speaks=False),
    Example(TABLE, "Call GET /ticket/42 for the details.", speaks=False),
    Example(TABLE, "One buyer called it “the ticket to sanity”.", speaks=False),
    Example(TABLE, "Do you have a ticket number?", speaks=True),
)
SILENT_ROLES = {Role.CODE, Role.QUOTED_REPLY, Role.TESTIMONIAL, Role.COMMENT}
CONFIDENCE = 0.9
_MACHINE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|\S*/\S*/\S*|`[^`]+`|\w+_\w+|\b[\w-]+\.(?:py|js|ts|json|csv|html?|md|pdf|docx?|xlsx?|pptx?|com|io|example)\b")
_FIXED = re.compile(
    r"\b(?:in case|just in case|case stud(?:y|ies)|in (?:any|this|that|each|either|which|your|our|most) cases?|use cases?|the case (?:that|for)|"
    r"case[- ]by[- ]case|for instance|on account of|account (?:for|executives?|managers?)|take\w* into account|by (?:all )?accounts?|"
    r"bank accounts?|key (?:to|people|person|points?|difference|thing|takeaways?|questions?)|api keys?|user agents?|"
    r"price tags?|name tags?|rule of thumb|unit (?:tests?|prices?)|in review|market(?:ing|ers?)? team|stock market|members? of)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Hit:
    term: Term
    avoided: str
    start: int
    end: int


def check(reading: Reading, canon: Canon) -> Iterator[Finding]:
    sentence = reading.sentence
    if not _is_our_voice(sentence):
        return
    for hit in _longest(_hits(sentence.text, canon)):
        at = sentence.block.place(sentence.start + hit.start, sentence.start + hit.end)
        yield Finding(
            rule=ID, severity=Severity.WARNING, confidence=CONFIDENCE, at=at, text=sentence.text, context=sentence.context,
            explanation=f"says “{sentence.text[hit.start : hit.end]}”; the document's word is “{hit.term.use}”",
            term=hit.avoided, suggestion=hit.term.use,
        )


def _is_our_voice(sentence: Sentence) -> bool:
    return sentence.block.speaker is Speaker.US and sentence.block.role not in SILENT_ROLES and sentence.mode is not Mode.QUOTES


def _hits(text: str, canon: Canon) -> Iterator[_Hit]:
    words = read_words(text)
    silent = [*quotations(text), *(m.span() for m in _MACHINE.finditer(text)), *(m.span() for m in _FIXED.finditer(text))]
    silent += _spans_of(words, [term.use for term in canon.terms], text)
    for term in canon.terms:
        for avoided in term.avoid:
            for start, end in _spans_of(words, [avoided], text):
                if not any(a < end and start < b for a, b in silent) and not _is_theirs(text, start, canon.competitors):
                    yield _Hit(term, avoided, start, end)


def _spans_of(words: Sequence[Word], phrases: Sequence[str], text: str) -> list[tuple[int, int]]:
    spans = []
    for phrase in phrases:
        lemmas = _lemmas(phrase)
        spans += [(words[i].start, words[i + len(lemmas) - 1].end) for i in find_phrase(words, lemmas) if _joined(text, words[i : i + len(lemmas)])]
    return spans


@lru_cache(maxsize=4096)
def _lemmas(phrase: str) -> tuple[str, ...]:
    return tuple(word.lemma for word in read_words(phrase)) or (lemma_of(phrase),)


def _joined(text: str, words: Sequence[Word]) -> bool:
    """Only a space or a hyphen stands between the words of a phrase."""
    return all(text[a.end : b.start] in {" ", "-", "‑"} for a, b in zip(words, words[1:], strict=False))


def _is_theirs(text: str, start: int, competitors: Sequence[str]) -> bool:
    before = text[max(0, start - 40) : start]
    if any(name and name.casefold() in text.casefold() for name in competitors):
        return True
    return bool(re.search(r"\b(?:their|his|her|carrier's|vendor's|(?:your|the|an?) (?:old|current|existing|present|former|previous|own)) (?:\w+ ){0,2}$", before, re.IGNORECASE))


def _longest(hits: Iterator[_Hit]) -> list[_Hit]:
    kept: list[_Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start)):
        if not any(k.start < hit.end and hit.start < k.end for k in kept):
            kept.append(hit)
    return sorted(kept, key=lambda h: h.start)
