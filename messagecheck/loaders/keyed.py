"""Content files of keys and values: which values are copy is the settings' to say, by globs of their keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from messagecheck.errors import LoadError
from messagecheck.loaders.mdx import ROLES
from messagecheck.loaders.source import Run, Source, place
from messagecheck.nouns import Block, Role, Speaker
from messagecheck.settings import matches

PROSE_WORDS = 3
"""Words from which on a value reads like copy, for the keys that an error suggests."""
SUGGESTED = 4


@dataclass(frozen=True, slots=True)
class Value:
    """A text of the file and the keys that lead to it, outermost first; places in lists are left out."""

    keys: tuple[str, ...]
    runs: tuple[Run, ...]


def copy(of: Source, values: Iterable[Value], globs: Sequence[str]) -> Iterator[Block]:
    """A block for each value whose keys match. Raises LoadError, which suggests keys, where none does."""
    held = list(values)
    wanted = [value for value in held if is_picked(".".join(value.keys), globs)]
    if not wanted:
        prose = (".".join(one.keys) for one in held if one.keys and is_prose("".join(run.text for run in one.runs)))
        raise LoadError(f"{of.path}: {unpicked('keys', prose)}")
    for value in wanted:
        role = ROLES.get(value.keys[-1].casefold(), Role.BODY) if value.keys else Role.BODY
        for block in place(of, value.runs, role):
            speaker = Speaker.THEM if role is Role.TESTIMONIAL else Speaker.US
            context = " | ".join(key.replace("_", " ") for key in value.keys)
            yield replace(block, context=context, speaker=speaker, reason=f"key {'.'.join(value.keys)}")


def is_picked(key: str, globs: Sequence[str]) -> bool:
    """Whether a glob takes a key: `*` is one key of a path, `**` any number; a key takes those below it."""
    return any(matches(_as_path(key), _as_path(glob)) for glob in globs)


def _as_path(key: str) -> str:
    return key.casefold().replace(".", "/")


def is_prose(text: str) -> bool:
    return len(text.split()) >= PROSE_WORDS


def unpicked(what: str, prose: Iterable[str]) -> str:
    """Why nothing is read, with the first of the keys or columns that hold prose."""
    named = list(dict.fromkeys(prose))[:SUGGESTED]
    if not named:
        return f"holds no {what} that read like copy; name it in “exclude” if it is no content"
    shown = ", ".join(f'"{name}"' for name in named)
    return f"which of its {what} are copy is not told; name them in [content] keys, such as {shown}"
