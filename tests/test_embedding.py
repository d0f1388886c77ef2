"""The encoder: what it promises to everything that stands on cosines."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from messagecheck import embedding, places
from messagecheck.errors import ModelError
from messagecheck.training import encoder

Encode = Callable[[list[str]], NDArray[np.float32]]

PACKS = Path(__file__).parent.parent / "corpora" / "packs"
PHRASES = ("our plans", "start at", "$49 per user", "a month", "they say", "naïve façade", "99.9 %", "¿qué?", "…")
TEXTS = [
    "Starter costs $49 per user per month.",
    "You pay 49 dollars a month for each person on Starter.",
    "Our kitchen equipment is leased for five years.",
    "",
    "we " * 400,
]


@pytest.fixture(scope="module")
def encode() -> Encode:
    return embedding.load()


@settings(max_examples=30, deadline=None)
@given(texts=st.lists(st.lists(st.sampled_from(PHRASES), max_size=6).map(" ".join), min_size=1, max_size=40))
def test_a_vector_does_not_depend_on_its_batch(encode: Encode, texts: list[str]) -> None:
    assert np.array_equal(encode(texts)[0], encode([texts[0]])[0])


def test_a_vector_does_not_depend_on_the_number_of_threads(encode: Encode) -> None:
    texts = [f"{phrase} {number}" for phrase in PHRASES for number in range(20)]
    assert np.array_equal(encode(texts), embedding.load(threads=1)(texts))


def test_vectors_have_length_one_and_keep_the_texts_order(encode: Encode) -> None:
    vectors = encode(TEXTS)
    assert vectors.shape == (5, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert np.array_equal(encode(TEXTS[::-1]), vectors[::-1])


def test_no_text_gives_an_empty_matrix_of_the_same_width(encode: Encode) -> None:
    assert encode([]).shape == (0, 384)


def test_a_text_that_comes_twice_gets_the_same_vector_twice(encode: Encode) -> None:
    vectors = encode([TEXTS[0], TEXTS[2], TEXTS[0]])
    assert np.array_equal(vectors[0], vectors[2])


def test_what_stands_after_the_longest_text_does_not_count(encode: Encode) -> None:
    assert np.array_equal(encode(["we " * 400]), encode(["we " * 300 + "sell boats"]))


def test_a_paraphrase_is_nearer_than_another_subject(encode: Encode) -> None:
    price, same, other = encode(TEXTS[:3])
    assert price @ same > 0.7 > 0.3 > price @ other


def test_an_exported_encoder_gives_sentence_transformers_vectors_up_to_rounding(tmp_path: Path) -> None:
    weights = encoder.packaged_weights()
    texts = encoder.calibration_texts(PACKS)
    encoder.export(weights, tmp_path, texts[:-100])
    ours, theirs = embedding.load(tmp_path), embedding.load(weights)
    cosines = (ours(texts[-100:]) * theirs(texts[-100:])).sum(axis=1)
    assert theirs([]).shape == ours([]).shape == (0, 384)
    assert cosines.mean() > 0.99
    assert cosines.min() > 0.95


def test_weights_that_are_not_the_published_ones_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(ModelError, match="sha256 is 53aa5117"):
        encoder.packaged_weights()


def test_a_fingerprint_names_the_encoder_and_changes_with_its_weights(tmp_path: Path) -> None:
    copy = tmp_path / "encoder"
    shutil.copytree(places.model("encoder"), copy)
    before = embedding.fingerprint(copy)
    (copy / "model.onnx").write_bytes((copy / "model.onnx").read_bytes() + b"\0")
    assert before == embedding.fingerprint()
    assert re.fullmatch(r".+@sha256:[0-9a-f]{16}", before)
    assert embedding.fingerprint(copy) != before


def test_an_encoders_folder_with_a_file_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"needs the files config\.json, model\.onnx, tokenizer\.json"):
        embedding.load_config(tmp_path)


def test_encoding_imports_no_torch() -> None:
    script = "import sys; from messagecheck import embedding; embedding.load()(['a']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {"torch", "transformers", "sklearn", "sentence_transformers", "spacy"} & set(done.stdout.split())
