"""JUnit XML, for build servers: a suite a touchpoint, a failure an error or warning, an error an unread file."""

from __future__ import annotations

from xml.etree import ElementTree as Tree

from messagecheck.display import message_place, place, visible
from messagecheck.nouns import Audit, Canon, Finding, Severity, Unread


def render(audit: Audit) -> str:
    root = Tree.Element("testsuites", name="messagecheck")
    for path in sorted(
        {standing.touchpoint.path for standing in audit.standings} | {f.at.path for f in audit.findings}
    ):
        failed = [f for f in audit.findings if f.at.path == path and f.severity is not Severity.INFO]
        _suite(root, path, failed, audit.canon)
    for unread in audit.unread:
        _unread(root, unread)
    for total in ("tests", "failures", "errors"):
        root.set(total, str(sum(int(suite.get(total, "0")) for suite in root)))
    Tree.indent(root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Tree.tostring(root, encoding="unicode") + "\n"


def _suite(root: Tree.Element, path: str, failed: list[Finding], canon: Canon) -> None:
    cases = max(1, len(failed))
    suite = _element(root, "testsuite", name=path, tests=str(cases), failures=str(len(failed)), errors="0")
    if not failed:
        _element(suite, "testcase", classname=path, name="says what the document says")
    for finding in failed:
        name = " ".join(part for part in (finding.rule, place(finding.at), finding.id) if part)
        case = _element(suite, "testcase", classname=path, name=name)
        failure = _element(case, "failure", type=finding.rule, message=finding.explanation)
        failure.text = "\n".join(_lines(finding, canon))


def _lines(finding: Finding, canon: Canon) -> list[str]:
    lines = [f"{finding.severity}: “{visible(finding.text)}”"]
    if finding.message:
        lines.append(f"{message_place(finding.message, canon)}: “{visible(finding.message.text)}”")
    if finding.other:
        lines.append(f"{visible(finding.other.at.path)} {place(finding.other.at)}: “{visible(finding.other.text)}”")
    if finding.term:
        lines.append(f"write “{visible(finding.suggestion or '')}”")
    return lines


def _unread(root: Tree.Element, unread: Unread) -> None:
    suite = _element(root, "testsuite", name=unread.path, tests="1", failures="0", errors="1")
    case = _element(suite, "testcase", classname=unread.path, name="can be read")
    _element(case, "error", type="unread", message=unread.reason)


def _element(parent: Tree.Element, tag: str, **attributes: str) -> Tree.Element:
    return Tree.SubElement(parent, tag, {name: visible(value) for name, value in attributes.items()})
