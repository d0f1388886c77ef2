"""Sentences × canon → readings: the few messages that a sentence may speak about."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from messagecheck.nouns import Canon, Match, Message, Reading, Sentence
from messagecheck.prose import in_our_voice
from messagecheck.quantities import compare
from messagecheck.words import content_lemmas

if TYPE_CHECKING:
    from messagecheck.nouns import Encode

NEAREST = 4
"""Messages by similarity that each sentence is judged against; the gate's card has recall for 1 to 8."""
WITHIN = 0.2
"""How far behind the nearest a message may be. Beyond it, the calibration companies' conflicts are told no better and
a quarter more pairs are judged (`benchmarks/quality.py`)."""
MOST = 6
SLOT_CERTAINTY = 0.25
"""A quantity pairs with a message's quantity from this certainty on (quantities.compare)."""


def match(sentences: Sequence[Sentence], canon: Canon, encode: Encode) -> list[Reading]:
    """One reading a sentence, in order, with at most MOST matches, nearest first."""
    names = (canon.name, *canon.aliases)
    similarities = (
        encode([statement_text(s.text, s.context, names) for s in sentences])
        @ encode([message_text(m, names) for m in canon.messages]).T
    )
    rarity = _rarity([message.text for message in canon.messages])
    return [
        Reading(sentence, _candidates(sentence, canon.messages, [float(x) for x in row], rarity))
        for sentence, row in zip(sentences, similarities, strict=True)
    ]


def statement_text(text: str, context: str, names: Sequence[str]) -> str:
    """A sentence as the encoder reads it: what stands before it comes first."""
    ours = in_our_voice(text, names)
    return f"{in_our_voice(context, names)} | {ours}" if context else ours


def message_text(message: Message, names: Sequence[str]) -> str:
    """A message as the encoder and the judge read it: its kind says what is excluded."""
    kind = (
        f"not for {message.kind}"
        if message.kind == "audience" and message.polarity == "excludes"
        else str(message.kind)
    )
    return f"{kind}: {in_our_voice(message.text, names)}"


def _candidates(
    sentence: Sentence, messages: Sequence[Message], similarities: Sequence[float], rarity: dict[str, float]
) -> tuple[Match, ...]:
    order = sorted(range(len(messages)), key=lambda i: (-similarities[i], i))
    near = [*order[:NEAREST], _best_lexical(sentence, messages, rarity)]
    near = [i for i in near if similarities[i] >= similarities[order[0]] - WITHIN]
    distinct = list(dict.fromkeys((*near, *_by_slot(sentence, messages))))
    chosen = sorted(distinct[:MOST], key=lambda i: (-similarities[i], i))
    return tuple(Match(messages[i], round(similarities[i], 4)) for i in chosen)


def _best_lexical(sentence: Sentence, messages: Sequence[Message], rarity: dict[str, float]) -> int:
    lemmas = content_lemmas(sentence.text)
    return max(
        range(len(messages)), key=lambda i: (sum(rarity[x] for x in lemmas & content_lemmas(messages[i].text)), -i)
    )


def _by_slot(sentence: Sentence, messages: Sequence[Message]) -> list[int]:
    """Messages whose quantities the sentence's quantities talk about, surest first."""
    found = [
        (max((d.certainty for d in compare(sentence.text, message.text, sentence.context)), default=0.0), i)
        for i, message in enumerate(messages)
    ]
    return [i for certainty, i in sorted(found, key=lambda pair: (-pair[0], pair[1])) if certainty >= SLOT_CERTAINTY]


def _rarity(texts: Sequence[str]) -> dict[str, float]:
    """Inverse document frequency of each lemma over the canon's messages."""
    counts = Counter(lemma for text in texts for lemma in content_lemmas(text))
    return {lemma: math.log(1 + len(texts) / count) for lemma, count in counts.items()}
