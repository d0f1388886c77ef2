"""A judge of the user's own: a cross-encoder with NLI or consistency outputs, and what its scores mean.

It reads the message as the premise and the statement as the hypothesis, in plain words: no note about numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from messagecheck.errors import ModelError
from messagecheck.fusion import logistic
from messagecheck.judging import ALIGNED_SIMILARITY, CONFLICT_KIND, Judge, explain
from messagecheck.nouns import Canon, Match, Message, Mode, Polarity, Reading, Severity, Verdict
from messagecheck.own_model.calibration import (
    Calibration,
    calibrate,
    read_calibration,
    write_calibration,
)
from messagecheck.own_model.scoring import ALIGNED, CONFLICT, load_score
from messagecheck.prose import in_our_voice, is_claim
from messagecheck.signals import read_signals

if TYPE_CHECKING:
    from messagecheck.own_model.scoring import Odds, Score

__all__ = [
    "Calibration",
    "calibrate",
    "highest_odds",
    "load",
    "load_score",
    "make_judge",
    "read_calibration",
    "write_calibration",
]


def load(name: str, calibration: Calibration) -> Judge:
    """The cross-encoder in a folder or of a hub's name as a judge. ModelError also for another's calibration."""
    if calibration.judge and calibration.judge != name:
        raise ModelError(f"{name}: is not calibrated, {calibration.judge} is; run messagecheck calibrate COMPANY...")
    return make_judge(load_score(name), calibration)


def make_judge(score: Score, calibration: Calibration) -> Judge:
    def judge(readings: Sequence[Reading], canon: Canon) -> list[Reading]:
        return [
            reading if odds is None else _with_verdicts(reading, odds, calibration)
            for reading, odds in zip(readings, score_readings(readings, canon, score), strict=True)
        ]

    return judge


def highest_odds(readings: Sequence[Reading], canon: Canon, score: Score) -> list[float | None]:
    """Each sentence's highest log-odds of conflict, to calibrate on; None where there can't be a conflict."""
    found = []
    for reading, odds in zip(readings, score_readings(readings, canon, score), strict=True):
        worst = None if odds is None else likeliest(reading, odds)
        found.append(None if odds is None or worst is None else float(odds[worst, CONFLICT]))
    return found


def score_readings(readings: Sequence[Reading], canon: Canon, score: Score) -> list[Odds | None]:
    """For each reading its matches' log-odds, shape (matches, 2); None where nothing is judged."""
    names = (canon.name, *canon.aliases)
    claims = [is_claim(reading.sentence) and bool(reading.matches) for reading in readings]
    asked = [reading for reading, claim in zip(readings, claims, strict=True) if claim]
    odds = score([pair_texts(reading, match.message, names) for reading in asked for match in reading.matches])
    ends = np.cumsum([len(reading.matches) for reading in asked], dtype=np.int64)
    parts = iter(np.split(odds, ends[:-1]) if asked else [])
    return [next(parts) if claim else None for claim in claims]


def pair_texts(reading: Reading, message: Message, names: Sequence[str]) -> tuple[str, str]:
    """Message and statement. A heading tells what is ruled out ("Out of scope: payroll"), headers what a cell says."""
    premise = f"{message.section}: {message.text}" if message.polarity is Polarity.EXCLUDES else message.text
    headers, text = reading.sentence.block.context, reading.sentence.text
    return in_our_voice(premise, names), in_our_voice(f"{headers}: {text}" if headers else text, names)


def likeliest(reading: Reading, odds: Odds) -> int | None:
    """The match that speaks most for a conflict; None where none can, and for what only may be or once was."""
    if reading.sentence.mode in {Mode.SUPPOSES, Mode.RECALLS}:
        return None
    able = [row for row, match in enumerate(reading.matches) if match.message.kind in CONFLICT_KIND]
    return max(able, key=lambda row: float(odds[row, CONFLICT]), default=None)


def _with_verdicts(reading: Reading, odds: Odds, calibration: Calibration) -> Reading:
    """The likeliest message carries the sentence's conflict; each message its own alignment."""
    worst = likeliest(reading, odds)
    conflict = 0.0 if worst is None else calibration(float(odds[worst, CONFLICT]))
    matches = []
    for number, match in enumerate(reading.matches):
        here = conflict if number == worst else 0.0
        verdict = Verdict(round(here, 4), _aligned(match, float(odds[number, ALIGNED]), here))
        if number == worst:
            kind, why = _reasons(reading, match)
            verdict = replace(verdict, kind=kind, why=why, band=_severity(conflict, calibration))
        matches.append(replace(match, verdict=verdict))
    return replace(reading, matches=tuple(matches))


def _aligned(match: Match, odds: float, conflict: float) -> float:
    """Texts about different things are consistent too, so only what is near in topic can be aligned."""
    return round(logistic(odds) * (1 - conflict), 4) if match.similarity >= ALIGNED_SIMILARITY else 0.0


def _reasons(reading: Reading, match: Match) -> tuple[str, str]:
    kind = CONFLICT_KIND[match.message.kind]
    signals = read_signals(reading.sentence.text, reading.sentence.context, match.message)
    return kind, explain(match.message, signals, kind)


def _severity(conflict: float, calibration: Calibration) -> Severity | None:
    if conflict >= calibration.error_from:
        return Severity.ERROR
    return Severity.WARNING if conflict >= calibration.speaks_from else None
