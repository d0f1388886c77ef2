"""Calls exported as JSON: flat lists, and the nests of Gong, Chorus, Zoom, Teams, Fireflies and the recognisers."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from messagecheck.errors import LoadError
from messagecheck.loaders import keyed, literals
from messagecheck.loaders.encodings import decode
from messagecheck.loaders.keyed import Value
from messagecheck.loaders.literals import Json
from messagecheck.loaders.source import Run, Source, source
from messagecheck.loaders.turns import Cue, join
from messagecheck.loaders.turns import seconds as clock_seconds
from messagecheck.nouns import Block, Speaker

SUFFIXES = (".json",)

SLOW_SPEECH = 30.0
"""Seconds a word: people speak at 0.3 to 0.5, long silences stay far under 30; above, it is milliseconds."""

_LATEST = 1e14
"""Far above the milliseconds since 1970 that exports hold."""

_WORDS = ("text", "spokenText", "transcript", "sentence", "content", "caption", "raw_text",
          "snippet", "punctuated_word", "word")  # fmt: skip
_SPEAKER = ("speakerName", "speaker_name", "speaker", "username", "user_name", "userName", "speakerId", "speaker_id")
_WHO = (*_SPEAKER, "participant", "name", "from")
_START = ("startMs", "start_ms", "start", "startTime", "start_time", "startDateTime")
_WHEN = (*_START, "timestamp", "ts", "time", "begin", "offset", "snippet_time")
_PEOPLE = frozenset({"participants", "parties", "attendees", "meeting_attendees", "speakers", "users", "people"})
_IDS = ("id", "speakerId", "speaker_id", "userId", "user_id", "key")
_NAMES = ("name", "displayName", "fullName", "full_name", "speakerName", "user_name", "username")
_DETAILS = ("title", "role", "jobTitle", "company", "organization", "organisation", "account", "email", "emailAddress")
_SIDE = ("affiliation", "side", "type", "party")
_OURS = frozenset({"internal", "host", "us", "employee", "rep", "seller"})
_THEIRS = frozenset({"external", "customer", "cust", "prospect", "guest", "client", "buyer", "them"})


@dataclass(frozen=True, slots=True)
class _Said:
    """One utterance; `group` is its place in the export without list numbers, the same for utterances of one list."""

    group: str
    who: str | None
    when: float | None
    words: str


@dataclass(frozen=True, slots=True)
class _Person:
    label: str
    side: Speaker


def read(data: bytes, path: str, keys: Sequence[str] = ()) -> Iterator[Block]:
    """One block a turn of a call, or one a value that `keys` pick. Raises LoadError for what is neither."""
    text = source(decode(data, path), path)
    try:
        export = literals.parse(text.text)
    except ValueError as error:
        raise LoadError(f"{path}: is not valid JSON ({error})") from None
    said = _best(list(_utterances(export)))
    if not _is_call(said):
        yield from _copy(text, keys)
        return
    people, scale, places = dict(_people(export)), _scale(said), _places(text.text, said[0].group)
    yield from join((_cue(one, people, scale, places[one.words].popleft()) for one in said), text)


def _places(text: str, group: str) -> dict[str, deque[tuple[Run, ...]]]:
    """Words → where they stand in the utterances of a group, in order; an export may hold them elsewhere, too."""
    found: dict[str, deque[tuple[Run, ...]]] = defaultdict(deque)
    for keys, runs in literals.strings(text):
        if keys and keys[-1] in _WORDS and "".join(f".{key}" for key in keys[:-1]) == group:
            found["".join(run.text for run in runs)].append(runs)
    return found


def _copy(text: Source, keys: Sequence[str]) -> Iterator[Block]:
    try:
        yield from keyed.copy(text, (Value(*held) for held in literals.strings(text.text)), keys)
    except LoadError as error:
        reason = str(error).removeprefix(f"{text.path}: ")
        raise LoadError(f"{text.path}: is no call (no utterance with a speaker or a time), and {reason}") from None


def _cue(one: _Said, people: dict[str, _Person], scale: float, runs: tuple[Run, ...]) -> Cue:
    person = people.get(one.who or "")
    label = person.label if person else f"Speaker {one.who}" if re.fullmatch(r"\d+|[A-Z]", one.who or "") else one.who
    return Cue(label, None if one.when is None else one.when * scale, runs, person.side if person else Speaker.UNKNOWN)


def _walk(export: Json) -> Iterator[tuple[str, str | None, dict[str, Json]]]:
    """(group, speaker of the enclosing object, object) for each object in order; utterances are not entered."""
    stack: list[tuple[str, str | None, Json]] = [("", None, export)]
    while stack:
        group, who, node = stack.pop()
        if isinstance(node, list):
            stack.extend((group, who, child) for child in reversed(node))
        elif isinstance(node, dict):
            yield group, who, node
            if not _is_utterance(node, who):
                inner = _scalar(node, _SPEAKER) or who
                stack.extend((f"{group}.{key}", inner, child) for key, child in reversed(node.items()))


def _is_utterance(node: dict[str, Json], who: str | None) -> bool:
    return _words(node) != "" and (_scalar(node, _WHO) or _scalar(node, _WHEN) or who) is not None


def _words(node: dict[str, Json]) -> str:
    return next((text for key in _WORDS if isinstance(text := node.get(key), str) and text.strip()), "")


def _utterances(export: Json) -> Iterator[_Said]:
    for group, who, node in _walk(export):
        if _is_utterance(node, who):
            yield _Said(group, _scalar(node, _WHO) or who, _when(node), _words(node))


def _best(said: Sequence[_Said]) -> Sequence[_Said]:
    """An export says one call several times (utterances, words, paragraphs): the list with speakers and most words."""
    groups: dict[str, list[_Said]] = defaultdict(list)
    for one in said:
        groups[one.group].append(one)
    return max(groups.values(), key=_worth, default=[])


def _is_call(said: Sequence[_Said]) -> bool:
    """Whether somebody speaks at a time or twice; a list of customers' quotations is no call."""
    names = [one.who for one in said if one.who]
    return any(one.when is not None for one in said) or len(set(names)) < len(names)


def _worth(group: Sequence[_Said]) -> tuple[bool, int]:
    return any(one.who for one in group), sum(len(one.words) for one in group)


def _scalar(node: dict[str, Json], keys: Sequence[str]) -> str | None:
    """The first of the keys that holds a text or a number, as text; a speaker may be an object with a name."""
    for key in keys:
        value = node.get(key)
        if isinstance(value, dict):
            value = next((value[name] for name in _NAMES if name in value), None)
        if isinstance(value, (str, int, float)) and str(value).strip():
            return " ".join(str(value).split())
    return None


def _when(node: dict[str, Json]) -> float | None:
    """The start in the export's own unit; milliseconds that are named as such become seconds at once."""
    for key in _WHEN:
        value = node.get(key)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            number = _number(value)
            return number / 1000 if number is not None and key in {"startMs", "start_ms"} else number
        if isinstance(value, str) and value.strip():
            return _time(value)
    return None


def _time(text: str) -> float | None:
    if "T" in text:
        try:
            when = datetime.fromisoformat(text)
            return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
        except (ValueError, OverflowError, OSError):
            return None
    if ":" in text:
        return clock_seconds(text)
    return _number(text)


def _number(value: str | float) -> float | None:
    """A time that a clock can show: JSON's numbers may be infinite, none, or too large for a float."""
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) < _LATEST else None


def _scale(said: Sequence[_Said]) -> float:
    """What makes seconds of the export's times: 1, or .001 where they would mean absurdly slow speech."""
    times = [one.when for one in said if one.when is not None]
    words = sum(len(one.words.split()) for one in said)
    return 0.001 if times and max(times) - min(times) > SLOW_SPEECH * words else 1.0


def _people(export: Json) -> Iterator[tuple[str, _Person]]:
    """(id or name, person) for everyone whom a list of participants names."""
    for group, _, node in _walk(export):
        name = _scalar(node, _NAMES)
        if name is None or group.rpartition(".")[2] not in _PEOPLE:
            continue
        details = [detail for key in _DETAILS if (detail := _scalar(node, (key,)))]
        person = _Person(", ".join([name, *details]), _side(node))
        for key in (name, *(one for key in _IDS if (one := _scalar(node, (key,))))):
            yield key, person


def _side(node: dict[str, Json]) -> Speaker:
    if isinstance(node.get("isInternal"), bool):
        return Speaker.US if node["isInternal"] else Speaker.THEM
    said = {value.casefold() for key in _SIDE if (value := _scalar(node, (key,)))}
    return Speaker.US if said & _OURS else Speaker.THEM if said & _THEIRS else Speaker.UNKNOWN
