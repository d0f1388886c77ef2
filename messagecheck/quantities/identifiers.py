"""Numbers that name something and count nothing: "SOC 2", "ISO 27001", "page 4", "AES-256", "400 Clark Street", "an
834 file"."""

from __future__ import annotations

from collections.abc import Sequence

from messagecheck.quantities.lexicon import CERTIFICATES, CODES, STREETS, words
from messagecheck.quantities.numerals import word
from messagecheck.quantities.tokens import Token

_ORDINALS = words("first second third fourth fifth sixth seventh eighth ninth")
_LEAST_WITH_ARTICLE = 100  # "a 50" is rarely a name, "an 834" is


def names_something(tokens: Sequence[Token], at: int, end: int, noun: str) -> bool:
    """Whether a number without a unit, from token `at` to `end`, is part of a name; `noun` is what it would count."""
    if _part_of_a_word(tokens, at, end) or _address(tokens, end):
        return True
    before = word(tokens, at - 1)
    if noun:
        return before in CERTIFICATES and tokens[at - 1].raw[0].isupper()
    return before in CERTIFICATES or _capitals(tokens, at - 1) or (before in {"a", "an"} and _large(tokens[at].raw))


def _part_of_a_word(tokens: Sequence[Token], at: int, end: int) -> bool:
    """As in "B2B", "AES-256", "Q3", "3D"."""
    if tokens[at].glued and at:
        before = tokens[at - 1]
        if before.raw.isalpha() or (
            before.text == "-" and before.glued and word(tokens, at - 2).isalpha() and tokens[at].raw.isdigit()
        ):
            return True
    if word(tokens, end) == "-" and word(tokens, end + 1) in _ORDINALS:
        return True
    return end < len(tokens) and tokens[end].glued and tokens[end].raw.isalpha()


def _address(tokens: Sequence[Token], end: int) -> bool:
    for step in range(3):
        if not word(tokens, end + step) or not tokens[end + step].raw[0].isupper():
            return False
        if step and word(tokens, end + step) in STREETS:
            return True
    return False


def _capitals(tokens: Sequence[Token], at: int) -> bool:
    """As in "HTTP 404", "EDI 834"; a text that is all in capitals names nothing by it."""
    if at < 0 or len(tokens[at].raw) < 2 or not tokens[at].raw.isupper() or not tokens[at].raw.isalpha():
        return False
    return tokens[at].text not in CODES and not all(token.raw.isupper() for token in tokens if token.raw.isalpha())


def _large(raw: str) -> bool:
    return raw.isdigit() and int(raw) >= _LEAST_WITH_ARTICLE
