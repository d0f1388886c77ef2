"""Two quotes side by side: which words of the one are not in the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

_PIECE = re.compile(r"[$£€#]?\w+(?:[.,:'’/-]\w+)*%?|\s+|.", re.DOTALL)
LIKE_FROM = 0.4
"""Share of common words from which on two quotes are wordings of one sentence; below it every word differs, and only
numbers are worth a mark. Chosen on the demo company's findings."""


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    differs: bool


def differing(one: str, other: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Both texts as runs; joined, a text's runs are the text."""
    ours, theirs = _PIECE.findall(one), _PIECE.findall(other)
    our_words, their_words = _words(ours), _words(theirs)
    matcher = SequenceMatcher(None, our_words, their_words, autojunk=False)
    blocks = matcher.get_matching_blocks()
    counts: Callable[[str], bool] = _is_word if matcher.ratio() >= LIKE_FROM else _has_digit
    return (
        _runs(ours, {i for block in blocks for i in range(block.a, block.a + block.size)}, counts),
        _runs(theirs, {i for block in blocks for i in range(block.b, block.b + block.size)}, counts),
    )


def _runs(pieces: list[str], shared: set[int], counts: Callable[[str], bool]) -> tuple[Run, ...]:
    """A space between two words that differ differs with them."""
    differs, number = [], 0
    for piece in pieces:
        differs.append(_is_word(piece) and number not in shared and counts(piece))
        number += _is_word(piece)
    joined = [
        flag or (piece.isspace() and differs[at - 1 : at] == [True] and differs[at + 1 : at + 2] == [True])
        for at, (piece, flag) in enumerate(zip(pieces, differs, strict=True))
    ]
    grouped = groupby(zip(pieces, joined, strict=True), key=lambda pair: pair[1])
    return tuple(Run("".join(piece for piece, _ in run), flag) for flag, run in grouped)


def _words(pieces: list[str]) -> list[str]:
    return [piece.casefold() for piece in pieces if _is_word(piece)]


def _is_word(piece: str) -> bool:
    return any(map(str.isalnum, piece))


def _has_digit(piece: str) -> bool:
    return any(map(str.isdigit, piece))
