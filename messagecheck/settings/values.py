"""One key of a settings table → a value of the right form; an error names the file, the key and what is right."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path

from messagecheck.errors import SettingsError

Table = Mapping[str, object]


def refuse_unknown(table: Table, name: str, known: Sequence[str], path: Path) -> None:
    """`name` is the table's, "" for the top of the file."""
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            full = f"{name}.{key}" if name else key
            hint = f"did you mean “{near[0]}”?" if near else f"known are {', '.join(known)}"
            raise SettingsError(f"{path}: unknown key “{full}”; {hint}")


def section(top: Table, name: str, known: Sequence[str], path: Path) -> Table:
    """The table [name], empty where the file has none."""
    found = table(top, name, path)
    refuse_unknown(found, name, known, path)
    return found


def table(top: Table, name: str, path: Path) -> Table:
    value = top.get(name, {})
    if not isinstance(value, dict):
        raise SettingsError(f"{path}: “{name}” must be a table, written [{name}]")
    return value


def text(values: Table, key: str, path: Path) -> str | None:
    value = values.get(key)
    if value is not None and not (isinstance(value, str) and value):
        raise SettingsError(f"{path}: “{key}” must be text in quotes, not {value!r}")
    return value


def file(values: Table, key: str, path: Path) -> Path | None:
    name = text(values, key, path)
    return None if name is None else path.parent / name


def texts(values: Table, key: str, path: Path) -> tuple[str, ...]:
    value = values.get(key, [])
    found = [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
    if not isinstance(value, list) or len(found) != len(value):
        raise SettingsError(f'{path}: “{key}” must be a list of texts, like ["a", "b"], not {value!r}')
    return tuple(found)


def share(values: Table, key: str, path: Path) -> float:
    value = values.get(key, 0.0)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise SettingsError(f"{path}: “{key}” must be a number from 0 to 1, not {value!r}")
    return float(value)


def whole(values: Table, key: str, path: Path, *, default: int) -> int:
    if isinstance(value := values.get(key, default), bool) or not isinstance(value, int) or value < 1:
        raise SettingsError(f"{path}: “{key}” must be a whole number from 1 up, not {value!r}")
    return value


def switch(values: Table, key: str, path: Path) -> bool:
    value = values.get(key, False)
    if not isinstance(value, bool):
        raise SettingsError(f"{path}: “{key}” must be true or false, not {value!r}")
    return value
