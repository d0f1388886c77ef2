"""The positioning document → Canon: a bullet, headline or paragraph is a message of the kind that its section tells."""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from messagecheck import loaders
from messagecheck.errors import CanonError, LoadError
from messagecheck.front_matter import Front, read_front
from messagecheck.loaders.encodings import decode
from messagecheck.nouns import Block, Canon, Kind, Message, Polarity, Problem, Role, Term
from messagecheck.outline import ID, PROOF, Line, Row, Section, column, sections
from messagecheck.prose import fold_wording, split
from messagecheck.requirements import complaint
from messagecheck.topics import Topic

SLUG_WORDS = 5  # enough to tell fifty messages apart, short enough to type


@dataclass(frozen=True, slots=True)
class _Draft:
    """A message whose id may not be known yet. `supports` the value proposition before it, or stands alone."""

    text: str
    id: str | None
    line: int | None
    topic: Topic
    section: str
    supports: bool = False


def load_canon(path: Path) -> Canon:
    """Reads a .md, .docx or .html. Raises CanonError for a file that can't be read or breaks a rule of the form."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CanonError(f"{path.as_posix()}: can't be read ({error.strerror}); name a positioning document") from error
    return read_canon(data, path.as_posix())


def read_canon(data: bytes, name: str) -> Canon:
    """The document that these bytes are; the end of its name tells the format. Raises CanonError."""
    try:
        blocks, unread = loaders.read_whole(data, name)
        text = "" if name.endswith(".docx") else decode(data, name)
    except LoadError as error:
        raise CanonError(str(error)) from error
    if unread:
        raise CanonError(f"{name}: {unread[0].reason}; the positioning document must be read whole")
    return parse_canon(blocks, name, read_front(text, blocks, name))


def parse_canon(blocks: Sequence[Block], path: str, front: Front) -> Canon:
    """Raises CanonError for an id given twice, no message at all, and a wrong row of the terminology table."""
    parts = sections(blocks, (front.name, *front.aliases))
    messages = _named([draft for part in parts for draft in _drafts(part)], path)
    if not messages:
        raise CanonError(f"{path}: holds no message; write bullets under headings like “## Value propositions”")
    terms = tuple(_term(row, path) for part in parts if part.topic is Topic.TERMS for row in part.rows)
    _refuse_contradicting(terms, path)
    rivals = (name for part in parts if part.topic is Topic.COMPETITORS for name in _competitors(part))
    if wrong := complaint(front.required, (message.id for message in messages if message.kind is Kind.VALUE)):
        raise CanonError(f"{path}:1: {wrong}")
    return Canon(
        path=path,
        name=front.name,
        aliases=front.aliases,
        version=front.version,
        messages=messages,
        terms=terms,
        competitors=tuple(dict.fromkeys(name for name in rivals if name)),
        problems=tuple(problem for part in parts for problem in _problems(part)),
        meta=front.meta,
        wording=frozenset(wording for block in blocks for wording in _wordings(block.text)),
        required=front.required,
    )


def _wordings(text: str) -> Iterator[str]:
    """The block and each of its sentences."""
    yield fold_wording(text)
    yield from (fold_wording(text[start:end]) for start, end in split(text))


def _drafts(section: Section) -> Iterator[_Draft]:
    """Every message of a section. Above the first section, among terms and competitors only what has an id is one."""
    if not section.heading or section.topic in {Topic.TERMS, Topic.COMPETITORS}:
        lines = (line for group in section.groups for line in (group.headline, *group.lines) if line and line.id)
        yield from (_draft(line, Topic.OTHER, section.heading) for line in lines)
        return
    for group in section.groups:
        yield from _headed(group.headline, group.lines, section) if group.headline else _unheaded(group.lines, section)
    yield from (_row_draft(row, section) for row in section.rows)


def _unheaded(lines: Sequence[Line], section: Section) -> Iterator[_Draft]:
    """Lines straight under the section's heading. A paragraph that leads to headlined values is not one of them."""
    headlined = section.topic is Topic.VALUE and any(group.headline for group in section.groups)
    for line in lines:
        leads = headlined and not line.id and not _is_point(line)
        yield _draft(line, Topic.OTHER if leads else section.topic, section.heading)


def _headed(headline: Line, lines: Sequence[Line], section: Section) -> Iterator[_Draft]:
    """A headline with its paragraphs is one message, but a headline that only names a list is none."""
    points = [line for line in lines if _is_point(line)]
    prose = [line for line in lines if not _is_point(line)]
    if section.topic is Topic.VALUE or headline.id or (prose and not points):
        id_ = headline.id or next((line.id for line in prose if line.id), None)
        whole = " ".join([_closed(headline.text), *(line.text for line in prose if line.id in {None, id_})])
        yield _draft(replace(headline, text=whole, id=id_), section.topic, section.heading)
        prose = [line for line in prose if line.id not in {None, id_}]
    for line in (*prose, *points):
        yield _draft(line, section.topic, headline.text, under=section.topic is Topic.VALUE)


def _is_point(line: Line) -> bool:
    return line.role is Role.BULLET or PROOF.match(line.text) is not None


def _closed(headline: str) -> str:
    """A headline as a sentence, so that its paragraph does not run into it."""
    return headline if headline[-1] in ".!?:" else f"{headline}."


def _draft(line: Line, topic: Topic, section: str, *, under: bool = False) -> _Draft:
    """`under` a value proposition, a line supports it, and a proof is a fact."""
    proof = PROOF.match(line.text) if topic is Topic.VALUE else None
    if proof and line.text[proof.end() :]:
        return _Draft(line.text[proof.end() :], line.id, line.line, Topic.FACT, section, supports=True)
    return _Draft(line.text, line.id, line.line, topic, section, supports=under)


def _row_draft(row: Row, section: Section) -> _Draft:
    """A table's row as one message: "Starter: Price $49; Seats 10"."""
    (_, first), *rest = row.cells
    text = "; ".join(f"{header} {cell}".strip() for header, cell in rest)
    line = Line(f"{first}: {text}" if text else first, None, row.line, Role.CELL)
    found = ID.search(line.text)
    named = line if found is None else replace(line, text=ID.sub("", line.text), id=found[1])
    return _draft(named, section.topic, section.heading)


def _named(drafts: Sequence[_Draft], path: str) -> tuple[Message, ...]:
    """The drafts with ids: the written ones, which must be unique, and slugs of the first words that avoid them."""
    taken: dict[str, int | None] = {}
    for draft in drafts:
        if draft.id in taken:
            where = f" on line {taken[draft.id]}" if taken[draft.id] else ""
            raise CanonError(f"{_at(path, draft.line)}: id “{draft.id}” is given twice; it already stands{where} above")
        if draft.id:
            taken[draft.id] = draft.line
    messages: list[Message] = []
    value: str | None = None
    for draft in drafts:
        id_ = draft.id or _slug(draft.text, taken)
        taken[id_] = draft.line
        value = id_ if draft.topic is Topic.VALUE and not draft.supports else value
        messages.append(_message(draft, id_, value if draft.supports else None))
    return tuple(messages)


def _message(draft: _Draft, id_: str, supports: str | None) -> Message:
    polarity = Polarity.EXCLUDES if draft.topic.excludes else Polarity.STATES
    return Message(id_, draft.topic.kind, draft.text, draft.line, polarity, supports, draft.section)


def _slug(text: str, taken: Container[str]) -> str:
    words = re.findall(r"\w+", text.casefold().replace("'", "").replace("’", ""))[:SLUG_WORDS]
    slug = "-".join(words) or "message"
    numbered = (f"{slug}-{number}" for number in itertools.count(2))
    return slug if slug not in taken else next(name for name in numbered if name not in taken)


def _term(row: Row, path: str) -> Term:
    cells = {column(header): text for header, text in row.cells}
    if not cells.get("use"):
        raise CanonError(f"{_at(path, row.line)}: a row of the terminology has no word under “Use”; write it in")
    avoid = (part.strip(" \"“”'`") for part in re.split(r"[,;]", cells.get("avoid", "")))
    return Term(cells["use"].strip("`"), tuple(part for part in avoid if part), cells.get("note", ""), row.line)


def _refuse_contradicting(terms: Sequence[Term], path: str) -> None:
    preferred = {term.use.casefold(): term for term in terms}
    for term in terms:
        for word in term.avoid:
            if word.casefold() in preferred:
                other = preferred[word.casefold()]
                where = f" on line {other.line}" if other.line else ""
                raise CanonError(f"{_at(path, term.line)}: “{word}” is to be avoided, but it is the word to use{where}")


def _competitors(section: Section) -> Iterator[str]:
    """Names: the headlines, else the bullets and the rows' first cells, else a paragraph's list; no explanations."""
    lines = [line.text for group in section.groups for line in group.lines]
    points = [line.text for group in section.groups for line in group.lines if line.role is Role.BULLET]
    headlines = [group.headline.text for group in section.groups if group.headline]
    listed = headlines or [*points, *(row.cells[0][1] for row in section.rows)]
    for text in listed or [part for line in lines for part in re.split(r",|;|\band\b", line)]:
        yield re.split(r"\s*[(:–—]|\s+-+\s", text, maxsplit=1)[0].strip(" .*")


def _problems(section: Section) -> Iterator[Problem]:
    if section.heading and not section.known:
        yield Problem(section.line, f"“{section.heading}” is no known section; it is read as {section.topic}")
    if section.topic is Topic.TERMS:
        for group in section.groups:
            points = (line for line in group.lines if line.role is Role.BULLET)
            yield from (Problem(line.line, "terms are read from a table Use / Instead of; not this") for line in points)


def _at(path: str, line: int | None) -> str:
    return f"{path}:{line}" if line else path
