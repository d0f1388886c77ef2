"""The positioning document, read."""

from __future__ import annotations

from dataclasses import dataclass

from messagecheck.nouns.kinds import Kind, Polarity


@dataclass(frozen=True, slots=True)
class Message:
    """One canonical statement. `supports` is the id of the value proposition that a proof belongs to; `section` its
    heading as written."""

    id: str
    kind: Kind
    text: str
    line: int | None
    polarity: Polarity = Polarity.STATES
    supports: str | None = None
    section: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    use: str
    avoid: tuple[str, ...]
    note: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something of the positioning document that was read but not understood."""

    line: int | None
    text: str


Required = tuple[tuple[str, tuple[str, ...]], ...]
"""Ids of the value propositions that a touchpoint must express, by its kind; the kind "" stands for every other."""


@dataclass(frozen=True, slots=True)
class Canon:
    """The positioning document, read. `meta` holds the front matter's free keys as text, `wording` every block of the
    document as `prose.fold_wording` writes it: whoever repeats it word for word can't be off message."""

    path: str
    name: str
    aliases: tuple[str, ...]
    version: str | None
    messages: tuple[Message, ...]
    terms: tuple[Term, ...]
    competitors: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()
    wording: frozenset[str] = frozenset()
    required: Required = ()

    @property
    def values(self) -> tuple[Message, ...]:
        return tuple(message for message in self.messages if message.kind is Kind.VALUE)


@dataclass(frozen=True, slots=True)
class Example:
    """A rule's documentation and its test: a positioning document's lines, a statement, and whether the rule speaks."""

    canon: str
    text: str
    speaks: bool
    context: str = ""
