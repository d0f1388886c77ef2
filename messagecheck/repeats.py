"""What every page of a site repeats: one finding that names the other places, not fifty.

Menus, footers, cookie notices, small print and descriptions stand on each page in the same words. Each page's drift
still counts what it says; only the list of findings tells it once, at the first of its places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from messagecheck.nouns import Finding, Location, Reading, Role

FURNITURE = frozenset({Role.NAV, Role.FOOTER, Role.COOKIE, Role.LEGAL, Role.META, Role.TITLE, Role.FORM})
MOST_NAMED = 3
"""Other places that a finding names; the rest is counted."""

_Key = tuple[str, str, str]


def merge(findings: Iterable[Finding], readings: Iterable[Reading]) -> list[Finding]:
    """The findings in order; those of a page's furniture that say the same are one, with the other places told."""
    furniture = {
        (reading.sentence.block.at.path, reading.sentence.text)
        for reading in readings
        if reading.sentence.block.role in FURNITURE
    }
    groups: dict[_Key, list[Finding]] = defaultdict(list)
    kept: list[Finding] = []
    for finding in findings:
        if (finding.at.path, finding.text) not in furniture:
            kept.append(finding)
            continue
        same = groups[_key(finding)]
        same.append(finding)
        if len(same) == 1:
            kept.append(finding)
    others = {id(same[0]): [finding.at for finding in same[1:]] for same in groups.values()}
    return [_told(finding, others.get(id(finding), [])) for finding in kept]


def _key(finding: Finding) -> _Key:
    about = finding.message.id if finding.message else finding.term or ""
    return finding.rule, about, " ".join(finding.text.casefold().split())


def _told(finding: Finding, others: Sequence[Location]) -> Finding:
    if not others:
        return finding
    named = ", ".join(f"{at.path}:{at.line}" if at.line else at.path for at in others[:MOST_NAMED])
    more = f" and {len(others) - MOST_NAMED} more places" if len(others) > MOST_NAMED else ""
    return replace(finding, explanation=f"{finding.explanation}; the same words in {named}{more}")
