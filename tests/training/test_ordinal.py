"""The weights of drift: what tells the tiers apart weighs, nothing weighs less than nothing."""

import random

from messagecheck.nouns import Scale
from messagecheck.standing import to_drift
from messagecheck.training import ordinal


def fitted(good: float = 0.0) -> Scale:
    """Sixty touchpoints whose tier follows from `bad`; `good` makes the second part speak for a better tier."""
    draw = random.Random(1)
    table, tiers = [], []
    for _ in range(60):
        bad = draw.uniform(0, 30)
        tiers.append(0 if bad < 10 else 1 if bad < 20 else 2)
        table.append({"bad": bad + draw.gauss(0, 1), "other": draw.uniform(0, 1) - good * bad})
    return ordinal.fit(table, tiers)


def test_what_tells_the_tiers_apart_weighs():
    scale = fitted()
    weights = dict(scale.weights)
    assert weights["bad"] * 30 > 5 * weights["other"]
    assert to_drift(weights["bad"] * 10) < scale.drifting_from + 0.1
    assert abs(to_drift(weights["bad"] * 20) - scale.off_message_from) < 0.1


def test_a_part_that_speaks_for_a_better_tier_weighs_nothing():
    assert dict(fitted(good=0.1).weights)["other"] == 0


def test_the_same_labels_give_the_same_weights():
    assert fitted() == fitted()
