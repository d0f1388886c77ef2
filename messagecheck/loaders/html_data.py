"""JSON-LD in a page: what it tells search engines about the company, its offers, its questions and its reviews."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from messagecheck.loaders import literals
from messagecheck.loaders.html_tree import Fragment
from messagecheck.loaders.literals import Json
from messagecheck.loaders.source import Run, Source, clean, place
from messagecheck.nouns import Block, Role, Speaker

_SAID = {
    "description": Role.META,
    "headline": Role.META,
    "alternativeHeadline": Role.META,
    "slogan": Role.META,
    "abstract": Role.META,
    "disambiguatingDescription": Role.META,
    "text": Role.FAQ,
    "reviewBody": Role.TESTIMONIAL,
    "price": Role.PRICING,
    "lowPrice": Role.PRICING,
    "highPrice": Role.PRICING,
}
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_NUMBER = re.compile(r'"(price|lowPrice|highPrice)"\s*:\s*(\d[\d.]*)')


@dataclass(frozen=True, slots=True)
class _Node:
    """An object, and the name of the one that it stands in: an answer's question, an offer's product."""

    values: dict[str, Json]
    outer: str


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the values that are still to come stand: strings by value, numbers by key."""

    strings: literals.Places
    numbers: dict[str, deque[Run]]


def read(of: Source, fragment: Fragment) -> Iterator[Block]:
    """A block for each value that is a statement. Broken JSON-LD says nothing, to search engines neither."""
    run = fragment.runs[0]
    try:
        data = literals.parse(run.text)
    except ValueError:
        return
    places = _Places(literals.places(run.text, run.start), _numbers(run))
    for node in _objects(data):
        for key in node.values:
            role = _role(node, key)
            runs = _runs(node.values[key], key, places)
            for block in place(of, runs, role) if role else ():
                yield _described(block, key, node)


def _numbers(run: Run) -> dict[str, deque[Run]]:
    found: dict[str, deque[Run]] = defaultdict(deque)
    for match in _NUMBER.finditer(run.text):
        found[match[1]].append(Run(match[2], run.start + match.start(2)))
    return found


def _role(node: _Node, key: str) -> Role | None:
    if key == "name":
        return Role.FAQ if node.values.get("@type") == "Question" else None
    priced = _SAID.get(key) is not Role.PRICING or "priceCurrency" in node.values
    return _SAID.get(key) if priced else None


def _runs(value: Json, key: str, places: _Places) -> Sequence[Run]:
    if isinstance(value, str):
        said = (key in _SAID or key == "name") and value.strip()
        return _without_tags(literals.runs(value, places.strings)) if said else ()
    number = isinstance(value, int | float) and bool(places.numbers[key])
    return (places.numbers[key].popleft(),) if number else ()


def _without_tags(runs: Sequence[Run]) -> Sequence[Run]:
    """The runs with the tags in them as white space: an answer may hold HTML."""
    text = _TAG.sub(lambda match: " " * len(match[0]), "".join(run.text for run in runs))
    ends = accumulate(len(run.text) for run in runs)
    return [replace(run, text=text[end - len(run.text) : end]) for run, end in zip(runs, ends, strict=True)]


def _described(block: Block, key: str, node: _Node) -> Block:
    name, kind = node.values.get("name") or node.outer, node.values.get("@type")
    priced = block.role is Role.PRICING
    about = [part for part in (name if key != "name" else None, kind if priced else None) if isinstance(part, str)]
    if priced:
        about.append(f"{_spelled(key)} in {node.values.get('priceCurrency')}")
    block = replace(block, reason=f"JSON-LD {key}", context=clean(" | ".join(part for part in about if part)))
    if block.role is not Role.TESTIMONIAL:
        return block
    author = node.values.get("author")
    who = author.get("name") if isinstance(author, dict) else author
    return replace(block, speaker=Speaker.THEM, attributed_to=who if isinstance(who, str) else None)


def _spelled(key: str) -> str:
    return {"lowPrice": "lowest price", "highPrice": "highest price"}.get(key, key)


def _objects(data: Json) -> Iterator[_Node]:
    stack: list[tuple[Json, str]] = [(data, "")]
    while stack:
        node, outer = stack.pop()
        if isinstance(node, dict):
            yield _Node(node, outer)
            name = node.get("name")
            inner = name if isinstance(name, str) else outer
            stack.extend((value, inner) for value in reversed(node.values()))
        elif isinstance(node, list):
            stack.extend((value, outer) for value in reversed(node))
