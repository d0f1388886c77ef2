"""Items → opinions: from the cache, else from the endpoint, in batches, within a budget. No failure gets past here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from messagecheck.display import counted
from messagecheck.errors import EndpointError
from messagecheck.second_opinion import cache
from messagecheck.second_opinion.answers import Opinion, parse_answer
from messagecheck.second_opinion.endpoint import Ask, Reply
from messagecheck.second_opinion.items import Item, speaks_to_a_model
from messagecheck.second_opinion.prompt import VERSION, Prompt, estimate, render, tokens
from messagecheck.settings import SecondOpinion

Warn = Callable[[str], None]

PATIENCE = 2
"""Failed requests in a row after which an endpoint counts as dead for this run."""


@dataclass(frozen=True, slots=True)
class Spent:
    requests: int = 0
    tokens: int = 0
    failures: int = 0
    """in a row"""


@dataclass(frozen=True, slots=True)
class Batch:
    keys: tuple[str, ...]
    items: tuple[Item, ...]
    prompt: Prompt


def asked_with(config: SecondOpinion) -> tuple[str, str]:
    """What an answer depends on beside the item."""
    return config.model, VERSION


def gather(items: Mapping[str, Item], config: SecondOpinion, ask: Ask, warn: Warn) -> dict[str, Opinion]:
    """Opinions by key, as far as they are to be had; what is missing is said through `warn`, never raised."""
    known = _remembered(items, config, warn)
    spent = Spent()
    unasked = 0
    for batch in batches({key: item for key, item in items.items() if key not in known}, config.batch):
        if spent.failures < PATIENCE and within(spent, batch.prompt, config):
            spent, found = _ask_one(batch, spent, ask, warn)
            known |= found
            _keep(found, config, warn)
        else:
            unasked += len(batch.items)
    if unasked:
        reason = "the endpoint fails" if spent.failures >= PATIENCE else "max_requests or max_tokens is reached"
        warn(f"second opinion: {reason}; {counted(unasked, 'statement')} not asked about")
    withheld = sum(map(speaks_to_a_model, items.values()))
    if withheld:
        warn(f"second opinion: {counted(withheld, 'statement')} not sent: they read like orders to a language model")
    return known


def batches(items: Mapping[str, Item], size: int) -> Iterator[Batch]:
    """The likeliest conflicts first, so that a small budget goes to them; what speaks to a model is in none."""
    sendable = [(key, item) for key, item in items.items() if not speaks_to_a_model(item)]
    ordered = sorted(sendable, key=lambda pair: (-pair[1].chance, pair[0]))
    for start in range(0, len(ordered), size):
        keys, chosen = zip(*ordered[start : start + size], strict=True)
        yield Batch(keys, chosen, render(chosen))


def within(spent: Spent, prompt: Prompt, config: SecondOpinion) -> bool:
    return spent.requests < config.max_requests and spent.tokens + estimate(prompt) <= config.max_tokens


def _ask_one(batch: Batch, spent: Spent, ask: Ask, warn: Warn) -> tuple[Spent, dict[str, Opinion]]:
    """A failed request is taken to have cost what was estimated."""
    failed = Spent(spent.requests + 1, spent.tokens + estimate(batch.prompt), spent.failures + 1)
    try:
        reply = ask(batch.prompt)
    except EndpointError as error:
        warn(f"second opinion: {error}; the judge's own verdicts stay")
        return failed, {}
    paid = Spent(spent.requests + reply.requests, spent.tokens + _cost(reply, batch.prompt), spent.failures + 1)
    try:
        answer = parse_answer(reply.text, batch.items)
    except EndpointError as error:
        warn(f"second opinion: {error}; the judge's own verdicts stay")
        return paid, {}
    _tell(answer.refused, warn)
    return replace(paid, failures=0), {batch.keys[place]: opinion for place, opinion in answer.opinions.items()}


def _cost(reply: Reply, prompt: Prompt) -> int:
    said = estimate(prompt) - prompt.answer_tokens + tokens(reply.text)
    return said if reply.tokens is None else reply.tokens


def _tell(refused: Sequence[str], warn: Warn) -> None:
    if refused:
        others = f" (and {len(refused) - 1} more)" if len(refused) > 1 else ""
        warn(f"second opinion: {refused[0]}{others}; the judge's own verdict stays")


def _remembered(items: Mapping[str, Item], config: SecondOpinion, warn: Warn) -> dict[str, Opinion]:
    try:
        return cache.read_cache(config.cache, items)
    except EndpointError as error:
        warn(f"second opinion: {error}")
        return {}


def _keep(found: Mapping[str, Opinion], config: SecondOpinion, warn: Warn) -> None:
    if not found:
        return
    try:
        cache.append(config.cache, found)
    except EndpointError as error:
        warn(f"second opinion: {error}")
