"""messagecheck.toml → Settings. Every key is known and typed; a misspelt one is an error and not a silent default."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from messagecheck.errors import SettingsError
from messagecheck.nouns import Required, Severity
from messagecheck.settings import values
from messagecheck.settings.canon import Versions, read_versions
from messagecheck.settings.content import Content, read_content
from messagecheck.settings.crawl import Crawl, read_crawl
from messagecheck.settings.history import History, read_history
from messagecheck.settings.opinions import SecondOpinion, read_second_opinion
from messagecheck.settings.required import read_required
from messagecheck.settings.sections import Calls, Limits, Models, names, read_calls, read_limits, read_models
from messagecheck.settings.values import Table

__all__ = ["Calls", "Content", "Crawl", "History", "Limits", "Models", "SecondOpinion", "Versions"]

FILE_NAME = "messagecheck.toml"
CACHE = Path(".messagecheck/cache")
CALIBRATION = Path(".messagecheck/judge-calibration.json")
CORES = os.cpu_count() or 1
TOP = (
    "positioning", "fail_on", "min_confidence", "select", "extend_select", "ignore", "exclude", "required", "jobs",
    "baseline", "kinds", "owners",
)  # fmt: skip
SECTIONS = {
    "canon": Versions,
    "models": Models,
    "calls": Calls,
    "content": Content,
    "limits": Limits,
    "history": History,
    "second_opinion": SecondOpinion,
    "crawl": Crawl,
}
KNOWN = {"": (*TOP, *SECTIONS), **{name: names(section) for name, section in SECTIONS.items()}}


class FailOn(StrEnum):
    """From which severity on a finding makes the exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may choose. `root` is the folder that paths and globs are relative to.

    `cache` is the folder that keeps verdicts between runs (the command line chooses it; None: nowhere).
    `required` holds ids of value propositions that a touchpoint must express (none given: as the document says);
    `kinds` are (glob, touchpoint kind) pairs, `owners` (glob, who looks after it); the first match wins.
    """

    root: Path = Path()
    positioning: Path | None = None
    baseline: Path | None = None
    fail_on: FailOn = FailOn.ERROR
    min_confidence: float = 0.0
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    required: Required = ()
    jobs: int = CORES
    kinds: tuple[tuple[str, str], ...] = ()
    owners: tuple[tuple[str, str], ...] = ()
    versions: Versions = field(default_factory=Versions)
    models: Models = field(default_factory=Models)
    calls: Calls = field(default_factory=Calls)
    content: Content = field(default_factory=Content)
    limits: Limits = field(default_factory=Limits)
    second_opinion: SecondOpinion | None = None
    history: History = field(default_factory=History)
    crawl: Crawl = field(default_factory=Crawl)
    cache: Path | None = None


def load_settings(start: Path) -> Settings:
    """The settings of the nearest messagecheck.toml at or above `start`; the defaults, rooted there, if none.

    Raises SettingsError for a file that can't be read, a key that isn't known and a value of the wrong form.
    """
    folder = start if start.is_dir() else start.parent
    for above in (folder.resolve(), *folder.resolve().parents):
        if (above / FILE_NAME).is_file():
            return read_settings(above / FILE_NAME)
    return Settings(root=folder)


def read_settings(path: Path) -> Settings:
    """The settings in this very file."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: can't be read ({error}); it must be a UTF-8 text file") from error
    return parse_settings(text, path)


def parse_settings(text: str, path: Path) -> Settings:
    try:
        top: dict[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: not TOML: {error}") from error
    values.refuse_unknown(top, "", KNOWN[""], path)
    return Settings(
        root=path.parent,
        positioning=values.file(top, "positioning", path),
        baseline=values.file(top, "baseline", path),
        fail_on=_fail_on(top, path),
        min_confidence=values.share(top, "min_confidence", path),
        select=values.texts(top, "select", path),
        extend_select=values.texts(top, "extend_select", path),
        ignore=values.texts(top, "ignore", path),
        exclude=values.texts(top, "exclude", path),
        required=read_required(top, path),
        jobs=values.whole(top, "jobs", path, default=CORES),
        kinds=tuple(_globs(top, "kinds", 'a touchpoint kind in quotes, like "deck"', path)),
        owners=tuple(_globs(top, "owners", 'a name in quotes, like "Sales"', path)),
        versions=read_versions(top, path),
        models=read_models(top, path),
        calls=read_calls(top, path),
        content=read_content(top, path),
        limits=read_limits(top, path),
        second_opinion=read_second_opinion(top, path),
        history=read_history(top, path),
        crawl=read_crawl(top, path),
    )


def kind_of(path: str, kinds: Sequence[tuple[str, str]]) -> str | None:
    """The kind (or owner) that the first matching glob gives this relative path; None where no glob matches."""
    return next((kind for glob, kind in kinds if matches(path, glob)), None)


def matches(path: str, glob: str) -> bool:
    """Whether a relative path matches: `*` and `?` stay in one folder, `**` crosses, a folder takes its files."""
    return _pattern(glob).fullmatch(path) is not None


def at_or_above(severity: Severity, fail_on: FailOn) -> bool:
    """Whether a finding of this severity counts as a failure."""
    if fail_on is FailOn.NEVER:
        return False
    order = [*FailOn]
    return order.index(FailOn(severity)) <= order.index(fail_on)


@lru_cache(maxsize=256)
def _pattern(glob: str) -> re.Pattern[str]:
    known = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", glob.removeprefix("./").rstrip("/"))
    return re.compile("".join(known.get(part, re.escape(part)) for part in parts) + "(?:/.*)?", re.DOTALL)


def _globs(top: Table, name: str, right: str, path: Path) -> Iterator[tuple[str, str]]:
    for glob, given in values.table(top, name, path).items():
        if not isinstance(given, str) or not given:
            raise SettingsError(f'{path}: {name}."{glob}" must be {right}')
        yield glob, given


def _fail_on(table: Table, path: Path) -> FailOn:
    value = table.get("fail_on", FailOn.ERROR)
    if value not in [*FailOn]:
        raise SettingsError(f"{path}: “fail_on” must be one of {', '.join(FailOn)}, not {value!r}")
    return FailOn(str(value))
