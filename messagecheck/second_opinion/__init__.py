"""The second opinion: where the judge is unsure, a model that the user names is asked. Off unless one is named.

A scan never depends on it: without an answer the judge's own verdict stays, and a warning says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from messagecheck.display import counted
from messagecheck.errors import EndpointError
from messagecheck.judging import Judge
from messagecheck.nouns import Canon, Reading
from messagecheck.second_opinion.asking import Warn, asked_with, batches, gather
from messagecheck.second_opinion.cache import read_cache
from messagecheck.second_opinion.endpoint import Ask, make_ask
from messagecheck.second_opinion.items import Item, key_of, make_item, speaks_to_a_model
from messagecheck.second_opinion.prompt import INSTRUCTIONS, estimate
from messagecheck.second_opinion.verdicts import settle
from messagecheck.settings import SecondOpinion


def load(judge: Judge, config: SecondOpinion, environment: Mapping[str, str], warn: Warn) -> Judge:
    """The judge with the endpoint behind it; the judge alone, and a warning, where the key is missing."""
    try:
        ask = make_ask(config, environment)
    except EndpointError as error:
        warn(f"second opinion: {error}; the judge's own verdicts stay")
        return judge
    return with_second_opinion(judge, config, ask=ask, warn=warn)


def with_second_opinion(judge: Judge, config: SecondOpinion, *, ask: Ask, warn: Warn) -> Judge:
    """Readings that the judge is sure of come out as they are; the others as the endpoint settles them."""

    def judge_twice(readings: Sequence[Reading], canon: Canon) -> list[Reading]:
        judged = judge(readings, canon)
        keys, items = _unsure(judged, canon, config)
        opinions = gather(items, config, ask, warn) if items else {}
        return [
            settle(reading, opinions[key], config.band) if key in opinions else reading
            for key, reading in zip(keys, judged, strict=True)
        ]

    return judge_twice


def telling(judge: Judge, config: SecondOpinion, tell: Callable[[str], None]) -> Judge:
    """The judge alone, that tells what would be sent after it."""

    def judge_and_tell(readings: Sequence[Reading], canon: Canon) -> list[Reading]:
        judged = judge(readings, canon)
        tell(dry_run(judged, canon, config))
        return judged

    return judge_and_tell


def dry_run(readings: Sequence[Reading], canon: Canon, config: SecondOpinion) -> str:
    """What would be sent about these readings, to the letter. Raises EndpointError for an unreadable cache."""
    _, items = _unsure(readings, canon, config)
    known = read_cache(config.cache, items)
    return "\n".join(_report(items, [key for key in items if key in known], config)) + "\n"


def fingerprint(config: SecondOpinion) -> str:
    """For the report: the model and the version of what it is asked."""
    return "@prompt:".join(asked_with(config))


def _report(items: Mapping[str, Item], known: Sequence[str], config: SecondOpinion) -> Iterator[str]:
    todo = list(batches({key: item for key, item in items.items() if key not in known}, config.batch))
    withheld = sum(map(speaks_to_a_model, items.values()))
    yield f"second opinion: {config.base_url}, model {config.model}; nothing was sent"
    asked = f"{counted(len(items), 'statement')} from {config.band[0]:g} to {config.band[1]:g}"
    yield f"{asked}: {len(known)} answered before, {withheld} withheld, {sum(len(b.items) for b in todo)} to send"
    total = sum(estimate(batch.prompt) for batch in todo)
    most = f"at most {config.max_requests} and {config.max_tokens:,}"
    yield f"{counted(len(todo), 'request')} and about {total:,} tokens; {most} are allowed"
    if todo:
        yield f"\nsystem message of each request:\n{INSTRUCTIONS}"
    for number, batch in enumerate(todo, 1):
        yield f"user message of request {number}:\n{batch.prompt.data}\n"


def _unsure(judged: Sequence[Reading], canon: Canon, config: SecondOpinion) -> tuple[list[str | None], dict[str, Item]]:
    """For each reading the key of what would be asked, None where nothing is; and each question once."""
    items = [make_item(reading, canon, config.band) for reading in judged]
    keys = [key_of(item, asked_with(config)) if item else None for item in items]
    return keys, {key: item for key, item in zip(keys, items, strict=True) if key and item}
