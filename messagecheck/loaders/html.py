"""Web pages and HTML mail: one block per block-level element, button, list item and cell; nothing is thrown away.

Every block keeps the line and column of its characters; its role says what it is for, its reason which rule said so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from messagecheck.loaders import html_data, testimonials
from messagecheck.loaders.encodings import decode
from messagecheck.loaders.html_roles import is_hidden, level, role_of
from messagecheck.loaders.html_tables import in_tables
from messagecheck.loaders.html_tree import Element, Fragment, around, fragments
from messagecheck.loaders.source import Source, place, source
from messagecheck.nouns import Block, Role

SUFFIXES = (".html", ".htm", ".xhtml")

MAX_HERO = 15
"""Blocks of a hero; the largest of 200 marketing pages' had 11. A wrapper around the whole page holds more."""

_REGIONS = frozenset({"nav", "footer", "aside", "dialog"})
_UNHEROIC = frozenset({"#page", "html", "body", "main", "article"})
_LEADS = frozenset({Role.HEADING, Role.BODY, Role.BULLET})
_ECHOES = frozenset({Role.META, Role.ALT, Role.FORM})


@dataclass(frozen=True, slots=True)
class Part:
    """A fragment and the block that is made of it."""

    fragment: Fragment
    block: Block


def read(data: bytes, path: str) -> Iterator[Block]:
    """The blocks of a page in order: head, body, attributes and JSON-LD. Raises LoadError if it is no text."""
    yield from page(source(decode(data, path), path))


def page(of: Source) -> Iterator[Block]:
    """The blocks of HTML that stands in a source: a page, the HTML part of a mail, or a piece of HTML in Markdown."""
    parts = list(_parts(of))
    parts = _hero(_headed(_answered(parts)))
    blocks = in_tables((part.fragment, part.block) for part in parts)
    yield from _without_echoes(testimonials.mark(blocks))


def _parts(of: Source) -> Iterator[Part]:
    for fragment in fragments(of.text):
        if fragment.attribute == "ld+json":
            yield from (Part(fragment, block) for block in html_data.read(of, fragment))
            continue
        role, reason = role_of(fragment)
        for block in place(of, fragment.runs, role):
            yield Part(fragment, replace(block, role=role, reason=reason, hidden=is_hidden(fragment)))


def _headed(parts: Iterable[Part]) -> Iterator[Part]:
    """Each block with the headings above it; the headings of a menu, a footer or a dialog count within it only."""
    paths: dict[int, tuple[tuple[int, str], ...]] = {}
    for part in parts:
        region = next((one.tag.start for one in around(part.fragment.element) if one.name in _REGIONS), -1)
        depth = level(part.fragment)
        path = tuple(one for one in paths.get(region, ()) if not depth or one[0] < depth)
        heading = () if part.fragment.attribute or part.block.role is Role.TITLE else tuple(text for _, text in path)
        yield replace(part, block=replace(part.block, at=replace(part.block.at, heading=heading)))
        if depth:
            paths[region] = (*path, (depth, part.block.text))


def _answered(parts: Iterable[Part]) -> Iterator[Part]:
    """The answers of `<details>` and `<dl>` lists with their question as context."""
    questions: dict[int, str] = {}
    for part in parts:
        names = {one.name: one.tag.start for one in reversed(tuple(around(part.fragment.element)))}
        holder = names.get("details", names.get("dl"))
        if holder is None or part.fragment.attribute:
            yield part
        elif "summary" in names or "dt" in names:
            questions[holder] = part.block.text
            yield replace(part, block=_of_list(part.block, part.block.text))
        else:
            question = questions.get(holder, "")
            yield replace(part, block=replace(_of_list(part.block, question), context=question))


def _of_list(block: Block, question: str) -> Block:
    """A term or definition that asks or answers a question is part of an FAQ."""
    if block.role is Role.BODY and question.endswith("?"):
        return replace(block, role=Role.FAQ, reason="question in a list of terms")
    return block


def _hero(parts: Iterable[Part]) -> list[Part]:
    """The first section that holds the first h1 and no other heading but small ones, as HERO."""
    rows = list(parts)
    first = next((row for row in rows if level(row.fragment) == 1), None)
    container = _container(rows, first.fragment.element) if first else None
    if container is None:
        return rows
    return [
        replace(row, block=replace(row.block, role=Role.HERO, reason="section of the first h1"))
        if row.block.role in _LEADS and not row.fragment.attribute and container in around(row.fragment.element)
        else row
        for row in rows
    ]


def _container(rows: Sequence[Part], heading: Element) -> Element | None:
    """The outermost element around the first h1 that can be a hero; None where the h1 stands in the page itself."""
    size = Counter(element for row in rows for element in around(row.fragment.element))
    others = {
        element
        for row in rows
        if level(row.fragment) in {1, 2} and heading not in around(row.fragment.element)
        for element in around(row.fragment.element)
    }
    best: Element | None = None
    inner = next((element for element in around(heading) if element.name == "h1"), heading)
    for element in around(inner):
        if element.name in _UNHEROIC or element in others or size[element] > MAX_HERO:
            break
        best = element
    return best if best is not None and best is not inner else None


def _without_echoes(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks without descriptions, alternative texts and labels that only repeat what the page says elsewhere."""
    rows = list(blocks)
    shown = {_gist(block) for block in rows if block.role not in _ECHOES}
    for block in rows:
        if block.role in _ECHOES and _gist(block) in shown:
            continue
        shown.add(_gist(block))
        yield block


def _gist(block: Block) -> str:
    return block.text.casefold().rstrip(" .!|")
