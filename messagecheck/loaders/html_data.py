"""JSON-LD in a page: what it tells search engines about the company, its offers, its questions and its reviews."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from messagecheck.loaders import literals
from messagecheck.loaders.html_tree import Fragment
from messagecheck.loaders.literals import Json
from messagecheck.loaders.source import Source, clean, place
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
}


def read(of: Source, fragment: Fragment) -> Iterator[Block]:
    """A block for each string that is a statement. Broken JSON-LD says nothing, to search engines neither."""
    run = fragment.runs[0]
    try:
        data = literals.parse(run.text)
    except ValueError:
        return
    places = literals.places(run.text, run.start)
    for node in _objects(data):
        for key, value in node.items():
            if (
                isinstance(value, str)
                and value.strip()
                and (key in _SAID or (key == "price" and "priceCurrency" in node))
            ):
                for block in place(of, literals.runs(value, places), _SAID.get(key, Role.PRICING)):
                    yield _described(block, key, node)


def _described(block: Block, key: str, node: dict[str, Json]) -> Block:
    name, kind = node.get("name"), node.get("@type")
    about = [part for part in (name, kind if key == "price" else None) if isinstance(part, str)]
    if key == "price":
        about.append(f"price in {node.get('priceCurrency')}")
    block = replace(block, reason=f"JSON-LD {key}", context=clean(" | ".join(about)))
    if block.role is not Role.TESTIMONIAL:
        return block
    author = node.get("author")
    who = author.get("name") if isinstance(author, dict) else author
    return replace(block, speaker=Speaker.THEM, attributed_to=who if isinstance(who, str) else None)


def _objects(data: Json) -> Iterator[dict[str, Json]]:
    stack: list[Json] = [data]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            yield node
            stack.extend(reversed(node.values()))
        elif isinstance(node, list):
            stack.extend(reversed(node))
