"""The sections of messagecheck.toml that say who judges, who speaks and what is too large."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from messagecheck.settings import values
from messagecheck.settings.values import Table

FILE_MB = 50  # a webinar's transcript is under 1 MB, a deck full of pictures about 30
SECONDS, MEMORY_MB = 60, 1000  # the largest real files of benchmarks/extraction.py take a tenth of either


@dataclass(frozen=True, slots=True)
class Calls:
    """Who of a call's speakers is us: names as transcripts show them, e-mail domains, companies beside the canon's."""

    our_people: tuple[str, ...] = ()
    our_domains: tuple[str, ...] = ()
    our_companies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Models:
    """Model names or folders; None takes the one that messagecheck ships.

    `judge_calibration` is the JSON file that says what a foreign judge's scores mean (None: CALIBRATION).
    """

    encoder: str | None = None
    english: str | None = None
    judge: str | None = None
    judge_calibration: Path | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """`file_mb` is the largest file that is opened, in MB; `seconds` and `memory_mb` bound what reading it may take."""

    file_mb: int = FILE_MB
    seconds: int = SECONDS
    memory_mb: int = MEMORY_MB


def read_calls(top: Table, path: Path) -> Calls:
    table = values.section(top, "calls", names(Calls), path)
    return Calls(*(values.texts(table, name, path) for name in names(Calls)))


def read_models(top: Table, path: Path) -> Models:
    table = values.section(top, "models", names(Models), path)
    named = {key: values.text(table, key, path) for key in ("encoder", "english", "judge")}
    return Models(**named, judge_calibration=values.file(table, "judge_calibration", path))


def read_limits(top: Table, path: Path) -> Limits:
    table = values.section(top, "limits", names(Limits), path)
    usual = Limits()
    return Limits(*(values.whole(table, name, path, default=getattr(usual, name)) for name in names(Limits)))


def names(section: type) -> tuple[str, ...]:
    """The keys of a section: its dataclass's fields."""
    return tuple(field.name for field in fields(section))
