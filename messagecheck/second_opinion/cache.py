"""Opinions kept by what was asked: a second run gives the same verdicts without a request."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from messagecheck.errors import EndpointError
from messagecheck.second_opinion.answers import Opinion, check_verdict
from messagecheck.second_opinion.items import Item


def read_cache(path: Path, items: Mapping[str, Item]) -> dict[str, Opinion]:
    """What is known of these items, by key. A line that is damaged or no longer fits its item counts as never written.

    Raises EndpointError for a file that is there and can't be read.
    """
    if not path.exists():
        return {}
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError as error:
        raise EndpointError(f"{path}: can't be read ({error.strerror}); name another file as “cache”") from error
    rows = (_row(line) for line in lines)
    known = {key: _opinion(raw, items[key]) for key, raw in rows if key in items}
    return {key: opinion for key, opinion in known.items() if opinion}


def append(path: Path, opinions: Mapping[str, Opinion]) -> None:
    """Raises EndpointError where nothing can be written."""
    text = "".join(json.dumps({"key": key, **asdict(opinion)}) + "\n" for key, opinion in opinions.items())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise EndpointError(f"{path}: can't be written ({error.strerror}); name another file as “cache”") from error


def _row(line: str) -> tuple[str, object]:
    try:
        raw: object = json.loads(line)
    except (ValueError, RecursionError):
        return "", None
    return (str(raw.get("key")), raw) if isinstance(raw, dict) else ("", None)


def _opinion(raw: object, item: Item) -> Opinion | None:
    try:
        return check_verdict(raw, item)
    except EndpointError:
        return None
