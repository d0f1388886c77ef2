"""The rules: each reads nouns and yields findings. `SENTENCE_RULES` see one reading, `DOCUMENT_RULES` one standing,
`FOLDER_RULES` every reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from messagecheck.nouns import Canon, Finding, Reading, Standing
from messagecheck.rules import claim, conflict, coverage, cross, term

if TYPE_CHECKING:
    from messagecheck.nouns import Encode

SENTENCE_RULES: tuple[Callable[[Reading, Canon], Iterator[Finding]], ...] = (
    conflict.check,
    term.check,
    claim.check,
)
DOCUMENT_RULES: tuple[Callable[[Standing, Canon], Iterator[Finding]], ...] = (coverage.check,)
FOLDER_RULES: tuple[Callable[[Sequence[Reading], Canon, Encode], Iterator[Finding]], ...] = (cross.check,)
IDS = (*conflict.IDS, cross.ID, term.ID, coverage.ID, claim.ID)
OFF = frozenset({claim.ID})
"""Rules that speak only when they are asked for by name."""
