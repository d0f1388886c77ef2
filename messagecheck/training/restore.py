"""`python -m messagecheck.training restore`: a shipped int8 model → weights to go on training from.

The way back of `export` and `encoder`. The embeddings, which training leaves alone, come whole from the stock weights;
the other products are the shipped whole numbers times their steps.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper
from safetensors.numpy import load_file, save_file

from messagecheck.training.encoder import packaged_weights
from messagecheck.training.graph import PARTS

Floats = NDArray[np.float32]
Constants = Mapping[str, Floats]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m messagecheck.training restore", description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="a shipped folder: models/judge, models/gate")
    parser.add_argument("--stock", type=Path, help="the folder with all-MiniLM-L6-v2 (default: as packaged)")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    restore(options.model, options.stock or packaged_weights(), options.out)
    return 0


def restore(model: Path, stock: Path, out: Path) -> None:
    """Write `out` as a copy of the `stock` folder with the layers, the pooler and the heads of `model`."""
    graph = onnx.load(model / "model.onnx").graph
    made = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    lefts = {node.input[1]: node.input[0] for node in graph.node if node.op_type == "MatMulIntegerToFloat"}
    shutil.copytree(stock, out, dirs_exist_ok=True)
    headed = "classifier_w" in made
    prefix = "bert." if headed else ""
    weights = {f"{prefix}{name}": value for name, value in load_file(stock / "model.safetensors").items()}
    for number in range(sum(name.endswith("_dn_w") for name in made)):
        place = f"{prefix}encoder.layer.{number}."
        weights |= {place + name: np.ascontiguousarray(value) for name, value in layer(made, lefts, number)}
    if headed:
        weights |= heads(made)
        _tell_heads(out / "config.json", answers=len(made["classifier_b"]))
    save_file(weights, out / "model.safetensors", {"format": "pt"})


def layer(made: Constants, lefts: Mapping[str, str], number: int) -> Iterator[tuple[str, Floats]]:
    for part, name in PARTS.items():
        short = f"l{number}_{part}"
        norm = f"{short}_w" in made
        yield f"{name}.weight", made[f"{short}_w"] if norm else product(made, f"{short}_w", lefts)
        yield f"{name}.bias", made[f"{short}_b"]


def product(made: Constants, name: str, lefts: Mapping[str, str]) -> Floats:
    """(in, out) whole numbers, their steps and the columns' factors → torch's (out, in) weights."""
    flatten = made[lefts[f"{name}_i8"].removesuffix("_u8") + "_flatten"]
    whole: Floats = made[f"{name}_i8"].astype(np.float32) * made[f"{name}_steps"] * flatten[:, None]
    return whole.T


def heads(made: Constants) -> dict[str, Floats]:
    return {
        "bert.pooler.dense.weight": made["pooler_w"],
        "bert.pooler.dense.bias": made["pooler_b"],
        "classifier.weight": made["classifier_w"],
        "classifier.bias": made["classifier_b"],
    }


def _tell_heads(path: Path, *, answers: int) -> None:
    config = json.loads(path.read_text(encoding="utf-8"))
    names = {str(number): f"LABEL_{number}" for number in range(answers)}
    config |= {"architectures": ["BertForSequenceClassification"], "id2label": names}
    config["label2id"] = {name: int(number) for number, name in names.items()}
    path.write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
