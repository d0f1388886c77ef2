"""messagecheck.toml → Settings. Every key is known and typed; a misspelt one is an error and not a silent default."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from messagecheck.errors import SettingsError
from messagecheck.nouns import Severity

FILE_NAME = "messagecheck.toml"
CALIBRATION, OPINIONS = Path(".messagecheck/judge-calibration.json"), Path(".messagecheck/second-opinion.jsonl")
FILE_MB, CORES = 50, os.cpu_count() or 1  # a webinar's transcript is under 1 MB, a deck full of pictures about 30
KNOWN = {
    "": (
        "positioning", "fail_on", "min_confidence", "select", "ignore", "exclude", "required", "jobs",
        "baseline", "kinds", "models", "calls", "limits", "second_opinion",
    ),
    "models": ("encoder", "english", "judge", "judge_calibration"),
    "calls": ("our_people", "our_domains", "our_companies"),
    "limits": ("file_mb",),
    "second_opinion": (
        "base_url", "model", "key_env", "band", "max_requests", "max_tokens", "timeout_s", "batch", "cache",
    ),
}  # fmt: skip


class FailOn(StrEnum):
    """From which severity on a finding makes the exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


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
class SecondOpinion:
    """An OpenAI-compatible endpoint that is asked where the judge is unsure: in `band`, ends included.

    `key_env` names the environment variable with the key; `max_requests` and `max_tokens` bound a run, `timeout_s` a
    request; `batch` is the number of statements in a request.
    """

    base_url: str
    model: str
    key_env: str | None = None
    band: tuple[float, float] = (0.2, 0.8)
    max_requests: int = 50
    max_tokens: int = 200_000
    timeout_s: int = 30
    batch: int = 8
    cache: Path = OPINIONS


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may choose. `root` is the folder that paths and globs are relative to.

    `required` holds ids of value propositions that each touchpoint must express (none given: all of them);
    `kinds` are (glob, touchpoint kind) pairs, the first match wins; `file_mb` is the largest file opened, in MB.
    """

    root: Path = Path()
    positioning: Path | None = None
    baseline: Path | None = None
    fail_on: FailOn = FailOn.ERROR
    min_confidence: float = 0.0
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    jobs: int = CORES
    kinds: tuple[tuple[str, str], ...] = ()
    models: Models = field(default_factory=Models)
    calls: Calls = field(default_factory=Calls)
    file_mb: int = FILE_MB
    second_opinion: SecondOpinion | None = None


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
    _refuse_unknown(top, "", path)
    models, calls, limits = (_section(top, name, path) for name in ("models", "calls", "limits"))
    return Settings(
        root=path.parent,
        positioning=_path(top, "positioning", path),
        baseline=_path(top, "baseline", path),
        fail_on=_fail_on(top, path),
        min_confidence=_share(top, "min_confidence", path),
        select=_texts(top, "select", path),
        ignore=_texts(top, "ignore", path),
        exclude=_texts(top, "exclude", path),
        required=_texts(top, "required", path),
        jobs=_whole(top, "jobs", path, default=CORES),
        kinds=tuple(_kinds(top, path)),
        models=_models(models, path),
        calls=Calls(*(_texts(calls, name, path) for name in KNOWN["calls"])),
        file_mb=_whole(limits, "file_mb", path, default=FILE_MB),
        second_opinion=_second_opinion(top, path),
    )


def kind_of(path: str, kinds: Sequence[tuple[str, str]]) -> str | None:
    """The kind that the first matching glob gives this relative path; None where no glob matches."""
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


def _refuse_unknown(table: Mapping[str, object], name: str, path: Path) -> None:
    for key in table:
        if key not in KNOWN[name]:
            near = difflib.get_close_matches(key, KNOWN[name], n=1)
            full = f"{name}.{key}" if name else key
            hint = f"did you mean “{near[0]}”?" if near else f"known are {', '.join(KNOWN[name])}"
            raise SettingsError(f"{path}: unknown key “{full}”; {hint}")


def _section(top: Mapping[str, object], name: str, path: Path) -> Mapping[str, object]:
    table = _table(top, name, path)
    _refuse_unknown(table, name, path)
    return table


def _table(top: Mapping[str, object], name: str, path: Path) -> Mapping[str, object]:
    value = top.get(name, {})
    if not isinstance(value, dict):
        raise SettingsError(f"{path}: “{name}” must be a table, written [{name}]")
    return value


def _kinds(top: Mapping[str, object], path: Path) -> Iterator[tuple[str, str]]:
    for glob, kind in _table(top, "kinds", path).items():
        if not isinstance(kind, str) or not kind:
            raise SettingsError(f'{path}: kinds."{glob}" must be a touchpoint kind in quotes, like "deck"')
        yield glob, kind


def _text(table: Mapping[str, object], key: str, path: Path) -> str | None:
    value = table.get(key)
    if value is not None and not (isinstance(value, str) and value):
        raise SettingsError(f"{path}: “{key}” must be text in quotes, not {value!r}")
    return value


def _path(table: Mapping[str, object], key: str, path: Path) -> Path | None:
    text = _text(table, key, path)
    return None if text is None else path.parent / text


def _texts(table: Mapping[str, object], key: str, path: Path) -> tuple[str, ...]:
    value = table.get(key, [])
    texts = [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
    if not isinstance(value, list) or len(texts) != len(value):
        raise SettingsError(f'{path}: “{key}” must be a list of texts, like ["a", "b"], not {value!r}')
    return tuple(texts)


def _share(table: Mapping[str, object], key: str, path: Path) -> float:
    value = table.get(key, 0.0)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise SettingsError(f"{path}: “{key}” must be a number from 0 to 1, not {value!r}")
    return float(value)


def _whole(table: Mapping[str, object], key: str, path: Path, *, default: int) -> int:
    if isinstance(value := table.get(key, default), bool) or not isinstance(value, int) or value < 1:
        raise SettingsError(f"{path}: “{key}” must be a whole number from 1 up, not {value!r}")
    return value


def _fail_on(table: Mapping[str, object], path: Path) -> FailOn:
    value = table.get("fail_on", FailOn.ERROR)
    if value not in [*FailOn]:
        raise SettingsError(f"{path}: “fail_on” must be one of {', '.join(FailOn)}, not {value!r}")
    return FailOn(str(value))


def _models(table: Mapping[str, object], path: Path) -> Models:
    named = {key: _text(table, key, path) for key in ("encoder", "english", "judge")}
    return Models(**named, judge_calibration=_path(table, "judge_calibration", path))


def _second_opinion(top: Mapping[str, object], path: Path) -> SecondOpinion | None:
    """None where there is no such section: nothing is ever sent unless a user names where to."""
    if "second_opinion" not in top:
        return None
    table, usual = _section(top, "second_opinion", path), SecondOpinion("", "")
    return SecondOpinion(
        base_url=_url(table, path),
        model=_needed(table, "model", path),
        key_env=_text(table, "key_env", path),
        band=_band(table, path, default=usual.band),
        max_requests=_whole(table, "max_requests", path, default=usual.max_requests),
        max_tokens=_whole(table, "max_tokens", path, default=usual.max_tokens),
        timeout_s=_whole(table, "timeout_s", path, default=usual.timeout_s),
        batch=_whole(table, "batch", path, default=usual.batch),
        cache=_path(table, "cache", path) or path.parent / usual.cache,
    )


def _needed(table: Mapping[str, object], key: str, path: Path) -> str:
    value = _text(table, key, path)
    if value is None:
        raise SettingsError(f"{path}: [second_opinion] needs “{key}”; to do without, leave the section out")
    return value


def _url(table: Mapping[str, object], path: Path) -> str:
    url = _needed(table, "base_url", path)
    try:
        parts = urlsplit(url)
        plain = parts.scheme in {"http", "https"} and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        plain = False
    if not plain or parts.username is not None or parts.query or parts.fragment:
        raise SettingsError(f'{path}: “base_url” must be like "https://host/v1", without a key or a query')
    return url.rstrip("/")


def _band(table: Mapping[str, object], path: Path, *, default: tuple[float, float]) -> tuple[float, float]:
    value = table.get("band", [*default])
    items = value if isinstance(value, list) else []
    shares = [float(item) for item in items if isinstance(item, int | float)]
    if not len(shares) == len(items) == len(default) or not 0 < shares[0] <= shares[1] <= 1:
        raise SettingsError(f"{path}: “band” must be like [0.2, 0.8], the lower probability first, not {value!r}")
    return shares[0], shares[1]
