"""A conflict with the document of today that an older version of it explains: "this was true until version 2026.1"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from messagecheck.expression import EVIDENCE_FROM
from messagecheck.nouns import Canon, Match, Reading, Sentence
from messagecheck.prose import fold_wording
from messagecheck.revisions import told_as

Read = Callable[[Sequence[Sentence], Canon], list[Reading]]
"""Sentences × a canon → their readings with verdicts."""


def recall(readings: Sequence[Reading], canon: Canon, older: Sequence[Canon], read: Read) -> list[Reading]:
    """The same readings, the verdict of a conflict saying until which version the sentence was true; `older` is newest
    first."""
    accused = {number: match for number, reading in enumerate(readings) for match in reading.matches if _accuses(match)}
    told: dict[int, str] = {}
    for version in older:
        left = [number for number in accused if number not in told]
        then = read([readings[number].sentence for number in left], version) if left else []
        for number, reading in zip(left, then, strict=True):
            if _was_true(reading, accused[number], canon):
                told[number] = told_as(version)
    return [_explained(reading, told.get(number)) for number, reading in enumerate(readings)]


def _was_true(then: Reading, now: Match, canon: Canon) -> bool:
    """The version holds nothing against the sentence, and says it in words that have changed since."""
    best = max(then.matches, key=_aligned)
    today = {fold_wording(message.text) for message in canon.messages}
    return (
        not any(map(_accuses, then.matches))
        and fold_wording(best.message.text) not in today
        and _aligned(best) >= max(EVIDENCE_FROM, _aligned(now))
    )


def _explained(reading: Reading, version: str | None) -> Reading:
    return reading if version is None else replace(reading, matches=tuple(_told(m, version) for m in reading.matches))


def _told(match: Match, version: str) -> Match:
    if match.verdict is None or match.verdict.band is None:
        return match
    why = f"{match.verdict.why}; this was true until {version}"
    return replace(match, verdict=replace(match.verdict, why=why))


def _accuses(match: Match) -> bool:
    return match.verdict is not None and match.verdict.band is not None


def _aligned(match: Match) -> float:
    return match.verdict.aligned if match.verdict else 0.0
