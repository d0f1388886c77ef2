"""Two versions of a positioning document → what changed: messages, the numbers in them, terms and the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from messagecheck.nouns import Canon, Message, Term
from messagecheck.prose import in_our_voice
from messagecheck.quantities import Relation
from messagecheck.quantities import compare as compare_quantities

if TYPE_CHECKING:
    from messagecheck.nouns import Encode

ALIKE_FROM = 0.5
"""Similarity from which on a removed and an added message are two wordings of one. In the packs' documents eight
messages in ten are less like any other message of their own document; half of the free paraphrases are more like."""


@dataclass(frozen=True, slots=True)
class Rewording:
    """A message that both versions have, though its id or kind may differ; `numbers` are (then, now) as written."""

    old: Message
    new: Message
    numbers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """`terms` are (then, now), None where there is none; `rest` is (what, then, now) of everything else."""

    old: Canon
    new: Canon
    removed: tuple[Message, ...]
    added: tuple[Message, ...]
    reworded: tuple[Rewording, ...]
    terms: tuple[tuple[Term | None, Term | None], ...]
    rest: tuple[tuple[str, str, str], ...]

    def __bool__(self) -> bool:
        return any((self.removed, self.added, self.reworded, self.terms, self.rest))


def compare(old: Canon, new: Canon, encode: Encode) -> Changes:
    """Messages are paired by id, and what is left by similarity, the most alike first; in the new document's order."""
    pairs = dict(_by_id(old, new))
    gone = [message for message in old.messages if message not in pairs.values()]
    come = [message for message in new.messages if message not in pairs]
    pairs |= dict(_by_likeness(gone, come, (old, new), encode))
    reworded = (Rewording(pairs[now], now, _numbers(pairs[now], now)) for now in new.messages if now in pairs)
    return Changes(
        old,
        new,
        removed=tuple(message for message in gone if message not in pairs.values()),
        added=tuple(message for message in come if message not in pairs),
        reworded=tuple(one for one in reworded if _content(one.old) != _content(one.new)),
        terms=tuple(_terms(old.terms, new.terms)),
        rest=tuple((what, then, now) for what, then, now in _rest(old, new) if then != now),
    )


def counterpart(message: Message, others: Canon, canon: Canon, encode: Encode) -> Message | None:
    """The message that says in `others` what this one says in `canon`."""
    same = next((other for other in others.messages if other.id == message.id), None)
    return same or next((then for _, then in _by_likeness(others.messages, [message], (others, canon), encode)), None)


def _by_id(old: Canon, new: Canon) -> Iterator[tuple[Message, Message]]:
    then = {message.id: message for message in old.messages}
    return ((message, then[message.id]) for message in new.messages if message.id in then)


def _by_likeness(
    gone: Sequence[Message], come: Sequence[Message], canons: tuple[Canon, Canon], encode: Encode
) -> Iterator[tuple[Message, Message]]:
    """Pairs (now, then); each message once."""
    old, new = (
        encode([in_our_voice(message.text, (canon.name, *canon.aliases)) for message in messages])
        for messages, canon in zip((gone, come), canons, strict=True)
    )
    order = sorted(
        (-float(like), i, j) for i, row in enumerate(new @ old.T if gone and come else ()) for j, like in enumerate(row)
    )
    taken: tuple[set[int], set[int]] = set(), set()
    for like, i, j in order:
        if -like >= ALIKE_FROM and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            yield come[i], gone[j]


def _content(message: Message) -> tuple[object, ...]:
    """What a message says, wherever it stands."""
    return message.id, message.kind, message.polarity, message.supports, " ".join(message.text.split())


def _numbers(then: Message, now: Message) -> tuple[tuple[str, str], ...]:
    found = compare_quantities(now.text, then.text, polarity=then.polarity)
    return tuple((one.theirs.text, one.ours.text) for one in found if one.relation is not Relation.SAME)


def _terms(old: Sequence[Term], new: Sequence[Term]) -> Iterator[tuple[Term | None, Term | None]]:
    """A term goes on under its word to use, else under a word to avoid that both versions have."""
    left = list(old)
    for now in new:
        then = next((one for one in left if one.use.casefold() == now.use.casefold()), None)
        then = then or next((one for one in left if _avoided(one) & _avoided(now)), None)
        if then is not None:
            left.remove(then)
        if then is None or (then.use, _avoided(then), then.note) != (now.use, _avoided(now), now.note):
            yield then, now
    yield from ((then, None) for then in left)


def _avoided(term: Term) -> frozenset[str]:
    return frozenset(word.casefold() for word in term.avoid)


def _rest(old: Canon, new: Canon) -> Iterator[tuple[str, str, str]]:
    yield "name", old.name, new.name
    yield "aliases", ", ".join(old.aliases), ", ".join(new.aliases)
    yield "version", old.version or "", new.version or ""
    yield "competitors", ", ".join(old.competitors), ", ".join(new.competitors)
    yield "required", _required(old), _required(new)


def _required(canon: Canon) -> str:
    return "; ".join(f"{kind or 'every touchpoint'}: {', '.join(ids)}" for kind, ids in canon.required)
