"""Transcripts kept as documents: a Word, Markdown or PDF file whose paragraphs open with speakers becomes turns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from messagecheck.loaders.transcript import opening
from messagecheck.loaders.turns import clock, name_of
from messagecheck.nouns import Anchor, Block, Role, Speaker

MIN_TURNS = 6
TIMED_SHARE, UNTIMED_SHARE = 0.4, 0.7
"""Share of the paragraphs that open with a speaker in a transcript. Without times it must be most of
them, for data sheets and FAQs open paragraphs with words and colons, too."""
MIN_RETURNS = 3
"""How often a speaker without times speaks at least; one label in two must come back so."""

_SPOKEN = frozenset({Role.BODY, Role.BULLET, Role.TESTIMONIAL})
_TEAMS = re.compile(r"([^\W\d_][\w.'’-]*(?:,? [^\W\d_][\w.'’-]*){0,4}) ((?:\d{1,2}:)?\d{1,2}:\d{2}) (?=\S)")
"""Teams puts name, time and words into one paragraph with line breaks between them."""


def as_turns(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks, or turns with speakers and times where the document is a call."""
    openings = [_opening(block) for block in blocks]
    return tuple(_turns(blocks, openings)) if _is_call(blocks, openings) else tuple(blocks)


def _opening(block: Block) -> tuple[str, float | None, int] | None:
    """A paragraph's speaker, time and the character at which the words begin."""
    if block.role not in _SPOKEN:
        return None
    teams = _TEAMS.match(block.text)
    if teams and teams[1][0].isupper():
        return teams[1].strip(), _seconds(teams[2]), teams.end()
    found = opening(block.text)
    return found if found and len(name_of(found[0])) > 1 else None


def _seconds(text: str) -> float:
    total = 0
    for part in text.split(":"):
        total = total * 60 + int(part)
    return float(total)


def _is_call(blocks: Sequence[Block], openings: Sequence[tuple[str, float | None, int] | None]) -> bool:
    spoken = sum(block.role in _SPOKEN for block in blocks)
    opened = [found for found in openings if found]
    timed = sum(when is not None for _, when, _ in opened)
    if len(opened) < MIN_TURNS:
        return False
    labels = Counter(label for label, _, _ in opened)
    if timed >= MIN_TURNS:
        return timed >= TIMED_SHARE * spoken and 2 * len(labels) <= len(opened)
    returning = [label for label, times in labels.items() if times >= MIN_RETURNS]
    return len(opened) >= UNTIMED_SHARE * spoken and len(returning) > 1 and 2 * len(returning) >= len(labels)


def _turns(blocks: Sequence[Block], openings: Sequence[tuple[str, float | None, int] | None]) -> Iterator[Block]:
    label: str | None = None
    when: float | None = None
    for block, found in zip(blocks, openings, strict=True):
        if found:
            label, when, start = found
            block = _from(block, start)
        if block.role not in _SPOKEN:
            yield block
        elif label is None:
            yield replace(block, role=Role.META, speaker=Speaker.UNKNOWN, reason="before the first turn")
        elif block.text:
            at = replace(block.at, speaker=name_of(label), timestamp=None if when is None else clock(when))
            turn = replace(block, at=at, role=Role.TURN, speaker=Speaker.UNKNOWN, attributed_to=label)
            yield replace(turn, reason="paragraphs open with speakers")


def _from(block: Block, start: int) -> Block:
    """A block without its first characters."""
    if start >= len(block.text):
        return replace(block, text="", anchors=())
    anchors = tuple(replace(anchor, start=anchor.start - start) for anchor in block.anchors if anchor.start > start)
    if block.anchors:
        at = block.place(start, len(block.text))
        anchors = (Anchor(0, at.line or 1, at.column or 1), *anchors)
        block = replace(block, at=at)
    return replace(block, text=block.text[start:], anchors=anchors)
