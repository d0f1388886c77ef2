"""A BERT body written out as an ONNX graph, straight from its weights: every node is on this page.

All texts of one call have the same number of tokens, so the graph knows neither padding nor mask, and what comes
out for a text can't depend on the texts beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, checker, numpy_helper, parser

Weights = Mapping[str, NDArray[np.float32]]
Constant = tuple[str, NDArray[np.float32] | NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class Shape:
    """A body's sizes: `width` of a token vector, `tokens` the longest text's, `epsilon` the layer norms' own."""

    layers: int
    attention_heads: int
    width: int
    epsilon: float
    tokens: int


FRAME = """
<ir_version: 10, opset_import: ["" : 21, "com.microsoft" : 1]>
bert (int64[texts, tokens] input_ids, int64[texts, tokens] token_type_ids) => ({outputs})
{{
  tokens = Shape <start = 1, end = 2> (input_ids)
  positions = Slice (position_table, nought, tokens, nought)
  words = Gather (word_table, input_ids)
  placed = Add (words, positions)
  kinds = Gather (kind_table, token_type_ids)
  embedded = Add (placed, kinds)
  x0 = LayerNormalization <axis = -1, epsilon = {epsilon}> (embedded, norm_w, norm_b)
  {layers}
  {ends}
}}
"""

LAYER = """
  {l}_qm = MatMul ({x}, {l}_q_w)
  {l}_q = Add ({l}_qm, {l}_q_b)
  {l}_km = MatMul ({x}, {l}_k_w)
  {l}_k = Add ({l}_km, {l}_k_b)
  {l}_vm = MatMul ({x}, {l}_v_w)
  {l}_v = Add ({l}_vm, {l}_v_b)
  {l}_seen = com.microsoft.MultiHeadAttention <num_heads = {heads}> ({l}_q, {l}_k, {l}_v)
  {l}_om = MatMul ({l}_seen, {l}_o_w)
  {l}_o = Add ({l}_om, {l}_o_b)
  {l}_oa = Add ({l}_o, {x})
  {l}_on = LayerNormalization <axis = -1, epsilon = {epsilon}> ({l}_oa, {l}_on_w, {l}_on_b)
  {l}_fm = MatMul ({l}_on, {l}_f_w)
  {l}_f = Add ({l}_fm, {l}_f_b)
  {l}_wide = Gelu ({l}_f)
  {l}_dm = MatMul ({l}_wide, {l}_d_w)
  {l}_d = Add ({l}_dm, {l}_d_b)
  {l}_da = Add ({l}_d, {l}_on)
  {y} = LayerNormalization <axis = -1, epsilon = {epsilon}> ({l}_da, {l}_dn_w, {l}_dn_b)
"""

PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "o": "attention.output.dense",
    "on": "attention.output.LayerNorm",
    "f": "intermediate.dense",
    "d": "output.dense",
    "dn": "output.LayerNorm",
}
"""The graph's short name for a part of a layer → its name in the weights."""

TABLES = {
    "word_table": "word_embeddings.weight",
    "kind_table": "token_type_embeddings.weight",
    "norm_w": "LayerNorm.weight",
    "norm_b": "LayerNorm.bias",
}


POOLER = [
    "first = Gather <axis = 1> (last_hidden_state, first_place)",
    "dense = Gemm <transB = 1> (first, pooler_w, pooler_b)",
    "pooled = Tanh (dense)",
]


def bert(weights: Weights, shape: Shape, heads: Sequence[str] = ()) -> ModelProto:
    """The graph: token ids and kinds, both (texts, tokens) → `last_hidden_state` (texts, tokens, width).

    With `heads` it gives instead, for each name, (texts, answers): `{name}.weight` times the pooled first token,
    plus `{name}.bias`. Pooled is BERT's own: tanh of a dense layer.
    """
    ends = POOLER if heads else []
    ends = [*ends, *(f"{name} = Gemm <transB = 1> (pooled, {name}_w, {name}_b)" for name in heads)]
    answers = [f"float[texts, {name}_answers] {name}" for name in heads]
    outputs = ", ".join(answers) or f"float[texts, tokens, {shape.width}] last_hidden_state"
    layers = "".join(layer(number, shape) for number in range(shape.layers))
    ended = "\n  ".join(ends)
    model = parser.parse_model(FRAME.format(outputs=outputs, epsilon=shape.epsilon, layers=layers, ends=ended))
    made = constants(weights, shape, heads)
    model.graph.initializer.extend(numpy_helper.from_array(value, name) for name, value in made)
    checker.check_model(model)
    return model


def layer(number: int, shape: Shape) -> str:
    following = "last_hidden_state" if number + 1 == shape.layers else f"x{number + 1}"
    return LAYER.format(l=f"l{number}", x=f"x{number}", y=following, heads=shape.attention_heads, epsilon=shape.epsilon)


def constants(weights: Weights, shape: Shape, heads: Sequence[str]) -> Iterator[Constant]:
    """The graph's constants. A fine-tuned body's have a prefix ("bert.", "0.auto_model.")."""
    table = next(name for name in weights if name.endswith("embeddings.word_embeddings.weight"))
    prefix = table.removesuffix("embeddings.word_embeddings.weight")
    yield "nought", np.array([0], np.int64)
    yield "position_table", weights[f"{prefix}embeddings.position_embeddings.weight"][: shape.tokens]
    yield from ((short, weights[f"{prefix}embeddings.{name}"]) for short, name in TABLES.items())
    for number in range(shape.layers):
        yield from layer_constants(weights, f"{prefix}encoder.layer.{number}.", f"l{number}_")
    if heads:
        yield "first_place", np.array(0, np.int64)
        yield "pooler_w", weights[f"{prefix}pooler.dense.weight"]
        yield "pooler_b", weights[f"{prefix}pooler.dense.bias"]
    for name in heads:
        yield f"{name}_w", weights[f"{name}.weight"]
        yield f"{name}_b", weights[f"{name}.bias"]


def layer_constants(weights: Weights, prefix: str, short: str) -> Iterator[Constant]:
    """torch keeps a dense layer's weights as (out, in), MatMul wants (in, out); a layer norm's are one row and stay."""
    for part, name in PARTS.items():
        yield f"{short}{part}_w", np.ascontiguousarray(weights[f"{prefix}{name}.weight"].T)
        yield f"{short}{part}_b", weights[f"{prefix}{name}.bias"]
