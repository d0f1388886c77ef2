"""Text → the quantities that it claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from messagecheck.quantities.bounds import bound_after, bound_before, bound_named
from messagecheck.quantities.lexicon import CHANGES, MONEY, SCALES, SUFFIXES
from messagecheck.quantities.measures import read_measure
from messagecheck.quantities.model import Quantity
from messagecheck.quantities.moments import read_calendar
from messagecheck.quantities.numerals import word
from messagecheck.quantities.phrases import read_phrase
from messagecheck.quantities.tokens import Token, tokenize
from messagecheck.quantities.units import Measure

_JOINERS = frozenset({"to", "-", "–", "—", "through", "till", "until", "and", "or"})


@lru_cache(maxsize=65536)
def parse_quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text in reading order; their spans don't overlap."""
    tokens = tokenize(text)
    return tuple(_without_overlap([_quantity(text, tokens, span) for span in _enumerated(tokens, _read_all(tokens))]))


def _read_all(tokens: Sequence[Token]) -> list[Measure]:
    found: list[Measure] = []
    at = 0
    while at < len(tokens):
        spans = read_calendar(tokens, at) or read_phrase(tokens, at) or _read_quantities(tokens, at)
        found.extend(spans)
        at = max((span.end for span in spans), default=at + 1)
    return found


def _enumerated(tokens: Sequence[Token], found: list[Measure]) -> list[Measure]:
    """As in "10, 30 and 60 cm": a bare number takes the unit of the one that it is listed with."""
    for index in range(len(found) - 2, -1, -1):
        between = {token.text for token in tokens[found[index].end : found[index + 1].start]}
        if between and between <= {",", "and", "or"}:
            found[index] = _borrowed(found[index], found[index + 1])
    return found


def _quantity(text: str, tokens: Sequence[Token], span: Measure) -> Quantity:
    start, end = tokens[span.start].start, tokens[span.end - 1].end
    return Quantity(span.low, span.high, span.unit, span.per, span.noun, span.approximate, start, end, text[start:end])


def _without_overlap(found: Sequence[Quantity]) -> list[Quantity]:
    """A bound phrase reaches back; what it would share with the quantity before stays with that one."""
    kept: list[Quantity] = []
    for quantity in found:
        gap = kept[-1].end if kept else 0
        if quantity.start >= gap or (kept and (quantity.start, quantity.end) == (kept[-1].start, kept[-1].end)):
            kept.append(quantity)
        else:
            lead = len(quantity.text[gap - quantity.start :]) - len(quantity.text[gap - quantity.start :].lstrip())
            start = gap + lead
            kept.append(replace(quantity, start=start, text=quantity.text[start - quantity.start :]))
    return kept


def _read_quantities(tokens: Sequence[Token], at: int) -> tuple[Measure, ...]:
    """One quantity, or two where a change from one to the other is told ("fell from 3.1 to 1.2")."""
    first = read_measure(tokens, at)
    if first is None:
        return ()
    second = _range_end(tokens, first)
    if second is None:
        return (_bounded(tokens, first),)
    first = _scaled(tokens, _borrowed(first, second), second)
    if _changes(tokens, first, second):
        return (first, second)
    return (_spanning(tokens, first, second),)


def _range_end(tokens: Sequence[Token], first: Measure) -> Measure | None:
    joint = first.end
    joiner = word(tokens, joint)
    if joiner == "up" and word(tokens, joint + 1) == "to":
        joint, joiner = joint + 1, "to"
    if joiner == "and" and word(tokens, first.start - 1) != "between":
        return None
    if joiner not in _JOINERS or joint + 1 >= len(tokens):
        return None
    second = read_measure(tokens, joint + 1)
    if second is None or not _comparable(first, second):
        return None
    if joiner == "or" and (second.low or 0) != (first.low or 0) + 1:
        return None
    return second


def _comparable(first: Measure, second: Measure) -> bool:
    if first.unit == second.unit:
        return first.unit != "count" or not first.noun or not second.noun or first.noun == second.noun
    return (first.unit == "count" and not first.noun) or (
        second.unit == "count" and not second.noun and first.unit in MONEY
    )


def _borrowed(first: Measure, second: Measure) -> Measure:
    """As in "7 to 14 days": the first number takes the second's unit."""
    if first.unit != "count" or first.noun or first.per or second.unit in {"date", "clock", "weekday"}:
        return first
    low, high = (None if end is None else end * second.factor for end in (first.low, first.high))
    return first._replace(low=low, high=high, unit=second.unit, per=second.per, noun=second.noun, factor=second.factor)


def _scaled(tokens: Sequence[Token], first: Measure, second: Measure) -> Measure:
    """As in "15 to 180 million": the scale is said once, for both."""
    scales = [SCALES.get(token.text) or SUFFIXES.get(token.text, 1.0) for token in tokens[second.start : second.end]]
    scale = max(scales, default=1.0)
    unscaled = not any(token.text in SCALES or token.text in SUFFIXES for token in tokens[first.start : first.end])
    if scale < SCALES["thousand"] or not unscaled or first.low is None or second.low is None:
        return first
    return first._replace(low=first.low * scale, high=first.low * scale) if first.low < second.low / scale else first


def _changes(tokens: Sequence[Token], first: Measure, second: Measure) -> bool:
    if first.low is None or second.low is None:
        return False
    before = {token.text for token in tokens[max(0, first.start - 8) : first.start]}
    told = word(tokens, first.start - 1) == "from" and not before.isdisjoint(CHANGES)
    return told or first.low > second.low


def _spanning(tokens: Sequence[Token], first: Measure, second: Measure) -> Measure:
    start = first.start - 1 if word(tokens, first.start - 1) in {"between", "from"} else first.start
    unit = second.unit if second.unit != "count" or first.unit == "count" else first.unit
    return second._replace(
        low=first.low, unit=unit, noun=second.noun or first.noun, per=second.per or first.per, start=start
    )


def _bounded(tokens: Sequence[Token], measure: Measure) -> Measure:
    before, start = bound_before(tokens, measure.start)
    after, end = bound_after(tokens, measure.end)
    if measure.unit == "date":
        return measure
    if not before and not after:
        before = bound_named(tokens, start) if measure.low == measure.high and measure.noun != "time" else ""
    low, high = measure.low, measure.high
    for bound in (before, after):
        low = None if bound == "high" else low
        high = None if bound == "low" else high
    approximate = measure.approximate or "about" in {before, after}
    return measure._replace(low=low, high=high, approximate=approximate, start=start, end=end)
