"""How a touchpoint stands: which messages it expresses, what it stresses, and one number that only sorts.

drift = 1 − exp(−(conflicts + terms / 4) · 1,000 / (words + 500) / 4) · (1 − missing / 4), with `conflicts` the sum of
the conflict findings' confidences, `terms` the number of wrong terms and `missing` the share of the required value
propositions that are never expressed. The 500 words keep a short mail with one slip from looking worse than a long
page with five.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from messagecheck.nouns import (
    Canon,
    Coverage,
    Evidence,
    Expression,
    Finding,
    Kind,
    Message,
    Reading,
    Standing,
    Tier,
    Touchpoint,
)

EVIDENCE_FROM = 0.2
"""A verdict's aligned probability from which on a sentence is shown as evidence of a message."""
EXPRESSED_FROM = 0.8
"""The probability that at least one of a touchpoint's sentences expresses a message (1 − Π(1 − p), as if they were
independent) from which on it counts as expressed. Both were chosen on the calibration companies: paraphrases found
.68, F1 of missing value propositions .57."""
MOST_EVIDENCE = 5
DRIFTING_FROM, OFF_MESSAGE_FROM = 0.2, 0.5
TERM_SHARE, MISSING_SHARE, SOFT_WORDS, SCALE = 0.25, 0.25, 500, 4.0


def weigh(
    touchpoint: Touchpoint,
    readings: Sequence[Reading],
    findings: Sequence[Finding],
    canon: Canon,
    required: Sequence[str],
) -> Standing:
    """`required` are ids of value propositions; none given asks for all of them."""
    evidence = _evidence(readings)
    asked = [message for message in canon.values if not required or message.id in required]
    contradicted = {
        finding.message.id for finding in findings if finding.message and finding.rule.startswith("conflict/")
    }
    coverage = tuple(
        _expression(m, canon, evidence, contradicted) for m in canon.messages if m in asked or evidence[m.id]
    )
    missing = sum(e.status is Coverage.MISSING for e in coverage) / max(1, len(asked))
    parts = _parts(touchpoint, findings, missing)
    drift = 1 - math.exp(-(parts["conflicts"] + TERM_SHARE * parts["terms"]) / SCALE) * (1 - MISSING_SHARE * missing)
    return Standing(
        touchpoint, round(drift, 4), _tier(drift), _emphasis(evidence, canon), coverage, tuple(parts.items())
    )


def _evidence(readings: Sequence[Reading]) -> Mapping[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = defaultdict(list)
    for reading in readings:
        for match in reading.matches:
            if match.verdict and match.verdict.aligned >= EVIDENCE_FROM:
                found[match.message.id].append(
                    Evidence(reading.sentence.text, reading.sentence.at, match.verdict.aligned)
                )
    return found


def _expression(
    message: Message, canon: Canon, evidence: Mapping[str, list[Evidence]], contradicted: set[str]
) -> Expression:
    """A value proposition is expressed by its proofs too; a value proposition with weak evidence alone is missing."""
    ids = [message.id, *(proof.id for proof in canon.messages if proof.supports == message.id)]
    found = sorted((e for i in ids for e in evidence[i]), key=lambda e: -e.similarity)
    status = Coverage.EXPRESSED if _together(found) >= EXPRESSED_FROM else Coverage.WEAK
    if status is Coverage.WEAK and message.kind is Kind.VALUE:
        return Expression(message, Coverage.CONTRADICTED if contradicted & set(ids) else Coverage.MISSING)
    return Expression(message, status, tuple(found[: max(MOST_EVIDENCE, len(evidence[message.id]))]))


def _together(evidence: Sequence[Evidence]) -> float:
    return 1 - math.prod(1 - one.similarity for one in evidence)


def _parts(touchpoint: Touchpoint, findings: Sequence[Finding], missing: float) -> dict[str, float]:
    per_thousand = 1000 / (touchpoint.words + SOFT_WORDS)
    conflicts = sum(finding.confidence for finding in findings if finding.rule.startswith("conflict/"))
    terms = sum(finding.rule.startswith("term/") for finding in findings)
    return {
        "conflicts": round(conflicts * per_thousand, 4),
        "terms": round(terms * per_thousand, 4),
        "missing": round(missing, 4),
    }


def _emphasis(evidence: Mapping[str, list[Evidence]], canon: Canon) -> tuple[tuple[str, float], ...]:
    """Each value proposition's share of the sentences that express one."""
    counts = {m.id: len(evidence[m.id]) for m in canon.values}
    total = sum(counts.values())
    return tuple((key, round(count / total, 4)) for key, count in counts.items()) if total else ()


def _tier(drift: float) -> Tier:
    if drift >= OFF_MESSAGE_FROM:
        return Tier.OFF_MESSAGE
    return Tier.DRIFTING if drift >= DRIFTING_FROM else Tier.ON_MESSAGE
