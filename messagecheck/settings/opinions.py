"""[second_opinion] of messagecheck.toml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from messagecheck.errors import SettingsError
from messagecheck.settings import values
from messagecheck.settings.sections import names
from messagecheck.settings.values import Table

OPINIONS = Path(".messagecheck/second-opinion.jsonl")


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


def read_second_opinion(top: Table, path: Path) -> SecondOpinion | None:
    """None where there is no such section: nothing is ever sent unless a user names where to."""
    if "second_opinion" not in top:
        return None
    table, usual = values.section(top, "second_opinion", names(SecondOpinion), path), SecondOpinion("", "")
    return SecondOpinion(
        base_url=_url(table, path),
        model=_needed(table, "model", path),
        key_env=values.text(table, "key_env", path),
        band=_band(table, path, default=usual.band),
        max_requests=values.whole(table, "max_requests", path, default=usual.max_requests),
        max_tokens=values.whole(table, "max_tokens", path, default=usual.max_tokens),
        timeout_s=values.whole(table, "timeout_s", path, default=usual.timeout_s),
        batch=values.whole(table, "batch", path, default=usual.batch),
        cache=values.file(table, "cache", path) or path.parent / usual.cache,
    )


def _needed(table: Table, key: str, path: Path) -> str:
    value = values.text(table, key, path)
    if value is None:
        raise SettingsError(f"{path}: [second_opinion] needs “{key}”; to do without, leave the section out")
    return value


def _url(table: Table, path: Path) -> str:
    url = _needed(table, "base_url", path)
    try:
        parts = urlsplit(url)
        plain = parts.scheme in {"http", "https"} and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        plain = False
    if not plain or parts.username is not None or parts.query or parts.fragment:
        raise SettingsError(f'{path}: “base_url” must be like "https://host/v1", without a key or a query')
    return url.rstrip("/")


def _band(table: Table, path: Path, *, default: tuple[float, float]) -> tuple[float, float]:
    value = table.get("band", [*default])
    items = value if isinstance(value, list) else []
    shares = [float(item) for item in items if isinstance(item, int | float)]
    if not len(shares) == len(items) == len(default) or not 0 < shares[0] <= shares[1] <= 1:
        raise SettingsError(f"{path}: “band” must be like [0.2, 0.8], the lower probability first, not {value!r}")
    return shares[0], shares[1]
