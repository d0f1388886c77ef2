"""Counts of a scored audit → figures, as numbers and as lines to read; micro-averages over several companies."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from messagecheck.reports.json import DIGITS


@dataclass(frozen=True, slots=True)
class Scored:
    """A conflict finding: `found` names the label that it is right about, "" for none."""

    confidence: float
    found: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts that can be added up; `groups` are (kind or file type, hit or missed) counts."""

    counts: Counter[str] = field(default_factory=Counter)
    kinds: Counter[tuple[str, bool]] = field(default_factory=Counter)
    types: Counter[tuple[str, bool]] = field(default_factory=Counter)
    scored: tuple[Scored, ...] = ()
    rhos: tuple[float, ...] = ()
    misses: tuple[str, ...] = ()
    alarms: tuple[str, ...] = ()


def added(tallies: Sequence[Tally]) -> Tally:
    return Tally(
        counts=sum((tally.counts for tally in tallies), Counter()),
        kinds=sum((tally.kinds for tally in tallies), Counter()),
        types=sum((tally.types for tally in tallies), Counter()),
        scored=tuple(one for tally in tallies for one in tally.scored),
        rhos=tuple(one for tally in tallies for one in tally.rhos),
        misses=tuple(one for tally in tallies for one in tally.misses),
        alarms=tuple(one for tally in tallies for one in tally.alarms),
    )


def totals(tally: Tally) -> dict[str, float]:
    """The figures by name, rounded to four digits."""
    n = tally.counts
    right, found = _ratio(n["conflict_right"], n["conflict_found"]), _ratio(n["conflict_hit"], n["conflict_gold"])
    term_right, term_found = _ratio(n["term_right"], n["term_found"]), _ratio(n["term_hit"], n["term_gold"])
    said, gold = _ratio(n["missing_right"], n["missing_said"]), _ratio(n["missing_right"], n["missing_gold"])
    figures = {
        "conflict_precision": right,
        "conflict_recall": found,
        "conflict_f1": _f1(right, found),
        "conflict_typed_recall": _ratio(n["conflict_typed"], n["conflict_gold"]),
        "conflict_ap": _ratio(_average_precision(tally.scored), n["conflict_gold"]),
        "term_precision": term_right,
        "term_recall": term_found,
        "term_f1": _f1(term_right, term_found),
        "benign_flagged": _ratio(n["benign_hit"], n["benign"]),
        "false_alarms_per_1000_words": 1000 * _ratio(n["false_alarms"], n["words"]),
        "aligned_recall": _ratio(n["aligned_hit"], n["aligned"]),
        "missing_f1": _f1(said, gold),
        "drift_spearman": _ratio(sum(tally.rhos), len(tally.rhos)),
        "place_right": _ratio(n["place_right"], n["place"]),
        "touchpoints_lost": float(n["touchpoints_lost"]),
    }
    return {name: round(value, DIGITS) for name, value in figures.items()}


def row(name: str, tally: Tally) -> str:
    """One company's figures in one line."""
    of = totals(tally)
    return (
        f"{name:22} conflict P {of['conflict_precision']:.2f} R {of['conflict_recall']:.2f} F1 {of['conflict_f1']:.2f}"
        f" AP {of['conflict_ap']:.2f} | term P {of['term_precision']:.2f} R {of['term_recall']:.2f}"
        f" | benign {of['benign_flagged']:.2f} | aligned {of['aligned_recall']:.2f} | missing {of['missing_f1']:.2f}"
        f" | drift {of['drift_spearman']:.2f} | place {of['place_right']:.2f}"
    )


def table(tally: Tally, errors: int) -> str:
    """Recall a kind and a file type, up to `errors` misses and false alarms, and last the line of totals."""
    lines = [f"recall a kind: {_shares(tally.kinds)}", f"recall a file type: {_shares(tally.types)}"]
    for title, items in (("missed", tally.misses), ("false alarms", tally.alarms)):
        if errors and items:
            lines += [f"-- {title} ({len(items)})", *items[:errors]]
    return "\n".join([*lines, " ".join(f"{name}={value}" for name, value in totals(tally).items())])


def as_json(tally: Tally) -> str:
    return json.dumps(totals(tally), indent=1)


def _average_precision(scored: Sequence[Scored]) -> float:
    """The sum of the precisions at each first hit of a label, the surest finding first."""
    seen: set[str] = set()
    total = 0.0
    for rank, one in enumerate(sorted(scored, key=lambda one: -one.confidence), 1):
        if one.found and one.found not in seen:
            seen.add(one.found)
            total += len(seen) / rank
    return total


def _shares(groups: Counter[tuple[str, bool]]) -> str:
    names = sorted({name for name, _ in groups})
    return ", ".join(f"{name} {groups[name, True]}/{groups[name, True] + groups[name, False]}" for name in names)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
