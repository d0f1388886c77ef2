"""What tells a speaker's side: labels, the header's participants, mail domains, and how people introduce themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from messagecheck.nouns import Speaker

SOUNDS_ALIKE = 0.8
"""Likeness of letters at which a name that a machine wrote down is ours: "query wise" for Quarrywise is at .84."""
MIN_NAME = 4
"""Letters of a name of ours below which likeness means nothing."""

_US_LABELS = frozenset(
    {"agent", "rep", "sales", "seller", "host", "us", "sales rep", "account executive", "ae", "sdr", "csm"}
)
_THEM_LABELS = frozenset(
    {"customer", "prospect", "caller", "client", "guest", "guests", "lead", "buyer", "them", "external"}
)
_DOMAIN = re.compile(r"@([\w.-]+\.[a-z]{2,})", re.IGNORECASE)
_DETAIL = re.compile(r"[(\[|,<]| [-–—] ")
_WORDS = r"((?:[\w'’-]+ ?){1,3})"
_OUR_PLACE = re.compile(rf"\b(?:at|from|with|for|over at|here at|behalf of) {_WORDS}|^(?: [A-Z][\w'’-]+)?, {_WORDS}")
_EMPLOYED = re.compile(rf"\b(?:here at|I joined|we at|I'm with|I work (?:at|for)) {_WORDS}")
_NAMELESS = re.compile(r"speaker[ _]?(?:\d+|[A-Z])$", re.IGNORECASE)
_HERE_IS = re.compile(rf"\b(?:it's|I'm|I am|this is|my name is) [A-Z][\w'’-]+,? (?:here )?(?:from|at|with) {_WORDS}")
"""How speakers whom a machine only numbers say who they are."""
_THEIR_PLACE = re.compile(r"^[^.?!]{0,60}\bat [A-Z][a-z]")


@dataclass(frozen=True, slots=True)
class Call:
    """A call as the evidence sees it: who is ours (lower case), the header's lines, each label with all they say, and
    the turns in order."""

    ours: tuple[str, ...]
    header: tuple[str, ...]
    said: tuple[tuple[str, str], ...]
    turns: tuple[tuple[str, str], ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(label for label, _ in self.said)


Evidence = Callable[[Call, str, str], Speaker]


def name_of(label: str) -> str:
    """The person in a label: "Rick Bauer (Territory Rep, Hearthside)" → "Rick Bauer"."""
    return _DETAIL.split(label)[0].strip() or label


def is_ours(text: str, ours: Sequence[str]) -> bool:
    """Whether a text names the company: as a word, not within one."""
    folded = text.casefold()
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", folded) for name in ours)


def domain_of(text: str) -> str | None:
    """The domain of the first mail address in a text."""
    found = _DOMAIN.search(text)
    return found[1].casefold() if found else None


def is_our_domain(domain: str, ours: Sequence[str]) -> bool:
    """Whether a mail domain is one of ours: named in the settings, or with our name between its dots."""
    names = {re.sub(r"\W", "", name) for name in ours}
    return domain in ours or any(re.sub(r"\W", "", part) in names for part in domain.split(".")[:-1])


def by_label(call: Call, label: str, said: str) -> Speaker:
    """Our company or people in the label, or "Agent"; where labels name us, those with another company are theirs."""
    folded = re.sub(r"[\d\W]+$", "", label.casefold())
    if folded in _US_LABELS or is_ours(label, call.ours):
        return Speaker.US
    marked = bool(_DETAIL.search(label)) and any(is_ours(other, call.ours) for other in call.labels)
    return Speaker.THEM if marked or folded in _THEM_LABELS else Speaker.UNKNOWN


def by_header(call: Call, label: str, said: str) -> Speaker:
    """Lines before the call: "Hearthside: Rick Bauer", "Guests: Luz", "Participants: Nadine Fosse (Solstead); …"."""
    name = name_of(label).casefold()
    for line in call.header:
        before, colon, people = line.casefold().partition(":")
        if colon and name in people:
            side = _listed(before.strip(), people, name, call.ours)
            if side is not Speaker.UNKNOWN:
                return side
    return Speaker.UNKNOWN


def _listed(before: str, people: str, name: str, ours: Sequence[str]) -> Speaker:
    entry = next((one for one in re.split(r";|(?<=\)),", people) if name in one), "")
    if is_ours(before, ours) or is_ours(entry, ours):
        return Speaker.US
    marked = bool(_DETAIL.search(entry)) and is_ours(people, ours)
    return Speaker.THEM if marked or before in _THEM_LABELS else Speaker.UNKNOWN


def by_domain(call: Call, label: str, said: str) -> Speaker:
    """Mail addresses in labels: ours, or another one where somebody has ours."""
    domain = domain_of(label)
    if domain is None:
        return Speaker.UNKNOWN
    if is_our_domain(domain, call.ours):
        return Speaker.US
    known = any(is_our_domain(other, call.ours) for one in call.labels if (other := domain_of(one)))
    return Speaker.THEM if known else Speaker.UNKNOWN


def by_introduction(call: Call, label: str, said: str) -> Speaker:
    """They say it: "Shane Pickett, Hearthside", "I'm Dex, I do sales at query wise", "I'm Nadia, I … at Fernweh"."""
    first = re.escape(name_of(label).split()[0])
    introductions = [found[1] for found in re.finditer(rf"\b{first}\b(.{{0,90}})", said)]
    places = [words for rest in introductions for pair in _OUR_PLACE.findall(rest) for words in pair if words]
    places += [*_EMPLOYED.findall(said), *(_HERE_IS.findall(said) if _NAMELESS.match(label) else ())]
    if any(_sounds_ours(words, call.ours) for words in places):
        return Speaker.US
    theirs = any(_THEIR_PLACE.match(found[1]) for found in re.finditer(rf"\bI(?:'m| am) {first}, (I .{{0,90}})", said))
    return Speaker.THEM if theirs else Speaker.UNKNOWN


def _sounds_ours(words: str, ours: Sequence[str]) -> bool:
    """Whether the first one to three words sound like a name of ours."""
    parts = words.casefold().split()
    heard = ["".join(parts[:count]) for count in range(1, len(parts) + 1)]
    names = [bare for name in ours if len(bare := re.sub(r"\W", "", name)) >= MIN_NAME]
    return any(SequenceMatcher(None, one, name).ratio() >= SOUNDS_ALIKE for one in heard for name in names)


def colleagues(call: Call) -> Iterator[tuple[str, str]]:
    """Pairs of labels on one side: of one family name, or one brings the other: "I've got Priti with me"."""
    for label, said in call.said:
        for other in call.labels:
            if other != label and (_are_family(label, other) or _brings(said, re.escape(name_of(other).split()[0]))):
                yield label, other


def _are_family(label: str, other: str) -> bool:
    names = name_of(label).split(), name_of(other).split()
    return min(map(len, names)) > 1 and names[0][-1] == names[1][-1] and not names[0][-1].isdigit()


def _brings(said: str, first: str) -> bool:
    """Whether somebody says of a first name that it is on their side."""
    got = rf"\b(?:I've (?:got|brought)|I have|I brought|we've got|we have|joined by) {first}\b"
    kin = rf"\b{first}(?:'s|,)? (?:who's |who is |he's |she's |is )?(?:our|my)\b"
    mine = rf"\bmy (?:husband|wife|partner|colleague|boss|manager|co-founder),? {first}\b"
    return bool(re.search(f"{got}|{kin}|{mine}", said))
