"""Mutations that stay valid JSON: values that nobody expects, and values that are gone or elsewhere."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from copy import deepcopy

from messagecheck.loaders.literals import Json

Mutate = Callable[[bytes, int], bytes]
Holder = dict[str, Json] | list[Json]

TEXTS = ("", "x", "\ud800", "00:01", "-5", "99:99:99", "2026-11-22T10:00:00", "9" * 5000, "1e999")
NUMBERS = (0, -1, 1.5, 1e300, 10**400, float("inf"), float("nan"))
VALUES: tuple[Json, ...] = (None, True, *NUMBERS, *TEXTS, [], {}, [[]])


def mutated(data: bytes, max_size: int, seed: int, mutate: Mutate) -> bytes:
    """The JSON after a few changes; one time in eight, and for what is none, with its bytes changed."""
    chance = random.Random(seed)
    try:
        export = None if chance.random() < 1 / 8 else json.loads(data)
    except (ValueError, RecursionError):
        export = None
    for _ in range(chance.randint(1, 4)):
        holders = [one for one in _holders(export) if one]
        if not holders:
            return mutate(data, max_size)
        _change(chance.choice(holders), chance, holders)
    whole = json.dumps(export).encode()
    return whole if len(whole) <= max_size else mutate(data, max_size)


def _holders(node: Json) -> Iterator[Holder]:
    stack = [node]
    while stack:
        one = stack.pop()
        if isinstance(one, (dict, list)):
            yield one
            stack.extend(one.values() if isinstance(one, dict) else one)


def _change(holder: Holder, chance: random.Random, holders: list[Holder]) -> None:
    if isinstance(holder, dict):
        key = chance.choice(list(holder))
        holder[key] = _other(holder.pop(key), chance, holders)
    else:
        place = chance.randrange(len(holder))
        holder[place] = _other(holder[place], chance, holders)
        if chance.random() < 1 / 4:
            del holder[place]


def _other(value: Json, chance: random.Random, holders: list[Holder]) -> Json:
    return deepcopy(chance.choice((chance.choice(VALUES), chance.choice(holders), [value])))
