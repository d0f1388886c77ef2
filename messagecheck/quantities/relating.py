"""How one quantity stands to another, once both are known to speak of one thing."""

from __future__ import annotations

from dataclasses import replace

from messagecheck.nouns import Polarity
from messagecheck.quantities.hours import relate_hours
from messagecheck.quantities.lexicon import DAY, DOLLARS, DURATIONS, HOUR, MONEY, PERIODS, SIZES, words
from messagecheck.quantities.measures import SPOKEN
from messagecheck.quantities.model import Quantity, Relation
from messagecheck.quantities.spans import Span, relate_spans
from messagecheck.quantities.tolerances import ABOUT_POINTS, EXACT, tolerance, unit_word

_PEOPLE = words(
    "person user seat member employee agent adviser advisor learner head license licence login contact teammate "
    "colleague"
    " participant pupil student teacher lawyer attorney broker timekeeper driver nurse veterinarian clinician "
    "worker editor"
)
_CLIENTS = words("client customer account")
_FIRMS = words("company firm business organisation organization")
_PLACES = words("site location branch store office building clinic school hotel restaurant home room property")
_PAPERS = words(
    "file document declaration invoice order transaction form submission booking email message call ticket payout"
)
_THINGS = words("device machine van vehicle server workstation sensor port")
_SYNONYMS = (
    words("person user seat member head license licence login"),
    words("person employee colleague teammate head worker"),
    _CLIENTS,
    _FIRMS,
    words("site location branch store"),
)
_KINDS = (_PEOPLE, _CLIENTS | _FIRMS, _PLACES, _PAPERS, _THINGS, frozenset(SIZES))
_KIND_OF = {name: number for number, group in enumerate(_KINDS) for name in group}
_INCLUSIVE = words("or no not never and")
_STRICT = words("over above below under exceeding beyond more fewer less")
_DAYS_A_WEEK = frozenset({5.0, 6.0, 7.0})
_BUSINESS_HOURS = 8.0


def family(unit: str) -> str:
    """Units of one family can be converted: money, durations; every other unit is its own."""
    if unit in MONEY:
        return "money"
    return "duration" if unit in {"second", "business-day", "business-hour"} else unit


def same_noun(one: str, other: str) -> bool:
    return one == other or any(one in group and other in group for group in _SYNONYMS)


def relate(ours: Quantity, theirs: Quantity, polarity: Polarity = Polarity.STATES) -> Relation | None:
    """The relation, or None where the two can't be compared: other units or bases.

    What the document excludes ("not for fewer than 20 agents") is disagreed with from inside the range.
    """
    if polarity is Polarity.STATES or theirs.low == theirs.high:
        return _relate_stated(ours, theirs)
    if _relate_stated(ours, theirs) is None:
        return None
    return Relation.DIFFERENT if _lies_inside(ours, theirs) else Relation.NARROWER


def _lies_inside(ours: Quantity, theirs: Quantity) -> bool:
    """Whether ours lies wholly within the range, its ends apart."""
    above = theirs.low is None or (ours.low is not None and ours.low > theirs.low)
    below = theirs.high is None or (ours.high is not None and ours.high < theirs.high)
    return above and below


def _relate_stated(ours: Quantity, theirs: Quantity) -> Relation | None:
    if is_bare(ours) or is_bare(theirs) or _is_no_minimum(ours):
        bare = _relate_no_minimum(ours, theirs) if _is_no_minimum(ours) else _relate_bare(ours, theirs)
        if bare is not Relation.DIFFERENT:
            return bare
    ours, theirs = _meeting(ours, theirs), _meeting(theirs, ours)
    if family(ours.unit) != family(theirs.unit) or not _one_currency(ours.unit, theirs.unit):
        return None
    if ours.unit == "date":
        return _relate_dates(ours, theirs)
    if ours.unit in {"clock", "weekday"}:
        return relate_hours(ours, theirs)
    if family(ours.unit) == "duration" and ours.unit != theirs.unit:
        return _relate_business(ours, theirs)
    return _relate_rates(ours, theirs)


def _meeting(quantity: Quantity, other: Quantity) -> Quantity:
    """The quantity in the sense that the other gives it: "daily" beside days of the week, a bare number beside
    money."""
    if quantity.noun == "time" and quantity.per == ("day",) and quantity.low == 1 and other.unit == "weekday":
        return replace(quantity, low=1.0, high=7.0, unit="weekday", per=())
    if quantity.unit == "second" and other.unit == "weekday" and figure(quantity) in _DAYS_A_WEEK:
        return replace(quantity, low=1.0, high=figure(quantity), unit="weekday")
    if is_bare(quantity):
        return replace(quantity, unit=other.unit)
    if quantity.noun == SPOKEN and quantity.low is not None and other.low:
        nearer = 100.0 if quantity.low * 10 < other.low else 1.0
        return replace(quantity, low=quantity.low * nearer, high=quantity.low * nearer, noun="")
    if quantity.unit == "business-day" and other.unit == "business-hour":
        low, high = (None if end is None else end * _BUSINESS_HOURS for end in (quantity.low, quantity.high))
        return replace(quantity, low=low, high=high, unit="business-hour")
    return quantity


def is_unlimited(quantity: Quantity) -> bool:
    return quantity.low is None and quantity.high is None


def is_bare(quantity: Quantity) -> bool:
    """A number without unit, noun or period: only its partner tells what it counts."""
    return quantity.unit == "count" and not quantity.noun


def _is_no_minimum(quantity: Quantity) -> bool:
    return quantity.low == 0 and quantity.high is None


def _relate_no_minimum(ours: Quantity, theirs: Quantity) -> Relation | None:
    """From nothing on, of whatever is spoken of, beside a floor; it says nothing of other figures."""
    if not theirs.low or theirs.high is not None or (ours.noun and not same_noun(ours.noun, theirs.noun)):
        return None
    return Relation.WIDER


def _relate_bare(ours: Quantity, theirs: Quantity) -> Relation | None:
    """A number alone repeats any figure of the other side; only beside money, shares and counts can it be another one.

    DIFFERENT says that the two may be compared as if ours had their unit.
    """
    if ours.unit == theirs.unit == "count":
        return None if "time" in {ours.noun, theirs.noun} else Relation.DIFFERENT
    mine, other = figure(ours), figure(theirs)
    if mine is not None and other is not None and (mine == other or mine * 1000 == other):
        return Relation.SAME
    unlimited = ours.low is None and ours.high is None
    comparable = is_bare(ours) and (
        unlimited or (other and (family(theirs.unit) == "money" or theirs.unit == "percent"))
    )
    return Relation.DIFFERENT if comparable else None


def figure(quantity: Quantity) -> float | None:
    """The number as it is said, in the unit it is said in: 14 for "14 days"; None for an unlimited one."""
    value = quantity.high if quantity.low is None else quantity.low
    if value is None or quantity.unit != "second":
        return value
    return round(value / DURATIONS.get(unit_word(quantity.text), 1.0), 6)


def told_otherwise(ours: Quantity, theirs: Quantity) -> bool:
    """The rest to a hundred, or a price at 115 % where 15 % is added: the same fact from its other side."""
    if {ours.unit, theirs.unit} != {"percent"} or ours.point is None or theirs.point is None:
        return False
    slack = ABOUT_POINTS if ours.approximate or theirs.approximate else EXACT
    return abs(ours.point + theirs.point - 100) <= slack or abs(abs(ours.point - theirs.point) - 100) < EXACT


def _one_currency(ours: str, theirs: str) -> bool:
    """As in "$" is said for every dollar, "cents" for those of every currency, and what is free has none."""
    return (
        ours == theirs
        or family(ours) != "money"
        or "money" in {ours, theirs}
        or ("usd" in {ours, theirs} and {ours, theirs} <= DOLLARS)
    )


def _split(per: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    return (per[:-1], per[-1]) if per and per[-1] in PERIODS else (per, "")


def _relate_rates(ours: Quantity, theirs: Quantity) -> Relation | None:
    our_bases, our_period = _split(ours.per)
    their_bases, their_period = _split(theirs.per)
    if bool(our_period) != bool(their_period) and ours.noun == "time":
        return None
    other_base = _other_base(our_bases, their_bases)
    factor = PERIODS[their_period] / PERIODS[our_period] if our_period and their_period else 1.0
    slack = tolerance(ours, theirs, converted=factor != 1.0)
    if ours.unit == "count" and _one_apart(ours, theirs):
        return Relation.SAME
    raw = relate_spans(_span(ours, 1.0), _span(theirs, 1.0), tolerance(ours, theirs, converted=False))
    if other_base:
        return Relation.OTHER_PERIOD if raw is Relation.SAME else None
    if factor == 1.0:
        return raw
    converted = relate_spans(_span(ours, factor), _span(theirs, 1.0), slack)
    return (
        Relation.OTHER_PERIOD
        if raw is Relation.SAME and converted in {Relation.DIFFERENT, Relation.WIDER}
        else converted
    )


def _one_apart(ours: Quantity, theirs: Quantity) -> bool:
    """As in "more than one site" and "two or more sites", "more than six" and "up to six": whole numbers leave no
    gap."""
    mine, other = (ours.low, ours.high), (theirs.low, theirs.high)
    gaps = [abs(one - two) for one, two in zip(mine, other, strict=True) if one is not None and two is not None]
    same_side = (ours.low is None) == (theirs.low is None) and (ours.high is None) == (theirs.high is None)
    return same_side and gaps == [1.0] and is_strict(ours) != is_strict(theirs)


def is_strict(quantity: Quantity) -> bool:
    """Whether the bound itself is left out: "more than six" begins at seven."""
    said = set(quantity.text.lower().split())
    return not _STRICT.isdisjoint(said) and _INCLUSIVE.isdisjoint(said)


def _other_base(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether the bases are of two known kinds ("per site", "per user"); an unknown word may be the house's own for
    it."""
    kinds = [{_KIND_OF[base] for base in bases if base in _KIND_OF} for bases in (ours, theirs)]
    return all(kinds) and kinds[0].isdisjoint(kinds[1])


def _span(quantity: Quantity, factor: float) -> Span:
    return Span(*(None if end is None else end * factor for end in (quantity.low, quantity.high)))


def _relate_dates(ours: Quantity, theirs: Quantity) -> Relation | None:
    """A month lies in its year; two days that no span shares differ."""
    if ours.low is None or ours.high is None or theirs.low is None or theirs.high is None:
        return None
    apart = ours.high < theirs.low or theirs.high < ours.low
    return Relation.DIFFERENT if apart else Relation.SAME


def _relate_business(ours: Quantity, theirs: Quantity) -> Relation | None:
    """Business and calendar time aren't converted; only what no calendar can reconcile differs."""
    mine, other = _calendar_span(ours), _calendar_span(theirs)
    if mine is None or other is None or ours.per != theirs.per:
        return None
    if "calendar" in ours.text + theirs.text and _days(ours) == _days(theirs):
        return Relation.OTHER_PERIOD
    return Relation.DIFFERENT if mine[1] < other[0] or other[1] < mine[0] else None


def _days(quantity: Quantity) -> float | None:
    value = quantity.high if quantity.high is not None else quantity.low
    return value / DAY if value is not None and quantity.unit == "second" else value


def _calendar_span(quantity: Quantity) -> tuple[float, float] | None:
    """The least and the most calendar seconds that the duration can take, weekends and nights included."""
    value = quantity.high if quantity.high is not None else quantity.low
    if value is None:
        return None
    if quantity.unit == "business-day":
        return (value - 1) * DAY, (value * 7 / 5 + 3) * DAY
    if quantity.unit == "business-hour":
        return value * HOUR, (value / 8 * 7 / 5 + 3) * DAY
    return value, value
