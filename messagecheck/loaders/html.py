"""Web pages and HTML mail: one block per block-level element, button, list item and cell; nothing is thrown away.

Every block keeps the line and column of its characters; its role says what it is for, its reason which rule said so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from messagecheck.loaders import front_matter, google_docs, html_data, template, testimonials
from messagecheck.loaders.encodings import decode
from messagecheck.loaders.html_elements import Element, around
from messagecheck.loaders.html_hero import tell_hero
from messagecheck.loaders.html_parts import Part
from messagecheck.loaders.html_quotes import tell_quotations
from messagecheck.loaders.html_regions import tell_answers, tell_regions
from messagecheck.loaders.html_roles import Roles, level
from messagecheck.loaders.html_tables import in_tables
from messagecheck.loaders.html_tree import fragments
from messagecheck.loaders.source import Source, place, source
from messagecheck.nouns import Block, Role

SUFFIXES = (".html", ".htm", ".xhtml")

_REGIONS = frozenset({"nav", "footer", "aside", "dialog"})
_SECTIONS = frozenset({"section", "article", "aside", "li", "details"})
_ECHOES = frozenset({Role.META, Role.ALT, Role.FORM})


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    text: str
    section: Element | None

    def reaches(self, part: Part, outer: Sequence[Element], told: Set[Element]) -> bool:
        """Whether it stands above a part: a heading ends with its section, but for the page's own and for one whose
        section has told nothing yet."""
        if part.level and part.level <= self.level:
            return False
        return self.level == 1 or self.section is None or self.section in outer or self.section not in told


def read(data: bytes, path: str) -> Iterator[Block]:
    """The blocks of a page in order: head, body, attributes and JSON-LD. Raises LoadError if it is no text."""
    of = source(decode(data, path), path)
    yield from front_matter.read(of)
    body = front_matter.behind(of)
    shown = Source(path, google_docs.masked(template.masked(body.text, " ")), of.starts)
    yield from google_docs.tell_comments(page(shown), body)
    yield from template.strings(body)


def page(of: Source) -> Iterator[Block]:
    """The blocks of HTML that stands in a source: a page, the HTML part of a mail, or a piece of HTML in Markdown."""
    parts = tell_regions([*in_tables([*_answered(_headed(_parts(of)))])])
    parts = [*tell_answers(tell_hero(tell_quotations(parts)))]
    yield from _without_echoes(testimonials.mark(part.block for part in parts))


def _parts(of: Source) -> Iterator[Part]:
    roles = Roles()
    for fragment in fragments(of.text):
        if fragment.attribute == "ld+json":
            yield from (Part(fragment, block) for block in html_data.read(of, fragment))
            continue
        role, reason = roles.of(fragment)
        depth, hidden = level(fragment), roles.is_hidden(fragment)
        for block in place(of, fragment.runs, role):
            yield Part(fragment, replace(block, role=role, reason=reason, hidden=hidden), depth)


def _headed(parts: Iterable[Part]) -> Iterator[Part]:
    """Each block with the headings above it; the headings of a menu, a footer or a dialog count within it only."""
    paths: dict[int, tuple[_Heading, ...]] = {}
    told: set[Element] = set()
    for part in parts:
        outer = tuple(around(part.fragment.element))
        region = next((one.tag.start for one in outer if one.name in _REGIONS), -1)
        path = tuple(one for one in paths.get(region, ()) if one.reaches(part, outer, told))
        bare = part.fragment.attribute or part.block.role is Role.TITLE
        heading = () if bare else tuple(one.text for one in path)
        yield replace(part, block=replace(part.block, at=replace(part.block.at, heading=heading)))
        if part.level:
            section = next((one for one in outer if one.name in _SECTIONS), None)
            paths[region] = (*path, _Heading(part.level, part.block.text, section))
        elif part.is_shown:
            told.update(one for one in outer if one.name in _SECTIONS)


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
