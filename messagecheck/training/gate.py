"""`python -m messagecheck.training gate`: the encoder learns which message a statement is about.

A listwise loss (InfoNCE over the statement's own canon, several right answers allowed): conflict, aligned, benign and
term rows all belong to their message, so the vector says what a sentence speaks about and never whether it agrees.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import torch
from sentence_transformers import SentenceTransformer
from transformers import PreTrainedModel

from messagecheck.matching import message_text, statement_text
from messagecheck.training.corpora import Pack, Statement, read_packs

TEMPERATURE = 0.05
BATCH = 64
CHUNK = 24
LONGEST = 64
"""Tokens of a text in training."""


def main(arguments: Sequence[str]) -> int:
    options = _parse(arguments)
    packs = read_packs(options.packs)
    held_out = [pack for pack in packs if pack.name in options.hold_out]
    kept = [pack for pack in packs if pack not in held_out]
    model = train(options.start, kept, epochs=options.epochs, rate=options.rate, seed=options.seed)
    model.save(str(options.out))
    for name, tested in (("held out", held_out), ("trained on", kept[:4])):
        print(name, json.dumps(recall(model, tested)), flush=True)  # noqa: T201
    return 0


def train(start: str, packs: Sequence[Pack], *, epochs: float, rate: float, seed: int) -> SentenceTransformer:
    """Fine-tunes all layers but the embeddings; bf16 autocast, linear decay."""
    torch.manual_seed(seed)
    model = SentenceTransformer(start, device="cpu")
    body = cast(PreTrainedModel, model[0].auto_model)
    for name, parameter in body.named_parameters():
        parameter.requires_grad = not name.startswith("embeddings.")
    batches = list(_batches(packs, epochs, seed))
    optimizer = torch.optim.AdamW(
        [p for p in body.parameters() if p.requires_grad], lr=rate, weight_decay=0.01, fused=True
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, rate, total_steps=len(batches), pct_start=0.1, anneal_strategy="linear"
    )
    model.train()
    for number, (pack, statements) in enumerate(batches, 1):
        with torch.autocast("cpu", torch.bfloat16):
            value = _loss(model, pack, statements)
        value.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        torch.nn.utils.clip_grad_norm_(body.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
        if number % 25 == 0:
            print(f"{number}/{len(batches)} loss {value.item():.3f}", flush=True)  # noqa: T201
    model.eval()
    return model


def recall(model: SentenceTransformer, packs: Sequence[Pack]) -> dict[str, list[float]]:
    """Share of statements whose message is among the nearest 1, 3, 5, 8, for conflicts and for paraphrases."""
    ranks: dict[str, list[int]] = {"conflict": [], "aligned": []}
    for pack in packs:
        rows = [s for s in pack.statements if s.label in ranks and s.messages]
        messages = model.encode([message_text(m, pack.names) for m in pack.canon.messages], normalize_embeddings=True)
        texts = model.encode([statement_text(s.text, s.context, pack.names) for s in rows], normalize_embeddings=True)
        for statement, scores in zip(rows, texts @ messages.T, strict=True):
            order = [pack.canon.messages[i].id for i in (-scores).argsort()]
            ranks[statement.label].append(min(order.index(i) for i in statement.messages))
    return {
        label: [round(sum(r < k for r in found) / max(1, len(found)), 3) for k in (1, 3, 5, 8)]
        for label, found in ranks.items()
    }


def _batches(packs: Sequence[Pack], epochs: float, seed: int) -> Iterator[tuple[Pack, list[Statement]]]:
    rng = random.Random(seed)
    done: list[tuple[Pack, list[Statement]]] = []
    for _ in range(int(epochs + 0.999)):
        one = []
        for pack in packs:
            rows = [s for s in pack.statements if s.messages]
            rng.shuffle(rows)
            one += [(pack, rows[i : i + BATCH]) for i in range(0, len(rows) - BATCH // 2, BATCH)]
        rng.shuffle(one)
        done += one
    yield from done[: int(len(done) * epochs / int(epochs + 0.999))]


def _loss(model: SentenceTransformer, pack: Pack, statements: Sequence[Statement]) -> torch.Tensor:
    texts = [statement_text(s.text, s.context, pack.names) for s in statements]
    messages = [message_text(m, pack.names) for m in pack.canon.messages]
    vectors, canon = _embed(model, texts), _embed(model, messages)
    scores = torch.log_softmax((vectors @ canon.T).float() / TEMPERATURE, dim=1)
    right = torch.tensor([[m.id in s.messages for m in pack.canon.messages] for s in statements])
    return -torch.logsumexp(scores.masked_fill(~right, float("-inf")), dim=1).mean()


def _embed(model: SentenceTransformer, texts: Sequence[str]) -> torch.Tensor:
    """Unit vectors in the texts' order; run in CHUNK-sized parts of similar length, since padding costs as much as
    words."""
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    parts = [
        _embed_part(model, [texts[i] for i in order[start : start + CHUNK]]) for start in range(0, len(order), CHUNK)
    ]
    return torch.cat(parts)[torch.argsort(torch.tensor(order))]


def _embed_part(model: SentenceTransformer, texts: list[str]) -> torch.Tensor:
    features = model.tokenizer(texts, padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")
    return torch.nn.functional.normalize(model(dict(features))["sentence_embedding"], dim=1)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m messagecheck.training gate", description=__doc__)
    parser.add_argument("--packs", type=Path, default=Path("corpora/packs"))
    parser.add_argument("--start", required=True, help="folder with all-MiniLM-L6-v2")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--hold-out", nargs="*", default=[], help="packs to measure on")
    parser.add_argument("--epochs", type=float, default=2)
    parser.add_argument("--rate", type=float, default=4e-5)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(arguments)
