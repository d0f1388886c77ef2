"""Sentences → competing names for one concept, as suggestions for the Terminology table.

Two nouns (or compounds) of our own voice compete if they mean nearly the same to the encoder, stand in the same places
of a sentence ("answer the …", "first …") in sentences that stay alike without them, and are not told apart in one
breath. Two spellings of one word ("helpdesk", "help desk") compete too. A suggestion is for a person to judge: siblings
("column", "table") look much the same.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from messagecheck.nouns import Canon, Sentence
from messagecheck.prose import is_claim
from messagecheck.quantities.lexicon import DAYS, MONTHS, words
from messagecheck.words import lemma_of, read_words

if TYPE_CHECKING:
    from messagecheck.english import Parse, Parsed
    from messagecheck.nouns import Encode

LEAST_MENTIONS = 2
MEANING_FROM = 0.55
SCORE_FROM = 0.48
"""Chosen by reading what the seven labelled and demo companies give: most pairs below are siblings or chance."""
MOST_TOGETHER = 0.05
"""Share of the rarer word's sentences that may hold both: writers who mean one thing don't say it twice."""
MOST_CONTEXTS = 12
"""Sentences a word whose rest is read by the encoder."""
COMMON_FRAME = 40
"""Words that may share a place in a sentence for it to bring them together."""
ALIKE_LETTERS = 5
"""A common beginning of so many letters is a family of words (employee, employer), not a choice of words."""
_GENERIC = words(
    "second minute hour day week weekday weekend month quarter year morning afternoon evening night today tomorrow time"
    " date moment period spring summer autumn winter thing stuff one people person man woman name number lot way part"
    " kind sort bit side end half pair rest amount place point line word percent dollar euro pound cent something"
    " everything nothing anything someone everyone nobody guy folk idea example question"
) | {*MONTHS, *DAYS}
"""Nouns that stand for anything, and measures of time and money: their use is nobody's choice of a term."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a term stands in a sentence, and `frames`: what stands beside it ("answer …", "… runs")."""

    sentence: Sentence
    start: int
    end: int
    frames: frozenset[str]


@dataclass(frozen=True, slots=True)
class Usage:
    term: str
    mentions: tuple[Mention, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(mention.sentence.block.at.path for mention in self.mentions))


@dataclass(frozen=True, slots=True)
class Rival:
    """A word that competes with a suggestion's; `score` is 0..1, `places` are what both stand beside."""

    usage: Usage
    score: float
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`use` is the word that the table already prefers, else the commonest; `known` says that the table has it."""

    use: Usage
    rivals: tuple[Rival, ...]
    known: bool


@dataclass(frozen=True, slots=True)
class _Pair:
    one: Usage
    other: Usage
    score: float
    places: tuple[str, ...]


def suggest(sentences: Sequence[Sentence], canon: Canon, parse: Parse, encode: Encode) -> list[Suggestion]:
    """Surest first. What the canon's table already settles is left out."""
    claims = [sentence for sentence in sentences if is_claim(sentence)]
    usages = read_usages(claims, parse([sentence.text for sentence in claims]), _own_words(canon))
    pairs = [*_spellings(usages), *_scored(_same_places(usages), encode)]
    return _grouped([pair for pair in pairs if not _is_settled(pair, canon)], canon)


def read_usages(sentences: Sequence[Sentence], parsed: Sequence[Parsed], without: frozenset[str]) -> list[Usage]:
    """The nouns and compounds of the sentences that are said at least LEAST_MENTIONS times, by term."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for sentence, syntax in zip(sentences, parsed, strict=True):
        for term, mention in _mentions(sentence, syntax):
            if not without.intersection(term.split()):
                found[term].append(mention)
    usages = (Usage(term, tuple(mentions)) for term, mentions in sorted(found.items()))
    return [usage for usage in usages if len(usage.mentions) >= LEAST_MENTIONS]


def _own_words(canon: Canon) -> frozenset[str]:
    return frozenset(
        word.lemma for name in (canon.name, *canon.aliases, *canon.competitors) for word in read_words(name)
    )


def _mentions(sentence: Sentence, syntax: Parsed) -> Iterator[tuple[str, Mention]]:
    tokens = syntax.tokens
    for place, token in enumerate(tokens):
        if token.upos == "NOUN" and token.dep != "compound" and token.text.isalpha() and len(token.text) > 2:
            first = _first(syntax, place)
            said = [*(part.text.casefold() for part in tokens[first:place]), lemma_of(token.text)]
            if said[-1] not in _GENERIC:
                end = token.start + len(token.text)
                yield " ".join(said), Mention(sentence, tokens[first].start, end, _frames(syntax, first, place))


def _first(syntax: Parsed, place: int) -> int:
    """Where the compound that ends at `place` begins."""
    first = place
    while first and syntax.tokens[first - 1].dep == "compound" and syntax.tokens[first - 1].text.isalpha():
        if not first <= syntax.tokens[first - 1].head <= place:
            break
        first -= 1
    return first


def _frames(syntax: Parsed, first: int, place: int) -> frozenset[str]:
    token = syntax.tokens[place]
    governor = syntax.tokens[token.head]
    found = set()
    if token.head != place and governor.upos in {"VERB", "NOUN", "ADJ"}:
        governs = governor.lemma.casefold()
        found.add(f"… {governs}" if token.dep.startswith("nsubj") else f"{governs} …")
    for near, other in enumerate(syntax.tokens):
        modifies = other.dep.split(":")[0] in {"amod", "nmod", "acl"}
        said = other.lemma.casefold()
        if other.head == place and modifies and said not in _GENERIC and not first <= near <= place:
            found.add(f"{said} …")
    return frozenset(found)


def _spellings(usages: Sequence[Usage]) -> Iterator[_Pair]:
    """Terms of the same letters: with or without a space."""
    by_letters: dict[str, list[Usage]] = defaultdict(list)
    for usage in usages:
        by_letters[usage.term.replace(" ", "")].append(usage)
    for alike in by_letters.values():
        yield from (_Pair(one, other, 1.0, ("the same letters",)) for one, other in combinations(alike, 2))


def _same_places(usages: Sequence[Usage]) -> list[_Pair]:
    """Pairs that share a frame which few words have; the score is what the frames are worth by rarity."""
    by_frame: dict[str, list[int]] = defaultdict(list)
    for number, usage in enumerate(usages):
        for frame in frozenset().union(*(mention.frames for mention in usage.mentions)):
            by_frame[frame].append(number)
    worth: dict[tuple[int, int], float] = defaultdict(float)
    places: dict[tuple[int, int], list[str]] = defaultdict(list)
    for frame, numbers in sorted(by_frame.items()):
        if len(numbers) <= COMMON_FRAME:
            for pair in combinations(numbers, 2):
                worth[pair] += 1 / math.log(1 + len(numbers))
                places[pair].append(frame)
    found = (_Pair(usages[i], usages[j], worth[i, j], tuple(places[i, j])) for i, j in sorted(worth))
    return [pair for pair in found if _may_compete(pair.one, pair.other)]


def _may_compete(one: Usage, other: Usage) -> bool:
    """Not of one family, not of one head, not in one sentence, and in more than one file."""
    alike = one.term[:ALIKE_LETTERS] == other.term[:ALIKE_LETTERS] or {*one.term.split()} & {*other.term.split()}
    sentences = [{(id(m.sentence.block), m.sentence.start) for m in usage.mentions} for usage in (one, other)]
    together = len(sentences[0] & sentences[1]) / min(map(len, sentences))
    return not alike and together <= MOST_TOGETHER and len({*one.paths, *other.paths}) > 1


def _scored(pairs: Sequence[_Pair], encode: Encode) -> list[_Pair]:
    """The pairs of nearly one meaning; the score weighs meaning, the sentences around and shared places."""
    terms = sorted({usage.term for pair in pairs for usage in (pair.one, pair.other)})
    meaning = dict(zip(terms, encode(terms), strict=True))
    near = [(pair, float(meaning[pair.one.term] @ meaning[pair.other.term])) for pair in pairs]
    near = [(pair, value) for pair, value in near if value >= MEANING_FROM]
    around = _surroundings(sorted({id(u): u for p, _ in near for u in (p.one, p.other)}.values(), key=_term), encode)
    scored = [
        _Pair(
            pair.one,
            pair.other,
            round(_score(value, around[pair.one.term, pair.other.term], pair.score), 4),
            pair.places,
        )
        for pair, value in near
    ]
    return [pair for pair in scored if pair.score >= SCORE_FROM]


def _score(meaning: float, around: float, worth: float) -> float:
    """Half meaning, a quarter each of surroundings and places (two rare ones are full weight)."""
    return 0.5 * meaning + 0.25 * around + 0.25 * min(1.0, worth / 2)


def _surroundings(usages: Sequence[Usage], encode: Encode) -> Mapping[tuple[str, str], float]:
    """How alike the sentences of two terms are with the term left out: the cosine of their means, by both terms."""
    means = {}
    for usage in usages:
        rests = encode([_without(mention) for mention in usage.mentions[:MOST_CONTEXTS]])
        mean = rests.mean(axis=0)
        means[usage.term] = mean / max(1e-9, math.sqrt(float(mean @ mean)))
    return {(one, other): float(means[one] @ means[other]) for one in means for other in means if one < other}


def _without(mention: Mention) -> str:
    text = mention.sentence.text
    return f"{text[: mention.start]}it{text[mention.end :]}"


def _term(usage: Usage) -> str:
    return usage.term


def _is_settled(pair: _Pair, canon: Canon) -> bool:
    """Whether the table knows both words, or has one of them as a word to avoid."""
    known = {_folded(word) for term in canon.terms for word in (term.use, *term.avoid)}
    avoided = {_folded(word) for term in canon.terms for word in term.avoid}
    pair_words = {_folded(pair.one.term), _folded(pair.other.term)}
    return pair_words <= known or bool(pair_words & avoided)


def _folded(term: str) -> str:
    return " ".join(word.lemma for word in read_words(term))


def _grouped(pairs: Sequence[_Pair], canon: Canon) -> list[Suggestion]:
    """Each word in one suggestion, with the word that it competes with most."""
    preferred = {_folded(term.use) for term in canon.terms}
    groups: dict[str, list[Rival]] = {}
    uses: dict[str, Usage] = {}
    rivals: set[str] = set()
    for pair in sorted(pairs, key=lambda pair: (-pair.score, pair.one.term, pair.other.term)):
        use, rival = sorted((pair.one, pair.other), key=lambda usage: _rank(usage, preferred))
        if use.term not in rivals and rival.term not in rivals | {*groups}:
            uses[use.term] = use
            rivals.add(rival.term)
            groups.setdefault(use.term, []).append(Rival(rival, pair.score, pair.places))
    return [Suggestion(uses[term], tuple(found), _folded(term) in preferred) for term, found in groups.items()]


def _rank(usage: Usage, preferred: set[str]) -> tuple[bool, int, int, str]:
    return _folded(usage.term) not in preferred, -len(usage.paths), -len(usage.mentions), usage.term
