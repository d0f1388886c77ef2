"""CSV, for spreadsheets: a row a finding, a row a file that could not be checked."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from messagecheck.display import place, visible
from messagecheck.nouns import Audit, Canon, Finding, Unread

COLUMNS = (
    "id", "rule", "severity", "confidence", "path", "place", "text", "against", "against_path", "against_place",
    "explanation", "suggestion",
)  # fmt: skip
MARK = "\ufeff"
"""Without it Excel reads UTF-8 as the machine's old code page."""
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What begins a formula in Excel, LibreOffice or Google Sheets (OWASP, “CSV injection”); tabs and line ends, which may
stand before one, are gone from visible text."""


def render(audit: Audit) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_inert(_finding(finding, audit.canon)) for finding in audit.findings)
    writer.writerows(_inert(_unread(unread)) for unread in audit.unread)
    return MARK + out.getvalue()


def _finding(finding: Finding, canon: Canon) -> dict[str, str]:
    return {
        "id": finding.id,
        "rule": finding.rule,
        "severity": finding.severity,
        "confidence": f"{finding.confidence:.4f}",
        "path": finding.at.path,
        "place": place(finding.at),
        "text": finding.text,
        **_against(finding, canon),
        "explanation": finding.explanation,
        "suggestion": finding.suggestion or "",
    }


def _against(finding: Finding, canon: Canon) -> dict[str, str]:
    if finding.message:
        line = finding.message.line
        return {"against": finding.message.text, "against_path": canon.path, "against_place": str(line or "")}
    if finding.other:
        at = finding.other.at
        return {"against": finding.other.text, "against_path": at.path, "against_place": place(at)}
    return {"against": finding.term or ""}


def _unread(unread: Unread) -> dict[str, str]:
    return {"rule": "unread", "severity": "error", "path": unread.path, "explanation": unread.reason}


def _inert(row: Mapping[str, str]) -> dict[str, str]:
    """No cell is a formula: an apostrophe before what could begin one, as spreadsheets write text themselves."""
    cells = {name: visible(value) for name, value in row.items()}
    return {name: f"'{value}" if value.startswith(FORMULA_STARTS) else value for name, value in cells.items()}
