"""How far two figures may be apart and still say the same."""

from __future__ import annotations

import math
import re

from messagecheck.quantities.counting import singular
from messagecheck.quantities.lexicon import DAY, DURATIONS
from messagecheck.quantities.model import Quantity
from messagecheck.quantities.spans import Tolerance

EXACT = 1e-6
_CONVERTED = 0.02  # a price or rate told over another period is rounded: $189 × 12 / 52 is "$43 or $44 a week"
_CALENDAR_CONVERTED = 0.1  # "a month and a half" is said for six weeks, three months for twelve weeks
_LONG = 14 * DAY  # from here on periods are said in units that don't divide one another
_ABOUT = 0.05
_MOST_ROUNDED = 0.12
ABOUT_POINTS = 3.5  # "two in five" for 41 %, "a third" for 33 %
_TENTHS_POINTS = 5.0
_BYTES = 0.05  # a GB is 1,000 or 1,024 MB
_HALF_POINT = 0.5  # "31 of 32" is told as 97 %
_PERCENT = re.compile(r"%|per ?cent", re.IGNORECASE)


def tolerance(ours: Quantity, theirs: Quantity, *, converted: bool) -> Tolerance:
    """How far two figures may be apart. `converted`: one of them is told over another period."""
    relative = _CONVERTED if converted else EXACT
    if ours.unit == "second" and unit_word(ours.text) != unit_word(theirs.text):
        relative = _CALENDAR_CONVERTED if max(ours.high or 0, ours.low or 0) >= _LONG else _CONVERTED
    if ours.unit == "byte" and ours.text[-2:].lower() != theirs.text[-2:].lower():
        relative = _BYTES
    absolute = 0.0
    if ours.approximate or theirs.approximate:
        relative = max(relative, _ABOUT)
        absolute = _rounding(ours) if ours.approximate else 0.0
    if ours.unit == "percent" and (ours.approximate or theirs.approximate):
        absolute = max(absolute, _TENTHS_POINTS if round((ours.low or 0.5) % 10, 6) == 0 else ABOUT_POINTS)
    if ours.unit == "percent" and _is_share(ours) != _is_share(theirs):
        absolute = max(absolute, _HALF_POINT)
    return Tolerance(relative, absolute)


def _is_share(quantity: Quantity) -> bool:
    """Counted, as in "31 of 32", which is told as 97% elsewhere."""
    return not _PERCENT.search(quantity.text)


def _rounding(quantity: Quantity) -> float:
    """Half a unit of the last digit that isn't zero, at most an eighth of the value: 500 for "about nineteen
    thousand"."""
    value = abs(quantity.low if quantity.low is not None else quantity.high or 0.0)
    if not value:
        return 0.0
    digits = f"{value:.6g}".replace(".", "").rstrip("0").lstrip("0")
    unit = 10.0 ** (math.floor(math.log10(value)) - len(digits) + 1)
    return min(unit / 2, value * _MOST_ROUNDED)


def unit_word(text: str) -> str:
    return next(
        (singular(part) for part in reversed(text.lower().replace("-", " ").split()) if singular(part) in DURATIONS), ""
    )
