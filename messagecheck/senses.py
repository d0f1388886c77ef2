"""Whether an avoided word is used for the table's concept: what its neighbours, its sentence and the canon say.

The weights lie in models/terms (`python -m messagecheck.training terms`); everything here is plain arithmetic on words.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from messagecheck import places
from messagecheck.errors import ModelError
from messagecheck.fusion import logistic
from messagecheck.neighbours import class_of, clause, gap, owner_of
from messagecheck.nouns import Canon, Mode, Role
from messagecheck.usages import Usage
from messagecheck.words import STOPWORDS, Word, content_lemmas, is_form, lemma_of, read_words

_PEOPLE = {"our", "your", "you", "my", "they", "their"}
_OTHERS = re.compile(
    r"\b(?:their|his|her|(?:your|the|an?|whose) (?:\w+ )?"
    r"(?:old|current|existing|present|former|previous|last|own|other)) (?:\w+ ){0,2}$",
    re.IGNORECASE,
)
_CONTRAST = re.compile(
    r"\b(?:not|never|isn't|aren't|no|nor|instead of|rather than|say|said|calls?|called|word|so-called|unlike|like)\W+"
    r"(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
_DEALT = re.compile(
    r"\b(?:quot(?:e[ds]?|ing)|charg(?:e[ds]?|ing)|sold|sells?|told|gave|sent|offered) (?:you|them|him|her)\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:was|were|had|used to|before|once|ago|back then|in (?:19|20)\d\d)\b", re.IGNORECASE)
_DEFINES = re.compile(
    r"\W*(?:means?|meant|stands for|has the meaning|as in|in the sense"
    r"|is (?:what|the (?:word|term|name)|whoever|whatever))\b",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\b(?:calls?|called|say|says|said|write|wrote|the word|known as|speaks? of)\W+"
    r"(?:it |them |that |us )?(?:an? |the )?(?:\w+ )?$",
    re.IGNORECASE,
)
_EXCEPTS = re.compile(r"\b(?:fine|except|elsewhere|may|of course|other|else|another|alone|only|ours)\b", re.IGNORECASE)
_BEFORE = (("others", _OTHERS), ("contrast", _CONTRAST), ("called", _CALLED))
WINDOW = 2
"""Words on either side that are looked at."""
SHORT, LONG = 4, 8
"""Letters of a word: short ones have many senses, long ones few."""


@dataclass(frozen=True, slots=True)
class Sense:
    """P(meant) = 1 / (1 + exp(−(intercept + Σ weight · feature))); a rule speaks from `speaks_from` on."""

    intercept: float
    weights: Mapping[str, float]
    speaks_from: float

    def __call__(self, features: Mapping[str, float]) -> float:
        total = self.intercept + sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return logistic(total)


@dataclass(frozen=True, slots=True)
class _Knowledge:
    """The canon's words: how rare each is among its messages, and each message's words."""

    rarity: Mapping[str, float]
    messages: tuple[frozenset[str], ...]
    rarest: float


@lru_cache(maxsize=1)
def load_sense(folder: Path | None = None) -> Sense:
    """The shipped weights. ModelError where config.json is not what `training terms` writes."""
    path = (folder or places.model("terms")) / "config.json"
    try:
        shape = json.loads(path.read_text(encoding="utf-8"))
        return Sense(float(shape["intercept"]), shape["weights"], float(shape["speaks_from"]))
    except (KeyError, TypeError, ValueError) as error:
        hint = "write them with python -m messagecheck.training terms"
        raise ModelError(f"{path}: holds no weights of term senses; {hint}") from error


def read_features(usage: Usage, canon: Canon) -> dict[str, float]:
    """Named features, mostly 0 or 1; what is absent is 0."""
    known = _knowledge(canon)
    return {
        **dict.fromkeys(_neighbours(usage, known), 1.0),
        **dict.fromkeys(_form(usage), 1.0),
        **dict.fromkeys(_manner(usage, canon), 1.0),
        **_topic(usage, known),
        **_table(usage, known),
    }


def _neighbours(usage: Usage, known: _Knowledge) -> Iterator[str]:
    for side, step in (("before", -1), ("after", 1)):
        words = clause(usage, step, WINDOW)
        for number in range(WINDOW):
            yield f"{side}{number + 1}={_kind_of(words, number, known)}"
    if "-" in gap(usage, usage.first - 1):
        yield "hyphen_before"
    if "-" in gap(usage, usage.last - 1):
        yield "hyphen_after"


def _kind_of(words: Sequence[Word], number: int, known: _Knowledge) -> str:
    """The class of a neighbour; of a content word its form, and whether the canon knows it."""
    if number >= len(words):
        return "none"
    word = words[number]
    kind = class_of(word)
    if kind != "content":
        return kind
    if word.lemma in known.rarity:
        return "known"
    if word.text.casefold().endswith("ly"):
        return "adverb"
    return "name" if word.text[0].isupper() and word.start else "unknown"


def _form(usage: Usage) -> Iterator[str]:
    said, plain = usage.said.casefold(), usage.avoided.casefold()
    if usage.last - usage.first > 1:
        yield "phrase"
    elif len(plain) <= SHORT:
        yield "short"
    elif len(plain) >= LONG:
        yield "long"
    if said != plain:
        ending = next((e for e in ("ing", "ed", "'s", "s") if said.replace("’", "'").endswith(e)), "irregular")
        yield f"ending={ending}"
    if usage.said[0].isupper() and usage.start and not plain[0].isupper() and not plain[0].isdigit():
        yield "capital"


def _manner(usage: Usage, canon: Canon) -> Iterator[str]:
    """How the sentence speaks: whose the thing is, of whom, when, and whether it is meant."""
    sentence, before = usage.sentence, usage.sentence.text[: usage.start]
    if _names_one(f"{sentence.context} {sentence.text}", canon.competitors):
        yield "competitor"
    names = (canon.name, *canon.aliases)
    yield f"owner={owner_of(usage, names)}"
    if _names_one(sentence.text, names):
        yield "our_name"
    if sentence.mode is not Mode.ASSERTS:
        yield f"mode={sentence.mode}"
    if sentence.block.role is Role.TURN:
        yield "spoken"
    if _DEFINES.match(sentence.text, usage.end):
        yield "defined"
    yield from (name for name, pattern in _BEFORE if pattern.search(before))
    yield from (name for name, pattern in (("dealt", _DEALT), ("past", _PAST)) if pattern.search(sentence.text))
    people = {class_of(word) for word in usage.others} & _PEOPLE
    yield from (f"says={name}" for name in sorted(people))


def _names_one(text: str, names: Sequence[str]) -> bool:
    folded = text.casefold()
    return any(name and name.casefold() in folded for name in names)


def _topic(usage: Usage, known: _Knowledge) -> dict[str, float]:
    """How much of the sentence the canon speaks of: shares of its content words, the rare ones weighing more."""
    lemmas = {word.lemma for word in usage.others if word.lemma not in STOPWORDS and len(word.lemma) > 1}
    concept, before = content_lemmas(usage.term.use), content_lemmas(usage.sentence.context)
    weight = sum(known.rarity.get(lemma, known.rarest) for lemma in lemmas) or 1.0
    shares = [
        (concept <= message, sum(known.rarity[lemma] for lemma in lemmas & message) / weight)
        for message in known.messages
    ]
    return {
        "known": _share_known(lemmas, known),
        "nearest": max((share for _, share in shares), default=0.0),
        "nearest_of_concept": max((share for holds, share in shares if holds), default=0.0),
        "context_known": _share_known(before, known),
    }


def _share_known(lemmas: Collection[str], known: _Knowledge) -> float:
    return sum(lemma in known.rarity for lemma in lemmas) / (len(lemmas) or 1)


def _table(usage: Usage, known: _Knowledge) -> dict[str, float]:
    """What the canon itself says of the word: an exception in the note, and messages that use it."""
    note = usage.term.note
    named = any(is_form(word, read_words(usage.avoided)[0].text) for word in read_words(note))
    around = content_lemmas(usage.sentence.text) - content_lemmas(usage.said)
    lemma = lemma_of(usage.avoided)
    return {
        "excepted": float(bool(named and _EXCEPTS.search(note))),
        "of_note": float(len(content_lemmas(note) & around)),
        "in_canon": math.log1p(sum(lemma in message for message in known.messages)),
        "concept_in_canon": math.log1p(sum(content_lemmas(usage.term.use) <= message for message in known.messages)),
        "concept_beside": float(content_lemmas(usage.term.use) <= around),
    }


@lru_cache(maxsize=16)
def _knowledge(canon: Canon) -> _Knowledge:
    messages = tuple(content_lemmas(message.text) for message in canon.messages)
    counts: dict[str, int] = {}
    for lemma in (lemma for message in messages for lemma in message):
        counts[lemma] = counts.get(lemma, 0) + 1
    rarest = math.log1p(len(messages))
    return _Knowledge({lemma: math.log1p(len(messages) / n) for lemma, n in counts.items()}, messages, rarest)
