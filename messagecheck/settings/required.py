"""`required` of messagecheck.toml: a list for every touchpoint, or a table with a list a kind."""

from __future__ import annotations

from pathlib import Path

from messagecheck.nouns import Required
from messagecheck.settings import values
from messagecheck.settings.values import Table


def read_required(top: Table, path: Path) -> Required:
    """An empty list says nothing; one of a kind says that nothing is required of it."""
    if isinstance(top.get("required"), dict):
        table = values.table(top, "required", path)
        return tuple((kind, values.texts(table, kind, path)) for kind in table)
    ids = values.texts(top, "required", path)
    return (("", ids),) if ids else ()
