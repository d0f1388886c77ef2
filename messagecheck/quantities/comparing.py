"""Which quantity of a message a statement's quantity speaks of, and how the two stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from messagecheck.nouns import Polarity
from messagecheck.quantities.evidence import Evidence, Texts, certainty, gather, stem, stems
from messagecheck.quantities.lexicon import MONEY
from messagecheck.quantities.measures import DIFFERENCE
from messagecheck.quantities.model import DISAGREEING, Difference, Quantity, Relation
from messagecheck.quantities.parsing import parse_quantities
from messagecheck.quantities.relating import is_unlimited, relate, same_noun, told_otherwise
from messagecheck.quantities.sums import is_sum, told_numbers

_CONTRASTED = re.compile(r"\b(?:not|instead of|rather than|no longer)(?: just| only| the first)? $", re.IGNORECASE)
_ZONES = {
    name: zone
    for zone, names in enumerate(
        (
            "eastern et est edt york",
            "central ct cst cdt",
            "mountain mst mdt",
            "pacific pt pst pdt seattle",
            "cet cest european amsterdam paris berlin madrid",
            "uk london gmt bst dublin",
            "utc",
            "helsinki eet eest",
            "sydney melbourne aest aedt brisbane",
            "perth awst",
        )
    )
    for name in names.split()
}
_ZONE_WORD = re.compile(r"\w+")


class _Pair(NamedTuple):
    ours: Quantity
    theirs: Quantity
    relation: Relation


def compare(
    statement: str, message: str, context: str = "", *, polarity: Polarity = Polarity.STATES
) -> tuple[Difference, ...]:
    """Each quantity of the statement with the one of the message that it speaks of; one without a partner is left out.

    `context` is what a reader has just read or heard; its words and counts help to find the partner but are no claim.
    `polarity` is the message's: a statement disagrees with an exclusion by offering what lies in its range.
    """
    found = _best_first(Texts(statement, message, context), polarity)
    return tuple(Difference(pair.ours, pair.theirs, pair.relation, certainty(evidence)) for pair, evidence in found)


def evidence_of(
    statement: str, message: str, context: str = "", *, polarity: Polarity = Polarity.STATES
) -> tuple[tuple[Difference, Evidence], ...]:
    """What `compare` gives, each with the evidence behind its certainty: what the weights are fitted on."""
    found = _best_first(Texts(statement, message, context), polarity)
    return tuple((Difference(*pair, certainty(evidence)), evidence) for pair, evidence in found)


def _best_first(texts: Texts, polarity: Polarity) -> list[tuple[_Pair, Evidence]]:
    theirs = parse_quantities(texts.message)
    ours = parse_quantities(texts.statement) if theirs else ()
    claimed = [quantity for quantity in ours if not _CONTRASTED.search(texts.statement[: quantity.start])]
    pairs = [pair for quantity in claimed for pair in _pairs(texts, quantity, theirs, polarity)]
    agreed = _agreeing(texts, pairs)
    chosen = agreed | _disagreeing(texts, pairs, agreed)
    return [chosen[quantity] for quantity in ours if quantity in chosen]


def _pairs(texts: Texts, ours: Quantity, theirs: Sequence[Quantity], polarity: Polarity) -> Iterator[_Pair]:
    for other in theirs:
        relation = relate(ours, other, polarity) if _one_kind(texts, ours, other) else None
        if relation is Relation.NARROWER and is_unlimited(other) and "includ" in texts.statement.lower():
            relation = Relation.DIFFERENT
        if relation in DISAGREEING and _is_told_otherwise(texts, ours, other):
            relation = Relation.SAME
        if relation is not None:
            yield _Pair(ours, other, relation)


def _is_told_otherwise(texts: Texts, ours: Quantity, theirs: Quantity) -> bool:
    """The same fact as a sum, from its other side, or by the clock of another place."""
    if theirs.unit == "clock":
        return _other_zone(f"{texts.context} {texts.statement}", texts.message)
    if theirs.unit == "date":
        return texts.message[theirs.start - 1 : theirs.start] == "(" and texts.message[theirs.end :][:1] == ")"
    return told_otherwise(ours, theirs) or is_sum(ours, theirs, told_numbers(*texts))


def _other_zone(ours: str, theirs: str) -> bool:
    mine, other = (
        {_ZONES[word] for word in _ZONE_WORD.findall(text.lower()) if word in _ZONES} for text in (ours, theirs)
    )
    return (bool(mine) and bool(other) and mine.isdisjoint(other)) or "your time" in ours.lower()


def _one_kind(texts: Texts, ours: Quantity, theirs: Quantity) -> bool:
    """Whether both count the same thing; "one invoice a month" is a rhythm beside "invoiced quarterly"."""
    if ours.unit in MONEY:
        return (ours.noun == DIFFERENCE) == (theirs.noun == DIFFERENCE)
    if ours.unit == theirs.unit == "percent":
        return (ours.noun == "point") == (theirs.noun == "point")
    if ours.unit != "count" or not ours.noun or not theirs.noun or same_noun(ours.noun, theirs.noun):
        return True
    if is_unlimited(theirs):
        return stem(ours.noun) in stems(texts.message)
    if not ours.per or not theirs.per or "time" not in {ours.noun, theirs.noun}:
        return False
    return stem(theirs.noun if ours.noun == "time" else ours.noun) in stems(texts.statement) & stems(texts.message)


def _agreeing(texts: Texts, pairs: Sequence[_Pair]) -> dict[Quantity, tuple[_Pair, Evidence]]:
    """A partner that agrees is taken before one that doesn't: a statement mostly repeats the document's own figures."""
    agreeing = [pair for pair in pairs if pair.relation not in DISAGREEING]
    same = [pair for pair in agreeing if pair.relation is Relation.SAME]
    settled = {pair.ours for pair in same}
    return _surest(texts, [*same, *(pair for pair in agreeing if pair.ours not in settled)], ())


def _disagreeing(
    texts: Texts, pairs: Sequence[_Pair], agreed: dict[Quantity, tuple[_Pair, Evidence]]
) -> dict[Quantity, tuple[_Pair, Evidence]]:
    """What is left over can only disagree with what nothing of the statement has repeated."""
    same = [pair for pair, _ in agreed.values() if pair.relation is Relation.SAME]
    taken = {pair.theirs for pair in same}
    free = [pair for pair in pairs if pair.ours not in agreed and pair.theirs not in taken]
    return _surest(texts, free, [pair.ours for pair in same])


def _surest(
    texts: Texts, pairs: Sequence[_Pair], siblings: Sequence[Quantity]
) -> dict[Quantity, tuple[_Pair, Evidence]]:
    best: dict[Quantity, tuple[_Pair, Evidence]] = {}
    for pair in pairs:
        evidence = gather(texts, *pair, siblings)
        if pair.ours not in best or certainty(evidence) > certainty(best[pair.ours][1]):
            best[pair.ours] = pair, evidence
    return best
