"""An endpoint's answer → opinions. It is foreign data: what is not exactly as asked for is refused."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from messagecheck.display import shortened
from messagecheck.errors import EndpointError
from messagecheck.second_opinion.items import Item
from messagecheck.second_opinion.prompt import KINDS

LONGEST_REASON = 300
_FENCED = re.compile(r"```(?:json)?(.*?)```", re.DOTALL)
_THOUGHT = re.compile(r"\A(?:\s*<think>.*?</think>)?\s*", re.DOTALL)
"""What some models put before their answer."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """A verdict. `message` is an id among those sent, `quote` stands in the statement; "" without a conflict."""

    conflict: bool
    kind: str = ""
    message: str = ""
    quote: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Opinions by their item's place (from 0), and what was refused, in words."""

    opinions: Mapping[int, Opinion]
    refused: tuple[str, ...]


def parse_answer(text: str, items: Sequence[Item]) -> Answer:
    """Raises EndpointError for a text that is no object with verdicts; a bad verdict costs its own item alone."""
    verdicts = [(_number(raw, items), raw) for raw in _verdicts(text)]
    times = Counter(number for number, _ in verdicts)
    opinions: dict[int, Opinion] = {}
    refused = [f"{len(items) - len(times)} items without a verdict"] if len(times) < len(items) else []
    for number, raw in verdicts:
        if number is None or times[number] > 1:
            refused.append("a verdict is about no item that was sent, or the second about one")
            continue
        try:
            opinions[number] = check_verdict(raw, items[number])
        except EndpointError as error:
            refused.append(str(error))
    return Answer(opinions, tuple(refused))


def check_verdict(raw: object, item: Item) -> Opinion:
    """Raises EndpointError for a verdict that isn't of the form asked for, or that names what was not sent."""
    if not isinstance(raw, dict) or not isinstance(raw.get("conflict"), bool):
        raise EndpointError("a verdict has no “conflict” that is true or false")
    reason = shortened(_text(raw, "reason"), LONGEST_REASON)
    if not raw["conflict"]:
        return Opinion(conflict=False, reason=reason)
    kind, message, quote = (_text(raw, key) for key in ("kind", "message", "quote"))
    if kind not in KINDS:
        raise EndpointError(f"a verdict's kind is “{shortened(kind, 40)}”, not one of {', '.join(KINDS)}")
    if message not in {known.id for known in item.messages}:
        raise EndpointError(f"a verdict names the message “{shortened(message, 40)}”, which it was not asked about")
    if not stands_in(quote, item.statement):
        raise EndpointError(f"a verdict quotes “{shortened(quote, 40)}”, which does not stand in its statement")
    if not reason:
        raise EndpointError("a verdict of conflict gives no reason")
    return Opinion(conflict=True, kind=kind, message=message, quote=" ".join(quote.split()), reason=reason)


def stands_in(quote: str, statement: str) -> bool:
    """Whether these very words stand there; white space alone may differ."""
    folded = " ".join(quote.split())
    return any(map(str.isalnum, folded)) and folded in " ".join(statement.split())


def _verdicts(text: str) -> list[object]:
    said = _THOUGHT.sub("", text)
    fenced = None if said.startswith("{") else _FENCED.search(said)
    try:
        answer: object = json.loads(fenced[1] if fenced else said)
    except (ValueError, RecursionError) as error:
        raise EndpointError(f"the answer is not JSON: “{shortened(text, 60)}”") from error
    verdicts = answer.get("verdicts") if isinstance(answer, dict) else None
    if not isinstance(verdicts, list):
        raise EndpointError("the answer holds no list of verdicts")
    return verdicts


def _number(raw: object, items: Sequence[Item]) -> int | None:
    """The item's place from 0."""
    number = raw.get("item") if isinstance(raw, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= len(items):
        return None
    return number - 1


def _text(raw: Mapping[object, object], key: str) -> str:
    value = raw.get(key, "")
    if not isinstance(value, str):
        raise EndpointError(f"a verdict's “{key}” is no text")
    return value
