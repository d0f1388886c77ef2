"""A foreign cross-encoder → log-odds of aligned and of conflict, whatever the order of its outputs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from messagecheck.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Odds = NDArray[np.float64]
    Score = Callable[[Sequence[tuple[str, str]]], Odds]
    """(message, statement) pairs → log-odds of aligned and of conflict, shape (pairs, 2)."""

ALIGNED, CONFLICT = 0, 1
"""Columns of a score."""
LABELS = {"entailment": ALIGNED, "consistent": ALIGNED, "contradiction": CONFLICT, "inconsistent": CONFLICT}
KNOWN = ({"entailment", "neutral", "contradiction"}, {"consistent", "inconsistent"})
DIGITS = 3
"""Log-odds are rounded: what stands beside a pair in its batch moves the last digits of a float."""


def load_score(name: str) -> Score:
    """Raises ModelError for what is no cross-encoder in safetensors, and where its outputs' order can't be told."""
    from sentence_transformers import CrossEncoder
    from torch.nn import Identity
    from transformers.utils.logging import disable_progress_bar

    columns = _columns(name)
    disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers types it not
    try:
        model = CrossEncoder(name, device="cpu", model_kwargs={"use_safetensors": True})
    except (OSError, ValueError) as error:
        raise ModelError(f"{name}: can't be loaded ({first_line(error)}); weights must be safetensors") from error

    def score(pairs: Sequence[tuple[str, str]]) -> Odds:
        if not pairs:
            return np.empty((0, len(columns)))
        unique = {pair: row for row, pair in enumerate(dict.fromkeys(pairs))}
        said = model.predict(list(unique), activation_fn=Identity(), show_progress_bar=False)
        odds = log_odds(np.asarray(said, np.float64), columns)
        return odds[[unique[pair] for pair in pairs]]

    return score


def log_odds(logits: Odds, columns: tuple[int, int]) -> Odds:
    """Of the two outputs against all others: logit − log Σ exp(other logits)."""
    odds = [logits[:, own] - np.logaddexp.reduce(np.delete(logits, own, axis=1), axis=1) for own in columns]
    return np.round(np.stack(odds, axis=1), DIGITS)


def first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


def _columns(name: str) -> tuple[int, int]:
    """The outputs that say aligned and conflict, from the model's own configuration."""
    from transformers import AutoConfig

    try:
        config = AutoConfig.from_pretrained(name, trust_remote_code=False)
    except (OSError, ValueError) as error:
        raise ModelError(f"{name}: no cross-encoder's folder, nor a model's name ({first_line(error)})") from error
    written = [str(label) for _, label in sorted(config.id2label.items())]
    said = [label.casefold() for label in written]
    if set(said) not in KNOWN or len(said) != len(set(said)):
        known = " or ".join(", ".join(sorted(labels)) for labels in KNOWN)
        raise ModelError(f"{name}: its outputs are {', '.join(written)}; id2label in its config.json must say {known}")
    number = {LABELS.get(label): place for place, label in enumerate(said)}
    return number[ALIGNED], number[CONFLICT]
