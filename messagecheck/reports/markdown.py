"""The report as Markdown, for comments and wikis. What a file holds is shown as code, so that none of it is markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from messagecheck.display import message_place, place, tally, visible
from messagecheck.nouns import Audit, Canon, Finding


def render(audit: Audit) -> str:
    lines = ["# messagecheck", "", tally(audit), ""]
    for path, run in groupby(sorted(audit.findings, key=lambda one: one.at.path), key=lambda one: one.at.path):
        lines += [f"## {code(path)}", ""]
        for finding in run:
            lines += [*_finding(finding, audit.canon), ""]
    if audit.unread:
        lines += ["## Not checked", ""]
        lines += [f"- {code(unread.path)}: {code(unread.reason)}" for unread in audit.unread]
        lines.append("")
    return "\n".join(lines)


def code(text: str) -> str:
    """A code span that no text can leave: its fence is longer than any run of backticks inside."""
    shown = visible(text) or " "
    fence = "`" * (max(map(len, re.findall("`+", shown)), default=0) + 1)
    padding = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{padding}{shown}{padding}{fence}"


def _finding(finding: Finding, canon: Canon) -> Iterator[str]:
    where = place(finding.at)
    yield f"- **{finding.severity}** {finding.rule}{f' at {code(where)}' if where else ''}"
    if finding.text:
        yield f"  - says {code(finding.text)}"
    if finding.message:
        yield f"  - {code(message_place(finding.message, canon))} says {code(finding.message.text)}"
    if finding.other:
        yield f"  - {code(finding.other.at.path)} says {code(finding.other.text)}"
    if finding.term:
        yield f"  - write {code(finding.suggestion or '')}"
    elif finding.explanation:
        yield f"  - {code(finding.explanation)}"
