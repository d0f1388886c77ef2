"""Sentences per second: our encoder against sentence-transformers with the same weights, in turns on the same machine.

    python benchmarks/encoder.py [SENTENCES]

Both are loaded and warm; each takes the same pack statements in rounds that alternate, so that a busy machine slows
both, and the median round counts. sentence-transformers runs as it comes (fp32, batches of 32, torch's own number of
threads) and with one thread, which says more where other programs run beside it.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from messagecheck import embedding
from messagecheck.training import encoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from messagecheck.nouns import Encode

ROUNDS = 7
PACKS = Path(__file__).parent.parent / "corpora" / "packs"


def main(count: int) -> None:
    texts = encoder.calibration_texts(PACKS)[:count]
    theirs = embedding.load(encoder.packaged_weights())
    rivals: dict[str, Encode] = {
        "sentence-transformers": theirs,
        "…, 1 thread": partial(on_one_thread, theirs),
        "messagecheck, 1 thread": embedding.load(threads=1),
        "messagecheck": embedding.load(),
    }
    for encode in rivals.values():
        encode(texts[:32])
    rounds = [{name: speed(encode, texts) for name, encode in rivals.items()} for _ in range(ROUNDS)]
    medians = {name: statistics.median(one[name] for one in rounds) for name in rivals}
    print(f"{platform.machine()}, {os.cpu_count()} cores, {len(texts)} sentences, median of {ROUNDS} rounds")
    for name, median in medians.items():
        print(f"{name:24} {median:8.0f} sentences/s   × {median / medians['sentence-transformers']:.1f}")


def on_one_thread(encode: Encode, texts: Sequence[str]) -> NDArray[np.float32]:
    usual = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return encode(texts)
    finally:
        torch.set_num_threads(usual)


def speed(encode: Encode, texts: Sequence[str]) -> float:
    start = time.perf_counter()
    encode(texts)
    return len(texts) / (time.perf_counter() - start)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 256)
