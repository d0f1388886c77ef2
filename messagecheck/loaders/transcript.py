"""Calls as plain text: "[00:00:04] Name (Org): words", "Name [0:04]: words", "Name: words", and the layouts of Otter
("Name  0:04"), Zoom ("[Name] 10:00:04") and Gong ("0:04 | Name")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from messagecheck.loaders.source import Run, Source, lines, place, span
from messagecheck.loaders.turns import Cue, join, label_of, real_labels, seconds
from messagecheck.nouns import Block, Role, Speaker

MIN_TURNS = 4
"""Fewer labelled lines than this are a note or a dialogue in prose, not a call."""
TURN_SHARE = 0.5
"""Share of a call's paragraphs that open with a speaker; a header and notes may stand before and after."""

_TIME = r"(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,6})?"
_TIME_FIRST = re.compile(rf"\s*+[\[(]?({_TIME})[\])]?\s*+(?:[-–—|]\s*+)?(?=\S)")
_TIME_AFTER = re.compile(rf"\s*+([^\[\]:\n]{{1,80}}?)\s*+[\[(]({_TIME})[\])]\s*:?(?:\s+|$)")
_BRACKETED_NAME = re.compile(rf"\s*+\[([^\W\d_][^\[\]\n]{{0,80}})\]\s*+({_TIME})\s*$")
_TIME_AND_NAME = re.compile(rf"\s*+(?P<when>{_TIME})\s*+\|\s*+(?P<who>[^\W\d_][^|:\n]{{0,80}}?)\s*$")
_MAKER = re.compile(r"\s*+Transcribed by https?://\S+\s*$")
"""Otter's last line, which nobody said."""
_NAME_AND_TIME = re.compile(rf"\s*+([^\W\d_][^\[\]:,\n]{{0,60}}?)\s++(?:[-–—|]\s*+)?({_TIME})\s*$")


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: the label that opens it and the time, as far as it has them, and where its words begin."""

    offset: int
    text: str
    label: str | None
    when: float | None
    words: int


def looks_like(of: Source) -> bool:
    """Whether a text is a call: enough lines open with a speaker, speakers come back, and little else stands there."""
    rows = _rows(of)
    labels = [row.label for row in rows if row.label is not None]
    if len(labels) < MIN_TURNS or 2 * len(set(labels)) > len(labels):
        return False
    if any(row.label is not None and row.when is not None for row in rows):
        paragraphs = sum(1 for part in re.split(r"\n\s*\n", of.text) if part.strip())
        return len(labels) >= TURN_SHARE * min(paragraphs, len(rows))
    return len(set(labels)) > 1 and len(labels) >= TURN_SHARE * len(rows)


def turns(of: Source) -> Iterator[Block]:
    """What stands before the first turn as META blocks (title, date, participants), then one block a turn."""
    rows = _rows(of)
    first = next(number for number, row in enumerate(rows) if row.label is not None)
    last = len(rows) - 1 if _MAKER.match(rows[-1].text) else len(rows)
    yield from _unsaid(of, rows[:first], "before the first turn")
    yield from join(_cues(rows[first:last]), of)
    yield from _unsaid(of, rows[last:], "name of the transcriber")


def _unsaid(of: Source, rows: list[_Line], reason: str) -> Iterator[Block]:
    for row in rows:
        for block in place(of, span(of, row.offset, row.offset + len(row.text)), Role.META):
            yield replace(block, speaker=Speaker.UNKNOWN, reason=reason)


def _cues(rows: list[_Line]) -> Iterator[Cue]:
    label: str | None = None
    when: float | None = None
    for row in rows:
        if row.label is not None:
            label, when = row.label, row.when
        yield Cue(label, when, (Run(row.text[row.words :], row.offset + row.words),))


def _rows(of: Source) -> list[_Line]:
    """The lines that are not blank; labels without a time count only where they come back."""
    rows = [_row(offset, line) for offset, line in lines(of) if line.strip()]
    timed = sum(row.label is not None and row.when is not None for row in rows)
    if timed >= MIN_TURNS:
        return [row if row.when is not None else replace(row, label=None, words=0) for row in rows]
    known = real_labels([row.label for row in rows])
    return [row if row.label in known else replace(row, label=None, words=0) for row in rows]


def _row(offset: int, line: str) -> _Line:
    label, when, begin = opening(line) or (None, None, 0)
    return _Line(offset, line, label, when, begin)


def opening(line: str) -> tuple[str, float | None, int] | None:
    """The speaker who opens a line, the time in seconds if it is there, and the character at which the words begin."""
    alone = _TIME_AND_NAME.match(line)
    if alone and alone["who"][0].isupper():
        return alone["who"], seconds(alone["when"]), alone.end()
    after = _TIME_AFTER.match(line) or _NAME_AND_TIME.match(line) or _BRACKETED_NAME.match(line)
    if after and after[1][0].isupper():
        return after[1], seconds(after[2]), after.end()
    first = _TIME_FIRST.match(line)
    begin = first.end() if first else 0
    found = label_of(line[begin:])
    return (found[0], seconds(first[1]) if first else None, begin + found[1]) if found else None
