"""Words and their lemmas: what the terminology rule and the lexical match compare."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import simplemma

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_STOPWORDS = """
    a about all also am an and any are as at be been but by can could did do does each every for from get had
    has have he her his how i if in into is it its just like me more most my no nor not of on one or our out
    over own she so some such than that the their them then there these they this those to too up us very was we
    were what when where which who why will with would you your
"""
STOPWORDS = frozenset(_STOPWORDS.split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: `start` and `end` are characters, `lemma` is lower case without a possessive."""

    text: str
    start: int
    end: int
    lemma: str


@lru_cache(maxsize=8192)
def read_words(text: str) -> tuple[Word, ...]:
    """The words of a text; hyphenated compounds come apart ("go-live" → go, live)."""
    return tuple(Word(m.group(), m.start(), m.end(), lemma_of(m.group())) for m in _WORD.finditer(text))


@lru_cache(maxsize=65536)
def lemma_of(word: str) -> str:
    plain = _plain(word)
    if (plain.isupper() and len(plain) > 1) or re.fullmatch(r"[A-Z]{2,}s", plain):
        return plain.removesuffix("s").casefold() if plain.endswith("s") else plain.casefold()
    return simplemma.lemmatize(plain.casefold(), "en").casefold()


def content_lemmas(text: str) -> frozenset[str]:
    return frozenset(word.lemma for word in read_words(text) if word.lemma not in STOPWORDS and len(word.lemma) > 1)


def find_phrase(words: Sequence[Word], phrase: Sequence[str]) -> list[int]:
    """Indexes at which the lemmas of `phrase` stand one after the other."""
    lemmas, size = [word.lemma for word in words], len(phrase)
    return [i for i in range(len(lemmas) - size + 1) if lemmas[i : i + size] == list(phrase)]


def is_form(word: Word, of: str) -> bool:
    """Whether `word` is `of` or an inflection of it. The stem is no form of a derived or plural word: "game" is none
    of "gamer", "screen" none of "screening"."""
    said, base = _plain(word.text).casefold(), of.casefold()
    if said in {base, f"{base}s", f"{base}es"} or base == f"{said}s":
        return True
    return word.lemma == lemma_of(of) and (word.lemma == base or said.startswith(base))


def _plain(word: str) -> str:
    return re.sub(r"['’]s?$", "", word)
