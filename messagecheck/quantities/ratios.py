"""Shares told as one number of another: "7 in 10", "nine of ten", "one rent in fifty", "4.8 out of 5"."""

from __future__ import annotations

from collections.abc import Sequence

from messagecheck.quantities.lexicon import PERIOD_WORDS, SCALES
from messagecheck.quantities.numerals import SMALL, Numeral, cardinal, hundreds, read_digits, read_plain, scaled, word
from messagecheck.quantities.tokens import Token

_RATIO_BASES = frozenset(
    {2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 12.0, 15.0, 20.0, 25.0, 50.0, 100.0, 1000.0, 10000.0}
)
RATING_TOPS = frozenset({5.0, 10.0, 100.0})


def read_numeral(tokens: Sequence[Token], at: int) -> Numeral | None:
    """As in "7 in 10", "nine of ten", "ninety-four times out of a hundred", "one rent in fifty", "4.8 out of 5"; the
    number itself otherwise."""
    top = read_plain(tokens, at)
    if top is None or top.unit:
        return top
    joint = _ratio_joint(tokens, top.end)
    if joint is None:
        return top
    bottom = _bottom(tokens, joint)
    link = word(tokens, joint - 1)
    if (
        bottom is None
        or not 0 < top.value <= bottom.value
        or not _is_ratio(top, bottom, link, word(tokens, bottom.end))
    ):
        return top
    if bottom.value in RATING_TOPS and (top.value % 1 or (link in {"of", "/"} and _rated(tokens, at))):
        return Numeral(top.value / bottom.value * 5, bottom.end, "rating")
    return Numeral(100 * top.value / bottom.value, bottom.end, "percent", approximate=bottom.value <= 12)


def _ratio_joint(tokens: Sequence[Token], end: int) -> int | None:
    """The index after "in", "of", "out of", "of every", reached over one noun at most."""
    if word(tokens, end) == "/" and word(tokens, end + 1) in {"5", "10", "100"}:
        return end + 1
    for skip in (0, 1):
        here = end + skip
        if word(tokens, here) == "out" and word(tokens, here + 1) == "of":
            return here + 2
        if word(tokens, here) in {"in", "of"}:
            return here + 1
        if not word(tokens, here).isalpha():
            return None
    return None


def _bottom(tokens: Sequence[Token], at: int) -> Numeral | None:
    while (
        word(tokens, at) in {"every", "the", "our", "a", "all"}
        and word(tokens, at + 1) not in SCALES
        and word(tokens, at + 1) != "dozen"
    ):
        at += 1
    if at >= len(tokens):
        return None
    if word(tokens, at) in {"a", "every", "the"} and word(tokens, at + 1) in SCALES:
        value, end = hundreds(tokens, at + 1) if word(tokens, at + 1) == "hundred" else scaled(tokens, 1.0, at + 1)
        return Numeral(value, end)
    if tokens[at].text[0].isdigit():
        return read_digits(tokens, at)
    if word(tokens, at) not in SMALL:
        return None
    return Numeral(*cardinal(tokens, at))


def _is_ratio(top: Numeral, bottom: Numeral, link: str, follower: str) -> bool:
    if bottom.value < 2 or bottom.value % 1 or follower in {"%", "percent", "per", ":"}:
        return False
    if link == "in":
        return (
            bottom.value in _RATIO_BASES
            and top.value < bottom.value
            and follower not in PERIOD_WORDS
            and follower not in {"minutes", "days"}
        )
    return top.value > 1 or bottom.value in _RATIO_BASES


def _rated(tokens: Sequence[Token], at: int) -> bool:
    near = {token.text for token in tokens[max(0, at - 8) : at + 8]}
    return not near.isdisjoint(
        {
            "rated",
            "rating",
            "ratings",
            "score",
            "scored",
            "scores",
            "stars",
            "star",
            "satisfaction",
            "rate",
            "csat",
            "nps",
            "average",
        }
    )
