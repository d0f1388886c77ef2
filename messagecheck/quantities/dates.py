"""Days and months of the calendar: "15 March 2026", "March 2026", "2026-03-15", "25 December"."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from messagecheck.quantities.lexicon import MONTHS
from messagecheck.quantities.numerals import word
from messagecheck.quantities.tokens import Token
from messagecheck.quantities.units import Measure


def read_date(tokens: Sequence[Token], at: int) -> tuple[Measure, ...]:
    for read in (_iso_date, _day_month, _month_first):
        found = read(tokens, at)
        if found:
            return (found,)
    return ()


def _iso_date(tokens: Sequence[Token], at: int) -> Measure | None:
    parts = [word(tokens, at + step) for step in range(5)]
    if parts[1] != "-" or parts[3] != "-" or not all(part.isdecimal() for part in parts[::2]) or len(parts[0]) != 4:
        return None
    return _dated(int(parts[0]), int(parts[2]), int(parts[4]), at, at + 5)


def _day_month(tokens: Sequence[Token], at: int) -> Measure | None:
    """As in "15 March 2026", "9th of May"."""
    raw, end = tokens[at].raw, at + 1
    if not raw.isdecimal() or len(raw) > 2:
        return None
    if word(tokens, end) in {"st", "nd", "rd", "th"} and tokens[end].glued:
        end += 1
    if word(tokens, end) == "of":
        end += 1
    if word(tokens, end) not in MONTHS:
        return None
    return _with_year(tokens, MONTHS[word(tokens, end)], int(raw), at, end + 1)


def _month_first(tokens: Sequence[Token], at: int) -> Measure | None:
    """As in "March 15, 2026", "March 2026"; "may" and "march" only with a capital."""
    if tokens[at].text not in MONTHS or not tokens[at].raw[0].isupper() or at + 1 >= len(tokens):
        return None
    follower = tokens[at + 1].raw
    if not follower.isdecimal():
        return None
    if len(follower) == 4:
        return _dated(int(follower), MONTHS[tokens[at].text], 0, at, at + 2)
    end = at + 3 if word(tokens, at + 2) in {"st", "nd", "rd", "th"} else at + 2
    return _with_year(tokens, MONTHS[tokens[at].text], int(follower), at, end) if len(follower) <= 2 else None


def _with_year(tokens: Sequence[Token], month: int, day: int, at: int, end: int) -> Measure | None:
    year_at = end + 1 if word(tokens, end) == "," else end
    year = tokens[year_at].raw if year_at < len(tokens) else ""
    if year.isdecimal() and len(year) == 4:
        return _dated(int(year), month, day, at, year_at + 1)
    return Measure(month * 31.0 + day, month * 31.0 + day, "day-of-year", at, end) if 1 <= day <= 31 else None


def _dated(year: int, month: int, day: int, at: int, end: int) -> Measure | None:
    """One day, or the whole month where `day` is 0; None for a day that no calendar has."""
    if not 1 <= year <= 9999 or not 1 <= month <= 12 or day > monthrange(year, month)[1]:
        return None
    first = date(year, month, day or 1).toordinal()
    last = first if day else date(year, month, monthrange(year, month)[1]).toordinal()
    return Measure(float(first), float(last), "date", at, end)
