"""The report for programs: schema_version 1, the same bytes for the same audit."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields

import messagecheck
from messagecheck.display import json_text
from messagecheck.nouns import Audit, Canon, Finding, Location, Message, Scale, Sentence, Severity, Standing, Tier

SCHEMA_VERSION = 1
DIGITS = 4
"""Decimals of every number: the models' last bits differ between processors."""

Shape = dict[str, object]


def render(audit: Audit) -> str:
    """One JSON object and a line's end."""
    return json_text(shape(audit))


def shape(audit: Audit) -> Shape:
    rules = Counter(finding.rule for finding in audit.findings)
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {
            "name": "messagecheck",
            "version": messagecheck.__version__,
            "models": dict(audit.models),
            "drift": _scale(audit.scale),
        },
        "positioning": _positioning(audit.canon),
        "touchpoints": [_touchpoint(standing, audit) for standing in audit.standings],
        "findings": [_finding(finding) for finding in audit.findings],
        "unread": [{"path": unread.path, "reason": unread.reason} for unread in audit.unread],
        "summary": {
            "touchpoints": len(audit.standings),
            "unread": len(audit.unread),
            "statements": audit.statements,
            "accepted": len(audit.accepted),
            "findings": dict(sorted(rules.items())),
        },
    }


def _positioning(canon: Canon) -> Shape:
    return {
        "path": canon.path,
        "name": canon.name,
        "version": canon.version,
        "messages": [
            {"id": one.id, "kind": one.kind, "polarity": one.polarity, "text": one.text, "line": one.line}
            for one in canon.messages
        ],
        "terms": [{"use": term.use, "avoid": list(term.avoid), "line": term.line} for term in canon.terms],
    }


def _scale(scale: Scale | None) -> Shape | None:
    """What a reader needs to compute drift anew."""
    if scale is None:
        return None
    return {
        "formula": "1 - 2 ** -sum(weight * part)",
        "weights": dict(scale.weights),
        "tiers": {Tier.DRIFTING: scale.drifting_from, Tier.OFF_MESSAGE: scale.off_message_from},
    }


def _touchpoint(standing: Standing, audit: Audit) -> Shape:
    touchpoint = standing.touchpoint
    counts = Counter(finding.severity for finding in audit.findings if finding.at.path == touchpoint.path)
    return {
        "path": touchpoint.path,
        "kind": touchpoint.kind,
        "title": touchpoint.title,
        **({"url": touchpoint.url} if touchpoint.url else {}),
        "words": touchpoint.words,
        "drift": round(standing.drift, DIGITS),
        "interval": [round(end, DIGITS) for end in standing.interval],
        "tier": standing.tier,
        "too_short": standing.too_short or None,
        "parts": {name: round(value, DIGITS) for name, value in standing.parts},
        "emphasis": {id_: round(share, DIGITS) for id_, share in standing.emphasis},
        "expressed": {one.message.id: round(one.probability, DIGITS) for one in standing.coverage},
        "counts": {severity: counts[severity] for severity in Severity},
        "coverage": [
            {
                "message": expression.message.id,
                "status": expression.status,
                "evidence": [
                    {"text": one.text, "location": _location(one.at), "similarity": round(one.similarity, DIGITS)}
                    for one in expression.evidence
                ],
            }
            for expression in standing.coverage
        ],
    }


def _finding(finding: Finding) -> Shape:
    return {
        "id": finding.id,
        "rule": finding.rule,
        "severity": finding.severity,
        "confidence": round(finding.confidence, DIGITS),
        "path": finding.at.path,
        "location": _location(finding.at),
        "text": finding.text,
        "context": finding.context,
        "message": _message(finding.message),
        "other": _other(finding.other),
        "term": finding.term,
        "explanation": finding.explanation,
        "suggestion": finding.suggestion,
    }


def _message(message: Message | None) -> Shape | None:
    return None if message is None else {"id": message.id, "text": message.text, "line": message.line}


def _other(sentence: Sentence | None) -> Shape | None:
    if sentence is None:
        return None
    return {"path": sentence.at.path, "location": _location(sentence.at), "text": sentence.text}


def _location(at: Location) -> Shape:
    return {field.name: getattr(at, field.name) for field in fields(at) if field.name != "path"}
