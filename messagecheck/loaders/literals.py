"""JSON with places: where each string value stands in the source. For calls, content files and JSON-LD."""

from __future__ import annotations

import json
import re
from collections import defaultdict, deque
from collections.abc import Iterator
from typing import TypeAlias

from messagecheck.loaders.source import Run

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Places: TypeAlias = dict[str, deque[tuple[str, int]]]

_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*+)"(\s*+:)?|[{}\[\]]', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL)


def parse(text: str) -> Json:
    """The value of a JSON text. Raises ValueError if it is none, or nests deeper than Python follows."""
    try:
        value: Json = json.loads(text)
    except RecursionError:
        raise ValueError("it nests too deeply") from None
    return value


def places(text: str, start: int = 0) -> Places:
    """String value → (its raw characters, the offset of the first one) of each time it stands in the text, in order."""
    found: Places = defaultdict(deque)
    for match in _STRING.finditer(text):
        found[_value(match[1])].append((match[1], start + match.start(1)))
    return found


def runs(value: str, of: Places) -> tuple[Run, ...]:
    """The runs of the next place where a string value stands; each is given once, the last one again and again."""
    at = of[value]
    raw, start = at.popleft() if len(at) > 1 else at[0]
    return tuple(_unescaped(raw, start))


def strings(text: str) -> Iterator[tuple[tuple[str, ...], tuple[Run, ...]]]:
    """(keys that lead to it, runs) of each string value of a valid JSON text, in order; list numbers are no keys."""
    keys: list[str | None] = [None]
    for token in _TOKEN.finditer(text):
        if token[2]:
            keys[-1] = _value(token[1])
        elif token[1] is not None:
            yield tuple(key for key in keys if key is not None), tuple(_unescaped(token[1], token.start(1)))
        elif token[0] in "{[":
            keys.append(None)
        elif len(keys) > 1:
            keys.pop()


def _unescaped(raw: str, start: int) -> Iterator[Run]:
    done = 0
    for match in _ESCAPE.finditer(raw):
        if match.start() > done:
            yield Run(raw[done : match.start()], start + done)
        yield Run(_value(match[0]), start + match.start())
        done = match.end()
    if done < len(raw):
        yield Run(raw[done:], start + done)


def _value(raw: str) -> str:
    if "\\" not in raw:
        return raw
    try:
        return str(json.loads(f'"{raw}"', strict=False))
    except ValueError:
        return raw
