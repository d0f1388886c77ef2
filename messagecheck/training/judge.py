"""`python -m messagecheck.training judge`: the cross-encoder that tells a conflict from a paraphrase.

Stage A learns relations from general NLI pairs (`--stage relations`); stage B (`--stage packs`) learns the task
itself from the packs: each statement against the messages it is about and against the nearest others, with a replay
of stage A.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from messagecheck.judging import pair_texts
from messagecheck.matching import message_text, statement_text
from messagecheck.training import relations
from messagecheck.training.corpora import Pack, Statement, read_packs
from messagecheck.training.edits import edit_pack
from messagecheck.training.fitting import Schedule, fit
from messagecheck.training.pairs import CONFLICT_KINDS, NO_KIND, Pair, Relation

OTHERS = {"aligned": 1, "benign": 1, "term": 1, "neutral": 2, "conflict": 2}
"""Other messages that a statement is shown with. Without a conflict's, the judge would learn to tell a conflict from
the statement alone."""
NEAR = slice(0, 6)
NOT_NEAREST = slice(2, 14)
"""Where a statement's others are drawn from, nearest first; the nearest others of a conflict may conflict too."""
KIND_OF = {kind: number for number, kind in enumerate(CONFLICT_KINDS)}


def main(arguments: Sequence[str]) -> int:
    options = _parse(arguments)
    if options.stage == "relations":
        pairs = relations.read_pairs(options.nli, seed=options.seed)
    else:
        packs = [pack for pack in read_packs(options.packs) if pack.name not in options.hold_out]
        gate = SentenceTransformer(options.gate, device="cpu")
        seeds = range(options.seed, options.seed + options.draws)
        pairs = [pair for seed in seeds for pair in drawn_pairs(packs, gate, seed=seed, edits=options.edits)]
        pairs += relations.read_pairs(options.nli, seed=options.seed)[: int(options.replay * len(pairs))]
    random.Random(options.seed).shuffle(pairs)
    print(f"{len(pairs)} pairs", flush=True)  # noqa: T201
    fit(options.start, options.out, pairs, Schedule(options.epochs, options.rate, seed=options.seed, stop=options.stop))
    return 0


def drawn_pairs(packs: Sequence[Pack], gate: SentenceTransformer, *, seed: int, edits: bool) -> list[Pair]:
    """The packs' pairs with one draw of typed edits and of other messages."""
    if edits:
        packs = [replace(pack, statements=(*pack.statements, *edit_pack(pack, seed=seed))) for pack in packs]
    return task_pairs(packs, gate, seed=seed)


def task_pairs(packs: Sequence[Pack], gate: SentenceTransformer, *, seed: int) -> list[Pair]:
    rng = random.Random(seed)
    return [pair for pack in packs for pair in _pack_pairs(pack, gate, rng)]


def _pack_pairs(pack: Pack, gate: SentenceTransformer, rng: random.Random) -> Iterator[Pair]:
    rows = [statement for statement in pack.statements if statement.ours]
    for statement, order in zip(rows, nearest(pack, rows, gate), strict=True):
        yield from _own_pairs(statement, pack)
        places = NOT_NEAREST if statement.label == "conflict" else NEAR
        others = [i for i in order if pack.canon.messages[i].id not in statement.messages][places]
        for i in rng.sample(others, min(OTHERS.get(statement.label, 0), len(others))):
            target = Relation.UNRELATED if statement.label == "neutral" else Relation.NO_CONFLICT
            yield Pair(*pair_texts(statement.text, statement.context, pack.canon.messages[i], pack.names), target)


def _own_pairs(statement: Statement, pack: Pack) -> Iterator[Pair]:
    """A hard negative is told to be no conflict, and not whether it is a paraphrase: both occur."""
    targets = {"conflict": Relation.CONFLICT, "aligned": Relation.ALIGNED}
    kind = KIND_OF.get(statement.kind, NO_KIND) if statement.label == "conflict" else NO_KIND
    for message in pack.canon.messages:
        if message.id in statement.messages:
            texts = pair_texts(statement.text, statement.context, message, pack.names)
            yield Pair(*texts, targets.get(statement.label, Relation.NO_CONFLICT), kind)


def nearest(pack: Pack, rows: Sequence[Statement], gate: SentenceTransformer) -> NDArray[np.int64]:
    """Indexes of the canon's messages, nearest first; shape (rows, messages)."""
    messages = gate.encode([message_text(m, pack.names) for m in pack.canon.messages], normalize_embeddings=True)
    texts = gate.encode([statement_text(s.text, s.context, pack.names) for s in rows], normalize_embeddings=True)
    order: NDArray[np.int64] = np.argsort(-(texts @ messages.T), axis=1)
    return order


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m messagecheck.training judge", description=__doc__)
    parser.add_argument("--stage", choices=("relations", "packs"), required=True)
    parser.add_argument("--start", required=True, help="folder to start from: all-MiniLM-L6-v2, or stage A's output")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--packs", type=Path, default=Path("corpora/packs"))
    parser.add_argument("--nli", type=Path, default=Path("corpora/nli"))
    parser.add_argument("--gate", help="folder of the encoder that picks the other messages")
    parser.add_argument("--hold-out", nargs="*", default=[])
    parser.add_argument("--draws", type=int, default=1, help="how often edits and other messages are drawn anew")
    parser.add_argument("--edits", action="store_true", help="add typed edits and their twins")
    parser.add_argument(
        "--replay", type=float, default=0.15, help="stage A's pairs in stage B, as a share of the packs' pairs"
    )
    parser.add_argument("--epochs", type=float, default=2)
    parser.add_argument("--rate", type=float, default=3e-5)
    parser.add_argument("--stop", type=int, help="steps after which to stop, before the rate has fallen to zero")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(arguments)
