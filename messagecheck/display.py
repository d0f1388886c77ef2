"""Scanned text and places as a terminal may show them: nothing in a file can move the cursor or turn a line around."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from messagecheck.nouns import Audit, Canon, Finding, Location, Message, Severity

UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\u3164\ufeff\uffa0\ufff0-\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Control characters, line and paragraph separators, bidirectional controls, invisible characters, lone surrogates."""


def visible(text: str) -> str:
    """White space folded to single spaces, every unsafe character as its escape: "\\x1b", "\\u202e"."""
    return inert(" ".join(text.split()))


def inert(text: str) -> str:
    """Every unsafe character as its escape, white space as it is; a part of a text stays a part of the whole."""
    return UNSAFE.sub(lambda found: escape(found[0]), text)


def escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def json_text(shape: object) -> str:
    """JSON with one space of indentation, readable but for the characters that could act on a terminal."""
    text = json.dumps(shape, indent=1, ensure_ascii=False)
    return UNSAFE.sub(lambda found: found[0] if found[0] == "\n" else json.dumps(found[0])[1:-1], text) + "\n"


def shortened(text: str, most: int) -> str:
    """Visible text of at most `most` characters, cut at a word."""
    whole = visible(text)
    if len(whole) <= most:
        return whole
    head, space, _ = whole[: most - 1].rpartition(" ")
    return f"{head if space else whole[: most - 1]}…"


def place(at: Location) -> str:
    """A place for readers: "12:4", "slide 4 (notes), Text 2", "page 3", "0:04:10 Ana Ruiz"; "" for a whole file."""
    lines = str(at.line) if at.line and not at.column else f"{at.line}:{at.column}" if at.line else ""
    turn = " ".join(part for part in (at.timestamp, at.speaker) if part)
    parts = (
        lines,
        f"page {at.page}" if at.page else "",
        f"slide {at.slide}{' (notes)' if at.notes else ''}" if at.slide else "",
        at.shape or "",
        f"paragraph {at.paragraph}" if at.paragraph and not at.page else "",
        turn,
    )
    return visible(", ".join(part for part in parts if part))


def message_place(message: Message, canon: Canon) -> str:
    """ "positioning.md:44"; the file alone where it has no lines."""
    return visible(f"{canon.path}:{message.line}" if message.line else canon.path)


def moment(at: datetime) -> str:
    """A time in UTC, to the minute."""
    return f"{at:%Y-%m-%d %H:%M} UTC"


def counted(number: int, noun: str) -> str:
    """ "1 finding", "2 findings"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """By severity, then surest first; what is alike stays in its order."""
    weights = {severity: weight for weight, severity in enumerate(Severity)}
    return sorted(findings, key=lambda finding: (weights[finding.severity], -finding.confidence))


def tally(audit: Audit) -> str:
    """What was scanned and what was found, in one line."""
    number = Counter(finding.severity for finding in audit.findings)
    found = f"{counted(number[Severity.ERROR], 'error')}, {counted(number[Severity.WARNING], 'warning')}"
    scanned = f"{counted(len(audit.standings), 'touchpoint')}, {counted(audit.statements, 'statement')}"
    files = {one.path for one in audit.unread}
    unread = f"; {counted(len(files), 'file')} could not be checked" if files else ""
    accepted = f"; {counted(len(audit.accepted), 'finding')} accepted by the baseline" if audit.accepted else ""
    return f"{scanned}: {found}, {number[Severity.INFO]} info{unread}{accepted}"
