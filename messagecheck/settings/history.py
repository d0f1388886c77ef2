"""[history] of messagecheck.toml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from messagecheck.settings import values
from messagecheck.settings.sections import names
from messagecheck.settings.values import Table

DATABASE = ".messagecheck/history.db"


@dataclass(frozen=True, slots=True)
class History:
    """Whether each scan is kept, and where: `database` is a path beside the settings or a postgresql:// URL."""

    record: bool = False
    database: str = DATABASE


def read_history(top: Table, path: Path) -> History:
    table = values.section(top, "history", names(History), path)
    return History(
        record=values.switch(table, "record", path), database=values.text(table, "database", path) or DATABASE
    )
