"""reStructuredText: docutils finds the blocks, with nothing inserted and nothing executed; the source gives the places.

Directives of Sphinx and others that docutils doesn't know are read for what stands in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from docutils import nodes

from messagecheck.errors import LoadError
from messagecheck.loaders import grid, html, testimonials
from messagecheck.loaders.encodings import decode
from messagecheck.loaders.rst_words import Words
from messagecheck.loaders.source import Source, clean, lines, place, source
from messagecheck.nouns import Block, Role

SUFFIXES = (".rst", ".rest")

LONGEST_LINE = 10_000
"""docutils' own limit; its patterns for inline marks are quadratic."""

_SILENT = re.compile(r"toctree|index|include|literalinclude|contents|auto\w+|\w*module|rst-class")
"""Directives whose lines name files, objects and classes."""
_DIRECTIVE = re.compile(r"\s*\.\. (?:\|[^|\n]*\| )?([\w:+.-]+)::[ \t]*(.*)")
_OPTION = re.compile(r"\s*:[\w-]+:(?:\s|$)")
_SKIPPED = frozenset({"comment", "substitution_definition", "target", "label", "colspec", "pending", "raw"})
_ROLES = {
    "bullet_list": Role.BULLET,
    "enumerated_list": Role.BULLET,
    "block_quote": Role.TESTIMONIAL,
    "attribution": Role.ATTRIBUTION,
    "literal_block": Role.CODE,
    "doctest_block": Role.CODE,
    "docinfo": Role.META,
}


@dataclass(frozen=True, slots=True)
class _Where:
    """What stands above and around a node: headings, the role its text has, the words that give it meaning."""

    heading: tuple[str, ...] = ()
    role: Role = Role.BODY
    context: str = ""


@dataclass(slots=True)
class _Reading:
    """The source with the place that is reached, and the pieces of HTML that were met, as (start, end) offsets."""

    words: Words
    pages: list[tuple[int, int]] = field(default_factory=list)


def read(data: bytes, path: str) -> Iterator[Block]:
    """The blocks in order, then those of raw HTML. Raises LoadError for what nests too deeply."""
    of = source(decode(data, path), path)
    if any(len(line) > LONGEST_LINE for _, line in lines(of)):
        raise LoadError(f"{path}: has a line of more than {LONGEST_LINE:,} characters; wrap it")
    reading = _Reading(Words(of))
    try:
        blocks = list(_document(reading, of.text, _Where()))
    except RecursionError:
        raise LoadError(f"{path}: nests too deeply") from None
    yield from testimonials.mark(blocks)
    if reading.pages:
        yield from html.page(Source(path, _only(of.text, reading.pages), of.starts))


def _document(reading: _Reading, text: str, where: _Where) -> Iterator[Block]:
    tree = _parsed(text)
    reading.words.define(tree)
    yield from _all(reading, tree.children, where)


def _parsed(text: str) -> nodes.document:
    from docutils.frontend import get_default_settings
    from docutils.parsers.rst import Parser
    from docutils.utils import new_document

    settings = get_default_settings(Parser)
    settings.file_insertion_enabled = settings.raw_enabled = False
    settings.report_level = settings.halt_level = 5  # above every message: errors are nodes, and are read as such
    settings.warning_stream = False
    document = new_document("", settings)
    Parser().parse(text, document)
    return document


def _all(reading: _Reading, children: Sequence[nodes.Node], where: _Where) -> Iterator[Block]:
    for child in children:
        if isinstance(child, nodes.section):
            title, *rest = child.children
            yield from _all(reading, [title], where)
            yield from _all(reading, rest, replace(where, heading=(*where.heading, clean(title.astext()))))
        elif isinstance(child, nodes.Element) and child.tagname not in _SKIPPED:
            yield from _node(reading, child, replace(where, role=_ROLES.get(child.tagname, where.role)))


def _node(reading: _Reading, node: nodes.Element, where: _Where) -> Iterator[Block]:
    if isinstance(node, nodes.system_message):
        yield from _unknown(reading, node, where)
    elif isinstance(node, nodes.table):
        yield from _table(reading, node, where)
    elif isinstance(node, nodes.definition_list_item | nodes.field):
        term = clean(node.children[0].astext())
        yield from _all(reading, node.children[:1], where)
        yield from _all(reading, node.children[1:], replace(where, context=term))
    elif isinstance(node, nodes.image):
        yield from _attribute(reading, node.get("alt", ""), Role.ALT, where)
    elif isinstance(node, nodes.meta):
        yield from _attribute(reading, node.get("content", ""), Role.META, where)
    elif isinstance(node, nodes.TextElement):
        yield from _text(reading, node, where)
    else:
        yield from _all(reading, node.children, where)


def _text(reading: _Reading, node: nodes.TextElement, where: _Where) -> Iterator[Block]:
    title = isinstance(node, nodes.title | nodes.subtitle | nodes.rubric)
    role = Role.HEADING if title else where.role
    for block in place(reading.words.of, reading.words.runs(node), role):
        at = replace(block.at, heading=where.heading)
        yield replace(block, at=at, context=where.context, reason=node.tagname)
    for image in node.findall(nodes.image):
        yield from _attribute(reading, image.get("alt", ""), Role.ALT, where)


def _attribute(reading: _Reading, text: str, role: Role, where: _Where) -> Iterator[Block]:
    for block in place(reading.words.of, reading.words.found(text), role):
        yield replace(block, at=replace(block.at, heading=where.heading), reason=role.value)


def _table(reading: _Reading, table: nodes.table, where: _Where) -> Iterator[Block]:
    """A cell's context is its row's and its column's header."""
    rows = [[clean(entry.astext()) for entry in row.children] for row in table.findall(nodes.row)]
    for title in table.findall(nodes.title):
        yield from _text(reading, title, where)
    for number, row in enumerate(table.findall(nodes.row)):
        for column, entry in enumerate(row.children):
            below = replace(where, role=Role.CELL, context=grid.context(rows, number, column))
            yield from _all(reading, entry.children, below)


def _unknown(reading: _Reading, message: nodes.system_message, where: _Where) -> Iterator[Block]:
    """What docutils could not read: a directive's argument and content, a page's HTML, a broken table as it stands."""
    for literal in message.findall(nodes.literal_block):
        text = literal.astext()
        found = _DIRECTIVE.match(text)
        if not found:
            yield from place(reading.words.of, reading.words.found(text), where.role)
        elif found[1] == "raw":
            reading.pages.append(reading.words.extent(text))
        elif not _SILENT.fullmatch(found[1]):
            yield from _document(reading, f"{found[2]}\n\n{_content(text)}", where)


def _content(text: str) -> str:
    """A directive's content, without its options and its indentation."""
    lines = text.split("\n")[1:]
    while lines and _OPTION.match(lines[0]):
        lines.pop(0)
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(line[indent:] for line in lines)


def _only(text: str, kept: list[tuple[int, int]]) -> str:
    """The text with white space for all that is not kept."""
    out, done = list[str](), 0
    for start, end in kept:
        out += [re.sub(r"[^\n]", " ", text[done:start]), text[start:end]]
        done = max(done, end)
    return "".join(out) + re.sub(r"[^\n]", " ", text[done:])
