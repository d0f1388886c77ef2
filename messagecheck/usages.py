"""Where a sentence uses a word that the Terminology table avoids, whatever the sense."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from messagecheck.nouns import Canon, Sentence, Term
from messagecheck.prose import quotations
from messagecheck.words import Word, is_form, lemma_of, read_words

Span = tuple[int, int]
_MACHINE = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+|\S*/\S*/\S*|`[^`]+`|\w+_\w+"
    r"|\b[\w-]+\.(?:py|js|ts|json|csv|html?|md|pdf|docx?|xlsx?|pptx?|com|io|example)\b(?:/\S*)?"
)
_FIXED = re.compile(
    r"\b(?:in case|case stud(?:y|ies)|in (?:any|this|that|each|either|which|your|our|most) cases?|use cases?"
    r"|the case (?:that|for)|case[- ]by[- ]case|lower ?case|for instance|on account of"
    r"|on (?:my|your|our|their|his|her|its) (?:own )?account|by (?:all|one) accounts?|take\w* (?:\w+ )?into account"
    r"|(?:to|can|could|must|will|would|not|n't|they|we|which|that) account for|accounts? for \d"
    r"|account (?:executives?|managers?)|bank accounts?|(?:credit|birthday|business|gift) cards?"
    r"|key (?:to|people|person|points?|difference|thing|takeaways?|questions?)|api keys?|user agents?|user ?names?"
    r"|price tags?|name tags?|as a rule|rule of thumb|unit (?:tests?|prices?)|in review|market(?:ing|ers?)? team"
    r"|stock market|members? of|in order|purchase orders?|a lot|parking lots?"
    r"|(?:train|parking|bus|plane|lottery|speeding) tickets?|(?:estate|travel) agents?|alarm clocks?"
    r"|(?:home|web|front|landing|first|last) ?pages?|pages? \d+|in advance|on hold|best sellers?"
    r"|at the end of the day|in the event|for a change|point of view|on the record|cost breakdowns?"
    r"|plug[- ]?ins?|check[- ](?:ins?|outs?|ups?)|heads? (?:of|office))\b",
    re.IGNORECASE,
)
"""Phrases of general English in which a common avoided word means something else."""
_Phrase = tuple[Term, str, tuple[str, ...]]
_Index = dict[str, tuple[_Phrase, ...]]
_QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")


@dataclass(frozen=True, slots=True)
class Usage:
    """An avoided word of `term` in a sentence: words `first` to `last` (exclusive) of `words`."""

    term: Term
    avoided: str
    sentence: Sentence
    words: tuple[Word, ...]
    first: int
    last: int

    @property
    def start(self) -> int:
        return self.words[self.first].start

    @property
    def end(self) -> int:
        return self.words[self.last - 1].end

    @property
    def said(self) -> str:
        return self.sentence.text[self.start : self.end]

    @property
    def others(self) -> tuple[Word, ...]:
        """The sentence's other words."""
        return (*self.words[: self.first], *self.words[self.last :])


def find_usages(sentence: Sentence, canon: Canon) -> list[Usage]:
    """Avoided words in reading order, the longest where two overlap. Those inside code, addresses, quotations and
    longer phrases that are fine are left out."""
    words = read_words(sentence.text)
    found = [
        Usage(term, avoided, sentence, words, first, first + size)
        for term, avoided, first, size in _occurrences(words, sentence.text, _phrases(canon.terms))
    ]
    if not found:
        return []
    own = [*_allowed(words, sentence.text, canon.terms), *_spans(_FIXED, sentence.text)]
    shut = [*quotations(sentence.text), *_spans(_MACHINE, sentence.text)]
    return _longest([u for u in found if not _is_owned(u, own) and not any(_overlap(_span(u), s) for s in shut)])


def _occurrences(words: Sequence[Word], text: str, index: _Index) -> Iterator[tuple[Term, str, int, int]]:
    for first, word in enumerate(words):
        near = {phrase: None for key in (word.lemma, word.text.casefold()) for phrase in index.get(key, ())}
        for term, phrase, parts in near:
            if _stands(words[first : first + len(parts)], parts, text):
                yield term, phrase, first, len(parts)


def _stands(words: Sequence[Word], parts: Sequence[str], text: str) -> bool:
    """These words are the phrase, and only a space, a hyphen or "&" ("R&D lead") stands between them."""
    return (
        len(words) == len(parts)
        and all(is_form(word, part) for word, part in zip(words, parts, strict=True))
        and all(text[a.end : b.start] in {" ", "-", "‑", "&"} for a, b in pairwise(words))
    )


@lru_cache(maxsize=16)
def _phrases(terms: tuple[Term, ...]) -> _Index:
    return _index([(term, avoided) for term in terms for avoided in term.avoid])


@lru_cache(maxsize=16)
def _allowances(terms: tuple[Term, ...]) -> _Index:
    """The preferred terms and what a note quotes of more than one word ("“property management system” is fine")."""
    quoted = [(term, phrase) for term in terms for phrase in _QUOTED.findall(term.note) if len(read_words(phrase)) > 1]
    return _index([*((term, term.use) for term in terms), *quoted])


def _index(phrases: Sequence[tuple[Term, str]]) -> _Index:
    """Phrases by the forms and the lemma of their first word."""
    index: dict[str, tuple[_Phrase, ...]] = {}
    for term, phrase in phrases:
        parts = tuple(word.text for word in read_words(phrase))
        base = parts[0].casefold() if parts else ""
        for key in {base, f"{base}s", f"{base}es", base.removesuffix("s"), lemma_of(base)} if base else ():
            index[key] = (*index.get(key, ()), (term, phrase, parts))
    return index


def _allowed(words: Sequence[Word], text: str, terms: tuple[Term, ...]) -> list[Span]:
    found = _occurrences(words, text, _allowances(terms))
    return [(words[first].start, words[first + size - 1].end) for _, _, first, size in found]


def _spans(pattern: re.Pattern[str], text: str) -> list[Span]:
    return [match.span() for match in pattern.finditer(text)]


def _span(usage: Usage) -> Span:
    return usage.start, usage.end


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _is_owned(usage: Usage, spans: Sequence[Span]) -> bool:
    """Inside a longer phrase. An avoided phrase as long as the allowed one ("account manager") is nobody's part."""
    size = usage.end - usage.start
    return any(_overlap(_span(usage), span) and span[1] - span[0] > size for span in spans)


def _longest(usages: Sequence[Usage]) -> list[Usage]:
    kept: list[Usage] = []
    for usage in sorted(usages, key=lambda u: (u.start - u.end, u.start)):
        if not any(_overlap(_span(usage), _span(other)) for other in kept):
            kept.append(usage)
    return sorted(kept, key=lambda u: u.start)
