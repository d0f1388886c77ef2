"""The rules: each reads nouns and yields findings. `SENTENCE_RULES` see one reading, `DOCUMENT_RULES` one standing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from messagecheck.nouns import Canon, Finding, Reading, Standing
from messagecheck.rules import conflict, coverage, term

SENTENCE_RULES: tuple[Callable[[Reading, Canon], Iterator[Finding]], ...] = (conflict.check, term.check)
DOCUMENT_RULES: tuple[Callable[[Standing, Canon], Iterator[Finding]], ...] = (coverage.check,)
IDS = (*conflict.IDS, term.ID, coverage.ID)
