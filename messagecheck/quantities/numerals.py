"""Tokens → the bare number that begins at a token: digits, words, fractions, ratios."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from messagecheck.quantities.lexicon import (
    COLLECTIVES,
    FRACTIONS,
    ONES,
    PERIOD_WORDS,
    SCALES,
    SUFFIXES,
    TENS,
    TIMES,
    words,
)
from messagecheck.quantities.tokens import Token


class Numeral(NamedTuple):
    """A value and the index after its last token. `unit` is set where the form fixes it: percent, rating, times,
    date."""

    value: float
    end: int
    unit: str = ""
    approximate: bool = False


SMALL = {**ONES, **TENS}
_ARTICLES = frozenset({"a", "an", "one"})
_NINES = {"two": 99.0, "three": 99.9, "four": 99.99, "five": 99.999, "six": 99.9999}
_SHARE_WORDS = words(
    "of . , ; ) less more off faster fewer lower cheaper higher quicker are is were was have do did go now comes come"
)
TRIGGERS = frozenset({*SMALL, *SCALES, *COLLECTIVES, *FRACTIONS, *TIMES})


def read_plain(tokens: Sequence[Token], at: int) -> Numeral | None:
    """The number that begins at this token, or None; "7 in 10" is left to the ratios."""
    token = tokens[at]
    if token.text[0].isdigit() or token.text[0] == ".":
        return read_digits(tokens, at)
    if token.text == "point" and word(tokens, at + 1) in ONES:
        return Numeral(*_decimals(tokens, 0.0, at))
    if token.text not in TRIGGERS and token.text not in _ARTICLES:
        return None
    return _fraction(tokens, at) or _article(tokens, at) or _times(tokens, at) or _words(tokens, at)


def word(tokens: Sequence[Token], at: int) -> str:
    """The token's text, or nothing past the end."""
    return tokens[at].text if 0 <= at < len(tokens) else ""


def read_digits(tokens: Sequence[Token], at: int) -> Numeral | None:
    token = tokens[at]
    try:
        value = float(token.text.replace(",", "").replace("\u202f", "").replace("\u00a0", ""))
    except ValueError:  # digits of another script, or superscripts
        return None
    end = at + 1
    follower = word(tokens, end)
    if follower in SUFFIXES and tokens[end].glued:
        return Numeral(value * SUFFIXES[follower], end + 1)
    if follower in {"st", "nd", "rd", "th"} and tokens[end].glued:
        return None
    while word(tokens, end) in SCALES:
        value *= SCALES[word(tokens, end)]
        end += 1
    if follower == "dozen":
        return Numeral(value * 12, end + 1)
    return Numeral(value, end)


def _words(tokens: Sequence[Token], at: int) -> Numeral | None:
    """As in "twenty-five hundred", "three hundred and ninety", "two and a half", "ninety-nine point nine", "twenty
    twenty-
    one"."""
    if word(tokens, at) == "hundred":
        return Numeral(*hundreds(tokens, at))
    if word(tokens, at) not in SMALL:
        return None
    year = _spoken_year(tokens, at)
    if year:
        return year
    if word(tokens, at + 1) == "nines":
        nines = _NINES.get(word(tokens, at))
        return Numeral(nines, at + 2, "percent") if nines else None
    value, end = cardinal(tokens, at)
    value, end = _decimals(tokens, value, end)
    if word(tokens, end) == "dozen":
        value, end = value * 12, end + 1
    if [word(tokens, end + step) for step in range(3)] == ["and", "a", "half"]:
        value, end = value + 0.5, end + 3
        value, end = scaled(tokens, value, end)
    return Numeral(value, end)


def cardinal(tokens: Sequence[Token], at: int) -> tuple[float, int]:
    total, current, end = 0.0, 0.0, at
    room = 100.0  # what the next word must stay under: "twenty" leaves room for ones only
    while True:
        text = word(tokens, end)
        if text in SMALL and SMALL[text] < room:
            current += SMALL[text]
            room = 10.0 if text in TENS else 0.0
        elif text == "hundred" and current:
            current, room = current * 100, 100.0
        elif text in SCALES:
            total, current, room = total + (current or 1.0) * SCALES[text], 0.0, 1000.0
        elif not _joins(tokens, end, room):
            return total + current, end
        end += 1


def _joins(tokens: Sequence[Token], at: int, room: float) -> bool:
    """A hyphen or "and" inside a number word, followed by a part that still fits."""
    text, follower = word(tokens, at), word(tokens, at + 1)
    fits = follower in SMALL and SMALL[follower] < room
    if text == "-":
        return tokens[at].glued and (fits or follower in SCALES)
    return text == "and" and fits and room >= 100 and word(tokens, at - 1) in SCALES


def _decimals(tokens: Sequence[Token], value: float, end: int) -> tuple[float, int]:
    if word(tokens, end) != "point" or word(tokens, end + 1) not in SMALL:
        return scaled(tokens, value, end)
    end += 1
    digits = ""
    while word(tokens, end) in SMALL or (digits and word(tokens, end) == "-" and word(tokens, end + 1) in ONES):
        digits += f"{SMALL[word(tokens, end)]:.0f}" if word(tokens, end) in SMALL else ""
        end += 1
    return scaled(tokens, value + float(f"0.{_folded_tens(digits)}"), end)


def _folded_tens(digits: str) -> str:
    """As in "point ninety-seven" was read as 90 and 7: 97."""
    return f"{digits[0]}{digits[2]}" if len(digits) == 3 and digits[1] == "0" else digits


def scaled(tokens: Sequence[Token], value: float, end: int) -> tuple[float, int]:
    while word(tokens, end) in SCALES:
        value, end = value * SCALES[word(tokens, end)], end + 1
    return value, end


def _spoken_year(tokens: Sequence[Token], at: int) -> Numeral | None:
    if word(tokens, at) not in {"nineteen", "twenty"}:
        return None
    start = at + 2 if word(tokens, at + 1) == "-" else at + 1
    if word(tokens, start) not in SMALL or SMALL[word(tokens, start)] < 10 or not 0 <= start < len(tokens):
        return None
    rest, end = cardinal(tokens, start)
    if not 10 <= rest < 100:
        return None
    return Numeral(SMALL[word(tokens, at)] * 100 + rest, end, "date")


def _article(tokens: Sequence[Token], at: int) -> Numeral | None:
    """As in "a hundred", "a dozen", "half a million", "a couple of"."""
    if word(tokens, at) not in {"a", "an"}:
        return None
    follower = word(tokens, at + 1)
    if follower in COLLECTIVES:
        end = at + 3 if word(tokens, at + 2) == "of" else at + 2
        return Numeral(COLLECTIVES[follower], end, approximate=True)
    if follower not in SCALES:
        return None
    value, end = hundreds(tokens, at + 1) if follower == "hundred" else cardinal(tokens, at + 1)
    return Numeral(value, end)


def hundreds(tokens: Sequence[Token], at: int) -> tuple[float, int]:
    if _joins(tokens, at + 1, 100.0) or (word(tokens, at + 1) in TENS and word(tokens, at + 1) != "and"):
        rest, end = cardinal(tokens, at + 2 if word(tokens, at + 1) == "and" else at + 1)
        return scaled(tokens, 100 + rest, end)
    return scaled(tokens, 100.0, at + 1)


def _fraction(tokens: Sequence[Token], at: int) -> Numeral | None:
    """As in "half", "a third", "two thirds", "half a million", "three-quarters of"."""
    if word(tokens, at) == "half":
        return _half(tokens, at)
    step = at + 2 if word(tokens, at + 1) == "-" else at + 1
    name = word(tokens, step)
    if name not in FRACTIONS:
        return None
    top = 1.0 if word(tokens, at) in _ARTICLES else ONES.get(word(tokens, at), 0.0)
    if not 0 < top < FRACTIONS[name] or (top > 1) != name.endswith("s"):
        return None
    if top == 1 and word(tokens, step + 1) not in _SHARE_WORDS and step + 1 < len(tokens):
        return None
    return _share(tokens, top / FRACTIONS[name], step + 1)


def _half(tokens: Sequence[Token], at: int) -> Numeral | None:
    after = at + 2 if word(tokens, at + 1) in {"a", "an"} else at + 1
    if word(tokens, after) == "dozen":
        return Numeral(6.0, after + 1, approximate=True)
    if word(tokens, after) in SCALES:
        value, end = scaled(tokens, 0.5, after)
        return Numeral(value, end)
    if word(tokens, after) in PERIOD_WORDS and (
        after == at + 2 or word(tokens, after) in {"hour", "day", "hours", "days"}
    ):
        return Numeral(0.5, after)
    if word(tokens, at - 1) in {"-", "second", "first", "other", "better", "this"} or word(tokens, at + 1) == "-":
        return None
    return Numeral(50.0, at + 1, "percent", approximate=True)


def _share(tokens: Sequence[Token], value: float, end: int) -> Numeral:
    if (
        word(tokens, end) == "of"
        and word(tokens, end + 1) in {"a", "an"}
        and word(tokens, end + 2) in {*PERIOD_WORDS, *SCALES}
    ):
        return Numeral(*scaled(tokens, value, end + 2))
    return Numeral(value * 100, end, "percent", approximate=True)


def _times(tokens: Sequence[Token], at: int) -> Numeral | None:
    value = TIMES.get(word(tokens, at))
    return Numeral(value, at + 1, "times") if value else None
