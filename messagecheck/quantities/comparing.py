"""Which quantity of a message a statement's quantity speaks of, and how the two stand."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations_with_replacement
from typing import NamedTuple

from messagecheck.quantities.counting import singular
from messagecheck.quantities.lexicon import ADVERBS, MONEY, MONTHS, ONES, PERIODS, SCALES, STOP, TENS
from messagecheck.quantities.measures import DIFFERENCE
from messagecheck.quantities.model import DISAGREEING, Difference, Quantity, Relation
from messagecheck.quantities.parsing import parse_quantities
from messagecheck.quantities.relating import family, is_bare, relate, same_noun, told_otherwise

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CLAUSE = re.compile(r"[.;:|!?,()](?:\s|$)|\s[–—-]\s|\band\b|\bbut\b")
_LABEL = re.compile(r"^\W*([A-Z][\w'’ -]{1,30}?)\s*(?:[:|,(]|\s[–—-]\s)")
_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z][a-z]\w+")
_MONTHS_A_YEAR = 12.0
_WEEKS_A_YEAR = 52.0
_CONTRASTED = re.compile(r"\b(?:not|instead of|rather than|no longer)(?: just| only| the first)? $", re.IGNORECASE)
_SAME_CLAUSE = 0.6  # so much in common, and 40 % beside 60 % is another figure, not the rest to a hundred
_ROUNDED_SUM = 0.003


class Evidence(NamedTuple):
    """What speaks for one thing: each in -1..1, 0 for unknown."""

    noun: float
    base: float
    label: float
    clause: float
    shared: float
    alone: float
    explicit: float


def compare(statement: str, message: str, context: str = "") -> tuple[Difference, ...]:
    """Each quantity of the statement with the one of the message that it speaks of; a quantity without a partner is
    left out.

    `context` is what a reader has just read or heard; its words and counts help to find the partner but are no claim.
    """
    theirs = parse_quantities(message)
    ours = parse_quantities(statement) if theirs else ()
    claimed = [quantity for quantity in ours if not _CONTRASTED.search(statement[: quantity.start])]
    pairs = [pair for quantity in claimed for pair in _pairs(statement, message, context, quantity, theirs)]
    chosen = _agreeing(pairs)
    chosen |= _disagreeing(pairs, chosen)
    return tuple(chosen[quantity] for quantity in ours if quantity in chosen)


def _agreeing(pairs: Sequence[Difference]) -> dict[Quantity, Difference]:
    """A partner that agrees is taken before one that doesn't: a statement mostly repeats the document's own figures."""
    best: dict[Quantity, Difference] = {}
    for pair in pairs:
        if pair.relation not in DISAGREEING and (pair.ours not in best or _rank(pair) > _rank(best[pair.ours])):
            best[pair.ours] = pair
    return best


def _rank(pair: Difference) -> tuple[bool, float]:
    return pair.relation is Relation.SAME, pair.certainty


def _disagreeing(pairs: Sequence[Difference], agreed: dict[Quantity, Difference]) -> dict[Quantity, Difference]:
    """What is left over can only disagree with what nothing of the statement has repeated."""
    taken = {pair.theirs for pair in agreed.values() if pair.relation is Relation.SAME}
    best: dict[Quantity, Difference] = {}
    for pair in pairs:
        free = pair.ours not in agreed and pair.theirs not in taken
        if free and (pair.ours not in best or pair.certainty > best[pair.ours].certainty):
            best[pair.ours] = pair
    return best


def _pairs(
    statement: str, message: str, context: str, ours: Quantity, theirs: Sequence[Quantity]
) -> Iterator[Difference]:
    for other in theirs:
        relation = relate(ours, other) if _one_kind(ours, other, statement, message) else None
        if relation is None:
            continue
        evidence = gather(statement, message, context, ours, other)
        if ours.unit == "percent" and told_otherwise(ours, other) and evidence.clause < _SAME_CLAUSE:
            continue
        if relation in DISAGREEING and _derived(statement, message, context, ours, other):
            relation = Relation.SAME
        yield Difference(ours, other, relation, certainty(evidence, ours))


def _one_kind(ours: Quantity, theirs: Quantity, statement: str, message: str) -> bool:
    """Whether both count the same thing; "one invoice a month" is a rhythm beside "invoiced quarterly"."""
    if ours.unit in MONEY:
        return (ours.noun == DIFFERENCE) == (theirs.noun == DIFFERENCE)
    if ours.unit != "count" or not ours.noun or not theirs.noun or same_noun(ours.noun, theirs.noun):
        return True
    if not ours.per or not theirs.per or "time" not in {ours.noun, theirs.noun}:
        return False
    return _stem(theirs.noun if ours.noun == "time" else ours.noun) in stems(statement) & stems(message)


def certainty(evidence: Evidence, ours: Quantity) -> float:
    """How sure that both speak of one thing, 0..1, from what speaks for it."""
    weights = WEIGHTS[family(ours.unit)] if family(ours.unit) in WEIGHTS else WEIGHTS["other"]
    return 1 / (
        1 + math.exp(-weights[0] - sum(weight * value for weight, value in zip(weights[1:], evidence, strict=True)))
    )


WEIGHTS: dict[str, tuple[float, ...]] = {"other": (-1.5, 1.5, 1.0, 1.5, 2.0, 3.0, 0.7, 0.0)}


def gather(statement: str, message: str, context: str, ours: Quantity, theirs: Quantity) -> Evidence:
    """What speaks for or against one thing behind both quantities."""
    our_words, their_words = stems(statement), stems(message)
    context_words = stems(context)
    shared = (our_words | context_words) & their_words
    rivals = sum(family(other.unit) == family(theirs.unit) for other in parse_quantities(message))
    return Evidence(
        noun=_noun(ours, theirs, our_words | context_words),
        base=_base(ours, theirs),
        label=_label(statement, message, our_words | context_words, their_words),
        clause=_overlap(
            _clause(statement, ours) | (context_words if len(our_words) <= _FRAGMENT else frozenset()),
            _clause(message, theirs),
        ),
        shared=len(shared) / max(1, min(len(their_words), len(our_words | context_words))),
        alone=1.0 if rivals == 1 else 0.0,
        explicit=1.0 if ours.unit != "count" or ours.noun else 0.0,
    )


_FRAGMENT = 6  # so short a statement is an answer or a cell: what it is about stands in the context


@lru_cache(maxsize=65536)
def stems(text: str) -> frozenset[str]:
    """The content words of a text, crudely stemmed; number words, periods and function words left out."""
    words = (match.group().lower().replace("’", "'") for match in _WORD.finditer(text))
    return frozenset(_stem(text) for text in words if len(text) > 1 and text not in _EMPTY)


_EMPTY = frozenset(
    {
        *STOP,
        *ONES,
        *TENS,
        *SCALES,
        *PERIODS,
        *(f"{period}s" for period in PERIODS),
        *ADVERBS,
        *MONTHS,
        "percent",
        "cent",
        "per",
        "am",
        "pm",
    }
)


@lru_cache(maxsize=65536)
def _stem(text: str) -> str:
    text = singular(text)
    for ending in ("ation", "ment", "ing", "ed", "er", "ly", "e"):
        if text.endswith(ending) and len(text) - len(ending) >= 4:
            return text.removesuffix(ending)
    return text


def _overlap(ours: frozenset[str], theirs: frozenset[str]) -> float:
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))


@lru_cache(maxsize=65536)
def _clause(text: str, quantity: Quantity) -> frozenset[str]:
    """The content words between the marks around the quantity, its own words included."""
    begin = max((match.end() for match in _CLAUSE.finditer(text) if match.end() <= quantity.start), default=0)
    end = min((match.start() for match in _CLAUSE.finditer(text) if match.start() >= quantity.end), default=len(text))
    return stems(text[begin:end])


def _noun(ours: Quantity, theirs: Quantity, words: frozenset[str]) -> float:
    if ours.noun and theirs.noun:
        return 1.0 if same_noun(ours.noun, theirs.noun) else -1.0
    if theirs.noun:
        return 0.7 if _stem(theirs.noun) in words else -0.3
    return 0.0


def _base(ours: Quantity, theirs: Quantity) -> float:
    if not ours.per and not theirs.per:
        return 0.0
    if set(ours.per) == set(theirs.per):
        return 1.0
    return 0.3 if set(ours.per) & set(theirs.per) else -0.3


def _label(statement: str, message: str, our_words: frozenset[str], their_words: frozenset[str]) -> float:
    """1 where both name the same plan or heading, -1 where each names its own."""
    theirs = _label_words(message)
    if not theirs:
        return 0.0
    if theirs & our_words:
        return 1.0
    ours = _label_words(statement)
    return -1.0 if ours and not ours & their_words else -0.3


@lru_cache(maxsize=65536)
def _label_words(text: str) -> frozenset[str]:
    match = _LABEL.match(text)
    return stems(match.group(1)) if match else frozenset()


def _derived(statement: str, message: str, context: str, ours: Quantity, theirs: Quantity) -> bool:
    """Whether our amount is theirs times numbers that were told: 300 × $14, twelve months less 12 %."""
    if theirs.unit not in MONEY or (ours.unit not in MONEY and not is_bare(ours)) or not ours.point or not theirs.point:
        return False
    ratio = ours.point / theirs.point
    if ratio == 1:
        return False
    factors = _told_numbers(statement, message, context)
    if ours.per and theirs.per and {ours.per[-1], theirs.per[-1]} <= PERIODS.keys():
        ratio *= PERIODS[theirs.per[-1]] / PERIODS[ours.per[-1]]
    else:
        factors |= {_MONTHS_A_YEAR, 1 / _MONTHS_A_YEAR, _WEEKS_A_YEAR, 1 / _WEEKS_A_YEAR}
    products = (
        math.prod(chosen) for count in (1, 2) for chosen in combinations_with_replacement(sorted(factors), count)
    )
    return any(math.isclose(ratio, product, rel_tol=_ROUNDED_SUM) for product in products)


def _told_numbers(statement: str, message: str, context: str) -> set[float]:
    told = [quantity for text in (statement, message, context) for quantity in parse_quantities(text) if quantity.point]
    counts = {quantity.point for quantity in told if quantity.unit == "count" and quantity.point}
    discounts = {1 - quantity.point / 100 for quantity in told if quantity.unit == "percent" and quantity.point}
    return (counts | discounts) - {0.0, 1.0}
