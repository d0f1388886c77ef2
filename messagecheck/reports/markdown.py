"""The report as Markdown, for comments and wikis: worst first, and never longer than a comment may be.

What a file holds is shown as code, so that none of it is markup. The first line is a comment that nobody sees, by which
a job finds the comment of its last run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from messagecheck.display import counted, message_place, place, shortened, tally, worst_first
from messagecheck.nouns import Audit, Canon, Finding

MARKER = "<!-- messagecheck -->"
MOST = 65_536
"""Characters of a comment on GitHub; GitLab and Bitbucket take more or the same."""
RESERVED = 200
"""Characters kept for the two lines that say what was left out."""
UNREAD_MOST = 16_384
"""Characters of the list of files that were not checked: a quarter, so that findings have room beside it."""
QUOTE = 600
"""Characters of a quoted text: longer ones are told by their beginning."""


def render(audit: Audit) -> str:
    head = [MARKER, "# messagecheck", "", tally(audit), ""]
    unread = [f"- {code(one.path)}: {code(one.reason)}" for one in audit.unread]
    missed = ["## Not checked", "", *_within(unread, UNREAD_MOST, "file"), ""] if unread else []
    items = ["\n".join(_finding(finding, audit.canon)) + "\n" for finding in worst_first(audit.findings)]
    room = MOST - RESERVED - len("\n".join([*head, *missed]))
    found = ["## Findings", "", *_within(items, room, "finding")] if items else []
    return "\n".join([*head, *missed, *found, ""])


def _within(items: Sequence[str], room: int, noun: str) -> Iterator[str]:
    """As many of the items as there is room for, and how many there is none for."""
    for number, item in enumerate(items):
        room -= len(item) + 1
        if room < 0:
            yield f"- {counted(len(items) - number, f'more {noun}')} left out; the full report has them."
            return
        yield item


def code(text: str) -> str:
    """A code span that no text can leave: its fence is longer than any run of backticks inside."""
    shown = shortened(text, QUOTE) or " "
    fence = "`" * (max(map(len, re.findall("`+", shown)), default=0) + 1)
    padding = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{padding}{shown}{padding}{fence}"


def _finding(finding: Finding, canon: Canon) -> Iterator[str]:
    where = place(finding.at)
    yield f"- **{finding.severity}** {finding.rule} in {code(finding.at.path)}{f' at {code(where)}' if where else ''}"
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
