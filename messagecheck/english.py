"""Words, sentences and syntax of English text. The one module that knows spaCy: what leaves it are plain values."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from messagecheck import places
from messagecheck.errors import ModelError

if TYPE_CHECKING:
    from types import ModuleType

    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Token as SpacyToken

REQUIRED = ("parser", "tagger")
"""What a named pipeline must at least have."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark: `start` is its place in the text, `head` its head's place among the tokens (a root is its own).

    `upos`, `tag` (Penn), `dep` and `morph` ("Tense=Past", …) are Universal Dependencies' in our pipeline; a pipeline
    that the settings name has its own labels for `dep`.
    """

    text: str
    start: int
    lemma: str
    upos: str
    tag: str
    dep: str
    head: int
    morph: frozenset[str]
    opens_sentence: bool


@dataclass(frozen=True, slots=True)
class Parsed:
    """`text` is exactly what was given. White space beyond a single space is a token too."""

    text: str
    tokens: tuple[Token, ...]

    @property
    def sentence_starts(self) -> tuple[int, ...]:
        return tuple(token.start for token in self.tokens if token.opens_sentence)


Parse = Callable[[Sequence[str]], list[Parsed]]


def load(name: str | None = None) -> Parse:
    """Our pipeline, or the installed spaCy pipeline or folder of this name; ModelError where it can't be loaded."""
    if name is not None:
        return partial(parse, load_named(name))
    with torch_hidden():
        import spacy

        return partial(parse, spacy.load(places.model("english")))


def load_named(name: str) -> Language:
    import spacy

    try:
        pipeline = spacy.load(Path(name) if Path(name).is_dir() else name)
    except OSError as error:
        raise ModelError(f"{name}: no spaCy pipeline of this name or folder; install it with pip first") from error
    missing = [part for part in REQUIRED if part not in pipeline.pipe_names]
    if missing:
        raise ModelError(f"{name}: this spaCy pipeline has no {' and no '.join(missing)}; en_core_web_sm has both")
    return pipeline


@contextmanager
def torch_hidden() -> Iterator[None]:
    """thinc, under spaCy, imports torch wherever it finds it, in order to wrap layers that our pipeline doesn't have.

    That takes longer than a whole check of one page. None in sys.modules is Python's own way to say "not importable".
    """
    if "torch" in sys.modules:
        yield
        return
    sys.modules["torch"] = cast("ModuleType", None)
    try:
        yield
    finally:
        del sys.modules["torch"]


def parse(pipeline: Language, texts: Sequence[str]) -> list[Parsed]:
    """Each text on its own, in the given order."""
    return [parsed(doc) for doc in pipeline.pipe(texts)]


def parsed(doc: Doc) -> Parsed:
    return Parsed(doc.text, tuple(map(token, doc)))


def token(word: SpacyToken) -> Token:
    return Token(
        text=word.text,
        start=word.idx,
        lemma=word.lemma_,
        upos=word.pos_,
        tag=word.tag_,
        dep=word.dep_,
        head=word.head.i,
        morph=frozenset(word.morph),
        opens_sentence=bool(word.is_sent_start),
    )
