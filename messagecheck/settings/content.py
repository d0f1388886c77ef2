"""[content] of messagecheck.toml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from messagecheck.settings import values
from messagecheck.settings.values import Table


@dataclass(frozen=True, slots=True)
class Content:
    """`keys`: globs of the keys of YAML and JSON files and of CSV files' column headers whose values are copy."""

    keys: tuple[str, ...] = ()


def read_content(top: Table, path: Path) -> Content:
    table = values.section(top, "content", ("keys",), path)
    return Content(keys=values.texts(table, "keys", path))
