"""Workflow commands that GitHub Actions turns into annotations beside the lines of a change.

GitHub shows ten annotations of each level a step and drops the others in silence: so the worst nine come with a tenth
that counts the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from messagecheck.display import counted, message_place, place, tally, visible, worst_first
from messagecheck.nouns import Audit, Canon, Finding, Severity

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
MOST = 10
"""Annotations of one level that GitHub shows of a step (github.com/orgs/community/discussions/26680)."""


def render(audit: Audit) -> str:
    """One command a line; the tally last."""
    told: dict[str, list[str]] = {command: [] for command in COMMANDS.values()}
    for unread in audit.unread:
        told["warning"].append(_command("warning", {"file": unread.path}, f"not checked: {unread.reason}"))
    for finding in worst_first(audit.findings):
        told[COMMANDS[finding.severity]].append(_finding(finding, audit.canon))
    lines = [line for command, all_ in told.items() for line in _shown(command, all_)]
    return "\n".join([*lines, tally(audit), ""])


def _shown(command: str, lines: Sequence[str]) -> Iterator[str]:
    if len(lines) <= MOST:
        yield from lines
        return
    yield from lines[: MOST - 1]
    rest = counted(len(lines) - MOST + 1, f"more {command}")
    yield _command(command, {"title": "messagecheck"}, f"{rest}, which GitHub would not show: see the full report")


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
