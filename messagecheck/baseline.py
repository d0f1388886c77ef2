"""messagecheck-baseline.json: findings that were accepted, so that only new ones fail."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from messagecheck.errors import SettingsError
from messagecheck.nouns import Audit, Finding

FILE_NAME = "messagecheck-baseline.json"
SCHEMA_VERSION = 1
_KEYS = ("id", "rule", "path", "about", "text")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding as it was accepted; `about` is the message's id or the word. `id` is for readers and `explain`."""

    id: str
    rule: str
    path: str
    about: str
    text: str


def load_baseline(path: Path) -> tuple[Accepted, ...]:
    """Raises SettingsError for a file that isn't one that `messagecheck baseline` wrote."""
    try:
        read: object = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise SettingsError(f"{path}: can't be read as JSON; write it anew with `messagecheck baseline`") from error
    rows = read.get("accepted") if isinstance(read, dict) else None
    if not isinstance(rows, list) or not all(_is_row(row) for row in rows):
        raise SettingsError(f"{path}: is no baseline; write it anew with `messagecheck baseline`")
    return tuple(Accepted(*(row[key] for key in _KEYS)) for row in rows)


def render_baseline(findings: Sequence[Finding]) -> str:
    """One row a finding, sorted, so that a review shows what was accepted anew."""
    rows = sorted({_accepted(finding) for finding in findings}, key=lambda row: (row.path, row.rule, row.text, row.id))
    shaped = [{key: getattr(row, key) for key in _KEYS} for row in rows]
    return json.dumps({"schema_version": SCHEMA_VERSION, "accepted": shaped}, indent=1, ensure_ascii=False) + "\n"


def without_accepted(audit: Audit, accepted: Sequence[Accepted]) -> Audit:
    """The audit with accepted findings set apart. A path may be longer or shorter at its front than it was."""
    paths: dict[tuple[str, str, str], list[str]] = {}
    for row in accepted:
        paths.setdefault((row.rule, row.about, row.text), []).append(row.path)
    known = {
        finding
        for finding in audit.findings
        if any(_is_same_file(finding.at.path, path) for path in paths.get(_key(finding), ()))
    }
    return replace(
        audit,
        findings=tuple(finding for finding in audit.findings if finding not in known),
        accepted=(*audit.accepted, *(finding for finding in audit.findings if finding in known)),
    )


def _accepted(finding: Finding) -> Accepted:
    rule, about, text = _key(finding)
    return Accepted(finding.id, rule, finding.at.path, about, text)


def _key(finding: Finding) -> tuple[str, str, str]:
    about = finding.message.id if finding.message else finding.term or ""
    return finding.rule, about, " ".join(finding.text.casefold().split())


def _is_same_file(one: str, other: str) -> bool:
    """`check content/a.md` and `scan content` name one file differently."""
    return one == other or one.endswith(f"/{other}") or other.endswith(f"/{one}")


def _is_row(row: object) -> bool:
    return isinstance(row, dict) and all(isinstance(row.get(key), str) for key in _KEYS)
