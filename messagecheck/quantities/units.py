"""The unit that follows a number: a currency, a period, percent, a size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from messagecheck.quantities.lexicon import (
    BUSINESS,
    CALENDAR,
    CURRENCY_WORDS,
    DAY,
    DURATIONS,
    HOUR,
    MEASURES,
    PERCENT,
    SIZES,
    SYMBOLS,
)
from messagecheck.quantities.numerals import word
from messagecheck.quantities.tokens import Token


class Measure(NamedTuple):
    """A quantity in tokens: `start` and `end` (exclusive) are token indices, `factor` what its unit multiplied the
    number by."""

    low: float | None
    high: float | None
    unit: str
    start: int
    end: int
    per: tuple[str, ...] = ()
    noun: str = ""
    approximate: bool = False
    factor: float = 1.0


class Unit(NamedTuple):
    name: str
    factor: float
    end: int
    noun: str = ""


def read_unit(tokens: Sequence[Token], at: int) -> Unit | None:
    """The unit that begins at this token; a hyphen before it ("21-day") is passed over."""
    if word(tokens, at) == "-" and tokens[at].glued:
        at += 1
    text = word(tokens, at)
    if text == "per" and word(tokens, at + 1) == "cent":
        return Unit("percent", 1.0, at + 2)
    if text in PERCENT:
        points = word(tokens, at + 1) in {"points", "point"}
        return Unit("percent", 1.0, at + 2 if points else at + 1, "point" if points else "")
    if text == "points":
        return Unit("percent", 1.0, at + 1, "point")
    if text in SYMBOLS and not word(tokens, at + 1)[:1].isdigit():
        return Unit(SYMBOLS[text], 1.0, at + 1)
    return _named_unit(tokens, at, text)


def _named_unit(tokens: Sequence[Token], at: int, text: str) -> Unit | None:
    if text in CURRENCY_WORDS:
        name, factor = CURRENCY_WORDS[text]
        return Unit(name, factor, at + 1)
    if text in BUSINESS or text in CALENDAR:
        return _qualified_duration(tokens, at, business=text in BUSINESS)
    duration = DURATIONS.get(text.removesuffix("'"))
    if duration and (len(text) > 1 or tokens[at].glued):
        return Unit("second", duration, at + 1, "notice" if word(tokens, at + 1) == "notice" else "")
    if text in SIZES:
        return Unit("byte", SIZES[text], at + 1)
    if text in MEASURES and (len(text) > 1 or tokens[at].raw.islower()):
        return Unit(*MEASURES[text], at + 1)
    return None


def _qualified_duration(tokens: Sequence[Token], at: int, *, business: bool) -> Unit | None:
    duration = DURATIONS.get(word(tokens, at + 1).removesuffix("'"))
    if duration is None:
        return None
    if business and duration in {DAY, HOUR}:
        return Unit("business-day" if duration == DAY else "business-hour", 1.0, at + 2)
    if business and duration == 7 * DAY:
        return Unit("business-day", 5.0, at + 2)
    return Unit("second", duration, at + 2)
