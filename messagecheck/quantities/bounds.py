"""The words around a number that open one of its ends: "at least", "up to", "or more"."""

from __future__ import annotations

from collections.abc import Sequence

from messagecheck.quantities.lexicon import ABOUT, BOUNDS_AFTER, BOUNDS_BEFORE, HIGH, LOW, SYMBOLS, words
from messagecheck.quantities.tokens import Token

_LONGEST = 5
_NAMED_WITHIN = 6
_NAMED = {
    **dict.fromkeys(("minimum", "smallest", "least", "lowest", "floor", "fewest"), LOW),
    **dict.fromkeys(("maximum", "largest", "limit", "cap", "ceiling", "longest", "biggest", "capped"), HIGH),
}
_DENIED_WITHIN = 6
_NEGATIONS = frozenset({"no", "not", "none", "never", "nothing", "nobody", "nor", "without", "cannot", "neither"})
_COMPARED = words(
    "less fewer more over above below under beyond longer older smaller greater shorter younger better past"
)
_LAST_BEFORE = frozenset(phrase[-1] for phrase in BOUNDS_BEFORE)
_FIRST_AFTER = frozenset(phrase[0] for phrase in BOUNDS_AFTER)


def bound_before(tokens: Sequence[Token], start: int) -> tuple[str, int]:
    """The bound said before the number ("" for none) and where its words begin; "no more than about 5" is bounded and
    approximate."""
    if start == 0 or tokens[start - 1].text not in _LAST_BEFORE:
        return "", start
    for length in range(min(_LONGEST, start), 0, -1):
        phrase = tuple(token.text for token in tokens[start - length : start])
        bound = BOUNDS_BEFORE.get(phrase)
        if bound and phrase == ("from",) and not _is_floor(tokens, start):
            return "", start
        if bound:
            return _outer(tokens, start - length, _turned(tokens, start - length, bound))
    return "", start


def _is_floor(tokens: Sequence[Token], start: int) -> bool:
    """As in "from $9" and "From 100 learners, 8 % off"; "4.8 from 2,140 ratings" and "from 85 makers" tell a source."""
    opens = start == 1 or tokens[start - 2].text in {",", ";", ":", "|", "(", "."}
    return (
        opens
        or tokens[start].text in SYMBOLS
        or tokens[start - 2].text in {"starts", "begins", "starting", "priced", "prices", "costs", "is"}
    )


def _turned(tokens: Sequence[Token], start: int, bound: str) -> str:
    """As in "none has less than 30 days" and "never above 4 %": a denied ceiling is a floor."""
    if bound == ABOUT or tokens[start].text in _NEGATIONS or tokens[start].text not in _COMPARED:
        return bound
    for token in reversed(tokens[max(0, start - _DENIED_WITHIN) : start]):
        if token.text in _NEGATIONS or token.text.endswith("n't"):
            return LOW if bound == HIGH else HIGH
        if not token.raw.isalpha():
            break
    return bound


def bound_named(tokens: Sequence[Token], start: int) -> str:
    """The bound that a label or subject names: "Minimum order: ten learners", "the smallest delivery is $150"."""
    for token in reversed(tokens[max(0, start - _NAMED_WITHIN) : start]):
        if token.text in _NAMED:
            return _NAMED[token.text]
        if not token.raw.isalpha() and token.text not in {":", "|"}:
            return ""
    return ""


def _outer(tokens: Sequence[Token], start: int, bound: str) -> tuple[str, int]:
    """A bound around "about" wins: "up to about five"."""
    if bound != ABOUT:
        return bound, start
    outer, outer_start = bound_before(tokens, start)
    return (outer, outer_start) if outer in {LOW, HIGH} else (bound, start)


def bound_after(tokens: Sequence[Token], end: int) -> tuple[str, int]:
    """The bound said after the number ("" for none) and where its words end."""
    if end >= len(tokens) or tokens[end].text not in _FIRST_AFTER:
        skipped = end + 1 < len(tokens) and tokens[end].text == "," and tokens[end + 1].text in _FIRST_AFTER
        return _phrase_after(tokens, end + 1, end) if skipped else ("", end)
    return _phrase_after(tokens, end, end)


def _phrase_after(tokens: Sequence[Token], at: int, end: int) -> tuple[str, int]:
    for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
        phrase = tuple(token.text for token in tokens[at : at + length])
        bound = BOUNDS_AFTER.get(phrase)
        if phrase[-1] == "up" and (len(phrase) == 1 or _text(tokens, at + length) == "to"):
            continue
        if bound and not (phrase in {("+",), ("plus",)} and not _closes(tokens, at + length)):
            return bound, at + length
    return "", end


def _text(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text if at < len(tokens) else ""


def _closes(tokens: Sequence[Token], end: int) -> bool:
    """As in "5+ users" and "200 plus" are bounds, "5 + 3" and "$49 plus tax" are sums."""
    if tokens[end - 1].text == "+":
        return tokens[end - 1].glued
    return end == len(tokens) or not tokens[end].text[0].isalnum()
