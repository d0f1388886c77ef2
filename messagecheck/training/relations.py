"""General NLI pairs for stage A: the skill of telling entailment, neutrality and contradiction apart."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

from messagecheck.training.pairs import Pair, Relation

MIX = {
    "multinli_partial": 44_000,
    "snli_partial": 10_000,
    "factor_contradictions": 3_600,
    "contractnli_spans": 2_200,
    "infotabs": 4_000,
    "conjnli": 3_000,
    "semi_automatic_nli_wiki": 5_000,
    "counterfactual_snli": 4_000,
    "breaking_nli": 3_000,
    "help_monotonicity": 2_000,
    "scone": 2_000,
    "semantic_fragments": 2_000,
    "negation_nli": 1_500,
    "fever_symmetric": 1_400,
    "fool_me_twice": 2_500,
    "awpnli": 700,
    "nan_nli": 250,
    "vitaminc_tiny": 400,
}
"""Rows taken of each file. Templates (fragments, monotonicity, negation) stay at a few thousand: more of them over-
fits."""

HELD_OUT = "dev_mismatched"
RELATIONS = {"entailment": Relation.ALIGNED, "neutral": Relation.UNRELATED, "contradiction": Relation.CONFLICT}


def read_pairs(folder: Path, *, seed: int) -> list[Pair]:
    """The stage-A mix, shuffled; MultiNLI's mismatched development split is left out for measuring."""
    rng = random.Random(seed)
    pairs = []
    for name, most in MIX.items():
        rows = [pair for split, pair in _rows(folder / f"{name}.jsonl.gz") if split != HELD_OUT]
        pairs += rng.sample(rows, min(most, len(rows)))
    rng.shuffle(pairs)
    return pairs


def read_held_out(folder: Path) -> list[Pair]:
    return [pair for split, pair in _rows(folder / "multinli_partial.jsonl.gz") if split == HELD_OUT]


def _rows(path: Path) -> list[tuple[str, Pair]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [(row["split"], Pair(row["premise"], row["hypothesis"], RELATIONS[row["label"]])) for row in rows]
