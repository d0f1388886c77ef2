"""Readings with a chance of conflict, and a judge that gives it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from messagecheck.judging import Judge
from messagecheck.nouns import Block, Canon, Kind, Location, Match, Message, Mode, Reading, Sentence, Severity, Verdict

PRICE = Message("price-starter", Kind.PRICING, "Starter: $49 per user per month", 12)
FREE = Message("no-free", Kind.BOUNDARY, "A free plan", 20)
LORE = Message("lore", Kind.OTHER, "Founded in a garage", 30)
CANON = Canon("positioning.md", "Acme", (), None, (PRICE, FREE, LORE), (), ())
SPEAKS_FROM = 0.5


def reading(
    text: str, *, mode: Mode = Mode.ASSERTS, context: str = "", messages: Sequence[Message] = (PRICE, FREE)
) -> Reading:
    block = Block(text, Location("page.md", line=1))
    return Reading(Sentence(text, 0, block, mode, context), tuple(Match(message, 0.7) for message in messages))


def judge_at(chance: float) -> Judge:
    """Every sentence conflicts with its first message, as likely as that."""
    band = Severity.WARNING if chance >= SPEAKS_FROM else None

    def judge(readings: Sequence[Reading], canon: Canon) -> list[Reading]:
        del canon
        return [replace(one, matches=tuple(_judged(one, chance, band))) for one in readings]

    return judge


def _judged(one: Reading, chance: float, band: Severity | None) -> list[Match]:
    first, *others = one.matches
    verdict = Verdict(chance, 0.1, "pricing", "price 39 ≠ 49", band)
    return [replace(first, verdict=verdict), *(replace(match, verdict=Verdict(0.0, 0.1)) for match in others)]
