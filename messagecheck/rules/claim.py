"""A claim that a reader could check and that no message of the positioning document backs. Off unless asked for
(`--extend-select claim/unsupported`): a website says much that is true and in no such document.

Checkable are figures, certificates and laws, guarantees and ranks ("the only", "number one", "award-winning") that the
company itself asserts. A message backs the claim where the judge reads the sentence as saying it, where their figures
agree, or, for a word like a certificate, where the message holds it too. Silent where the sentence is a conflict
already, and on dates, which are seldom a claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from messagecheck.nouns import Canon, Example, Finding, Match, Mode, Reading, Sentence, Severity
from messagecheck.prose import is_claim
from messagecheck.quantities import DISAGREEING, Quantity, compare, parse_quantities

ID = "claim/unsupported"
FACTS = "## Facts\n- 120 museums use it\n- Certified to ISO 27001\n"
EXAMPLES = (
    Example(FACTS, "Bookings rise by 40% in the first year.", speaks=True),
    Example(FACTS, "We are SOC 2 certified.", speaks=True),
    Example(FACTS, "It is the only calendar that museums trust.", speaks=True),
    Example(FACTS, "120 museums book with it.", speaks=False),
    Example(FACTS, "We hold an ISO 27001 certificate.", speaks=False),
    Example(FACTS, "Write to us and we'll show you round.", speaks=False),
    Example(FACTS, "Do bookings rise by 40%?", speaks=False),
)
NOT_CLAIMED = frozenset({"date", "weekday", "clock", "ordinal"})
"""Units that say when or which, and seldom how much."""
AGREES_FROM = 0.3
"""Certainty of `quantities.compare` from which a message's figure speaks of the same thing, eight times in ten."""
ALIGNED_FROM = 0.5
SHORTEST = 4
"""Words of a claim: below, it is a cell or a label."""
FEW = 3
_CHECKABLE = re.compile(
    r"\b(?:ISO[ /-]?(?:IEC )?\d{4,5}|SOC ?[123]|HIPAA|GDPR|CCPA|PCI(?:[ -]DSS)?|FedRAMP|HITRUST|B Corp|CE[ -]mark"
    r"|patented|award[ -]winning|guarantee[ds]?|the only|market leader|leading|number one|no\. ?1"
    r"|(?:world's|industry's|the) (?:first|fastest|cheapest|largest|most \w+))\b",
    re.IGNORECASE,
)


def check(reading: Reading, canon: Canon) -> Iterator[Finding]:
    del canon
    sentence = reading.sentence
    if not _is_checkable(sentence) or any(map(_is_conflict, reading.matches)):
        return
    words = {found.casefold() for found in _CHECKABLE.findall(sentence.text)}
    figures = [found.text for found in parse_quantities(sentence.text) if _is_figure(found)]
    if not (words or figures) or any(_backs(match, reading, words) for match in reading.matches):
        return
    claimed = ", ".join(f"“{part}”" for part in (*figures, *sorted(words)))
    yield Finding(
        rule=ID,
        severity=Severity.INFO,
        confidence=round(1 - max(map(_aligned, reading.matches), default=0.0), 4),
        at=sentence.at,
        text=sentence.text,
        explanation=f"claims {claimed}, and no message of the document says so",
        context=sentence.context,
    )


def _is_checkable(sentence: Sentence) -> bool:
    return is_claim(sentence) and sentence.mode is Mode.ASSERTS and len(sentence.text.split()) >= SHORTEST


def _is_figure(found: Quantity) -> bool:
    """Not "one team", "every week" or "three things": words that count little claim little."""
    small = found.high is not None and found.high <= FEW
    return found.unit not in NOT_CLAIMED and (any(map(str.isdigit, found.text)) or (not small and " " in found.text))


def _backs(match: Match, reading: Reading, words: set[str]) -> bool:
    told = match.message.text.casefold()
    if _aligned(match) >= ALIGNED_FROM or (words and all(word in told for word in words)):
        return True
    differences = compare(reading.sentence.text, match.message.text, reading.sentence.context)
    return any(d.certainty >= AGREES_FROM and d.relation not in DISAGREEING for d in differences)


def _aligned(match: Match) -> float:
    return match.verdict.aligned if match.verdict else 0.0


def _is_conflict(match: Match) -> bool:
    return match.verdict is not None and match.verdict.band is not None
