"""Static int8: a graph's products with constant weights in whole numbers, with scales fixed beforehand on real texts.

Dynamic quantisation takes its scales from whatever is in the batch, so a score would depend on a text's neighbours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime  # type: ignore[import-untyped]  # onnxruntime ships no types
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

Floats = NDArray[np.float32]
Feed = Mapping[str, NDArray[np.int64]]
Run = Callable[[Sequence[str], Feed], Sequence[Floats]]
Constants = Mapping[str, Floats]
Adds = Mapping[str, NodeProto]
Made = dict[str, NDArray[np.generic]]
Piece = tuple[list[NodeProto], Made]
"""What stands in a node's place: nodes and their constants."""

WEIGHT_STEPS = 63
"""7 bits: 2 · 255 · 63 fits the 16 bits in which processors without VNNI add pairs, so that all give the same sums.
On 300 pack sentences it costs .002 of mean cosine to fp32 (.9965 for .9982)."""

SHIFT = 0.8
"""How much of a channel's reach moves from the activations into the weights (α of SmoothQuant, Xiao et al. 2023).
On 300 pack sentences, 8-bit weights: mean cosine to fp32 .983 at .5, .997 at .7, .998 at .8 and .9, .992 without."""

LARGE_TABLE = 1_000_000
"""Values from which on a lookup table is kept in int8: the word table is half of a small model's bytes."""


@dataclass(frozen=True, slots=True)
class Scale:
    """value ≈ channel · step · (whole - zero), with one `channel` factor a column."""

    channel: Floats
    step: np.float32
    zero: np.uint8


def quantise(source: Path, out: Path, feeds: Iterable[Feed]) -> None:
    """Write the ONNX graph in `source` to `out` with int8 products and tables, calibrated on `feeds` (inputs by name).

    A product is a MatMul with a constant right side; an Add of a constant row behind it goes into it.
    """
    model = onnx.load(source)
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    products = [node for node in model.graph.node if node.op_type == "MatMul" and node.input[1] in constants]
    scales = dict(measure(model, products, constants, feeds))
    adds = dict(biases(model, products, constants))
    onnx.save(assemble(model, list(pieces(model, constants, scales, adds))), out)


def measure(
    model: ModelProto, products: Sequence[NodeProto], constants: Constants, feeds: Iterable[Feed]
) -> Iterator[tuple[str, Scale]]:
    """The scale of each product's left side by name, from the lowest and highest value of each of its columns."""
    names = sorted({node.input[0] for node in products})
    watched = ModelProto()
    watched.CopyFrom(model)
    watched.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names)
    run: Run = onnxruntime.InferenceSession(watched.SerializeToString(), providers=["CPUExecutionProvider"]).run
    seen = [[edges(values) for values in run(names, feed)] for feed in feeds]
    for column, name in enumerate(names):
        low = np.min([one[column][0] for one in seen], axis=0)
        high = np.max([one[column][1] for one in seen], axis=0)
        yield name, scale(low, high, [constants[node.input[1]] for node in products if node.input[0] == name])


def edges(values: Floats) -> tuple[Floats, Floats]:
    rows = values.reshape(-1, values.shape[-1])
    return rows.min(axis=0), rows.max(axis=0)


def scale(low: Floats, high: Floats, weights: Sequence[Floats]) -> Scale:
    """The scale of an activation whose columns reach from `low` to `high` and meet these weights' rows."""
    reach = np.maximum(np.maximum(-low, high), 1e-5)
    heaviest = np.maximum(np.max([np.abs(weight).max(axis=1) for weight in weights], axis=0), 1e-5)
    channel = (reach**SHIFT / heaviest ** (1 - SHIFT)).astype(np.float32)
    bottom, top = min(0.0, float((low / channel).min())), max(0.0, float((high / channel).max()))
    step = (top - bottom) / 255
    return Scale(channel, np.float32(step), np.uint8(round(-bottom / step)))


def biases(model: ModelProto, products: Sequence[NodeProto], constants: Constants) -> Iterator[tuple[str, NodeProto]]:
    """The Add of a constant row that is a product's only reader, by the product's output."""
    outputs = {node.output[0] for node in products}
    readers = [(name, node) for node in model.graph.node for name in node.input if name in outputs]
    for name, node in readers:
        alone = sum(other == name for other, _ in readers) == 1
        if alone and node.op_type == "Add" and any(is_row(constants.get(side)) for side in node.input):
            yield name, node


def is_row(constant: Floats | None) -> bool:
    return constant is not None and constant.ndim == 1


def pieces(model: ModelProto, constants: Constants, scales: Mapping[str, Scale], adds: Adds) -> Iterator[Piece]:
    folded = {add.output[0] for add in adds.values()}
    rounded: set[str] = set()
    for node in model.graph.node:
        left, right = (*node.input, "", "")[:2]
        if node.op_type == "MatMul" and right in constants:
            if left not in rounded:
                yield rounding(left, scales[left])
                rounded.add(left)
            yield product(node, adds.get(node.output[0]), scales[left], constants)
        elif node.op_type == "Gather" and left in constants and constants[left].size > LARGE_TABLE:
            yield lookup(node, constants[left])
        elif node.output[0] not in folded:
            yield [node], {name: constants[name] for name in node.input if name in constants}


def rounding(name: str, by: Scale) -> Piece:
    """value → whole number of 8 bits, `{name}_u8`."""
    flatten = helper.make_node("Mul", [name, f"{name}_flatten"], [f"{name}_flat"])
    rounds = helper.make_node("QuantizeLinear", [f"{name}_flat", f"{name}_step", f"{name}_zero"], [f"{name}_u8"])
    made: Made = {f"{name}_step": np.asarray(by.step), f"{name}_zero": np.asarray(by.zero)}
    made[f"{name}_flatten"] = 1 / by.channel
    return [flatten, rounds], made


def product(node: NodeProto, add: NodeProto | None, by: Scale, constants: Constants) -> Piece:
    left, right = node.input
    moved = constants[right] * by.channel[:, None]
    steps = np.maximum(np.abs(moved).max(axis=0) / WEIGHT_STEPS, 1e-12).astype(np.float32)
    made: Made = {f"{right}_i8": np.round(moved / steps).astype(np.int8), f"{right}_steps": steps}
    inputs = [f"{left}_u8", f"{right}_i8", f"{left}_step", f"{right}_steps", f"{left}_zero"]
    if add is not None:
        bias = next(name for name in add.input if name in constants)
        made[bias] = constants[bias]
        inputs += ["", bias]
    output = node.output[0] if add is None else add.output[0]
    return [helper.make_node("MatMulIntegerToFloat", inputs, [output], domain="com.microsoft")], made


def lookup(node: NodeProto, table: Floats) -> Piece:
    """A Gather from an int8 table with a step a row."""
    name, places = node.input
    steps = np.maximum(np.abs(table).max(axis=1, keepdims=True) / 127, 1e-12).astype(np.float32)
    whole, step, real = (f"{node.output[0]}_{part}" for part in ("whole", "step", "real"))
    nodes = [
        helper.make_node("Gather", [f"{name}_i8", places], [whole]),
        helper.make_node("Gather", [f"{name}_steps", places], [step]),
        helper.make_node("Cast", [whole], [real], to=TensorProto.FLOAT),
        helper.make_node("Mul", [real, step], [node.output[0]]),
    ]
    return nodes, {f"{name}_i8": np.round(table / steps).astype(np.int8), f"{name}_steps": steps}


def assemble(model: ModelProto, parts: Sequence[Piece]) -> ModelProto:
    made = {name: value for _, constants in parts for name, value in constants.items()}
    graph = helper.make_graph(
        [node for nodes, _ in parts for node in nodes],
        model.graph.name,
        model.graph.input,
        model.graph.output,
        [numpy_helper.from_array(value, name) for name, value in made.items()],
    )
    opsets = [opset for opset in model.opset_import if opset.domain != "com.microsoft"]
    opsets.append(helper.make_opsetid("com.microsoft", 1))
    return helper.make_model(graph, opset_imports=opsets, ir_version=model.ir_version)
