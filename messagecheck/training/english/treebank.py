"""Universal Dependencies' CoNLL-U → spaCy documents.

spaCy's own converter puts a space inside contractions ("do n't"), which real text doesn't have.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab


class Word(NamedTuple):
    """One line of CoNLL-U; `head` counts from 1 within the sentence, 0 is the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    dep: str
    spaced: bool


def documents(part: Path, vocab: Vocab) -> Iterator[Doc]:
    with gzip.open(part, "rt", encoding="utf-8") as lines:
        for paragraph in paragraphs(lines):
            yield document(paragraph, vocab)


def paragraphs(lines: Iterable[str]) -> Iterator[list[list[Word]]]:
    """Sentences, grouped by the treebank's paragraphs, so that a parser sees where sentences end."""
    gathered: list[list[Word]] = []
    for comments, rows in sentences(lines):
        if gathered and any(comment.startswith(("# newpar", "# newdoc")) for comment in comments):
            yield gathered
            gathered = []
        gathered.append(words(rows))
    if gathered:
        yield gathered


def sentences(lines: Iterable[str]) -> Iterator[tuple[list[str], list[list[str]]]]:
    """(comments, rows of ten columns) of each sentence; a blank line ends one."""
    comments: list[str] = []
    rows: list[list[str]] = []
    for line in chain(lines, [""]):
        text = line.rstrip("\n")
        if text.startswith("#"):
            comments.append(text)
        elif text:
            rows.append(text.split("\t"))
        elif rows:
            yield comments, rows
            comments, rows = [], []


def words(rows: list[list[str]]) -> list[Word]:
    """A contraction's row ("19-20 don't") says whether a space follows it; empty nodes ("8.1") are no words."""
    spaced: dict[int, bool] = {}
    found = []
    for number, form, lemma, upos, xpos, feats, head, dep, _, misc in rows:
        space = "SpaceAfter=No" not in misc.split("|")
        if "-" in number:
            first, last = map(int, number.split("-"))
            spaced |= dict.fromkeys(range(first, last), False) | {last: space}
        elif "." not in number:
            space = spaced.get(int(number), space)
            found.append(Word(form, lemma, upos, xpos, feats.replace("_", ""), int(head), dep, space))
    return found


def document(paragraph: list[list[Word]], vocab: Vocab) -> Doc:
    from spacy.tokens import Doc

    flat = list(chain.from_iterable(paragraph))
    starts: list[bool | int | None] = [offset == 0 for sentence in paragraph for offset in range(len(sentence))]
    return Doc(
        vocab,
        words=[word.form for word in flat],
        spaces=[word.spaced for word in flat],
        tags=[word.xpos for word in flat],
        pos=[word.upos for word in flat],
        morphs=[word.feats for word in flat],
        lemmas=[word.lemma for word in flat],
        heads=list(heads(paragraph)),
        deps=["ROOT" if word.head == 0 else word.dep for word in flat],
        sent_starts=starts,
    )


def heads(paragraph: list[list[Word]]) -> Iterator[int]:
    """Heads as spaCy counts them: from 0 through the whole document, a root points at itself."""
    first = 0
    for sentence in paragraph:
        for offset, word in enumerate(sentence):
            yield first + (word.head - 1 if word.head else offset)
        first += len(sentence)
