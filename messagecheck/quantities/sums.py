"""Amounts that were worked out from told numbers: 300 pupils at £21, twelve months less 12 %."""

from __future__ import annotations

import math
from itertools import combinations_with_replacement

from messagecheck.quantities.lexicon import MONEY, PERIODS
from messagecheck.quantities.model import Quantity
from messagecheck.quantities.parsing import parse_quantities
from messagecheck.quantities.relating import is_bare

_MONTHS_A_YEAR = 12.0
_WEEKS_A_YEAR = 52.0
_ROUNDED_SUM = 0.003  # a sum is told to the cent or to the dollar


def is_sum(ours: Quantity, theirs: Quantity, told: frozenset[float]) -> bool:
    """Whether our amount is theirs times one or two of the told numbers, or of the months and weeks of a year."""
    if not _both_amounts(ours, theirs) or not ours.point or not theirs.point or ours.point == theirs.point:
        return False
    ratio = ours.point / theirs.point
    factors = told
    if ours.per and theirs.per and {ours.per[-1], theirs.per[-1]} <= PERIODS.keys():
        ratio *= PERIODS[theirs.per[-1]] / PERIODS[ours.per[-1]]
    else:
        factors |= {_MONTHS_A_YEAR, 1 / _MONTHS_A_YEAR, _WEEKS_A_YEAR, 1 / _WEEKS_A_YEAR}
    products = (
        math.prod(chosen) for count in (1, 2) for chosen in combinations_with_replacement(sorted(factors), count)
    )
    return any(math.isclose(ratio, product, rel_tol=_ROUNDED_SUM) for product in products)


def _both_amounts(ours: Quantity, theirs: Quantity) -> bool:
    return theirs.unit in MONEY and (ours.unit in MONEY or is_bare(ours))


def told_numbers(*texts: str) -> frozenset[float]:
    """The counts that the texts name, and what their discounts leave of a price."""
    told = [quantity for text in texts for quantity in parse_quantities(text) if quantity.point]
    counts = {quantity.point for quantity in told if quantity.unit == "count" and quantity.point}
    discounts = {1 - quantity.point / 100 for quantity in told if quantity.unit == "percent" and quantity.point}
    return frozenset((counts | discounts) - {0.0, 1.0})
