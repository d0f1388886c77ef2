"""What speaks for two quantities being about one thing, and how sure that makes it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from messagecheck.quantities.counting import singular
from messagecheck.quantities.lexicon import ADVERBS, MONTHS, ONES, PERIODS, SCALES, STOP, TENS, words
from messagecheck.quantities.model import Quantity, Relation
from messagecheck.quantities.parsing import parse_quantities
from messagecheck.quantities.relating import family, figure, is_bare, is_unlimited, same_noun

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LABEL = re.compile(r"^\W*([A-Z][\w'’ -]{1,30}?)\s*(?:[:|,(]|\s[–—-]\s)")
_NAME = re.compile(r"(?<![.!?:|]\s)(?<!^)(?<![\"“‘'])\b[A-Z][a-z]\w+")
_SHORT_HEADING = 3
_GENERIC_LABELS = words("plan tier packag pric retainer support")
_MOST_NAMES = 2
_MANY = 4
_QUOTES = frozenset("\"“‘'«„")
_EMPTY = frozenset({*STOP, *ONES, *TENS, *SCALES, *PERIODS, *ADVERBS, *MONTHS}) | words(
    "percent cent per am pm seconds minutes hours days weeks months quarters years"
)


class Texts(NamedTuple):
    """The statement, the message, and what a reader has just read or heard before the statement."""

    statement: str
    message: str
    context: str


class Evidence(NamedTuple):
    """Each from -1 to 1, 0 where nothing is known; the names are those of the weights."""

    noun: float
    label: float
    shared: float
    strange: float
    names: float
    near: float
    alone: float
    agreed: float
    bare: float
    free: float
    unlimited: float
    beyond: float
    rebased: float
    quoted: float
    many: float
    digits: float
    money: float
    percent: float
    duration: float
    hours: float
    date: float
    counted: float


# fitted on the disagreeing pairs of corpora/packs (a conflict or not): `python benchmarks/quantities.py --fit`
WEIGHTS = Evidence(
    noun=0.44,
    label=0.35,
    shared=1.04,
    strange=-0.97,
    names=-0.54,
    near=0.68,
    alone=0.27,
    agreed=2.26,
    bare=-0.77,
    free=1.72,
    unlimited=1.62,
    beyond=0.39,
    rebased=0.80,
    quoted=-2.27,
    many=-2.42,
    digits=1.22,
    money=-0.42,
    percent=-0.03,
    duration=-0.27,
    hours=0.82,
    date=0.76,
    counted=-0.56,
)
BIAS = -0.50


def certainty(evidence: Evidence) -> float:
    """How sure that both speak of one thing, 0..1: a logistic model over what speaks for it."""
    return 1 / (
        1 + math.exp(-BIAS - math.fsum(weight * value for weight, value in zip(WEIGHTS, evidence, strict=True)))
    )


def gather(
    texts: Texts, ours: Quantity, theirs: Quantity, relation: Relation, siblings: Sequence[Quantity]
) -> Evidence:
    """What is known of a pair; `siblings` are the statement's quantities that agree with the message."""
    our_words, their_words, context_words = stems(texts.statement), stems(texts.message), stems(texts.context)
    around = our_words | context_words
    kind = family(theirs.unit)
    return Evidence(
        noun=_noun(ours, theirs, around),
        label=_label(texts, around),
        shared=len(around & their_words) / max(1, min(len(their_words), len(around))),
        strange=len(our_words - their_words) / max(1, len(our_words)),
        names=_names(texts),
        near=_near(ours, theirs),
        alone=float(_alone(texts.message, kind)),
        agreed=float(bool(siblings)),
        bare=float(is_bare(ours)),
        free=float(ours.point == 0 or theirs.point == 0),
        unlimited=float(is_unlimited(ours) or is_unlimited(theirs)),
        beyond=float(relation is Relation.WIDER),
        rebased=float(relation is Relation.OTHER_PERIOD),
        quoted=float(texts.statement[:1] in _QUOTES),
        many=min(1.0, len(parse_quantities(texts.statement)) / _MANY),
        digits=float(_same_digits(ours, theirs)),
        money=float(kind == "money"),
        percent=float(kind in {"percent", "rating"}),
        duration=float(kind == "duration"),
        hours=float(kind in {"clock", "weekday"}),
        date=float(kind == "date"),
        counted=float(kind == "count"),
    )


def _same_digits(ours: Quantity, theirs: Quantity) -> bool:
    """As in 430 and 4,300, nine hours and nine minutes: one figure, misread."""
    mine, other = figure(ours), figure(theirs)
    return bool(mine) and bool(other) and _mantissa(mine) == _mantissa(other)


def _mantissa(value: float | None) -> str:
    return f"{value or 0.0:.6g}".replace(".", "").strip("0")


def _near(ours: Quantity, theirs: Quantity) -> float:
    """1 for nearly the same number, towards 0 the more orders of magnitude lie between them."""
    mine, other = figure(ours), figure(theirs)
    if not mine or not other or mine < 0 or other < 0:
        return 0.0
    return math.exp(-abs(math.log(mine / other)))


def _names(texts: Texts) -> float:
    """Names that the message doesn't know tell of somebody else: a client, a town, an employee."""
    foreign = {
        name for name in _NAME.findall(texts.statement) if name not in texts.message and name.lower() not in _EMPTY
    }
    return min(len(foreign), _MOST_NAMES) / _MOST_NAMES


@lru_cache(maxsize=65536)
def _alone(message: str, kind: str) -> bool:
    return sum(family(quantity.unit) == kind for quantity in parse_quantities(message)) == 1


@lru_cache(maxsize=65536)
def stems(text: str) -> frozenset[str]:
    """The content words of a text, crudely stemmed; number words, periods and function words left out."""
    found = (match.group().lower().replace("’", "'") for match in _WORD.finditer(text))
    return frozenset(stem(text) for text in found if len(text) > 1 and text not in _EMPTY)


@lru_cache(maxsize=65536)
def stem(text: str) -> str:
    text = singular(text)
    for ending in ("ation", "ment", "ing", "ed", "er", "ly", "e"):
        if text.endswith(ending) and len(text) - len(ending) >= 4:
            return text.removesuffix(ending)
    return text


def _noun(ours: Quantity, theirs: Quantity, around: frozenset[str]) -> float:
    if ours.noun and theirs.noun:
        return 1.0 if same_noun(ours.noun, theirs.noun) else -1.0
    if theirs.noun:
        return 0.7 if stem(theirs.noun) in around else -0.3
    return 0.0


def _label(texts: Texts, our_words: frozenset[str]) -> float:
    """1 where both name the same plan or heading, -1 where each names its own."""
    theirs = _label_words(texts.message)
    if not theirs:
        return 0.0
    ours = _label_words(texts.statement) or (
        stems(texts.context) if len(texts.context.split()) <= _SHORT_HEADING else None
    )
    if ours:
        return 2 * len(ours & theirs) / len(ours | theirs) - 1
    return 1.0 if theirs <= our_words else -0.3


@lru_cache(maxsize=65536)
def _label_words(text: str) -> frozenset[str]:
    match = _LABEL.match(text)
    return stems(match.group(1)) - _GENERIC_LABELS if match else frozenset()
