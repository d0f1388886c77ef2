"""A text file whose characters keep their place: runs of source characters → folded text with anchors."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from messagecheck.nouns import Anchor, Block, Location, Role

_INVISIBLE = "\\u00ad\\u200b\\u2060\\ufeff\\x00"
_WORDS = re.compile(rf"([^\s{_INVISIBLE}]+)|[\s{_INVISIBLE}]+")
_BARE = re.compile(f"[{_INVISIBLE}]+")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|&#[0-9]{1,7}|&[A-Za-z]{2,6}")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Source:
    """A decoded file. `starts` holds the offset at which each line begins."""

    path: str
    text: str
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that stand in the source one by one from offset `start` on; or one decoded entity."""

    text: str
    start: int


def source(text: str, path: str) -> Source:
    return Source(path, text, (0, *(match.end() for match in re.finditer("\n", text))))


def position(of: Source, offset: int) -> tuple[int, int]:
    """Line and column, from 1."""
    line = bisect_right(of.starts, offset)
    return line, offset - of.starts[line - 1] + 1


def span(of: Source, start: int, end: int) -> tuple[Run, ...]:
    """The source's own characters from `start` to `end`, as they are."""
    return (Run(of.text[start:end], start),) if end > start else ()


def lines(of: Source) -> Iterator[tuple[int, str]]:
    """(offset, line without its end) pairs."""
    for number, start in enumerate(of.starts):
        end = of.starts[number + 1] - 1 if number + 1 < len(of.starts) else len(of.text)
        yield start, of.text[start:end]


def entities(text: str, start: int) -> Iterator[Run]:
    """Runs of HTML character data: each entity is a run of its own, decoded as a browser decodes it."""
    done = 0
    for match in _ENTITY.finditer(text):
        decoded = html.unescape(match[0])
        if decoded == match[0]:
            continue
        if match.start() > done:
            yield Run(text[done : match.start()], start + done)
        rest = len(decoded[1:]) if match[0].endswith(decoded[1:]) else 0  # "&ampere" is "&" and "ere"
        yield Run(decoded[: len(decoded) - rest], start + match.start())
        done = match.end() - rest
    if done < len(text):
        yield Run(text[done:], start + done)


def fold(runs: Iterable[Run]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Text with white space folded, and (character, source offset) pairs at which a new stretch of source begins."""
    text: list[str] = []
    jumps: list[tuple[int, int]] = []
    length, expected, gap = 0, -1, list[tuple[str, int]]()
    for word, offset in _words(runs):
        if word.isspace():
            gap.append((word, offset))
            continue
        for piece, at in ((" ", gap[0][1]), (word, offset)) if gap and length else ((word, offset),):
            if at != expected:
                jumps.append((length, at))
            text.append(piece)
            length += len(piece)
            expected = -1 if piece == " " and "\n" in gap[0][0] else at + len(piece)
        gap.clear()
    return "".join(text), tuple(jumps)


def _words(runs: Iterable[Run]) -> Iterator[tuple[str, int]]:
    """(word or white space, offset) pairs in order. Characters without width are dropped."""
    for run in runs:
        for match in _WORDS.finditer(run.text):
            if match[1]:
                yield _SURROGATES.sub("\ufffd", match[1]), run.start + match.start()
            elif any(character.isspace() for character in match[0]):
                yield _BARE.sub("", match[0]), run.start + match.start()


def clean(text: str) -> str:
    """White space folded to single spaces, for formats without lines."""
    return _SURROGATES.sub("\ufffd", " ".join(_BARE.sub("", text).split()))


def place(of: Source, runs: Iterable[Run], role: Role = Role.BODY) -> Iterator[Block]:
    """One block of the runs' text with anchors and its first and last place; none if they hold only white space."""
    text, jumps = fold(runs)
    if not text:
        return
    anchors = tuple(Anchor(start, *position(of, offset)) for start, offset in jumps)
    last, offset = jumps[-1]
    end_line, end_column = position(of, offset + len(text) - last - 1)
    at = Location(of.path, anchors[0].line, anchors[0].column, end_line, end_column + 1)
    yield Block(text, at, role, anchors=anchors)
