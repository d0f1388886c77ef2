"""A difference in words, for a reader."""

from __future__ import annotations

from messagecheck.quantities.model import Difference, Quantity, Relation

_VERBS = {
    Relation.SAME: "agrees: says {ours}, the document says {theirs}",
    Relation.NARROWER: "says {ours}, within the document's {theirs}",
    Relation.WIDER: "says {ours}, beyond the document's {theirs}",
    Relation.DIFFERENT: "says {ours}, the document says {theirs}",
    Relation.OTHER_PERIOD: "says {ours}, the document says {theirs}: another period or base",
}


def describe(difference: Difference) -> str:
    """One clause, without a full stop: "says $39 per user per month, the document says $49 per user per month"."""
    return _VERBS[difference.relation].format(ours=_words(difference.ours), theirs=_words(difference.theirs))


def _words(quantity: Quantity) -> str:
    return " ".join(quantity.text.split())
