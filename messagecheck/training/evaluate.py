"""An audit of a labelled company → counts of what it found, missed and flagged wrongly.

A finding hits a label when both are in one file and their words overlap (see overlap.hit). Counted are conflicts, also
by kind and file type, wrong terms, flagged hard negatives, false alarms, paraphrases that are listed as evidence, value
propositions that are said to be missing, the rank correlation of drift with the tier, and places that lead to words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from messagecheck.nouns import Audit, Coverage, Finding, Kind, Location, Message, Standing
from messagecheck.reports.json import DIGITS
from messagecheck.training.companies import Company, Label
from messagecheck.training.figures import Scored, Tally
from messagecheck.training.overlap import fold, hit, spearman, words

TIERS = {"on-message": 0, "drifting": 1, "off-message": 2}
TEXT_SUFFIXES = {".html", ".htm", ".md", ".mdx", ".txt", ".vtt", ".srt"}
FAMILIES = ("conflict", "term")

Hits = Sequence[tuple[Finding, tuple[int, ...]]]
"""Each conflict and term finding with the numbers of the labels that it hits."""


def score(company: Company, audit: Audit) -> Tally:
    """The audit must be of the company's built content."""
    hits = [(f, tuple(_hit_by(f, company.labels))) for f in audit.findings if _family(f) in FAMILIES]
    counts = Counter({"words": _words_of(company.folder / "content"), "touchpoints": len(company.touchpoints)})
    for finding, numbers in hits:
        counts.update(_of_finding(finding, [company.labels[number] for number in numbers]))
    evidence = _evidence(audit)
    for number, label in enumerate(company.labels):
        counts.update(_of_label(label, _found(number, label, hits), evidence, company.folder))
        counts["benign_hit"] += label.label == "benign" and any(number in numbers for _, numbers in hits)
    counts.update(_of_touchpoints(company, audit))
    conflicts = [(n, label) for n, label in enumerate(company.labels) if label.label == "conflict"]
    was_hit = {number: bool(_found(number, label, hits)) for number, label in conflicts}
    rho = spearman(*_drift_and_tier(company, audit))
    return Tally(
        counts=counts,
        kinds=Counter((label.kind, was_hit[number]) for number, label in conflicts),
        types=Counter((PurePosixPath(label.path).suffix, was_hit[number]) for number, label in conflicts),
        scored=tuple(_scored(finding, numbers, company) for finding, numbers in hits if _family(finding) == "conflict"),
        rhos=() if rho is None else (rho,),
        misses=tuple(_missed(company, label) for number, label in conflicts if not was_hit[number]),
        alarms=tuple(_alarm(company, f) for f, numbers in hits if not _meant([company.labels[n] for n in numbers])),
    )


def _family(finding: Finding) -> str:
    return finding.rule.split("/")[0]


def _hit_by(finding: Finding, labels: Sequence[Label]) -> Iterator[int]:
    path = finding.at.path
    return (n for n, label in enumerate(labels) if label.path == path and hit(finding.text, label.text))


def _meant(labels: Sequence[Label]) -> list[Label]:
    return [label for label in labels if label.label in FAMILIES]


def _of_finding(finding: Finding, labels: Sequence[Label]) -> Iterator[str]:
    """The counts that one finding adds to."""
    family = _family(finding)
    yield f"{family}_found"
    good = [label for label in labels if label.label == family]
    if family == "term":
        good = [label for label in good if _is_right_word(finding, label)]
    if good:
        yield f"{family}_right"
    if not _meant(labels):
        yield "false_alarms"


def _is_right_word(finding: Finding, label: Label) -> bool:
    said, gold = fold(finding.term or finding.text), fold(label.term)
    return not label.term or gold in said or said in gold or gold in fold(finding.text)


def _of_label(
    label: Label, found: Sequence[Finding], evidence: Mapping[tuple[str, str], list[str]], folder: Path
) -> Iterator[str]:
    """The counts that one label adds to."""
    if label.label in FAMILIES:
        yield f"{label.label}_gold"
        if found:
            yield from (f"{label.label}_hit", "place")
        if any(_is_place_right(finding, label, folder / label.source) for finding in found):
            yield "place_right"
        if any(finding.rule == f"conflict/{label.kind}" for finding in found):
            yield "conflict_typed"
    if label.label in {"benign", "aligned"}:
        yield label.label
    if label.label == "aligned" and any(
        hit(text, label.text) for text in evidence.get((label.path, label.message), ())
    ):
        yield "aligned_hit"


def _found(number: int, label: Label, hits: Hits) -> list[Finding]:
    """The findings of the label's own family that hit it."""
    return [finding for finding, numbers in hits if number in numbers and _family(finding) == label.label]


def _evidence(audit: Audit) -> dict[tuple[str, str], list[str]]:
    return {
        (standing.touchpoint.path, expression.message.id): [one.text for one in expression.evidence]
        for standing in audit.standings
        for expression in standing.coverage
    }


def _of_touchpoints(company: Company, audit: Audit) -> Counter[str]:
    counts: Counter[str] = Counter()
    standings = {standing.touchpoint.path: standing for standing in audit.standings}
    for touchpoint in company.touchpoints:
        if touchpoint.path not in standings:
            counts["touchpoints_lost"] += 1
            continue
        said = _said_missing(standings[touchpoint.path])
        counts["missing_said"] += len(said)
        counts["missing_gold"] += len(touchpoint.missing)
        counts["missing_right"] += len(said & touchpoint.missing)
    return counts


def _said_missing(standing: Standing) -> set[str]:
    lost = (expression.message for expression in standing.coverage if expression.status is Coverage.MISSING)
    return {message.id for message in lost if message.kind is Kind.VALUE}


def _drift_and_tier(company: Company, audit: Audit) -> tuple[list[float], list[float]]:
    drift = {standing.touchpoint.path: round(standing.drift, DIGITS) for standing in audit.standings}
    rated = [(drift[one.path], float(TIERS[one.tier])) for one in company.touchpoints if one.path in drift]
    return [pair[0] for pair in rated], [pair[1] for pair in rated]


def _scored(finding: Finding, numbers: Sequence[int], company: Company) -> Scored:
    right = [company.labels[number] for number in numbers if company.labels[number].label == "conflict"]
    found = f"{company.folder}\0{right[0].path}\0{right[0].text}" if right else ""
    return Scored(round(finding.confidence, DIGITS), found)


def _is_place_right(finding: Finding, label: Label, source: Path) -> bool:
    at = finding.at
    built = {".deck.md": at.slide, ".pdf.md": at.page, ".docx.md": at.paragraph or at.heading or at.line}
    for end, where in built.items():
        if label.source.endswith(end):
            return bool(where)
    if "/calls/" in label.source and not (at.speaker and at.timestamp is not None):
        return False
    return source.suffix not in TEXT_SUFFIXES or _is_line_right(at, finding.text or label.text, source)


def _is_line_right(at: Location, text: str, source: Path) -> bool:
    """Whether the first three words stand on the line or on one of the three after it."""
    lines = source.read_text(encoding="utf-8", errors="replace").splitlines()
    if at.line is None or not 1 <= at.line <= len(lines):
        return False
    near = fold(re.sub(r"<[^>]*>", " ", "\n".join(lines[at.line - 1 : at.line + 3])))
    return all(word in near for word in words(text)[:3])


def _words_of(content: Path) -> int:
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in content.rglob("*") if path.is_file())
    return sum(len(re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", text, flags=re.DOTALL).split()) for text in texts)


def _missed(company: Company, label: Label) -> str:
    return f"{company.folder.name} {label.path} [{label.kind}] {label.text!r} vs {label.message}"


def _alarm(company: Company, finding: Finding) -> str:
    message: Message | None = finding.message
    sure = round(finding.confidence, DIGITS)
    against = message.id if message else None
    return f"{company.folder.name} {finding.at.path} [{finding.rule} {sure}] {finding.text!r} vs {against}"
