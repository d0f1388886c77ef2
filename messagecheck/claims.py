"""Readings → claims: sentences of our own voice that hold a figure, with what they are about and of whom they tell."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from simplemma import is_known

from messagecheck.nouns import Canon, Mode, Reading, Role, Sentence
from messagecheck.prose import in_our_voice, is_claim
from messagecheck.quantities import Quantity, parse_quantities
from messagecheck.quantities.evidence import stems
from messagecheck.quantities.lexicon import DAYS, MONTHS
from messagecheck.quantities.relating import family

MOST_SHARING = 40
"""Claims that may share a word and a unit for that word to bring them together: beyond it the word is too common."""
FRAGMENT = 5
"""Words up to which a sentence is read together with what stands above or before it."""
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_CAPITAL = re.compile(r"[A-Z][^\W\d_A-Z][\w'’-]*")
_OPENS = re.compile(r"(?:^|[.!?:;|•(\"“‘'–—]\s*)$")
_CALENDAR = {*MONTHS, *DAYS}
_OURS = re.compile(r"\b(?:we|our|us|ours|we've|we'll|we're)\b", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:was|were|had|did|fell|rose|took|went|grew|got|saw|made|won|spent|kept|came|began|ran|paid|found|brought|built|sent"
    r"|dropped|cut its|cut their|halved|\w+[^e\W]ed)\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"\b(?:is|are|am|be|being|has|have|do|does|will|can|may|must|should|would|could|'ll|'s|'re)\b"
    r"|\b(?:we|you|they|it) \w+(?<!ed)\b",
    re.IGNORECASE,
)
_TITLES = frozenset({Role.TITLE, Role.HERO, Role.HEADING})


@dataclass(frozen=True, slots=True)
class Claim:
    """`told` is the sentence as it can stand alone, in our voice; `topic` the stems of its content words; `names` whom
    or what else than us it tells of, lower case; `past` whether it tells what once happened; `number` the reading's.
    """

    reading: Reading
    told: str
    quantities: tuple[Quantity, ...]
    topic: frozenset[str]
    names: frozenset[str]
    past: bool
    number: int

    @property
    def sentence(self) -> Sentence:
        return self.reading.sentence

    @property
    def path(self) -> str:
        return self.reading.sentence.block.at.path


def read_claims(readings: Sequence[Reading], canon: Canon) -> list[Claim]:
    """What the company asserts with a figure in it, in order; what a file repeats only once."""
    voice = (canon.name, *canon.aliases)
    rivals = (match.group().casefold() for name in canon.competitors for match in _CAPITAL.finditer(name))
    proper = _proper_words(readings) | {*rivals}
    subjects = _subjects(readings, voice, proper)
    found: dict[tuple[str, str], Claim] = {}
    for number, reading in enumerate(readings):
        path = reading.sentence.block.at.path
        if is_claim(reading.sentence) and reading.sentence.mode in {Mode.ASSERTS, Mode.DENIES}:
            claim = _read_claim(reading, number, voice, proper, subjects.get(path, frozenset()))
            if claim.quantities:
                found.setdefault((path, claim.told.casefold()), claim)
    return list(found.values())


def are_of_one_thing(one: Claim, other: Claim) -> bool:
    """Whether nothing tells the two apart: another customer, plan or place, then and now, another year."""
    return one.past == other.past and _same_names(one.names, other.names) and _dates(one) == _dates(other)


def candidates(claims: Sequence[Claim]) -> list[tuple[int, int]]:
    """Indexes of the claims of different files that share a unit and a rare word, or two words: never all pairs."""
    found: set[tuple[int, int]] = set()
    for members in _index(claims).values():
        if len(members) <= MOST_SHARING:
            found.update(pair for pair in combinations(members, 2) if _in_two_files(claims, pair))
    return sorted(found)


def _in_two_files(claims: Sequence[Claim], pair: tuple[int, int]) -> bool:
    one, other = (claims[place].sentence.block.at.path for place in pair)
    return one != other


def _index(claims: Sequence[Claim]) -> Mapping[tuple[str, ...], list[int]]:
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, claim in enumerate(claims):
        for unit in sorted({family(quantity.unit) for quantity in claim.quantities}):
            for words in (*combinations(sorted(claim.topic), 1), *combinations(sorted(claim.topic), 2)):
                index[unit, *words].append(place)
    return index


def _same_names(one: frozenset[str], other: frozenset[str]) -> bool:
    """ "Brannock" is Brannock Foods."""
    return bool(one) == bool(other) and (one <= other or other <= one)


def _dates(claim: Claim) -> frozenset[tuple[float | None, float | None]]:
    """The dates that say when; the only figure of a sentence is what it says."""
    dates = [quantity for quantity in claim.quantities if quantity.unit == "date"]
    return frozenset((quantity.low, quantity.high) for quantity in dates) if len(claim.quantities) > 1 else frozenset()


def _read_claim(
    reading: Reading, number: int, voice: Sequence[str], proper: frozenset[str], subject: frozenset[str]
) -> Claim:
    sentence = reading.sentence
    told = in_our_voice(_whole(sentence), voice)
    past = bool(_PAST.search(told)) and not _PRESENT.search(told)
    names = names_of(told, proper)
    if not names and past and not _OURS.search(told):
        names = subject
    return Claim(reading, told, parse_quantities(told), stems(told), names, past, number)


def _whole(sentence: Sentence) -> str:
    """A fragment after what gives it its meaning, unless that makes a claim of its own."""
    context = sentence.context
    if not context or parse_quantities(context) or len(sentence.text.split()) > FRAGMENT:
        return sentence.text
    return f"{context.rstrip('.:?!')}: {sentence.text}"


def names_of(text: str, proper: frozenset[str]) -> frozenset[str]:
    """The proper names of a text: capitals where none is due; where one is due, on words that are `proper` elsewhere or
    in no dictionary."""
    titled = _is_titled(text)
    found = set()
    for match in _CAPITAL.finditer(text):
        word = re.sub(r"['’]s?$", "", match.group()).casefold()
        due = titled or bool(_OPENS.search(text[: match.start()]))
        if word not in _CALENDAR and not (due and word not in proper and is_known(word, "en")):
            found.add(word)
    return frozenset(found)


def _is_titled(text: str) -> bool:
    """Whether most words begin with a capital, as in a headline."""
    words = [match.group() for match in _WORD.finditer(text)]
    return sum(word[0].isupper() for word in words) * 2 > len(words)


def _proper_words(readings: Sequence[Reading]) -> frozenset[str]:
    """Words that the folder writes with a capital where none is due."""
    return frozenset().union(
        *(
            names_of(reading.sentence.text, frozenset())
            for reading in readings
            if reading.sentence.block.role in {Role.BODY, Role.TURN} and not _is_titled(reading.sentence.text)
        )
    )


def _subjects(
    readings: Sequence[Reading], voice: Sequence[str], proper: frozenset[str]
) -> Mapping[str, frozenset[str]]:
    """Whom a file tells of: the names in its first heading, as of a customer in a case study."""
    found: dict[str, frozenset[str]] = {}
    for reading in readings:
        block = reading.sentence.block
        if block.role in _TITLES and block.at.path not in found:
            found[block.at.path] = names_of(in_our_voice(block.text, voice), proper)
    return found


def count_words(claims: Sequence[Claim]) -> Counter[str]:
    """In how many claims each stem stands."""
    return Counter(stem for claim in claims for stem in claim.topic)
