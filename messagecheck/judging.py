"""Readings → readings with a verdict on each match: by the rules alone, or by the trained judge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from messagecheck.matching import message_text
from messagecheck.nouns import Canon, Kind, Match, Message, Mode, Polarity, Reading, Sentence, Verdict
from messagecheck.prose import in_our_voice
from messagecheck.signals import Signals, read_signals

Judge = Callable[[Sequence[Reading], Canon], list[Reading]]

CONFLICT_KIND = {
    Kind.CATEGORY: "category", Kind.AUDIENCE: "audience", Kind.VALUE: "value", Kind.DIFFERENTIATOR: "value",
    Kind.FACT: "fact", Kind.PRICING: "pricing", Kind.BOUNDARY: "scope",
}  # fmt: skip
"""The kind of a conflict with a message of each kind, where nothing says more."""

NUMBER_CERTAINTY = 0.75  # chosen on the training packs: nine of ten differences from here on are conflicts there
SCOPE_OVERLAP = 0.5  # a boundary's own words, offered: chosen on the packs for precision
NOTED_CERTAINTY = 0.4  # from here on the judge is told of a number; it weighs the note itself
ALIGNED_SIMILARITY = 0.6  # paraphrases of the packs lie above, other sentences below, more often than not


def judge_by_rules(readings: Sequence[Reading], canon: Canon) -> list[Reading]:
    """Numbers that disagree, boundaries offered and guarantees ruled out; everything else is left to a trained judge."""
    del canon
    return [replace(r, matches=tuple(_with_verdict(r.sentence, match) for match in r.matches)) for r in readings]


def pair_texts(text: str, context: str, message: Message, names: Sequence[str]) -> tuple[str, str]:
    """A statement and a message as the trained judge reads them: what stands before the statement follows it, and the numbers that
    disagree or agree follow the message, since a small model can't work them out."""
    signals = read_signals(text, context, message)
    ours = in_our_voice(text, names)
    statement = f"{ours} || {in_our_voice(context, names)}" if context else ours
    return statement, message_text(message, names) + _number_note(signals)


def _number_note(signals: Signals) -> str:
    if max(signals.differs, signals.agrees) < NOTED_CERTAINTY:
        return ""
    return f" || number differs: {signals.why}" if signals.differs >= signals.agrees else " || number agrees"


def _with_verdict(sentence: Sentence, match: Match) -> Match:
    signals = read_signals(sentence.text, sentence.context, match.message)
    conflict, kind, why = _conflict(sentence, match.message, signals)
    aligned = match.similarity * (1 - conflict) if match.similarity >= ALIGNED_SIMILARITY else 0.0
    return replace(match, verdict=Verdict(round(conflict, 4), round(aligned, 4), kind, why))


def _conflict(sentence: Sentence, message: Message, signals: Signals) -> tuple[float, str, str]:
    kind = CONFLICT_KIND.get(message.kind, "")
    if not kind or sentence.mode in {Mode.SUPPOSES, Mode.RECALLS}:
        return 0.0, "", ""
    if signals.differs >= NUMBER_CERTAINTY and signals.differs > signals.agrees:
        return signals.differs, kind, signals.why
    if message.polarity is Polarity.EXCLUDES and signals.overlap >= SCOPE_OVERLAP and _offers(signals):
        return signals.overlap, "overclaim" if signals.guarantee else kind, "offers what the document rules out"
    return 0.0, "", ""


def _offers(signals: Signals) -> bool:
    return not signals.denial and (signals.offer or signals.guarantee)
