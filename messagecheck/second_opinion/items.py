"""Readings → items: the statements that the judge is unsure of, as they are asked about."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from messagecheck.judging import CONFLICT_KIND
from messagecheck.nouns import Canon, Match, Message, Reading
from messagecheck.prose import is_claim

_TO_A_MODEL = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?]{0,40}\b(?:instruction|prompt|rule|direction|command|context)s?\b"
    r"|\b(?:system|developer) (?:prompt|message)\b|\byou are (?:now |no longer )?(?:an? )?"
    r"(?:ai\b|assistant|language model|llm|chatbot)|\bas an? (?:ai|large|language) (?:language )?model\b"
    r"|<\|\w+\|>|\[/?INST\]|</?(?:system|assistant|user|instructions?)>"
    r"|[\"'“”]?\b(?:conflict|verdicts?)\b[\"'“”]?\s*[:=]\s*(?:true|false|yes|no|none|\[)"
    r"|\b(?:answer|reply|respond|output|return|report|say)\b[^.!?]{0,30}\b(?:no|not a|without) conflict",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Item:
    """A statement with its candidate messages. `chance` is the judge's own probability of a conflict."""

    company: str
    statement: str
    context: str
    messages: tuple[Message, ...]
    chance: float


def make_item(reading: Reading, canon: Canon, band: tuple[float, float]) -> Item | None:
    """None where the judge is sure (its likeliest conflict lies outside the band) and for what is no claim of ours."""
    chance = max((likelihood(match) for match in reading.matches), default=0.0)
    messages = tuple(match.message for match in reading.matches if match.message.kind in CONFLICT_KIND)
    if not messages or not band[0] <= chance <= band[1] or not is_claim(reading.sentence):
        return None
    return Item(canon.name, reading.sentence.text, reading.sentence.context, messages, chance)


def likelihood(match: Match) -> float:
    return match.verdict.conflict if match.verdict else 0.0


def speaks_to_a_model(item: Item) -> bool:
    """Whether it reads like an order to whoever judges it: then it isn't sent, and the judge's own verdict stays."""
    return bool(_TO_A_MODEL.search(" ".join(f"{item.context} {item.statement}".split())))


def data_of(item: Item) -> dict[str, object]:
    """All that an endpoint learns of a statement, in JSON's types."""
    return {"statement": item.statement, "before": item.context, "messages": [_message(m) for m in item.messages]}


def key_of(item: Item, asked: Sequence[str]) -> str:
    """What the answer depends on, hashed: `asked` are the model and the instructions, the rest is the item as sent."""
    content = json.dumps([*asked, item.company, data_of(item)])
    return hashlib.sha256(content.encode()).hexdigest()


def _message(message: Message) -> dict[str, object]:
    return {"id": message.id, "kind": str(message.kind), "polarity": str(message.polarity), "text": message.text}
