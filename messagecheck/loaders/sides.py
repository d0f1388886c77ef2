"""Who speaks for the company: the side of each speaker of a call and of a mail's sender.

In this order: what the file says (internal, external), labels and the header's list of participants, mail domains, how
people introduce themselves and each other, what they ask and offer, and last who answers them. UNKNOWN where nothing
tells: "the first speaker is ours" fails on real calls.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from messagecheck.loaders.sides_evidence import (
    Call,
    Evidence,
    by_domain,
    by_header,
    by_introduction,
    by_label,
    colleagues,
    domain_of,
    is_our_domain,
    is_ours,
)
from messagecheck.loaders.sides_text import answered, lean
from messagecheck.nouns import Block, Role, Speaker

EVIDENCE: tuple[tuple[str, Evidence], ...] = (
    ("label", by_label),
    ("list of participants", by_header),
    ("mail domain", by_domain),
    ("introduction", by_introduction),
)
"""What tells a side, by the name under which a block's `reason` keeps it; the strongest first."""


@dataclass(frozen=True, slots=True)
class Side:
    """Whose a speaker is, and what tells it."""

    speaker: Speaker
    evidence: str


UNTOLD = Side(Speaker.UNKNOWN, "nothing tells")


def tell_sides(blocks: Sequence[Block], ours: Sequence[str]) -> tuple[Block, ...]:
    """The same blocks; turns and mails with their side. `ours`: the company's names, people and mail domains."""
    names = tuple(name.casefold().strip() for name in ours if name.strip())
    if not any(block.role is Role.TURN for block in blocks):
        named = _named(blocks, names)
        return tuple(_sent(block, names, named=named) for block in blocks)
    told = _told(_call(blocks, names), _given(blocks))
    return tuple(
        _sided(block, told.get(block.attributed_to or "", UNTOLD)) if block.role is Role.TURN else block
        for block in blocks
    )


def _sided(block: Block, side: Side) -> Block:
    return replace(
        block, speaker=side.speaker, reason=f"side by {side.evidence}" if side != UNTOLD else UNTOLD.evidence
    )


def _call(blocks: Sequence[Block], ours: tuple[str, ...]) -> Call:
    texts: dict[str, list[str]] = {}
    turns = tuple((block.attributed_to or "", block.text) for block in blocks if block.role is Role.TURN)
    for label, words in turns:
        if label:
            texts.setdefault(label, []).append(words)
    header = tuple(block.text for block in blocks if block.role is Role.META)
    return Call(ours, header, tuple((label, "\n".join(said)) for label, said in texts.items()), turns)


def _given(blocks: Sequence[Block]) -> dict[str, Side]:
    """The sides that the file itself tells."""
    turns = (block for block in blocks if block.role is Role.TURN and block.speaker is not Speaker.UNKNOWN)
    return {block.attributed_to or "": Side(block.speaker, "the export") for block in turns}


def _told(call: Call, given: Mapping[str, Side]) -> dict[str, Side]:
    """Label → side, by the strongest evidence there is."""
    told = dict(given)
    for name, evidence in EVIDENCE:
        sides = {label: Side(evidence(call, label, said), name) for label, said in call.said if label not in told}
        told |= {label: side for label, side in sides.items() if side.speaker is not Speaker.UNKNOWN}
    groups = _groups(call)
    told = _excluded(groups, _shared(groups, told))
    said = {group: "\n".join(words for label, words in call.said if label in group) for group in groups}
    leaning = lean(said, _speakers(told))
    told |= {label: Side(side, "what is asked and offered") for group, side in leaning.items() for label in group}
    answers = answered(call.turns, _speakers(told))
    return told | {label: Side(side, "who answers its questions") for label, side in answers.items()}


def _speakers(told: Mapping[str, Side]) -> dict[str, Speaker]:
    return {label: side.speaker for label, side in told.items()}


def _groups(call: Call) -> list[frozenset[str]]:
    """Speakers who are on one side, whichever it is: colleagues of colleagues too."""
    groups = [frozenset({label}) for label in call.labels]
    for one, other in colleagues(call):
        merged = frozenset[str]().union(*(group for group in groups if one in group or other in group))
        groups = [*(group for group in groups if group.isdisjoint(merged)), merged]
    return groups


def _shared(groups: Sequence[frozenset[str]], told: Mapping[str, Side]) -> dict[str, Side]:
    """A group's known side is the side of all of it, unless it is known to have both."""
    shared = dict(told)
    for group in groups:
        sides = {told[label].speaker for label in group if label in told}
        if len(sides) == 1:
            side = Side(next(iter(sides)), "a colleague's side")
            shared = {**dict.fromkeys(group, side), **shared}
    return shared


def _excluded(groups: Sequence[frozenset[str]], told: Mapping[str, Side]) -> dict[str, Side]:
    """Of two groups one is ours and one theirs."""
    unknown = [group for group in groups if told.keys().isdisjoint(group)]
    sides = {told[label].speaker for group in groups for label in group if label in told}
    if len(groups) != 2 or len(unknown) != 1 or len(sides) != 1:
        return dict(told)
    other = Speaker.THEM if Speaker.US in sides else Speaker.US
    return {**told, **dict.fromkeys(unknown[0], Side(other, "the other side is told"))}


def _named(mail: Sequence[Block], ours: tuple[str, ...]) -> bool:
    """Whether a mail's words tell that its sender is ours. In a mailbox, where both sides write, they tell nothing."""
    senders = {domain for one in mail if (domain := domain_of(one.attributed_to or ""))}
    return len(senders) == 1 and any(is_ours(one.text, ours) for one in mail)


def _sent(block: Block, ours: tuple[str, ...], *, named: bool) -> Block:
    """A mail's block: ours if the sender's domain or the mail's words say so, else unknown; quotations stay."""
    domain = domain_of(block.attributed_to or "")
    if domain is None or block.speaker is Speaker.THEM or block.role is Role.TITLE:
        return block
    return block if named or is_our_domain(domain, ours) else replace(block, speaker=Speaker.UNKNOWN)
