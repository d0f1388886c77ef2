"""models/judge → Score: pairs of texts → logits, by onnxruntime and tokenizers alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from messagecheck.embedding import load_graph, load_tokenizer, same_length
from messagecheck.errors import ModelError

Pairs = Sequence[tuple[str, str]]
Score = Callable[[Pairs], NDArray[np.float32]]
"""(statement, message) pairs → logits, shape (pairs, outputs); a row depends on its pair alone, to the bit."""


def load(folder: Path, *, outputs: int, threads: int | None = None) -> Score:
    """Raises ModelError for a folder without model.onnx and tokenizer.json."""
    for name in ("model.onnx", "tokenizer.json"):
        if not (folder / name).is_file():
            raise ModelError(f"{folder}: holds no judge; it needs {name}")
    tokenizer, run = load_tokenizer(folder), load_graph(folder)

    def score(pairs: Pairs) -> NDArray[np.float32]:
        distinct = {pair: place for place, pair in enumerate(dict.fromkeys(pairs))}
        logits = np.empty((len(distinct), outputs), np.float32)
        encodings = tokenizer.encode_batch(list(distinct))
        batches = list(same_length([encoding.ids for encoding in encodings]))
        with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
            for batch, found in zip(
                batches, pool.map(lambda places: run(None, _feed(encodings, places))[0], batches), strict=True
            ):
                logits[batch] = found
        return logits[[distinct[pair] for pair in pairs]]

    return score


def _feed(encodings: Sequence[object], places: Sequence[int]) -> dict[str, NDArray[np.int64]]:
    chosen = [encodings[place] for place in places]
    columns = {"input_ids": "ids", "token_type_ids": "type_ids"}
    return {name: np.array([getattr(e, column) for e in chosen], np.int64) for name, column in columns.items()}
