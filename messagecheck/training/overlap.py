"""When two texts are the same statement for the scorer, and the rank correlation that it reports."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "…": "..."})


def hit(found: str, gold: str) -> bool:
    """One holds the other, or they share three words, 60 % of the shorter one's and 40 % of the longer one's."""
    one, other = (fold(text).strip(" .!?\"'") for text in (found, gold))
    if not one or not other:
        return False
    if other in one:
        return len(words(one)) <= 4 * len(words(other)) + 12
    if one in other:
        return len(words(one)) >= min(2, len(words(other)))
    ours, theirs = set(words(one)), set(words(other))
    common = len(ours & theirs)
    return common >= max(0.6 * min(len(ours), len(theirs)), 0.4 * max(len(ours), len(theirs)), 3)


def fold(text: str) -> str:
    """Entities, case, typographic marks, emphasis and white space off."""
    return re.sub(r"\s+", " ", re.sub(r"[*_`]+", "", html.unescape(text).casefold().translate(_PLAIN))).strip()


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9][a-z0-9.,%$'-]*[a-z0-9%]|[a-z0-9%$]", fold(text))


def spearman(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Rank correlation; None for fewer than three pairs, 0 where one side is constant."""
    if len(xs) < 3:
        return None
    a, b = _ranks(xs), _ranks(ys)
    mean_a, mean_b = sum(a) / len(a), sum(b) / len(b)
    spread = sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b)
    together = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    return together / spread**0.5 if spread else 0.0


def _ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 0; equal values share the mean of theirs."""
    places: dict[float, list[int]] = {}
    for place, value in enumerate(sorted(values)):
        places.setdefault(value, []).append(place)
    return [sum(places[value]) / len(places[value]) for value in values]
