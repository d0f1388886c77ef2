"""The report to look at: one HTML file with an overview, the findings and a page for each touchpoint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from messagecheck.display import worst_first
from messagecheck.nouns import Audit, Coverage, Expression, Finding, Message, Severity, Standing, Tier
from messagecheck.reports.html.curve import Curve, curve
from messagecheck.reports.html.marking import Passage, passages
from messagecheck.reports.html.page import render_page


@dataclass(frozen=True, slots=True)
class Row:
    """A touchpoint of the overview: `cells` are its value propositions, None where it needn't express one."""

    standing: Standing
    cells: tuple[Expression | None, ...]
    findings: tuple[Finding, ...]

    @property
    def passages(self) -> tuple[Passage, ...]:
        return passages(self.standing.touchpoint, self.findings)

    @property
    def curve(self) -> Curve:
        return curve((*self.standing.past, self.standing.drift))

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)


def render(audit: Audit) -> str:
    rows = _rows(audit)
    return render_page(
        "scan.html",
        {
            "audit": audit,
            "rows": rows,
            "findings": worst_first(audit.findings),
            "kinds": {row.standing.touchpoint.path: row.standing.touchpoint.kind for row in rows},
            "tiers": Counter(row.standing.tier for row in rows),
            "severities": Counter(finding.severity for finding in audit.findings),
            "told": _told(rows),
            "choices": _choices(audit.findings),
            "has_past": any(row.standing.past for row in rows),
            "Coverage": Coverage,
            "Severity": Severity,
            "Tier": Tier,
        },
    )


def _rows(audit: Audit) -> list[Row]:
    """The touchpoints that drift most first."""
    found: dict[str, list[Finding]] = {standing.touchpoint.path: [] for standing in audit.standings}
    for finding in audit.findings:
        found.setdefault(finding.at.path, []).append(finding)
    standings = sorted(audit.standings, key=lambda one: (-one.drift, one.touchpoint.path))
    return [Row(one, _cells(one, audit.canon.values), tuple(found[one.touchpoint.path])) for one in standings]


def _cells(standing: Standing, values: Sequence[Message]) -> tuple[Expression | None, ...]:
    known = {expression.message.id: expression for expression in standing.coverage}
    return tuple(known.get(value.id) for value in values)


def _told(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """For each value proposition how many of the touchpoints that should express it do."""
    columns = zip(*(row.cells for row in rows), strict=True)
    asked = [[cell for cell in column if cell] for column in columns]
    return [(sum(cell.status is Coverage.EXPRESSED for cell in column), len(column)) for column in asked]


def _choices(findings: Iterable[Finding]) -> list[tuple[str, int]]:
    """The rules that a reader can filter by, and the families of several rules, with their findings."""
    rules = Counter(finding.rule for finding in findings)
    families = Counter(_family(finding.rule) for finding in findings)
    several = Counter(map(_family, rules))
    return sorted([*rules.items(), *((family, number) for family, number in families.items() if several[family] > 1)])


def _family(rule: str) -> str:
    return rule.split("/")[0]
