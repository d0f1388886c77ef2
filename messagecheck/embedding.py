"""The sentence encoder: texts → unit vectors whose product says how near two texts are in topic.

Ours runs on numpy, tokenizers and onnxruntime alone. Any other folder or name goes through sentence-transformers.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import numpy as np

from messagecheck import places
from messagecheck.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from messagecheck.nouns import Encode

    Vectors = NDArray[np.float32]
    Run = Callable[[None, Mapping[str, NDArray[np.int64]]], Sequence[Vectors]]

FILES = ("config.json", "model.onnx", "tokenizer.json")
BATCH = 32
"""Texts a call. From 16 to 64 the speed was the same within the noise."""


class Config(TypedDict):
    """An encoder's config.json."""

    name: str
    width: int
    weights_sha256: str


@dataclass(frozen=True, slots=True)
class Encoder:
    """An encoder of ours: `run` gives token vectors of `width` numbers."""

    tokenizer: Tokenizer
    run: Run
    width: int
    threads: int


def load(where: Path | str | None = None, *, threads: int | None = None) -> Encode:
    """Our encoder, or the one in a folder or of a sentence-transformers name; ModelError where it can't be loaded.

    Ours gives a text the same vector, bit for bit, whatever stands beside it and however many threads run
    (by default one a core).
    """
    if where is not None and not is_ours(Path(where)):
        return load_foreign(str(where))
    folder = places.model("encoder") if where is None else Path(where)
    width = load_config(folder)["width"]
    return partial(encode, Encoder(load_tokenizer(folder), load_graph(folder), width, threads or os.cpu_count() or 1))


def is_ours(folder: Path) -> bool:
    return all((folder / name).is_file() for name in FILES)


def load_config(folder: Path) -> Config:
    if not is_ours(folder):
        raise ModelError(f"{folder}: an encoder needs the files {', '.join(FILES)}")
    config: Config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return config


def load_tokenizer(folder: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(folder / "tokenizer.json"))


def load_graph(folder: Path) -> Run:
    """One thread a call: whole batches run beside each other, so that no thread waits for another inside a product."""
    import onnxruntime  # type: ignore[import-untyped]  # ships no types

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    run: Run = onnxruntime.InferenceSession(folder / "model.onnx", options, providers=["CPUExecutionProvider"]).run
    return run


def encode(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    """Unit vectors, (texts, width). A repeated text is computed once, a text over the limit only at its start."""
    distinct = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    vectors = np.empty((len(distinct), encoder.width), np.float32)
    ids = [encoding.ids for encoding in encoder.tokenizer.encode_batch(list(distinct))]
    batches = list(same_length(ids))
    with ThreadPoolExecutor(encoder.threads) as pool:
        found = pool.map(lambda batch: encode_batch(encoder.run, [ids[place] for place in batch]), batches)
        for batch, unit in zip(batches, found, strict=True):
            vectors[batch] = unit
    return vectors[[distinct[text] for text in texts]]


def same_length(ids: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """The places of texts with one number of tokens, at most BATCH together: so there is no padding."""
    lengths: dict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(ids):
        lengths[len(one)].append(place)
    for _, alike in sorted(lengths.items(), reverse=True):
        yield from (alike[start : start + BATCH] for start in range(0, len(alike), BATCH))


def encode_batch(run: Run, ids: Sequence[Sequence[int]]) -> Vectors:
    """Mean of a text's token vectors, scaled to length 1."""
    tokens = np.array(ids, np.int64)
    mean = run(None, {"input_ids": tokens, "token_type_ids": np.zeros_like(tokens)})[0].mean(axis=1)
    unit: Vectors = mean / np.linalg.norm(mean, axis=1, keepdims=True)
    return unit


def load_foreign(name: str) -> Encode:
    from sentence_transformers import SentenceTransformer

    try:
        model = SentenceTransformer(name, device="cpu")
    except OSError as error:
        reason = f"neither an encoder's folder nor a sentence-transformers model at hand ({first_line(error)})"
        raise ModelError(f"{name}: {reason}") from error
    width = model.get_embedding_dimension() or 0

    def encode_foreign(texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, width), np.float32)
        return np.asarray(model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False), np.float32)

    return encode_foreign


def first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


def fingerprint(where: Path | str | None = None) -> str:
    """`name@sha256:…` over the files that decide a vector; ModelError where there are none."""
    if where is not None and not is_ours(Path(where)):
        folder = foreign_folder(str(where))
        return f"{where}@sha256:{digest(path for path in folder.rglob('*') if path.is_file())}"
    folder = places.model("encoder") if where is None else Path(where)
    return f"{load_config(folder)['name']}@sha256:{digest(folder / name for name in FILES)}"


def foreign_folder(name: str) -> Path:
    """Where sentence-transformers has a named model's files; a bare name is one of its own."""
    from huggingface_hub import snapshot_download

    if Path(name).is_dir():
        return Path(name)
    try:
        return Path(snapshot_download(name if "/" in name else f"sentence-transformers/{name}", local_files_only=True))
    except OSError as error:
        reason = f"no such folder, and no model of this name was downloaded before ({first_line(error)})"
        raise ModelError(f"{name}: {reason}") from error


def digest(paths: Iterable[Path]) -> str:
    """The first 16 hexadecimal digits over the files' names and bytes."""
    summed = hashlib.sha256()
    for path in sorted(paths):
        summed.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return summed.hexdigest()[:16]
