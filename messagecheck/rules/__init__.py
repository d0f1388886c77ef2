"""The rules: each reads nouns and yields findings. `SENTENCE_RULES` see one reading, `DOCUMENT_RULES` one standing,
`FOLDER_RULES` every reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from messagecheck.nouns import Canon, Finding, Reading, Standing
from messagecheck.rules import conflict, coverage, cross, term, unsupported

if TYPE_CHECKING:
    from messagecheck.nouns import Encode

SENTENCE_RULES: tuple[Callable[[Reading, Canon], Iterator[Finding]], ...] = (
    conflict.check,
    term.check,
    unsupported.check,
)
DOCUMENT_RULES: tuple[Callable[[Standing, Canon], Iterator[Finding]], ...] = (coverage.check,)
FOLDER_RULES: tuple[Callable[[Sequence[Reading], Canon, Encode], Iterator[Finding]], ...] = (cross.check,)
IDS = (*conflict.IDS, cross.ID, term.ID, coverage.ID, unsupported.ID)
OFF = frozenset({unsupported.ID})
"""Rules that speak only when they are asked for by name."""
