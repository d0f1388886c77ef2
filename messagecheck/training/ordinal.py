"""Parts and ordered tiers → the weights of drift: cumulative logits (McCullagh 1980), no weight of them
negative.

More of any part can only raise drift, so a weight that the labels would make negative is 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from messagecheck.nouns import Scale
from messagecheck.standing import to_drift

Floats = NDArray[np.float64]

REGULARISATION = 1.0
"""Weight of the squared coefficients of standardised parts: 33 touchpoints are few for six numbers."""
LEAST_GAP = 0.05
"""Between two bounds, so that no tier is empty."""


def fit(table: Sequence[Mapping[str, float]], tiers: Sequence[int]) -> Scale:
    """Tiers are 0, 1, 2. The weights are written so that the second bound lies at 1, which is a drift of one half."""
    names = list(table[0])
    parts = np.array([[row[name] for name in names] for row in table])
    spread = np.where(parts.std(axis=0) > 0, parts.std(axis=0), 1.0)
    start = np.array([*[0.5] * len(names), 1.0, 1.0])
    bounds = [*[(0.0, None)] * len(names), (LEAST_GAP, None), (LEAST_GAP, None)]
    found = minimize(_loss, start, args=(parts / spread, np.array(tiers)), bounds=bounds, method="L-BFGS-B").x
    first, second = found[-2], found[-2] + found[-1]
    weights = found[:-2] / spread / second
    return Scale(
        tuple((name, float(weight)) for name, weight in zip(names, weights, strict=True)),
        drifting_from=float(to_drift(first / second)),
        off_message_from=to_drift(1),
    )


def _loss(numbers: Floats, parts: Floats, tiers: NDArray[np.int64]) -> float:
    """Negative log-likelihood of “beyond the first bound” and “beyond the second”, as if they were two questions."""
    weights, first, gap = numbers[:-2], numbers[-2], numbers[-1]
    stands = parts @ weights
    beyond = [(stands - first, tiers >= 1), (stands - first - gap, tiers >= 2)]
    told = sum(np.logaddexp(0, np.where(is_beyond, -odds, odds)).sum() for odds, is_beyond in beyond)
    return float(told + REGULARISATION * (weights**2).sum() / 2)
