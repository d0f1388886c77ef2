"""Quantities said without a number: "free", "unlimited", "no minimum", "monthly", "every 6 hours", "overnight", "next
business day"."""

from __future__ import annotations

from collections.abc import Sequence

from messagecheck.quantities.counting import counted, singular
from messagecheck.quantities.lexicon import ADVERBS, DAY, PERIOD_WORDS, PERIODS, words
from messagecheck.quantities.numerals import word
from messagecheck.quantities.ratios import read_numeral
from messagecheck.quantities.tokens import Token
from messagecheck.quantities.units import Measure

_FREE = (
    ("free", "of", "charge"),
    ("at", "no", "cost"),
    ("at", "no", "charge"),
    ("at", "no", "extra", "cost"),
    ("no", "charge"),
    ("no", "extra", "charge"),
    ("no", "cost"),
    ("no", "fee"),
    ("no", "fees"),
    ("on", "the", "house"),
    ("without", "charge"),
    ("for", "nothing"),
    ("costs", "nothing"),
    ("cost", "nothing"),
    ("costs", "you", "nothing"),
    ("zero", "dollars"),
    ("free",),
    ("complimentary",),
    ("gratis",),
)
_NOT_FREE_AFTER = frozenset(
    {
        "-",
        "feel",
        "set",
        "be",
        "hands",
        "carefree",
        "sugar",
        "tax",
        "duty",
        "toll",
        "not",
        "isn't",
        "no",
        "never",
        "aren't",
    }
)
_NOT_FREE_BEFORE = frozenset(
    {"to", "up", "from", "range", "hand", "hands", "time", "spirit", "evening", "afternoon", "morning", "-"}
)
_UNLIMITED = (
    ("no", "limit", "on"),
    ("no", "limit", "to"),
    ("no", "limits", "on"),
    ("no", "limit"),
    ("no", "limits"),
    ("without", "limit"),
    ("no", "cap", "on"),
    ("no", "cap"),
    ("no", "maximum"),
    ("no", "ceiling"),
    ("as", "many"),
    ("unlimited",),
    ("uncapped",),
    ("limitless",),
)
_NO_MINIMUM = (
    ("no", "minimum"),
    ("no", "minimums"),
    ("no", "floor"),
    ("isn't", "any", "minimum"),
    ("without", "minimum"),
    ("any", "number", "of"),
)
_SPANS = {
    ("next", "business", "day"): ("business-day", 1.0),
    ("next", "working", "day"): ("business-day", 1.0),
    ("same", "business", "day"): ("business-day", 1.0),
    ("same", "working", "day"): ("business-day", 1.0),
    ("next", "day"): ("second", 2 * DAY),
    ("next", "-", "day"): ("second", 2 * DAY),
    ("same", "day"): ("second", DAY),
    ("same", "-", "day"): ("second", DAY),
    ("overnight",): ("second", DAY / 2),
}
_CHARGES = words("fee price charge payment rent rate bill invoice cost instalment installment")
_HALVING = frozenset({"halve", "halves", "halved", "halving"})
_PHRASES = (*_FREE, *_UNLIMITED, *_NO_MINIMUM, *_SPANS)
_STARTS = frozenset({phrase[0] for phrase in _PHRASES} | _HALVING | {"every", "each", *ADVERBS})


def read_phrase(tokens: Sequence[Token], at: int) -> tuple[Measure, ...]:
    """The quantity that a phrase at this token says without a number; empty where there is none."""
    text = tokens[at].text
    if text not in _STARTS:
        return ()
    length = _longest(tokens, at, _NO_MINIMUM)
    if length:
        return _no_minimum(tokens, at, at + length)
    found = _free(tokens, at) or _unlimited(tokens, at) or _span(tokens, at) or _rhythm(tokens, at)
    if found is None and text in _HALVING:
        found = Measure(50.0, 50.0, "percent", at, at + 1, approximate=True)
    return (found,) if found else ()


def _longest(tokens: Sequence[Token], at: int, phrases: Sequence[tuple[str, ...]]) -> int:
    """How many tokens the longest of the phrases takes here, 0 for none."""
    return max(
        (len(phrase) for phrase in phrases if all(word(tokens, at + step) == part for step, part in enumerate(phrase))),
        default=0,
    )


def _free(tokens: Sequence[Token], at: int) -> Measure | None:
    length = _longest(tokens, at, _FREE)
    if not length:
        return None
    if (
        tokens[at].text == "free"
        and length == 1
        and (word(tokens, at - 1) in _NOT_FREE_AFTER or word(tokens, at + 1) in _NOT_FREE_BEFORE)
    ):
        return None
    noun, _ = counted(tokens, at + length, 1.0)
    return Measure(0.0, 0.0, "money", at, at + length, noun=noun)


def _unlimited(tokens: Sequence[Token], at: int) -> Measure | None:
    length = _longest(tokens, at, _UNLIMITED)
    if not length or (tokens[at].text == "as" and word(tokens, at + 2) == "as"):
        return None
    noun, end = counted(tokens, at + length, 2.0)
    return Measure(None, None, "count", at, end if noun else at + length, noun=noun)


def _no_minimum(tokens: Sequence[Token], at: int, end: int) -> tuple[Measure, ...]:
    """From nothing on, of what is counted or of whatever is spoken of."""
    noun, after = counted(tokens, end, 2.0)
    return (Measure(0.0, None, "count", at, after if noun else end, noun=noun),)


def _span(tokens: Sequence[Token], at: int) -> Measure | None:
    for phrase, (unit, value) in _SPANS.items():
        if _longest(tokens, at, (phrase,)):
            return Measure(None, value, unit, at, at + len(phrase))
    return None


def _rhythm(tokens: Sequence[Token], at: int) -> Measure | None:
    """As in "monthly" and "every two weeks" are once per month and half a time per week. A monthly fee says when it is
    paid and not how often anything comes."""
    text = tokens[at].text
    if text in ADVERBS and singular(word(tokens, at + 1)) in _CHARGES:
        return None
    if text in ADVERBS:
        return Measure(1.0, 1.0, "count", at, at + 1, (ADVERBS[text],), "time")
    if text not in {"every", "each"} or at + 1 >= len(tokens):
        return None
    numeral = read_numeral(tokens, at + 1)
    end, every = (numeral.end, numeral.value) if numeral and not numeral.unit and numeral.value else (at + 1, 1.0)
    if word(tokens, end) == "other":
        end, every = end + 1, 2.0
    period = PERIOD_WORDS.get(word(tokens, end))
    if period not in PERIODS:
        return None
    return Measure(1 / every, 1 / every, "count", at, end + 1, (period,), "time")
