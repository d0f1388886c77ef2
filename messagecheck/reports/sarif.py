"""SARIF 2.1.0, for code hosts that show findings beside the lines of a change.

What the baseline accepts is in it too, marked as suppressed: a code host closes what a later log no longer has.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import quote

import messagecheck
from messagecheck.display import counted, json_text, message_place, place, visible, worst_first
from messagecheck.nouns import Audit, Canon, Finding, Location, Severity

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
DIGITS = 4
MOST, SHOWN = 25_000, 5_000
"""Results of a run that GitHub's code scanning takes, and that it shows; it refuses a log with more. By
docs.github.com, “SARIF results exceed one or more limits”, the gravest are shown; by github/docs issue 38085 the first
are. Worst first serves both."""

Shape = dict[str, object]
NOT_SUPPRESSED: list[Shape] = []
ACCEPTED: list[Shape] = [{"kind": "external", "status": "accepted", "justification": "accepted in the baseline"}]


def render(audit: Audit) -> str:
    """The results in the order of the audit, the accepted ones last; over SHOWN worst first, and no more than MOST."""
    number = len(audit.findings) + len(audit.accepted)
    order: Callable[[Sequence[Finding]], Sequence[Finding]] = list if number <= SHOWN else worst_first
    kept = [
        *((one, NOT_SUPPRESSED) for one in order(audit.findings)),
        *((one, ACCEPTED) for one in order(audit.accepted)),
    ]
    kept = kept[:MOST]
    run = {
        "tool": {"driver": _driver([finding for finding, _ in kept])},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [*_unread(audit), *_left_out(number - len(kept))],
            }
        ],
        "results": [{**_result(finding, audit.canon), "suppressions": marks} for finding, marks in kept],
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _driver(findings: Sequence[Finding]) -> Shape:
    rules = sorted({finding.rule for finding in findings})
    return {
        "name": "messagecheck",
        "semanticVersion": messagecheck.__version__,
        "rules": [
            {
                "id": rule,
                "name": rule.replace("/", "-"),
                "shortDescription": {"text": f"{rule}: run messagecheck explain {rule}"},
            }
            for rule in rules
        ],
    }


def _unread(audit: Audit) -> list[Shape]:
    return [
        {
            "level": "error",
            "message": {"text": f"{visible(unread.path)} could not be checked: {visible(unread.reason)}"},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(unread.path)}}}],
        }
        for unread in audit.unread
    ]


def _left_out(number: int) -> list[Shape]:
    text = f"{counted(number, 'more finding')} left out: a code host takes {MOST:,}"
    return [{"level": "warning", "message": {"text": text}}] if number else []


def _result(finding: Finding, canon: Canon) -> Shape:
    return {
        "ruleId": finding.rule,
        "level": LEVELS[finding.severity],
        "message": {"text": _message(finding, canon)},
        "locations": [_location(finding.at)],
        "relatedLocations": _related(finding, canon),
        "partialFingerprints": _fingerprints(finding.id),
        "properties": {"confidence": round(finding.confidence, DIGITS)},
    }


def _fingerprints(id_: str) -> Shape:
    """The finding's id, under our own name and under the only one that code scanning compares."""
    return {"messagecheck/v1": id_, "primaryLocationLineHash": f"{id_}:1"}


def _message(finding: Finding, canon: Canon) -> str:
    """The place in words where the format has no lines: a host that knows only lines shows at least that."""
    where = "" if finding.at.line or not place(finding.at) else f"{place(finding.at)}: "
    said = f"“{visible(finding.text)}”: " if finding.text else ""
    message = finding.message
    against = f" ({message_place(message, canon)}: “{visible(message.text)}”)" if message and finding.text else ""
    return f"{where}{said}{visible(finding.explanation)}{against}"


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
