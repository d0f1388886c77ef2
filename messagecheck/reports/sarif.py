"""SARIF 2.1.0, for code hosts that show findings beside the lines of a change."""

from __future__ import annotations

from urllib.parse import quote

import messagecheck
from messagecheck.display import json_text, message_place, place, visible
from messagecheck.nouns import Audit, Canon, Finding, Location, Severity

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
DIGITS = 4

Shape = dict[str, object]


def render(audit: Audit) -> str:
    run = {
        "tool": {"driver": _driver(audit)},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _unread(audit)}],
        "results": [_result(finding, audit.canon) for finding in audit.findings],
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _driver(audit: Audit) -> Shape:
    rules = sorted({finding.rule for finding in audit.findings})
    return {
        "name": "messagecheck",
        "semanticVersion": messagecheck.__version__,
        "rules": [{"id": rule, "name": rule.replace("/", "-")} for rule in rules],
    }


def _unread(audit: Audit) -> list[Shape]:
    return [
        {
            "level": "error",
            "message": {"text": f"{unread.path} could not be checked: {unread.reason}"},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(unread.path)}}}],
        }
        for unread in audit.unread
    ]


def _result(finding: Finding, canon: Canon) -> Shape:
    return {
        "ruleId": finding.rule,
        "level": LEVELS[finding.severity],
        "message": {"text": _message(finding, canon)},
        "locations": [_location(finding.at)],
        "relatedLocations": _related(finding, canon),
        "partialFingerprints": {"messagecheck/v1": finding.id},
        "properties": {"confidence": round(finding.confidence, DIGITS)},
    }


def _message(finding: Finding, canon: Canon) -> str:
    said = f"“{visible(finding.text)}”: " if finding.text else ""
    message = finding.message
    against = f" ({message_place(message, canon)}: “{visible(message.text)}”)" if message and finding.text else ""
    return f"{said}{visible(finding.explanation)}{against}"


def _related(finding: Finding, canon: Canon) -> list[Shape]:
    message, other = finding.message, finding.other
    places = [Location(canon.path, line=message.line)] if message else []
    places += [other.at] if other else []
    return [{"id": number, **_location(at)} for number, at in enumerate(places)]


def _location(at: Location) -> Shape:
    """A region where the format has lines; elsewhere the slide, page or paragraph as a logical location."""
    physical: Shape = {"artifactLocation": {"uri": _uri(at.path)}}
    if at.line:
        numbers = {"startLine": at.line, "startColumn": at.column, "endLine": at.end_line, "endColumn": at.end_column}
        physical["region"] = {name: number for name, number in numbers.items() if number}
    where = place(at)
    logical: Shape = {} if at.line or not where else {"logicalLocations": [{"fullyQualifiedName": where}]}
    return {"physicalLocation": physical, **logical}


def _uri(path: str) -> str:
    return quote(path.encode("utf-8", "replace"), safe="/")
