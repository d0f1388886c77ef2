"""Which value propositions a touchpoint must express: the settings say, else the positioning document, else all."""

from __future__ import annotations

from collections.abc import Iterable

from messagecheck.nouns import Canon, Required

EVERY_OTHER = ""
"""Stands for every kind that has no list of its own."""


def required_of(kind: str, canon: Canon, settings: Required) -> tuple[str, ...]:
    """Ids in the document's order; a kind without a list of its own asks for all."""
    lists = dict(settings or canon.required)
    asked = lists.get(kind, lists.get(EVERY_OTHER))
    return tuple(value.id for value in canon.values if asked is None or value.id in asked)


def complaint(required: Required, values: Iterable[str]) -> str:
    """What is wrong with a list that asks for what is no value proposition; "" where nothing is."""
    known = list(values)
    wrong = next((id_ for _, ids in required for id_ in ids if id_ not in known), None)
    return (
        "" if wrong is None else f"“required” asks for “{wrong}”; value propositions are {', '.join(known) or 'none'}"
    )
