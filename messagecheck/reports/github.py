"""Workflow commands that GitHub Actions turns into annotations beside the lines of a change."""

from __future__ import annotations

from messagecheck.display import message_place, place, tally, visible
from messagecheck.nouns import Audit, Canon, Finding, Severity

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(audit: Audit) -> str:
    """One command a line; the tally last."""
    lines = [_finding(finding, audit.canon) for finding in audit.findings]
    lines += [_command("warning", {"file": unread.path}, f"not checked: {unread.reason}") for unread in audit.unread]
    return "\n".join([*lines, tally(audit), ""])


def _finding(finding: Finding, canon: Canon) -> str:
    at = finding.at
    numbers = {"line": at.line, "col": at.column, "endLine": at.end_line, "endColumn": at.end_column}
    properties = {"file": at.path, **{name: str(number) for name, number in numbers.items() if number}}
    where = "" if at.line else place(at)
    said = f"“{finding.text}”: " if finding.text else ""
    message = finding.message
    against = f" ({message_place(message, canon)}: “{message.text}”)" if message and finding.text else ""
    use = f" → “{finding.suggestion}”" if finding.term else ""
    text = f"{where} {said}{finding.explanation}{against}{use}".strip()
    return _command(COMMANDS[finding.severity], {**properties, "title": finding.rule}, text)


def _command(name: str, properties: dict[str, str], text: str) -> str:
    """Escaped as the runner reads it: `%`, and in properties `:` and `,` too; line ends can't occur in visible text."""
    pairs = (f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {','.join(pairs)}::{visible(text).replace('%', '%25')}"


def _property(value: str) -> str:
    return visible(value).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
