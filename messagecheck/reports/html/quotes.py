"""A finding's two sides, as a reader compares them, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from messagecheck.display import message_place, place, visible
from messagecheck.nouns import Canon, Finding, Message, Sentence
from messagecheck.prose import split
from messagecheck.reports.html.differing import Run, differing

FRAGMENT_WORDS = 4
"""The longest cells of the labelled companies' price tables: alone they say nothing."""


@dataclass(frozen=True, slots=True)
class Side:
    """Who says it, where it stands, and the words, those that differ marked."""

    speaker: str
    source: str
    runs: tuple[Run, ...]


def sides(finding: Finding, canon: Canon) -> tuple[Side, ...]:
    """None for a finding about a whole file, which quotes nothing."""
    if not finding.text:
        return ()
    if finding.message:
        ours, theirs = differing(visible(finding.text), visible(finding.message.text))
        there = Side("The document says", message_place(finding.message, canon), theirs)
    elif finding.other:
        ours, theirs = differing(visible(finding.text), visible(finding.other.text))
        there = Side("Elsewhere it says", _where(finding.other), theirs)
    else:
        ours, there = tuple(_with_word(visible(finding.text), finding.term or "")), _word(finding, canon)
    return Side("The content says", place(finding.at), ours), there


def why(finding: Finding) -> str:
    if finding.text or not finding.message:
        return visible(finding.explanation)
    return f"never expresses “{headline(finding.message)}”"


def advice(finding: Finding) -> str:
    """What to write, where that isn't the message that is quoted beside it."""
    repeats = finding.message is not None and finding.suggestion == finding.message.text
    return "" if finding.suggestion is None or repeats else visible(finding.suggestion)


def fragment(finding: Finding) -> str:
    """What a table's cell or a half-sentence stands under; "" for a whole statement."""
    return visible(finding.context) if finding.text and len(finding.text.split()) <= FRAGMENT_WORDS else ""


def headline(message: Message) -> str:
    """A message's first sentence: a value proposition is a headline with its paragraphs."""
    text = visible(message.text)
    return next((text[start:end].rstrip(".") for start, end in split(text)), text)


def _where(sentence: Sentence) -> str:
    return ", ".join(part for part in (visible(sentence.at.path), place(sentence.at)) if part)


def _with_word(text: str, word: str) -> Iterator[Run]:
    """The text with the word and its inflections marked."""
    done = 0
    for found in re.finditer(rf"(?<!\w){re.escape(visible(word))}\w*", text, re.IGNORECASE) if word else ():
        yield Run(text[done : found.start()], differs=False)
        yield Run(found[0], differs=True)
        done = found.end()
    yield Run(text[done:], differs=False)


def _word(finding: Finding, canon: Canon) -> Side:
    line = next((term.line for term in canon.terms if term.use == finding.suggestion), None)
    source = visible(f"{canon.path}:{line}" if line else canon.path)
    return Side("The document’s word", source, (Run(visible(finding.suggestion or ""), differs=True),))
