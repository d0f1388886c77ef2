"""Every place that one message of the document bears on, for people and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import groupby

from messagecheck.display import counted, json_text, message_place, place, shortened, visible
from messagecheck.impact import Place, Stance
from messagecheck.nouns import Canon, Location, Message, Unread

SCHEMA_VERSION = 1
QUOTE = 240
LOCATION = tuple(field.name for field in fields(Location) if field.name != "path")


def text(message: Message, canon: Canon, places: Sequence[Place], unread: Sequence[Unread]) -> str:
    return "\n".join([*_lines(message, canon, places, unread), ""])


def json(message: Message, places: Sequence[Place], unread: Sequence[Unread]) -> str:
    return json_text(
        {
            "schema_version": SCHEMA_VERSION,
            "message": {"id": message.id, "kind": message.kind, "text": message.text, "line": message.line},
            "places": [
                {
                    "stance": one.stance,
                    "path": one.at.path,
                    "location": {name: getattr(one.at, name) for name in LOCATION},
                    "text": one.text,
                    "certainty": round(one.certainty, 4),
                }
                for one in places
            ],
            "unread": [{"path": one.path, "reason": one.reason} for one in unread],
        }
    )


def _lines(message: Message, canon: Canon, places: Sequence[Place], unread: Sequence[Unread]) -> Iterator[str]:
    yield f"{message_place(message, canon)} {visible(message.id)} ({message.kind}): “{visible(message.text)}”"
    proofs = [one.id for one in canon.messages if one.supports == message.id]
    if proofs:
        yield f"its proofs: {visible(', '.join(proofs))}"
    for path, found in groupby(places, key=lambda one: one.at.path):
        yield ""
        yield visible(path)
        yield from (_line(one) for one in found)
    if unread:
        yield ""
        yield "Not checked"
        yield from (f"  {visible(one.path)}: {visible(one.reason)}" for one in unread)
    number = Counter(one.stance for one in places)
    told = ", ".join(f"{stance} {number[stance]}" for stance in Stance)
    yield ""
    yield f"{counted(len(places), 'place')} in {counted(len({one.at.path for one in places}), 'file')}: {told}"


def _line(one: Place) -> str:
    where = place(one.at)
    return f"  {one.stance} {one.certainty:.2f}  {f'{where}  ' if where else ''}“{shortened(one.text, QUOTE)}”"
