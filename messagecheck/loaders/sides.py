"""Who speaks for the company: the side of each speaker of a call and of a mail's sender, or UNKNOWN where nothing tells.

In this order: what the file says (internal, external), the label and the header's list of participants, mail domains, how people
introduce themselves and each other, and last what they ask and offer. "The first speaker is ours" fails on real calls.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from messagecheck.loaders import sides_text
from messagecheck.nouns import Block, Role, Speaker

SOUNDS_ALIKE = 0.8
"""Likeness of letters at which a name that a machine wrote down is ours: "query wise" for Quarrywise is at .84."""

_US_LABELS = frozenset(
    {"agent", "rep", "sales", "seller", "host", "us", "sales rep", "account executive", "ae", "sdr", "csm"}
)
_THEM_LABELS = frozenset(
    {"customer", "prospect", "caller", "client", "guest", "guests", "lead", "buyer", "them", "external"}
)
_DOMAIN = re.compile(r"@([\w.-]+\.[a-z]{2,})", re.IGNORECASE)
_DETAIL = re.compile(r"[(\[|,]| [-–—] ")
_PREPOSITION = r"(?:at|from|with|for|over at|here at|behalf of)"
_CAPITALISED = r"[A-Z][\w'’-]+"


@dataclass(frozen=True, slots=True)
class Call:
    """A call as the evidence sees it: who is ours, the header's lines, and each speaker's label with all that they say."""

    ours: tuple[str, ...]
    header: tuple[str, ...]
    said: tuple[tuple[str, str], ...]


Evidence = Callable[[Call, str, str], Speaker]


def tell_sides(blocks: Sequence[Block], ours: Sequence[str]) -> tuple[Block, ...]:
    """The same blocks; turns and mails with the side of who speaks. `ours`: names, aliases, people and mail domains of the company."""
    names = tuple(name.casefold().strip() for name in ours if name.strip())
    if not any(block.role is Role.TURN for block in blocks):
        return tuple(_sent(block, names, blocks) for block in blocks)
    told = _speakers(blocks, names)
    return tuple(
        replace(block, speaker=told.get(block.attributed_to or "", block.speaker)) if block.role is Role.TURN else block
        for block in blocks
    )


def _speakers(blocks: Sequence[Block], ours: tuple[str, ...]) -> dict[str, Speaker]:
    turns = [block for block in blocks if block.role is Role.TURN and block.attributed_to]
    texts: dict[str, list[str]] = {}
    told: dict[str, Speaker] = {}
    for turn in turns:
        texts.setdefault(turn.attributed_to or "", []).append(turn.text)
        if turn.speaker is not Speaker.UNKNOWN:
            told[turn.attributed_to or ""] = turn.speaker
    header = tuple(block.text for block in blocks if block.role is Role.META)
    call = Call(ours, header, tuple((label, "\n".join(said)) for label, said in texts.items()))
    for evidence in (_by_label, _by_header, _by_domain, _by_introduction):
        told |= {
            label: side
            for label, said in call.said
            if label not in told and (side := evidence(call, label, said)) is not Speaker.UNKNOWN
        }
    return _by_company(call, _by_exclusion(call, _by_company(call, told)), sides_text.lean(call.said))


def _is_ours(text: str, ours: Sequence[str]) -> bool:
    """Whether a text names the company: as a word, not within one."""
    folded = text.casefold()
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", folded) for name in ours)


def _by_label(call: Call, label: str, said: str) -> Speaker:
    """ "Rick Bauer (Territory Rep, Hearthside)", "Agent", a name of our people; another company in the label is theirs."""
    folded = re.sub(r"[\d\W]+$", "", label.casefold())
    if folded in _US_LABELS or _is_ours(label, call.ours):
        return Speaker.US
    if folded in _THEM_LABELS:
        return Speaker.THEM
    labels = [other for other, _ in call.said]
    marked = [other for other in labels if _DETAIL.search(other)]
    if label in marked and any(_is_ours(other, call.ours) for other in labels):
        return Speaker.THEM
    return Speaker.UNKNOWN


def _by_header(call: Call, label: str, said: str) -> Speaker:
    """Lines before the call: "Hearthside: Rick Bauer (Rep)", "Guests: Luz Paredes", "Participants: Nadine Fosse (Solstead); …"."""
    name = _name(label)
    for line in call.header:
        before, colon, people = line.partition(":")
        if not colon or name.casefold() not in people.casefold():
            continue
        if _is_ours(before, call.ours):
            return Speaker.US
        if before.casefold().strip() in _THEM_LABELS:
            return Speaker.THEM
        entry = next(one for one in re.split(r";|(?<=\)),", people) if name.casefold() in one.casefold())
        if _is_ours(entry, call.ours):
            return Speaker.US
        if _DETAIL.search(entry) and _is_ours(people, call.ours):
            return Speaker.THEM
    return Speaker.UNKNOWN


def _by_domain(call: Call, label: str, said: str) -> Speaker:
    domains = {other: found[1] for other, _ in call.said if (found := _DOMAIN.search(other))}
    if label not in domains:
        return Speaker.UNKNOWN
    if _is_our_domain(domains[label], call.ours):
        return Speaker.US
    return Speaker.THEM if any(_is_our_domain(one, call.ours) for one in domains.values()) else Speaker.UNKNOWN


def _is_our_domain(domain: str, ours: Sequence[str]) -> bool:
    parts = domain.casefold().split(".")
    names = {re.sub(r"\W", "", name) for name in ours}
    return domain.casefold() in ours or any(re.sub(r"\W", "", part) in names for part in parts[:-1])


def _by_introduction(call: Call, label: str, said: str) -> Speaker:
    """ "Shane Pickett, Hearthside", "I'm Dex, I do the commercial stuff at query wise", "It's Rick over at soul stead"."""
    first = re.escape(_name(label).split()[0])
    for found in re.finditer(rf"\b(?:I'm|I am|it's|this is|name is|so)?,? ?{first}\b(.{{0,90}})", said, re.IGNORECASE):
        rest = found[1]
        after = re.findall(
            rf"\b{_PREPOSITION} ((?:[\w'’-]+ ?){{1,3}})|^(?: {_CAPITALISED})?, ((?:[\w'’-]+ ?){{1,3}})", rest
        )
        if any(_sounds_ours(words, call.ours) for pair in after for words in pair if words):
            return Speaker.US
    if re.search(r"\b(?:here at|I joined|we at|I'm with|I work (?:at|for)) ", said) and any(
        _sounds_ours(words, call.ours)
        for words in re.findall(r"\b(?:here at|I joined|we at|I'm with|I work (?:at|for)) ((?:[\w'’-]+ ?){1,3})", said)
    ):
        return Speaker.US
    return Speaker.UNKNOWN


def _sounds_ours(words: str, ours: Sequence[str]) -> bool:
    """Whether the first one to three words sound like a name of ours."""
    parts = words.casefold().split()
    heard = ["".join(parts[:count]) for count in range(1, len(parts) + 1)]
    names = [re.sub(r"\W", "", name) for name in ours if len(name) > 3]
    return any(SequenceMatcher(None, one, name).ratio() >= SOUNDS_ALIKE for one in heard for name in names)


def _by_company(call: Call, told: dict[str, Speaker], lean: dict[str, Speaker] | None = None) -> dict[str, Speaker]:
    """Who brings whom: "I've got Priti with me, she knows how everything works" puts Priti on the speaker's side.

    `lean` is what speech alone tells; it is asked first for those of whom nothing is known.
    """
    known = {**(lean or {}), **told}
    for _ in call.said:
        for label, said in call.said:
            if label in known:
                for other in _brought(call, label, said):
                    known.setdefault(other, known[label])
        for label, said in call.said:
            for other in _brought(call, label, said):
                if other in known:
                    known.setdefault(label, known[other])
    return known


def _brought(call: Call, label: str, said: str) -> Iterator[str]:
    """The labels of those whom a speaker introduces as a colleague."""
    for other, _ in call.said:
        first = re.escape(_name(other).split()[0])
        got = rf"\b(?:I've (?:got|brought)|I have|I brought|we've got|we have|joined by) {first}\b"
        kin = rf"\b{first}(?:'s|,)? (?:who's |who is |he's |she's |is )?(?:our|my)\b"
        mine = rf"\b(?:my (?:husband|wife|partner|colleague|boss|manager|co-founder|team)),? {first}\b"
        if other != label and re.search(f"{got}|{kin}|{mine}", said):
            yield other


def _by_exclusion(call: Call, told: dict[str, Speaker]) -> dict[str, Speaker]:
    """Of two speakers one is ours and one theirs."""
    labels = [label for label, _ in call.said]
    unknown = [label for label in labels if label not in told]
    if len(labels) != 2 or len(unknown) != 1:
        return told
    other = next(told[label] for label in labels if label in told)
    return {**told, unknown[0]: Speaker.THEM if other is Speaker.US else Speaker.US}


def _name(label: str) -> str:
    return _DETAIL.split(label)[0].strip() or label


def _sent(block: Block, ours: tuple[str, ...], mail: Sequence[Block]) -> Block:
    """A mail's block: ours if the sender's domain or the mail's own words say so, else unknown; quotations stay whose they are."""
    domain = _DOMAIN.search(block.attributed_to or "")
    if domain is None or block.speaker is Speaker.THEM or block.role is Role.TITLE:
        return block
    told = _is_our_domain(domain[1], ours) or any(_is_ours(one.text, ours) for one in mail)
    return block if told else replace(block, speaker=Speaker.UNKNOWN)
