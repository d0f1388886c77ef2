"""The positioning document's front matter → name, aliases, version and free keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml

from messagecheck.errors import CanonError
from messagecheck.nouns import Block, Required, Role

_FENCED = re.compile(r"\A\ufeff?---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"\s*(name|aliases|version|required)\s*:\s*(\S.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Front:
    """`meta` holds the free keys whose values are text or lists of texts; `required` is a list, or a list a kind."""

    name: str
    aliases: tuple[str, ...] = ()
    version: str | None = None
    meta: tuple[tuple[str, str], ...] = ()
    required: Required = ()


def read_front(text: str, blocks: Sequence[Block], path: str) -> Front:
    """The YAML between `---` lines at the top of `text`; in a .docx or .html the `name: …` paragraphs at the top.

    Raises CanonError if there is no name or the YAML can't be read.
    """
    fenced = _FENCED.match(text)
    read = _yaml(fenced[1] or "", path) if fenced else _paragraphs(blocks)
    required = tuple(_required(read.pop("required", {})))
    pairs = {key: flat for key, value in read.items() if (flat := _flat(value))}
    name = _joined(pairs.pop("name", ""))
    if not name:
        raise CanonError(f"{path}:1: no name; the document must open with front matter that holds “name: Your product”")
    aliases = pairs.pop("aliases", ())
    return Front(
        name,
        tuple(part for part in (_split(aliases) if isinstance(aliases, str) else aliases) if part != name),
        _joined(pairs.pop("version", "")) or None,
        tuple((key, _joined(value)) for key, value in pairs.items()),
        required,
    )


def _yaml(text: str, path: str) -> dict[str, object]:
    try:
        read: object = yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        line = mark.line + 2 if mark else 1
        raise CanonError(f"{path}:{line}: the front matter is not YAML; write one “key: value” a line") from error
    if not isinstance(read, dict | str):
        raise CanonError(f"{path}:2: the front matter must be “key: value” lines")
    return {} if isinstance(read, str) else {str(key): value for key, value in read.items()}


def _required(value: object) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A list stands for every kind of touchpoint (""), a table holds a list a kind."""
    lists = value if isinstance(value, dict) else {"": value} if value else {}
    for kind, ids in lists.items():
        flat = _flat(ids)
        yield str(kind), _split(flat) if isinstance(flat, str) else flat


def _flat(value: object) -> str | tuple[str, ...]:
    """Text or a list of texts; a deeper value has no plain text and is left out."""
    if isinstance(value, str):
        return value.strip()
    items = value if isinstance(value, list) else []
    return tuple(item.strip() for item in items if isinstance(item, str) and item.strip())


def _paragraphs(blocks: Sequence[Block]) -> dict[str, object]:
    first = next((number for number, block in enumerate(blocks) if len(block.at.heading) > 1), len(blocks))
    found = (_PAIR.fullmatch(block.text) for block in blocks[:first] if block.role is not Role.HEADING)
    return {pair[1].casefold(): pair[2].strip() for pair in found if pair}


def _joined(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
