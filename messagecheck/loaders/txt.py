"""Plain text: paragraphs between blank lines, bullets one by one; or a call's transcript, if it looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from messagecheck.loaders import transcript
from messagecheck.loaders.encodings import decode
from messagecheck.loaders.source import Run, Source, lines, place, source
from messagecheck.nouns import Block, Role

SUFFIXES = (".txt", ".text")

BULLET = re.compile(r"\s*(?:[-*+•‣◦▪–—·]|\d{1,2}[.)])\s+(?=\S)")
_RULE = re.compile(r"\s*([-=_*~#]\s?){3,}\s*$")


def read(data: bytes, path: str) -> Iterator[Block]:
    """Turns of a transcript, or paragraphs, bullets and underlined headings."""
    text = source(decode(data, path), path)
    if transcript.looks_like(text):
        yield from transcript.turns(text)
    else:
        yield from paragraphs(text, lines(text))


def paragraphs(of: Source, rows: Iterable[tuple[int, str]]) -> Iterator[Block]:
    """Blocks of (offset, line) rows: wrapped lines are joined, a bullet and its indented lines are one block."""
    held: list[Run] = []
    role = Role.BODY
    for offset, line in rows:
        bullet = BULLET.match(line)
        ended = role is Role.BULLET and not line.startswith((" ", "\t"))
        if bullet or ended or not line.strip() or _RULE.match(line):
            yield from place(of, held, role)
            held, role = [], Role.BULLET if bullet else Role.BODY
        if not _RULE.match(line):
            skipped = bullet.end() if bullet else 0
            held.append(Run(line[skipped:] + "\n", offset + skipped))
    yield from place(of, held, role)
