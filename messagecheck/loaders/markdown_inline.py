"""The inline part of Markdown: which characters of the source are a paragraph's words, without the marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from messagecheck.loaders.source import Run, Source

_LINK_END = re.compile(r"\](?:\((?:\\.|\((?:\\.|[^()\\])*+\)|[^()\\])*+\)|\[[^\]]*\])?|>")


def offsets_of(of: Source, token: Token, start: int) -> tuple[int, ...]:
    """For each character of an inline token's content its offset in the source, looked for from `start` on."""
    found: list[int] = []
    at = start
    for line in token.content.split("\n"):
        end = of.text.find("\n", at)
        end = len(of.text) if end < 0 else end
        begin = of.text.find(line, at, end)
        if begin >= 0:
            found.extend(range(begin, begin + len(line)))
            stop = begin + len(line)
        else:
            found.extend(stepped := _unescaped_pipes(of.text, line, at, end))
            stop = stepped[-1] + 1
        newline = of.text.find("\n", stop)
        found.append(min(stop, len(of.text) - 1))
        at = newline + 1 if newline >= 0 else len(of.text)
    return tuple(found)


def _unescaped_pipes(text: str, line: str, at: int, end: int) -> list[int]:
    """Offsets of a line that the source holds with other white space or with escaped pipes: character by character."""
    found: list[int] = []
    for character in line:
        step = text.find(character, at, end)
        at = step + 1 if step >= 0 else at
        found.append(max(0, at - 1))
    return found or [at]


def runs_of(token: Token, offsets: Sequence[int]) -> Iterator[Run]:
    """The words of an inline token: marks, link targets, images and tags left out, escapes and entities decoded."""
    content, cursor = token.content, 0
    for child in token.children or ():
        needle = _needle(child)
        at = content.find(needle, cursor)
        if at < 0:
            continue
        cursor = at + len(needle)
        if child.type in {"link_close", "image"}:
            ended = _LINK_END.search(content, at if child.type == "link_close" else cursor)
            cursor = ended.end() if ended else cursor
        elif child.type == "code_inline":
            end = content.find(child.markup, cursor)
            yield from _stretches(content[cursor:end], offsets[cursor:end])
            cursor = end + len(child.markup)
        else:
            yield from _words(child, content[at:cursor], offsets[at:cursor])


def _needle(child: Token) -> str:
    """What of the source the child begins with."""
    if child.type in {"text", "html_inline"}:
        return child.content
    if child.type in {"softbreak", "hardbreak"}:
        return "\n"
    if child.type == "link_open":
        return "<" if child.markup == "autolink" else "["
    return {"image": "![", "link_close": ""}.get(child.type, child.markup)


def _words(child: Token, written: str, offsets: Sequence[int]) -> Iterator[Run]:
    if child.type == "text_special":
        yield Run(child.content, offsets[0])
    elif child.type == "html_inline":
        if written.lower().startswith("<br"):
            yield Run(" ", offsets[0])
    elif child.type in {"text", "softbreak", "hardbreak"} and written:
        yield from _stretches(written, offsets)


def _stretches(text: str, offsets: Sequence[int]) -> Iterator[Run]:
    """Runs of characters that stand one after another in the source."""
    begin = 0
    for number in range(1, len(text) + 1):
        if number == len(text) or offsets[number] != offsets[number - 1] + 1:
            yield Run(text[begin:number], offsets[begin])
            begin = number


def images(token: Token, offsets: Sequence[int]) -> Iterator[tuple[Run, ...]]:
    """The alternative text of each image."""
    cursor = 0
    for child in token.children or ():
        if child.type == "image" and child.content:
            cursor = token.content.find(child.content, max(0, token.content.find("![", cursor)) + 2)
            if cursor >= 0:
                yield tuple(_stretches(child.content, offsets[cursor : cursor + len(child.content)]))
