"""Times of day, days of the week and dates: "7 a.m. to 9 p.m.", "Monday to Friday", "24/7", "15 March 2026"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from messagecheck.quantities.dates import read_date
from messagecheck.quantities.lexicon import DAY, DAYS, HOUR, MINUTE, MONTHS, ONES
from messagecheck.quantities.numerals import word
from messagecheck.quantities.tokens import Token
from messagecheck.quantities.units import Measure


class _Clock(NamedTuple):
    """`half` is 0 for a.m., 12 for p.m., None where it is not said; `sure` says that the form is a time and not just
    a number."""

    hour: float
    half: int | None
    end: int
    sure: bool = True


_NOON = 12.99  # an hour up to here may be one of the morning or of the afternoon
_JOINERS = frozenset({"to", "-", "–", "—", "through", "till", "until", "and"})
_ALL_DAY = {
    ("24", "/", "7"): True,
    ("24", "×", "7"): True,
    ("24x", "7"): True,
    ("twenty", "-", "four", "-", "seven"): True,
    ("twenty", "-", "four", "seven"): True,
    ("around", "the", "clock"): False,
    ("round", "the", "clock"): False,
    ("24", "hours", "a", "day"): False,
    ("24", "-", "hour"): False,
    ("24", "hours"): False,
    ("twenty", "-", "four", "hours", "a", "day"): False,
    ("day", "and", "night"): False,
    ("at", "any", "hour"): False,
    ("any", "hour"): False,
    ("all", "hours"): False,
}
_DAY_SPANS = {
    ("seven", "days", "a", "week"): 7.0,
    ("7", "days", "a", "week"): 7.0,
    ("six", "days", "a", "week"): 6.0,
    ("6", "days", "a", "week"): 6.0,
    ("five", "days", "a", "week"): 5.0,
    ("5", "days", "a", "week"): 5.0,
    ("every", "day", "but", "sunday"): 6.0,
    ("every", "day", "except", "sunday"): 6.0,
    ("every", "day"): 7.0,
    ("each", "day"): 7.0,
    ("any", "day"): 7.0,
    ("365", "days", "a", "year"): 7.0,
    ("weekdays",): 5.0,
}
_HALVES = {
    ("in", "the", "morning"): 0,
    ("in", "the", "afternoon"): 12,
    ("in", "the", "evening"): 12,
    ("at", "night"): 12,
    ("a", ".", "m", "."): 0,
    ("p", ".", "m", "."): 12,
    ("a", ".", "m"): 0,
    ("p", ".", "m"): 12,
    ("am",): 0,
    ("pm",): 12,
}
_STARTS = frozenset({phrase[0] for phrase in (*_ALL_DAY, *_DAY_SPANS)})
_HOURS = {name: value for name, value in ONES.items() if 1 <= value <= 12}


def read_calendar(tokens: Sequence[Token], at: int) -> tuple[Measure, ...]:
    """The span of hours, days or dates that begins at this token; "24/7" is both. Empty where none begins."""
    text = tokens[at].text
    if text in _STARTS:
        spans = _all_day(tokens, at) or _days_said(tokens, at)
        if spans:
            return spans
    if text in DAYS:
        return _days(tokens, at)
    if text[0].isdigit() or text in MONTHS:
        dated = read_date(tokens, at)
        if dated:
            return dated
    return _hours(tokens, at)


def _matches(tokens: Sequence[Token], at: int, phrase: tuple[str, ...]) -> bool:
    return all(word(tokens, at + step) == part for step, part in enumerate(phrase))


def _all_day(tokens: Sequence[Token], at: int) -> tuple[Measure, ...]:
    for phrase, whole_week in _ALL_DAY.items():
        if _matches(tokens, at, phrase):
            if phrase == ("24", "hours") and not _always(tokens, at):
                return ()
            clock = Measure(0.0, DAY, "clock", at, at + len(phrase))
            return (clock, Measure(1.0, 7.0, "weekday", at, at + len(phrase))) if whole_week else (clock,)
    return ()


def _always(tokens: Sequence[Token], at: int) -> bool:
    """As in "24 hours, seven days a week" is a span of the clock, "within 24 hours" a duration."""
    return word(tokens, at + 2) == "," and word(tokens, at + 3) in _STARTS


def _days_said(tokens: Sequence[Token], at: int) -> tuple[Measure, ...]:
    for phrase, last in _DAY_SPANS.items():
        if _matches(tokens, at, phrase):
            return (Measure(1.0, last, "weekday", at, at + len(phrase)),)
    return ()


def _days(tokens: Sequence[Token], at: int) -> tuple[Measure, ...]:
    end = at + 1
    if word(tokens, end) not in _JOINERS or word(tokens, end + 1) not in DAYS or word(tokens, end) == "and":
        return ()
    first, last = DAYS[tokens[at].text], DAYS[word(tokens, end + 1)]
    return (Measure(float(first), float(last), "weekday", at, end + 2),) if first < last else ()


def _hours(tokens: Sequence[Token], at: int) -> tuple[Measure, ...]:
    first = _clock(tokens, at)
    if first is None:
        return ()
    second = _clock(tokens, first.end + 1) if word(tokens, first.end) in _JOINERS else None
    if (
        second
        and (first.sure or second.sure or _beside_days(tokens, at, second.end))
        and not _other_unit(tokens, second)
    ):
        begin, finish = _resolve(first, second)
        return (
            Measure(
                begin,
                finish,
                "clock",
                at,
                second.end,
                approximate=first.half is None and ":" not in word(tokens, at + 1),
            ),
        )
    if not first.sure:
        return ()
    moment = _seconds(first.hour, first.half)
    vague = first.half is None and first.hour <= _NOON and word(tokens, at) not in {"noon", "midday"}
    return (Measure(moment, moment, "clock", at, first.end, approximate=vague),)


def _clock(tokens: Sequence[Token], at: int) -> _Clock | None:
    text = word(tokens, at)
    if text in {"noon", "midday", "midnight"}:
        return _Clock(24.0 if text == "midnight" else 12.0, None, at + 1)
    past = _past_the_hour(tokens, at)
    if past:
        return past
    hour, end, sure = _hour(tokens, at)
    if hour is None or (word(tokens, at - 1) == ":" and tokens[at].glued):
        return None
    if word(tokens, end) == "o'clock":
        sure, end = True, end + 1
    half, end = _half(tokens, end, hour)
    return _Clock(hour, half, end, sure or half is not None)


def _past_the_hour(tokens: Sequence[Token], at: int) -> _Clock | None:
    """As in "half past seven" and "half seven in the morning"."""
    if word(tokens, at) not in {"half", "quarter"} or word(tokens, at + 1) not in {"past", "to"}:
        return None
    hour, end, _ = _hour(tokens, at + 2)
    if hour is None:
        return None
    part = 0.5 if word(tokens, at) == "half" else 0.25
    half, end = _half(tokens, end, hour)
    return _Clock(hour + part if word(tokens, at + 1) == "past" else hour - part, half, end)


def _hour(tokens: Sequence[Token], at: int) -> tuple[float | None, int, bool]:
    """The hour at this token, the index after it and whether its form is that of a time."""
    text, end = word(tokens, at), at + 1
    if not text.isdecimal() or len(text) > 2 or int(text) > 24:
        return _HOURS.get(text), end, False
    minutes = word(tokens, end + 1)
    if word(tokens, end) == ":" and tokens[end].glued and minutes.isdecimal() and len(minutes) == 2:
        return float(text) + int(minutes) / 60, end + 2, True
    return float(text), end, False


def _half(tokens: Sequence[Token], end: int, hour: float) -> tuple[int | None, int]:
    for phrase, half in _HALVES.items():
        if _matches(tokens, end, phrase) and hour <= _NOON:
            return half, end + len(phrase)
    return None, end


def _is_span(tokens: Sequence[Token], first: _Clock, second: _Clock, at: int) -> bool:
    if _other_unit(tokens, second):
        return False
    backwards = first.hour > second.hour and word(tokens, first.end) in {"to", "till", "until"}
    return first.sure or second.sure or backwards or _beside_days(tokens, at, second.end)


def _beside_days(tokens: Sequence[Token], at: int, end: int) -> bool:
    """As in "eight to six, Monday to Friday": bare numbers beside days are hours."""
    near = {word(tokens, here) for here in (at - 1, at - 2, end, end + 1)}
    return not near.isdisjoint(DAYS) or "weekdays" in near


def _other_unit(tokens: Sequence[Token], second: _Clock) -> bool:
    return not second.sure and word(tokens, second.end) in {
        "%",
        "percent",
        "days",
        "weeks",
        "months",
        "hours",
        "minutes",
        "people",
    }


def _resolve(first: _Clock, second: _Clock) -> tuple[float, float]:
    """Where one half of the day is said it holds for both unless that would run backwards; where none is, days begin
    in the morning."""
    finish = _seconds(second.hour, second.half)
    if first.half is None and second.half == 12 and first.hour <= 12:
        begin = _seconds(first.hour, 12 if first.hour % 12 < second.hour % 12 else 0)
    else:
        begin = _seconds(first.hour, first.half)
    if second.half is None and finish <= begin and second.hour <= 12:
        finish += 12 * HOUR
    return begin, finish if finish > begin else finish + DAY


def _seconds(hour: float, half: int | None) -> float:
    if half is None:
        return round(hour * HOUR / MINUTE) * MINUTE
    return round(((hour % 12) + half) * HOUR / MINUTE) * MINUTE
