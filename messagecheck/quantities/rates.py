"""What a number is for: "per user per month", "a seat", "/mo", "every two years", "monthly"."""

from __future__ import annotations

from collections.abc import Sequence

from messagecheck.quantities.counting import singular
from messagecheck.quantities.lexicon import ADVERBS, BUSINESS, CALENDAR, PERIOD_WORDS, STOP
from messagecheck.quantities.numerals import word
from messagecheck.quantities.ratios import read_numeral
from messagecheck.quantities.tokens import Token

_MOST = 3  # "per head per site per month"
_REACH = 4
_SKIPPED = frozenset({"for", "in", ",", "by", "and"})


def read_per(tokens: Sequence[Token], at: int, *, any_noun: bool) -> tuple[tuple[str, ...], float, int]:
    """The bases from token `at` on, nouns before the period, what to divide the value by ("per 1,000 profiles") and
    the index after.

    `any_noun` admits every noun after "a" and "each"; without it only periods are read there ("26 lessons a week").
    """
    nouns: list[str] = []
    period = ""
    divisor = 1.0
    for _ in range(_MOST):
        base = _base(tokens, at, any_noun)
        if base is None:
            break
        name, count, at = base
        divisor *= count
        if name in PERIOD_WORDS or name in ADVERBS:
            period = period or PERIOD_WORDS.get(name) or ADVERBS[name]
        else:
            nouns.append(singular(name))
    return (*nouns, *([period] if period else ())), divisor, at


def _base(tokens: Sequence[Token], at: int, any_noun: bool) -> tuple[str, float, int] | None:  # noqa: FBT001 - the caller's own keyword, passed on
    text = word(tokens, at)
    if text in _SKIPPED and word(tokens, at + 1) in {"each", "every", "per"}:
        at, text = at + 1, word(tokens, at + 1)
    if text in {"per", "/"}:
        return _named(tokens, at + 1)
    if text in ADVERBS:
        return text, 1.0, at + 1
    if text not in {"a", "an", "each", "every"}:
        return None
    base = _named(tokens, at + 1) if text in {"each", "every"} else _single(tokens, at + 1)
    return base if base and (any_noun or base[0] in PERIOD_WORDS) else None


def _single(tokens: Sequence[Token], at: int) -> tuple[str, float, int] | None:
    """The one word after an article: "a seat"; two in "a square foot"."""
    if word(tokens, at) in {"square", "cubic"}:
        at += 1
    text = word(tokens, at)
    if (
        not text.isalpha()
        or text in STOP
        or text
        in {"hundred", "thousand", "million", "dozen", "half", "couple", "bit", "lot", "single", "time", "whole"}
    ):
        return None
    return text, 1.0, at + 1


def _named(tokens: Sequence[Token], at: int) -> tuple[str, float, int] | None:
    """The noun after "per", over its adjectives and behind a number: "live site", "1,000 profiles", "two years"."""
    numeral = read_numeral(tokens, at) if at < len(tokens) else None
    count, here = (numeral.value, numeral.end) if numeral and not numeral.unit and numeral.value else (1.0, at)
    last = ""
    if word(tokens, here) in CALENDAR and word(tokens, here + 1) in PERIOD_WORDS:
        here += 1
    first = here
    while here < min(first + _REACH, len(tokens)):
        text = word(tokens, here)
        if text in PERIOD_WORDS and not last:
            return _period(text), count, here + 1
        if text in ADVERBS or text in PERIOD_WORDS or not _belongs(tokens, here):
            break
        last = text if text != "-" else last
        here += 1
    return (last, count, here) if last else None


def _period(text: str) -> str:
    return PERIOD_WORDS[text]


def _belongs(tokens: Sequence[Token], at: int) -> bool:
    text = word(tokens, at)
    if text == "-" and tokens[at].glued:
        return True
    inside = at > 0 and word(tokens, at - 1) == "-"
    return tokens[at].raw.isalpha() and (inside or (text not in STOP and text not in BUSINESS))
