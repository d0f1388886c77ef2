"""The data types of the program. Values only: frozen, slotted, tuples inside; imports nothing of ours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from messagecheck.nouns.canon import Canon, Example, Message, Problem, Required, Term
from messagecheck.nouns.content import Anchor, Block, Location, Sentence, Touchpoint, Unread
from messagecheck.nouns.findings import Audit, Evidence, Expression, Finding, Match, Reading, Scale, Standing, Verdict
from messagecheck.nouns.kinds import Coverage, Kind, Mode, Polarity, Role, Severity, Speaker, Tier

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Encode = Callable[[Sequence[str]], NDArray[np.float32]]
    """Texts → unit vectors, shape (len(texts), dimensions); an empty matrix for no text."""


__all__ = [
    "Anchor",
    "Audit",
    "Block",
    "Canon",
    "Coverage",
    "Evidence",
    "Example",
    "Expression",
    "Finding",
    "Kind",
    "Location",
    "Match",
    "Message",
    "Mode",
    "Polarity",
    "Problem",
    "Reading",
    "Required",
    "Role",
    "Scale",
    "Sentence",
    "Severity",
    "Speaker",
    "Standing",
    "Term",
    "Tier",
    "Touchpoint",
    "Unread",
    "Verdict",
]
