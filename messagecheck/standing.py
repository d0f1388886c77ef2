"""How a touchpoint stands: which messages it expresses, what it stresses, and one number that only sorts.

drift = 1 − 2^−(Σ weight · part), so that nothing wrong is 0 and the off-message tier begins at one half. The parts:

- conflicts: expected conflicts (the sum of the claims' conflict probabilities) per 1,000 words of ours
- terms: expected wrong terms (the sum of the findings' probabilities) per 1,000 words of ours
- missing: the expected share of the required value propositions that are not expressed
- emphasis: Jensen-Shannon divergence of what is stressed from what the document's order asks for

The weights were fitted on labelled companies (`python -m messagecheck.training standing`) and lie in models/standing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from messagecheck import places
from messagecheck.emphasis import declared, divergence, emphasis
from messagecheck.errors import ModelError
from messagecheck.expression import Expressed, express
from messagecheck.fusion import Logistic
from messagecheck.nouns import Canon, Expression, Finding, Reading, Scale, Standing, Tier, Touchpoint
from messagecheck.prose import is_canonical, is_claim

PER = 1000
SOFT_WORDS = 50
"""Words added to every touchpoint's own, about four sentences, so that one doubtful sentence is no rate."""
ENOUGH = 15
"""Claims from which on a touchpoint's tier is told without a look at the interval."""
JEFFREYS = 0.5
"""What the reference prior for a Poisson rate adds to the count."""
NINETY = 1.645
"""Standard normal quantile that leaves 5 % on either side."""


@dataclass(frozen=True, slots=True)
class Config:
    """config.json in models/standing."""

    scale: Scale
    expressed: Expressed


@dataclass(frozen=True, slots=True)
class Measure:
    """One part of drift with the variance of what it estimates."""

    value: float
    variance: float = 0.0


@lru_cache(maxsize=1)
def load_config(folder: Path | None = None) -> Config:
    """The shipped weights. ModelError where config.json is not what `training standing` writes."""
    path = (folder or places.model("standing")) / "config.json"
    try:
        shape = json.loads(path.read_text(encoding="utf-8"))
        weights = tuple((str(name), float(weight)) for name, weight in shape["weights"].items())
        told = shape["expressed"]
        model = Logistic(float(told["intercept"]), {name: float(weight) for name, weight in told["weights"].items()})
        scale = Scale(weights, float(shape["drifting_from"]), float(shape["off_message_from"]))
        return Config(scale, Expressed(model, float(told["speaks_from"])))
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        hint = "write them with python -m messagecheck.training standing"
        raise ModelError(f"{path}: holds no weights of drift; {hint}") from error


def weigh(
    touchpoint: Touchpoint,
    readings: Sequence[Reading],
    findings: Sequence[Finding],
    canon: Canon,
    required: Collection[str],
) -> Standing:
    """`required` are ids of value propositions."""
    config = load_config()
    coverage = tuple(express(canon, readings, findings, required, config.expressed))
    parts = measure(readings, findings, canon, [one for one in coverage if one.message.id in required])
    drift = to_drift(total(parts, config.scale))
    interval = _interval(parts, config.scale)
    return Standing(
        touchpoint,
        drift=round(drift, 4),
        tier=tier(drift, config.scale),
        emphasis=tuple((id_, round(share, 4)) for id_, share in emphasis(readings, canon)),
        coverage=coverage,
        parts=tuple((name, round(part.value, 4)) for name, part in parts.items()),
        interval=interval,
        too_short=_too_short(sum(is_claim(reading.sentence) for reading in readings), interval, config.scale),
    )


def measure(
    readings: Sequence[Reading], findings: Sequence[Finding], canon: Canon, required: Sequence[Expression]
) -> dict[str, Measure]:
    """The parts by name. Counts vary as Poisson's do, each value proposition's expression as one throw of a coin."""
    claims = [reading for reading in readings if is_claim(reading.sentence)]
    per = PER / (sum(len(claim.sentence.text.split()) for claim in claims) + SOFT_WORDS)
    conflicts = sum(_conflict(claim) for claim in claims if not is_canonical(claim.sentence, canon))
    terms = sum(finding.confidence for finding in findings if finding.rule.startswith("term/"))
    asked = max(1, len(required))
    missing = sum(1 - one.probability for one in required) / asked
    coins = sum(one.probability * (1 - one.probability) for one in required) / asked**2
    ours = emphasis(readings, canon)
    stressed = divergence(ours, declared([one.message for one in required])) if required else 0.0
    return {
        "conflicts": Measure(conflicts * per, (conflicts + JEFFREYS) * per**2),
        "terms": Measure(terms * per, terms * per**2),
        "missing": Measure(missing, coins),
        "emphasis": Measure(stressed),
    }


def to_drift(weighted: float) -> float:
    return 1 - 2**-weighted


def tier(drift: float, scale: Scale) -> Tier:
    if drift >= scale.off_message_from:
        return Tier.OFF_MESSAGE
    return Tier.DRIFTING if drift >= scale.drifting_from else Tier.ON_MESSAGE


def _conflict(reading: Reading) -> float:
    return max((match.verdict.conflict for match in reading.matches if match.verdict), default=0.0)


def total(parts: Mapping[str, Measure], scale: Scale) -> float:
    return sum(weight * parts[name].value for name, weight in scale.weights)


def _interval(parts: Mapping[str, Measure], scale: Scale) -> tuple[float, float]:
    """Where drift lies nine times in ten: the weighted sum as a gamma variable of the same mean and variance, its
    quantiles after Wilson and Hilferty (1931)."""
    mean = total(parts, scale)
    variance = sum(weight**2 * parts[name].variance for name, weight in scale.weights)
    if not mean or not variance:
        return to_drift(mean), to_drift(mean)
    shape = mean**2 / variance
    low, high = (mean * max(0.0, 1 - 1 / (9 * shape) + sign * NINETY / (3 * math.sqrt(shape))) ** 3 for sign in (-1, 1))
    return round(to_drift(low), 4), round(to_drift(high), 4)


def _too_short(claims: int, interval: tuple[float, float], scale: Scale) -> str:
    """Few claims may still be enough, where the whole interval lies in one tier."""
    if not claims:
        return "no statement of ours"
    enough = claims >= ENOUGH or tier(interval[0], scale) is tier(interval[1], scale)
    return "" if enough else f"{claims} of {ENOUGH} statements"
