"""A number with its unit, its noun and what it is per: "$49 per user per month", "14 languages", "four business
hours"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from messagecheck.quantities.bounds import bound_after
from messagecheck.quantities.counting import counted
from messagecheck.quantities.identifiers import names_something
from messagecheck.quantities.lexicon import (
    CODES,
    CURRENCY_WORDS,
    DURATIONS,
    MONEY,
    SYMBOLS,
    words,
)
from messagecheck.quantities.numerals import TRIGGERS, Numeral, word
from messagecheck.quantities.rates import read_per
from messagecheck.quantities.ratios import read_numeral
from messagecheck.quantities.tokens import Token
from messagecheck.quantities.units import Measure, Unit, read_unit

_DENIALS = frozenset({"not", "never", "without"})
DIFFERENCE = "difference"  # the noun of an amount that is added or taken off: "nine pounds more"
_MORE = words("more extra less off cheaper dearer higher lower")
SPOKEN = "spoken"  # the noun of a price like "three ninety", which is 3.90 or 390
_EARLIEST, _LATEST = 1900, 2100
_YEARS_OF_BUSINESS = range(1990, 2040)  # "2025 deliveries" are those of 2025: counts of that size have a comma
_ARTICLE_DURATIONS_AFTER = words(
    "within in inside under over than about takes take took taking lasts last lasted for least most to after "
    "nearly almost around exactly only just"
)
_DURATION_NOUNS = frozenset(
    {"notice", "trial", "contract", "term", "warranty", "guarantee", "lease", "pilot", "film", "free"}
)
_BARE_ONE_AFTER = words("no the this that every any each another some only which first or and day last next of your it")


def read_measure(tokens: Sequence[Token], at: int) -> Measure | None:
    """The measure that begins at this token, without the bound before it; None where no quantity begins."""
    token = tokens[at]
    if token.text in SYMBOLS or (token.text in CODES and at + 1 < len(tokens) and tokens[at + 1].text[0].isdigit()):
        return _money_before(tokens, at)
    if token.glued and at and token.raw[0].isdigit() and tokens[at - 1].raw.isalpha():
        return None
    numeral = _spoken_price(tokens, at) or read_numeral(tokens, at)
    if numeral is None:
        return _article_money(tokens, at) or _article_duration(tokens, at)
    return _measure(tokens, at, numeral)


def _measure(tokens: Sequence[Token], at: int, numeral: Numeral) -> Measure | None:
    if numeral.unit == "spoken":
        return _spoken(tokens, at, numeral)
    if numeral.unit in {"percent", "rating"}:
        return _plain(tokens, at, numeral, numeral.unit)
    if numeral.unit == "date":
        return _year(at, numeral.value, numeral.end)
    if numeral.unit == "times":
        return _times(tokens, at, numeral.value, numeral.end)
    return _withread_unit(tokens, at, numeral)


def _spoken_price(tokens: Sequence[Token], at: int) -> Numeral | None:
    """As in "three ninety" and "forty-nine sixty": 3.90 or 390, only the partner tells which."""
    first = _spoken_part(tokens, at, 1)
    if first is None:
        return None
    rest = _spoken_part(tokens, first.end + (word(tokens, first.end) == "-"), 10)
    return Numeral(first.value + rest.value / 100, rest.end, "spoken") if rest and rest.value != first.value else None


def _spoken_part(tokens: Sequence[Token], at: int, least: int) -> Numeral | None:
    if word(tokens, at) not in TRIGGERS or word(tokens, at) == "half":
        return None
    numeral = read_numeral(tokens, at)
    whole = numeral is not None and not numeral.unit and numeral.value % 1 == 0 and least <= numeral.value < 100
    return numeral if whole else None


def _spoken(tokens: Sequence[Token], at: int, numeral: Numeral) -> Measure | None:
    unit = read_unit(tokens, numeral.end)
    if unit or counted(tokens, numeral.end, 2.0)[0]:
        end = unit.end if unit else numeral.end
        return Measure(numeral.value * 100, numeral.value * 100, unit.name if unit else "count", at, end)
    return _priced(tokens, at, numeral.value, Unit("money", 1.0, numeral.end))._replace(noun=SPOKEN)


def _article_money(tokens: Sequence[Token], at: int) -> Measure | None:
    """As in "a dollar thirty-five", "a buck"."""
    if word(tokens, at) not in {"a", "an", "one"} or word(tokens, at + 1) not in {"dollar", "euro", "buck", "cent"}:
        return None
    name, factor = CURRENCY_WORDS[word(tokens, at + 1)]
    if factor < 1 and any(
        tokens[here].text in _DENIALS or tokens[here].text.endswith("n't") for here in range(max(0, at - 4), at)
    ):
        return Measure(0.0, 0.0, "money", at, at + 2)
    value, end = _with_cents(tokens, factor, Unit(name, factor, at + 2))
    if [word(tokens, end + step) for step in range(3)] == ["and", "a", "half"]:
        value, end = value * 1.5, end + 3
    return _priced(tokens, at, value, Unit(name, 1.0, end))


def _plain(tokens: Sequence[Token], at: int, numeral: Numeral, unit: str) -> Measure:
    noun, _ = counted(tokens, numeral.end, numeral.value)
    return Measure(numeral.value, numeral.value, unit, at, numeral.end, noun=noun, approximate=numeral.approximate)


def _money_before(tokens: Sequence[Token], at: int) -> Measure | None:
    if at + 1 >= len(tokens):
        return None
    numeral = read_numeral(tokens, at + 1)
    if numeral is None or numeral.unit:
        return None
    unit = SYMBOLS.get(tokens[at].text) or CODES[tokens[at].text]
    end = numeral.end
    if word(tokens, end) in CODES:
        unit, end = CODES[word(tokens, end)], end + 1
    return _priced(tokens, at, numeral.value, Unit(unit, 1.0, end))


def _priced(tokens: Sequence[Token], at: int, value: float, unit: Unit) -> Measure:
    bound, end = _inner_bound(tokens, unit.end)
    per, divisor, end = read_per(tokens, end, any_noun=True)
    noun = DIFFERENCE if _is_difference(tokens, at, end) else "" if per else counted(tokens, end, 2.0)[0]
    return _open(bound, Measure(value / divisor, value / divisor, unit.name, at, end, per, noun))


def _is_difference(tokens: Sequence[Token], at: int, end: int) -> bool:
    return word(tokens, end) in _MORE or word(tokens, at - 1) in {"another", "additional"}


def _inner_bound(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """The bound between a number and its noun ("5+ users", "three or more brands"); "or so" and the like are left
    outside."""
    bound, end = bound_after(tokens, at)
    return (bound, end) if bound in {"low", "high"} and word(tokens, at) != "," else ("", at)


def _open(bound: str, measure: Measure) -> Measure:
    if bound == "low":
        return measure._replace(high=None)
    return measure._replace(low=None) if bound == "high" else measure


def _withread_unit(tokens: Sequence[Token], at: int, numeral: Numeral) -> Measure | None:
    if numeral.end < len(tokens) and tokens[numeral.end].text in {"times", "x", "×"}:
        return _times(tokens, at, numeral.value, numeral.end + 1)
    bound, end = _inner_bound(tokens, numeral.end)
    unit = read_unit(tokens, end)
    if unit is None:
        return _count(tokens, at, numeral)
    if unit.name in MONEY:
        value, end = _with_cents(tokens, numeral.value * unit.factor, unit)
        return _open(bound, _priced(tokens, at, value, unit._replace(end=end)))
    return _open(bound, _measured(tokens, at, numeral, unit))


def _with_cents(tokens: Sequence[Token], value: float, unit: Unit) -> tuple[float, int]:
    """As in "seven euros forty"."""
    cents = read_numeral(tokens, unit.end) if unit.factor == 1 and unit.end < len(tokens) else None
    spoken = cents is not None and tokens[unit.end].raw.isalpha() and word(tokens, unit.end) not in {"a", "an"}
    if cents is None or not spoken or cents.unit or not 10 <= cents.value < 100 or word(tokens, cents.end).isalpha():
        return value, unit.end
    return value + cents.value / 100, cents.end


def _measured(tokens: Sequence[Token], at: int, numeral: Numeral, unit: Unit) -> Measure:
    value, end = numeral.value * unit.factor, unit.end
    if unit.name == "second":
        value, end = _longer(tokens, value, unit)
    per, divisor, end = read_per(tokens, end, any_noun=False)
    noun = unit.noun or (
        _duration_noun(tokens, end) if unit.name.startswith(("second", "business")) else counted(tokens, end, 2.0)[0]
    )
    low = value / divisor
    return Measure(low, low, unit.name, at, end, per, noun, numeral.approximate, unit.factor)


def _longer(tokens: Sequence[Token], value: float, unit: Unit) -> tuple[float, int]:
    """As in "a month and a half", "two hours and ten minutes", "1 hour 30 minutes"."""
    end = unit.end
    if [word(tokens, end + step) for step in range(3)] == ["and", "a", "half"]:
        return value + unit.factor / 2, end + 3
    if word(tokens, end) == "and" and word(tokens, end + 1) in {"a", "an"}:
        extra = DURATIONS.get(word(tokens, end + 2), unit.factor)
        return (value + extra, end + 3) if extra < unit.factor else (value, end)
    rest = end + 1 if word(tokens, end) == "and" else end
    rest += word(tokens, rest) in {"about", "around", "roughly"}
    numeral = read_numeral(tokens, rest) if rest < len(tokens) else None
    if numeral is None or numeral.unit:
        return value, end
    smaller = read_unit(tokens, numeral.end)
    if smaller and smaller.name == "second" and smaller.factor < unit.factor:
        return value + numeral.value * smaller.factor, smaller.end
    return value, end


def _duration_noun(tokens: Sequence[Token], end: int) -> str:
    for step in (0, 1):
        if word(tokens, end + step) in _DURATION_NOUNS:
            return word(tokens, end + step)
    return ""


def _article_duration(tokens: Sequence[Token], at: int) -> Measure | None:
    """As in "within a week", "a month and a half", "a decade"; "$9 a month" and "a day at the beach" are none."""
    if word(tokens, at) not in {"a", "an"} or word(tokens, at + 1) not in DURATIONS:
        return None
    unit = Unit("second", DURATIONS[word(tokens, at + 1)], at + 2)
    value, end = _longer(tokens, unit.factor, unit)
    told = end > at + 2 or word(tokens, at + 1) in {"fortnight", "decade", "century"}
    if not told and (word(tokens, at - 1) not in _ARTICLE_DURATIONS_AFTER or len(word(tokens, at + 1)) < 3):
        return None
    per, divisor, end = read_per(tokens, end, any_noun=False)
    low = value / divisor
    return Measure(low, low, "second", at, end, per, _duration_noun(tokens, end), factor=unit.factor)


def _times(tokens: Sequence[Token], at: int, value: float, end: int) -> Measure | None:
    per, divisor, after = read_per(tokens, end, any_noun=False)
    if per:
        return Measure(value / divisor, value / divisor, "count", at, after, per, "time")
    if word(tokens, end) in {"as", "more", "faster", "the", "less", "fewer", "cheaper", "quicker"} or word(
        tokens, end - 1
    ) in {"x", "×"}:
        return Measure(value, value, "multiple", at, end) if value > 1 else None
    return Measure(value, value, "count", at, end, noun="time") if word(tokens, end - 1) == "times" else None


def _count(tokens: Sequence[Token], at: int, numeral: Numeral) -> Measure | None:
    bound, end = _inner_bound(tokens, numeral.end)
    noun, after = counted(tokens, end, numeral.value)
    if names_something(tokens, at, numeral.end, noun):
        return None
    if _is_year(tokens, at, numeral) and (not noun or numeral.value in _YEARS_OF_BUSINESS):
        return _year(at, numeral.value, numeral.end)
    if word(tokens, at) == "one" and numeral.end == at + 1 and (not noun or word(tokens, at - 1) in _BARE_ONE_AFTER):
        return None
    if word(tokens, at) in {"zero", "0"} and not noun:
        return None
    per, divisor, after = read_per(tokens, after, any_noun=False)
    value = numeral.value / divisor
    return _open(
        bound,
        Measure(
            value,
            value,
            "count",
            at,
            after if per or noun else numeral.end,
            per,
            noun,
            numeral.approximate,
            1 / divisor,
        ),
    )


def _is_year(tokens: Sequence[Token], at: int, numeral: Numeral) -> bool:
    raw = tokens[at].raw
    digits = raw.isdigit() and len(raw) == 4 and numeral.end == at + 1
    spoken = (
        word(tokens, at) == "two" and word(tokens, at + 1) == "thousand" and word(tokens, at - 1) in {"in", "since"}
    )
    return (digits or spoken) and _EARLIEST <= numeral.value < _LATEST


def _year(at: int, value: float, end: int) -> Measure:
    year = int(value)
    return Measure(float(date(year, 1, 1).toordinal()), float(date(year, 12, 31).toordinal()), "date", at, end)
