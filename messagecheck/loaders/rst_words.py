"""Where the words of docutils' nodes stand: it knows a block's line at best, so each word is looked for in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from docutils import nodes

from messagecheck.loaders.source import Run, Source

NEAR = 1_000
"""Characters within which the next word of a block must stand: between two words there may be a link's address."""

_WORDS = re.compile(r"(\s+)|\S+")
_ROLE = re.compile(r":[\w:+.-]+:`([^`<]*?)(?:\s*<[^`>]*>)?`|`([^`<]+?)(?:\s*<[^`>]*>)?`_{0,2}|[|`*]+")
"""Interpreted text of a role that docutils doesn't know, as it is written."""


_OPTIONS = re.compile(r"(?:[ \t]*:[\w-]+:[^\n]*\n?)*+")


@dataclass(slots=True)
class Words:
    """A source and the offset up to which its words are found."""

    of: Source
    at: int = 0
    defined: dict[str, str] = field(default_factory=dict)

    def define(self, tree: nodes.document) -> None:
        """Keep what the document's substitutions stand for."""
        for one in tree.findall(nodes.substitution_definition):
            self.defined.update(dict.fromkeys(one["names"], one.astext()))

    def runs(self, node: nodes.TextElement) -> Iterator[Run]:
        """The words of a block; of a substitution those that it stands for."""
        self._begin(node.rawsource)
        for leaf in node.findall(nodes.Text):
            parent = leaf.parent
            if isinstance(parent, nodes.substitution_reference):
                start = self._find(leaf.astext())
                yield Run(self.defined.get(parent.get("refname", ""), leaf.astext()), start)
            elif isinstance(parent, nodes.problematic):
                yield from self.found(_ROLE.sub(lambda role: role[1] or role[2] or "", leaf.astext()))
            else:
                yield from self.found(leaf.astext())

    def found(self, text: str) -> Iterator[Run]:
        """A run a word, where it stands."""
        for match in _WORDS.finditer(text):
            yield Run(match[1], self.at) if match[1] else Run(match[0], self._find(match[0]))

    def extent(self, text: str) -> tuple[int, int]:
        """The offsets of a directive's content: its lines below the first and its options."""
        first, _, rest = text.partition("\n")
        line = self.of.text.find(first, self.at)
        start = self.of.text.find("\n", max(line, self.at)) + 1
        end = start
        for _ in range(rest.rstrip("\n").count("\n") + 1):
            end = self.of.text.find("\n", end) + 1 or len(self.of.text)
        self.at = end
        options = _OPTIONS.match(self.of.text, start, end)
        return options.end() if options else start, end

    def _begin(self, written: str) -> None:
        first = written.partition("\n")[0].strip()
        found = self.of.text.find(first, self.at) if first else -1
        self.at = found if found >= 0 else self.at

    def _find(self, word: str) -> int:
        """The offset of the next such word; the place reached where it is written otherwise."""
        found = self.of.text.find(word, self.at, self.at + NEAR + len(word))
        if found < 0:
            return self.at
        self.at = found + len(word)
        return found
