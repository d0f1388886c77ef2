"""Cues of a call → one block a turn. What every transcript format shares: labels, clocks, joining."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from messagecheck.loaders.source import Run, Source, place
from messagecheck.nouns import Block, Role, Speaker

LABELLED_SHARE = 0.6
"""A file in which this share of the cues opens with a label is one that labels its cues."""

_WORD = r"[^\W\d_][\w.'’&/-]*"
_PART = rf"(?:{_WORD}|\d{{1,3}}|[-–—|,])"
_LABEL = re.compile(rf"\s*({_WORD}(?: +{_PART}){{0,6}}(?: *[(\[][^()\[\]:]{{1,80}}[)\]])?) *:(?=\s|$)\s*")
_NAME = re.compile(r"\s*(?:[(\[|,]| [-–—] ).*", re.DOTALL)
_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,6}))?")


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption, line or utterance: who (the label as written), when in seconds, and the words."""

    label: str | None
    seconds: float | None
    runs: tuple[Run, ...]
    side: Speaker = Speaker.UNKNOWN


def clock(seconds: float) -> str:
    """Seconds → "h:mm:ss", rounded down as players show it."""
    whole = max(0, int(seconds))
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def seconds(text: str) -> float | None:
    """The first "h:mm:ss.fff" or "m:ss" of a text in seconds."""
    found = _CLOCK.search(text)
    if not found:
        return None
    hours, minutes, whole, fraction = found.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(whole) + float(f"0.{fraction or 0}")


def label_of(text: str) -> tuple[str, int] | None:
    """The label that opens a text and where its words begin: "Rick (Rep): Hi" → ("Rick (Rep)", 12)."""
    found = _LABEL.match(text)
    return (found[1], found.end()) if found and found[1][0].isupper() else None


def name_of(label: str) -> str:
    """ "Jules Parry - Kestrel" and "Jules Parry (Kestrel)" → "Jules Parry"."""
    return _NAME.sub("", label) or label


def real_labels(labels: Sequence[str | None]) -> frozenset[str]:
    """Which of the labels are speakers: all where the file labels its cues, else those seen twice.

    `labels` has one entry a cue, None where none opens it.
    """
    seen = Counter(label for label in labels if label)
    if sum(seen.values()) >= LABELLED_SHARE * len(labels):
        return frozenset(seen)
    return frozenset(label for label, times in seen.items() if times > 1)


def join(cues: Iterable[Cue], of: Source) -> Iterator[Block]:
    """One block a turn: a speaker's consecutive cues, with the first one's time and every line."""
    for (label, side), group in groupby(cues, lambda cue: (cue.label, cue.side)):
        turn = list(group)
        runs = [run for cue in turn for run in (*cue.runs, Run("\n", cue.runs[-1].start + len(cue.runs[-1].text)))]
        for block in place(of, runs, Role.TURN):
            when = turn[0].seconds
            at = replace(block.at, timestamp=None if when is None else clock(when), speaker=label and name_of(label))
            yield replace(block, at=at, speaker=side, attributed_to=label, reason="turn")
