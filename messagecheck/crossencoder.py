"""models/judge → Score: pairs of texts → logits, by onnxruntime and tokenizers alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from messagecheck.errors import ModelError

Pairs = Sequence[tuple[str, str]]
Score = Callable[[Pairs], NDArray[np.float32]]
"""(statement, message) pairs → logits, shape (pairs, outputs); a row depends on its pair alone, to the bit."""

STEP = 8
"""Rows are padded to the next multiple, whatever else is in their batch, so that batching can't change a score."""
BATCH = 32


def load(folder: Path, *, longest: int, outputs: int) -> Score:
    """Raises ModelError for a folder without model.onnx and tokenizer.json."""
    model, vocabulary = folder / "model.onnx", folder / "tokenizer.json"
    if not (model.is_file() and vocabulary.is_file()):
        raise ModelError(f"{folder}: holds no judge; it needs model.onnx and tokenizer.json")
    tokenizer = Tokenizer.from_file(str(vocabulary))
    tokenizer.enable_truncation(longest, strategy="longest_first")
    tokenizer.no_padding()
    session = onnxruntime.InferenceSession(str(model), _options(), providers=["CPUExecutionProvider"])
    names = {node.name for node in session.get_inputs()}

    def score(pairs: Pairs) -> NDArray[np.float32]:
        unique = list(dict.fromkeys(pairs))
        scores = np.zeros((len(unique), outputs), dtype=np.float32)
        for rows, feed in _feeds(tokenizer.encode_batch(unique)):
            scores[rows] = session.run(None, {name: ids for name, ids in feed.items() if name in names})[0]
        number = {pair: row for row, pair in enumerate(unique)}
        return scores[[number[pair] for pair in pairs]]

    return score


def _feeds(encodings: Sequence[Encoding]) -> Iterator[tuple[list[int], dict[str, NDArray[np.int64]]]]:
    """Batches of rows of one padded length, shortest first."""
    groups: dict[int, list[int]] = defaultdict(list)
    for row, encoding in enumerate(encodings):
        groups[-(-len(encoding.ids) // STEP) * STEP].append(row)
    for length, rows in sorted(groups.items()):
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            yield batch, _feed([encodings[row] for row in batch], length)


def _feed(encodings: Sequence[Encoding], length: int) -> dict[str, NDArray[np.int64]]:
    columns = {"input_ids": "ids", "token_type_ids": "type_ids", "attention_mask": "attention_mask"}
    return {
        name: np.array([_padded(getattr(e, column), length) for e in encodings], dtype=np.int64)
        for name, column in columns.items()
    }


def _padded(values: list[int], length: int) -> list[int]:
    return values + [0] * (length - len(values))


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    return options
