"""What can be told of a sentence and a message without a model: numbers, shared words, denials, absolutes."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from messagecheck.nouns import Message, Polarity
from messagecheck.quantities import DISAGREEING, Difference, compare, describe
from messagecheck.words import content_lemmas

_DENIAL = re.compile(
    r"\b(?:not|never|no|nor|neither|none|nobody|nothing|without|cannot|can't|won't|isn't|aren't|doesn't|don't|didn't"
    r"|rather than|instead of|nope|refuse\w*|declin\w*|out of scope|exclud\w*|except)\b|n't\b",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(
    r"\b(?:always|never|every (?:single|time|one)|guarantee[ds]?|100 ?(?:%|percent|per cent)|zero"
    r"|all of (?:them|it)|nobody"
    r"|no one|instant(?:ly)?|perfect(?:ly)?|completely|entirely|eliminat\w+"
    r"|any (?:size|kind|company|budget|language|format|time)|anyone|anywhere|anything"
    r"|whatever|unlimited|the only|the (?:best|fastest|cheapest|most)|number one|no\. ?1|#1"
    r"|impossible|without (?:fail|exception)|can't (?:go wrong|fail)|promise|once and for all"
    r"|round the clock|24/7|in (?:minutes|seconds))\b",
    re.IGNORECASE,
)
_GUARANTEE = re.compile(
    r"\b(?:guarantee[ds]?|promise[ds]?|always|never|every time|100 ?(?:%|percent)|without fail|zero)\b", re.IGNORECASE
)
_OFFER = re.compile(
    r"\b(?:we(?:'ll| can| also| will| do| offer)?|our|you (?:can|get)|includ\w+|happy to|sure|of course|yes|yeah"
    r"|absolutely|no problem|offer\w*|comes with|available)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Signals:
    """Each in 0..1. `differs` and `agrees` are the certainty of the surest quantity that disagrees or agrees;
    `overlap` is the share of the message's content words (weighted by length of the shorter side) that the sentence
    holds."""

    differs: float
    agrees: float
    overlap: float
    polarity_clash: bool
    absolutes: tuple[str, ...]
    guarantee: bool
    offer: bool
    denial: bool
    why: str


def read_signals(text: str, context: str, message: Message) -> Signals:
    differences = compare(text, message.text, context, polarity=message.polarity)
    worst = max((d for d in differences if d.relation in DISAGREEING), key=_certainty, default=None)
    agrees = max((d.certainty for d in differences if d.relation not in DISAGREEING), default=0.0)
    denies = bool(_DENIAL.search(text))
    canon_denies = message.polarity is Polarity.EXCLUDES or bool(_DENIAL.search(message.text))
    known = {found.casefold() for found in _ABSOLUTE.findall(message.text)}
    absolutes = tuple(found for found in dict.fromkeys(_ABSOLUTE.findall(text)) if found.casefold() not in known)
    return Signals(
        differs=worst.certainty if worst else 0.0,
        agrees=agrees,
        overlap=overlap(text, message.text),
        polarity_clash=canon_denies != denies,
        absolutes=absolutes,
        guarantee=bool(_GUARANTEE.search(text)),
        offer=bool(_OFFER.search(text)),
        denial=denies,
        why=describe(worst) if worst else "",
    )


def overlap(text: str, message: str) -> float:
    """Cosine of the two sets of content lemmas: shared / sqrt(size × size)."""
    ours, theirs = content_lemmas(text), content_lemmas(message)
    return len(ours & theirs) / math.sqrt(len(ours) * len(theirs)) if ours and theirs else 0.0


def _certainty(difference: Difference) -> float:
    return difference.certainty
