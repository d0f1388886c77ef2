"""WebVTT and SubRip: cues with times. Read by hand and tolerantly: no library gives the speaker and the line.

A cue of Teams' metadata is a JSON object of one line or of several: its `speakerName` says its `spokenText`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from messagecheck.errors import LoadError
from messagecheck.loaders import literals
from messagecheck.loaders.encodings import decode
from messagecheck.loaders.source import Run, Source, entities, lines, source
from messagecheck.loaders.turns import Cue, join, label_of, real_labels, seconds
from messagecheck.nouns import Block

SUFFIXES = (".vtt", ".srt")

_TIME = r"(?:\d+:)?\d{1,3}:\d{1,2}(?:[.,]\d{1,6})?"
_TIMING = re.compile(rf"\s*({_TIME})\s*-->\s*{_TIME}")
_TAG = re.compile(r"</?[A-Za-z_]+(?:[\s.=][^<>]*)?/?>|<\d[\d:.]*>|\{\\[^{}]*\}")
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^<>]{1,200})>")


def read(data: bytes, path: str) -> Iterator[Block]:
    """One block a turn. Raises LoadError for a file without a cue."""
    text = source(decode(data, path), path)
    cues = list(_cues(text))
    if not cues:
        raise LoadError(f"{path}: holds no cue; each cue begins with a line such as 00:00:04.000 --> 00:00:07.000")
    yield from join(_labelled(cues), text)


def _cues(of: Source) -> Iterator[Cue]:
    """The cues as they stand, a cue a voice tag, with labels only where the file gives them."""
    for start, rows in _bodies(of):
        said = _metadata(of, start, rows)
        if said:
            yield said
        else:
            for offset, line in rows:
                yield from _voices(line, offset, start)


def _bodies(of: Source) -> Iterator[tuple[float, list[tuple[int, str]]]]:
    """(start in seconds, (offset, line) pairs) of each cue. A blank line within a cue does not end it."""
    start: float | None = None
    rows: list[tuple[int, str]] = []
    fresh = aside = False
    for offset, line in lines(of):
        timing = _TIMING.match(line)
        if timing and start is not None:
            yield start, rows
        if timing:
            start, rows, aside = seconds(timing[1]), [], False
        elif line.strip():
            aside = aside or (fresh and bool(_ASIDE.match(line)))
            rows += [] if aside or _names_cue(of, offset, line, fresh=fresh) else [(offset, line)]
        else:
            aside = False
        fresh = not line.strip()
    if start is not None:
        yield start, rows


def _metadata(of: Source, start: float, rows: Sequence[tuple[int, str]]) -> Cue | None:
    """A cue that is a JSON object with `spokenText`; None for words."""
    if not rows or not rows[0][1].lstrip().startswith("{"):
        return None
    begin, end = rows[0][0], rows[-1][0] + len(rows[-1][1])
    try:
        cue = literals.parse(of.text[begin:end])
    except ValueError:
        return None
    if not isinstance(cue, dict) or not isinstance(words := cue.get("spokenText"), str) or not words.strip():
        return None
    speaker = cue.get("speakerName")
    runs = literals.runs(words, literals.places(of.text[begin:end], begin))
    return Cue(speaker if isinstance(speaker, str) and speaker.strip() else None, start, runs)


def _names_cue(of: Source, offset: int, line: str, *, fresh: bool) -> bool:
    """Whether the line is a cue's number, or its name below a blank line (`fresh`); that line is missing at times."""
    number = line.strip().isdigit()
    after = of.text[offset + len(line) + 1 : offset + len(line) + 200].partition("\n")[0]
    return (number and fresh) or ((number or fresh) and bool(_TIMING.match(after)))


def _voices(line: str, offset: int, start: float) -> Iterator[Cue]:
    """The line's words, cut at its `<v Name>` tags."""
    voice, done = None, 0
    for match in _VOICE.finditer(line):
        yield from _cue(voice, line[done : match.start()], offset + done, start)
        voice, done = " ".join(match[1].split()), match.end()
    yield from _cue(voice, line[done:], offset + done, start)


def _cue(voice: str | None, words: str, offset: int, start: float) -> Iterator[Cue]:
    done, runs = 0, list[Run]()
    for tag in _TAG.finditer(words):
        runs.extend(entities(words[done : tag.start()], offset + done))
        done = tag.end()
    runs.extend(entities(words[done:], offset + done))
    if any(run.text.strip() for run in runs):
        yield Cue(voice, start, tuple(runs))


def _labelled(cues: list[Cue]) -> Iterable[Cue]:
    """The cues with "Name: " taken off their words; a cue without a label goes on with the speaker before it."""
    opened = [None if cue.label else label_of(cue.runs[0].text) for cue in cues]
    real = real_labels([found[0] if found else None for found in opened])
    speaker: str | None = None
    for cue, found in zip(cues, opened, strict=True):
        if cue.label:
            speaker = cue.label
            yield cue
        elif found and found[0] in real:
            speaker = found[0]
            first = cue.runs[0]
            yield replace(cue, label=speaker, runs=(Run(first.text[found[1] :], first.start + found[1]), *cue.runs[1:]))
        else:
            yield replace(cue, label=speaker)
