"""Markdown and MDX: markdown-it-py finds the blocks, the source gives every character its line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from messagecheck.loaders import front_matter, html, template, testimonials
from messagecheck.loaders.encodings import decode
from messagecheck.loaders.markdown_inline import images, offsets_of, runs_of
from messagecheck.loaders.mdx import JOINER, masked, spaced, strings
from messagecheck.loaders.source import Run, Source, place, source, span
from messagecheck.nouns import Block, Role

SUFFIXES = (".md", ".mdx", ".markdown")

_DASH = re.compile(r"\s*(?:[–—]|-{1,3})\s*\S")


@dataclass(slots=True)
class _Open:
    """Where in the document the pass is: headings above, containers around, a table's headers and cursor."""

    headings: tuple[tuple[int, str], ...] = ()
    around: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    row: list[str] = field(default_factory=list)
    cursor: int = 0


def read(data: bytes, path: str) -> Iterator[Block]:
    """Front matter, then the blocks in order. Raises LoadError for what is no text or has broken front matter."""
    of = source(decode(data, path), path)
    yield from front_matter.read(of)
    yield from testimonials.mark(_body(front_matter.behind(of), mdx=path.lower().endswith(".mdx")))


def _body(of: Source, *, mdx: bool) -> Iterator[Block]:
    told = template.masked(of.text, JOINER)
    text = Source(of.path, masked(told) if mdx else spaced(told), of.starts)
    tokens = _parser(mdx=mdx).parse(text.text)
    blocks = [*_blocks(text, tokens), *_markup(text, tokens), *template.strings(of), *(strings(of) if mdx else ())]
    above: tuple[str, ...] = ()
    for block in sorted(blocks, key=lambda block: (block.at.line or 0, block.at.column or 0)):
        if block.reason.startswith("heading "):
            above = (*block.at.heading, block.text)
        yield (
            block
            if block.at.heading or block.role is Role.HEADING
            else replace(block, at=replace(block.at, heading=above))
        )


def _parser(*, mdx: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable(["text_join"])
    return parser.disable(["code", "html_block"]) if mdx else parser


def _markup(of: Source, tokens: Sequence[Token]) -> Iterator[Block]:
    """The blocks of the document's pieces of HTML, read as one page in which all else is white space."""
    keep = bytearray(len(of.text))
    for token in tokens:
        if token.type == "html_block" and token.map:
            start, end = _extent(of, token.map)
            keep[start:end] = b"\1" * (end - start)
    if any(keep):
        text = "".join(c if kept or c == "\n" else " " for c, kept in zip(of.text, keep, strict=True))
        yield from html.page(Source(of.path, text, of.starts))


def _extent(of: Source, lines: Sequence[int]) -> tuple[int, int]:
    first, last = lines[0], lines[1]
    return of.starts[first], of.starts[last] if last < len(of.starts) else len(of.text)


def _blocks(of: Source, tokens: Sequence[Token]) -> Iterator[Block]:
    state = _Open()
    for token in tokens:
        if token.nesting == 1:
            _enter(state, of, token)
        elif token.nesting == -1:
            state.around.pop()
        elif token.type == "inline":
            yield from _inline(state, of, token)
        elif token.type in {"fence", "code_block"} and token.map:
            start, end = _extent(of, token.map)
            if token.type == "fence":
                start, end = of.text.find("\n", start) + 1, start + of.text[start:end].rstrip("\n").rfind("\n")
            for block in place(of, span(of, start, max(start, end)), Role.CODE):
                yield _under(state, block, token.type)


def _enter(state: _Open, of: Source, token: Token) -> None:
    state.around.append(token.tag)
    if token.tag == "table":
        state.columns = []
    if token.tag == "tr" and token.map:
        state.row, state.cursor = [], of.starts[token.map[0]]


def _inline(state: _Open, of: Source, token: Token) -> Iterator[Block]:
    tag = state.around[-1]
    start = state.cursor if tag in {"td", "th"} else of.starts[token.map[0]] if token.map else 0
    offsets = offsets_of(of, token, start)
    if tag in {"td", "th"}:
        state.cursor = offsets[-1] if token.content else state.cursor
    for alt in images(token, offsets):
        yield from (_under(state, block, "image") for block in place(of, alt, Role.ALT))
    text = ""
    for runs in (
        _cut(list(runs_of(token, offsets))) if "blockquote" in state.around else (list(runs_of(token, offsets)),)
    ):
        for block in place(of, runs, _role(state)):
            text = block.text
            block = (
                replace(block, role=Role.ATTRIBUTION)
                if runs and _DASH.match(runs[0].text) and block.role is Role.TESTIMONIAL
                else block
            )
            yield _under(state, replace(block, context=_context(state)), "heading " + tag if tag[0] == "h" else tag)
    if tag in {"td", "th"}:
        (state.columns if "thead" in state.around else state.row).append(text)
    elif block_level := int(tag[1]) if tag in {"h1", "h2", "h3", "h4", "h5", "h6"} else 0:
        state.headings = (*(one for one in state.headings if one[0] < block_level), (block_level, text))


def _cut(runs: list[Run]) -> Iterator[list[Run]]:
    """The runs of a block quote, cut before a line that begins with a dash: the name under the quotation."""
    held: list[Run] = []
    for run in runs:
        if held and held[-1].text == "\n" and _DASH.match(run.text):
            yield held
            held = []
        held.append(run)
    yield held


def _role(state: _Open) -> Role:
    tag = state.around[-1]
    if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
        return Role.HEADING
    if tag in {"td", "th"}:
        return Role.CELL
    if "blockquote" in state.around:
        return Role.TESTIMONIAL
    return Role.BULLET if "li" in state.around else Role.BODY


def _context(state: _Open) -> str:
    """ "Row header | column header" of a cell, "" for anything else and for headers."""
    if state.around[-1] != "td":
        return ""
    column = len(state.row)
    header = state.columns[column] if column < len(state.columns) else ""
    return " | ".join(part for part in (state.row[0] if state.row else "", header) if part)


def _under(state: _Open, block: Block, reason: str) -> Block:
    level = int(reason[-1]) if reason.startswith("heading ") else 7
    path = tuple(text for depth, text in state.headings if depth < level)
    return replace(block, at=replace(block.at, heading=path), reason=reason)
