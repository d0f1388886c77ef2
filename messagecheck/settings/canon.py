"""[canon] of messagecheck.toml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from messagecheck.settings import values
from messagecheck.settings.sections import names
from messagecheck.settings.values import Table


@dataclass(frozen=True, slots=True)
class Versions:
    """Older versions of the positioning document, newest first: `older` are files, `history` asks git for so many."""

    older: tuple[Path, ...] = ()
    history: int = 0


def read_versions(top: Table, path: Path) -> Versions:
    table = values.section(top, "canon", names(Versions), path)
    history = values.whole(table, "history", path, default=1) if "history" in table else 0
    return Versions(tuple(path.parent / name for name in values.texts(table, "older", path)), history)
