"""`python -m messagecheck.training export`: a fine-tuned cross-encoder → models/judge, int8 ONNX and its tokenizer."""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from messagecheck.judging import pair_texts
from messagecheck.training import encoder, graph
from messagecheck.training.corpora import read_packs
from messagecheck.training.fitting import LONGEST
from messagecheck.training.quantise import Feed, quantise

CALIBRATION_PAIRS = 512


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m messagecheck.training export", description=__doc__)
    parser.add_argument("--start", type=Path, required=True, help="folder of the fine-tuned cross-encoder")
    parser.add_argument("--packs", type=Path, default=Path("corpora/packs"), help="whose pairs calibrate the scales")
    parser.add_argument("--out", type=Path, default=Path("models/judge"))
    parser.add_argument("--exact", action="store_true", help="keep fp32, to measure what int8 costs")
    options = parser.parse_args(arguments)
    export(options.start, options.out, calibration_pairs(options.packs), exact=options.exact)
    return 0


def calibration_pairs(packs: Path) -> list[tuple[str, str]]:
    """A fixed sample of statements with a message that they are about."""
    pairs = [
        pair_texts(statement.text, statement.context, message, pack.names)
        for pack in read_packs(packs)
        for statement in pack.statements
        for message in pack.canon.messages
        if message.id in statement.messages
    ]
    return random.Random(0).sample(pairs, min(CALIBRATION_PAIRS, len(pairs)))


def export(folder: Path, out: Path, pairs: Sequence[tuple[str, str]], *, exact: bool = False) -> None:
    weights = load_file(folder / "model.safetensors")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST, strategy="longest_first")
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "exact.onnx"
        onnx.save(graph.bert(weights, replace(encoder.shape(folder), tokens=LONGEST), ["classifier"]), whole)
        if exact:
            (out / "model.onnx").write_bytes(whole.read_bytes())
        else:
            quantise(whole, out / "model.onnx", (_feed(tokenizer, pair) for pair in pairs))
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)


def _feed(tokenizer: Tokenizer, pair: tuple[str, str]) -> Feed:
    encoding = tokenizer.encode(*pair)
    return {"input_ids": np.array([encoding.ids], np.int64), "token_type_ids": np.array([encoding.type_ids], np.int64)}
