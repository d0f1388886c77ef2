"""Readings → readings with a verdict on each match: by the rules alone, or by the trained judge."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from messagecheck.matching import message_text
from messagecheck.nouns import Canon, Kind, Match, Message, Mode, Polarity, Reading, Sentence, Severity, Verdict
from messagecheck.prose import in_our_voice
from messagecheck.signals import Signals, read_signals

Judge = Callable[[Sequence[Reading], Canon], list[Reading]]

CONFLICT_KIND = {
    Kind.CATEGORY: "category", Kind.AUDIENCE: "audience", Kind.VALUE: "value", Kind.DIFFERENTIATOR: "value",
    Kind.FACT: "fact", Kind.PRICING: "pricing", Kind.BOUNDARY: "scope",
}  # fmt: skip
"""The kind of a conflict with a message of each kind, where nothing says more."""

EXPLANATIONS = {
    "category": "calls the product another kind of thing than the document does",
    "audience": "names another audience than the document does",
    "value": "promises another value than the document does",
    "scope": "draws the service's boundary elsewhere than the document does",
}

NUMBER_CERTAINTY = 0.45  # on the training packs, nine of ten differences from here on are conflicts
ERROR_CERTAINTY = 0.66  # a plain price that differs
ON_TOPIC = 0.55  # similarity below which a number and a message share no topic; chosen for precision
BEHIND_NEAREST = 0.1
SCOPE_OVERLAP = 0.5  # a boundary's own words, offered: chosen on the packs for precision
NOTED_CERTAINTY = 0.2  # from here on the judge is told of a number; it weighs the note itself
ALIGNED_SIMILARITY = 0.6  # paraphrases of the packs lie above, other sentences below, more often than not


def judge_by_rules(readings: Sequence[Reading], canon: Canon) -> list[Reading]:
    """Numbers that disagree, boundaries offered and guarantees ruled out; the rest is left to a trained judge."""
    del canon
    return [replace(reading, matches=tuple(_verdicts(reading))) for reading in readings]


def pair_texts(
    text: str, context: str, message: Message, names: Sequence[str], *, signals: Signals | None = None
) -> tuple[str, str]:
    """A statement and a message as the trained judge reads them: what stands before the statement follows it, and the
    numbers that disagree or agree follow the message, since a small model can't work them out."""
    told = signals or read_signals(text, context, message)
    ours = in_our_voice(text, names)
    statement = f"{ours} || {in_our_voice(context, names)}" if context else ours
    return statement, message_text(message, names) + _number_note(told)


def _number_note(signals: Signals) -> str:
    if max(signals.differs, signals.agrees) < NOTED_CERTAINTY:
        return ""
    return f" || number differs: {signals.why}" if signals.differs >= signals.agrees else " || number agrees"


def _verdicts(reading: Reading) -> Iterator[Match]:
    """A number that some other message confirms is no conflict, and a message far from the sentence's topic has no
    say."""
    sentence = reading.sentence
    signals = [read_signals(sentence.text, sentence.context, match.message) for match in reading.matches]
    confirmed = max((s.agrees for s in signals), default=0.0)
    nearest = max((match.similarity for match in reading.matches), default=0.0)
    for match, signal in zip(reading.matches, signals, strict=True):
        on_topic = match.similarity >= max(ON_TOPIC, nearest - BEHIND_NEAREST) and signal.differs > confirmed
        told = _conflict(sentence, match.message, signal, on_topic=on_topic)
        aligned = match.similarity * (1 - told[0]) if match.similarity >= ALIGNED_SIMILARITY else 0.0
        band = None if not told[0] else Severity.ERROR if told[0] >= ERROR_CERTAINTY else Severity.WARNING
        yield replace(match, verdict=Verdict(round(told[0], 4), round(aligned, 4), *told[1:], band))


def _conflict(sentence: Sentence, message: Message, signals: Signals, *, on_topic: bool) -> tuple[float, str, str]:
    kind = CONFLICT_KIND.get(message.kind, "")
    if not kind or sentence.mode in {Mode.SUPPOSES, Mode.RECALLS}:
        return 0.0, "", ""
    if on_topic and signals.differs >= NUMBER_CERTAINTY:
        return signals.differs, kind, signals.why
    if message.polarity is Polarity.EXCLUDES and signals.overlap >= SCOPE_OVERLAP and _offers(signals):
        told = "overclaim" if signals.guarantee else kind
        return signals.overlap, told, explain(message, signals, told)
    return 0.0, "", ""


def explain(message: Message, signals: Signals, kind: str) -> str:
    """Which part of the statement disagrees with which part of the message, as far as it can be told."""
    if signals.differs >= NOTED_CERTAINTY and signals.differs >= signals.agrees:
        return signals.why
    if kind == "overclaim":
        return f"promises more than the document does{_naming(signals.absolutes)}"
    if message.polarity is Polarity.EXCLUDES and not signals.denial:
        return "offers what the document rules out"
    if signals.polarity_clash:
        return "denies what the document states" if signals.denial else "states what the document denies"
    return EXPLANATIONS.get(kind, "can't be believed together with the document")


def _naming(words: Sequence[str]) -> str:
    return f" (“{'”, “'.join(words)}”)" if words else ""


def _offers(signals: Signals) -> bool:
    return not signals.denial and (signals.offer or signals.guarantee)
