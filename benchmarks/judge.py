"""Sentences a second through gate and judge, against sentence-transformers' CrossEncoder of the same shape, in one run.

    python benchmarks/judge.py [--sentences N]

The peer scores the same candidate pairs in fp32 on torch, as CrossEncoder.predict does by default (weights of
all-MiniLM-L6-v2: the shape decides the speed). Ours includes matching (encoder, numbers, words) and the fusion; the
peer gets its pairs for nothing.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from messagecheck import embedding, judge, places
from messagecheck.judging import pair_texts
from messagecheck.matching import match
from messagecheck.nouns import Canon, Reading, Sentence, Touchpoint
from messagecheck.positioning import load_canon
from messagecheck.prose import is_claim, read_sentences
from messagecheck.settings import Settings
from messagecheck.training.encoder import packaged_weights

REPEATS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--company", type=Path, default=Path("corpora/companies/solstead"))
    parser.add_argument("--sentences", type=int, default=400)
    options = parser.parse_args()
    canon = load_canon(options.company / "positioning.md")
    sentences = content_of(options.company, canon)[: options.sentences]
    encode, decide = embedding.load(places.model("gate")), judge.load(places.model("judge"))
    readings: list[Reading] = match(sentences, canon, encode)
    pairs = [
        pair_texts(r.sentence.text, r.sentence.context, m.message, (canon.name, *canon.aliases))
        for r in readings
        if is_claim(r.sentence)
        for m in r.matches
    ]
    from sentence_transformers import CrossEncoder

    peer = CrossEncoder(str(packaged_weights()), num_labels=10, device="cpu")
    ours = fastest(lambda: decide(match(sentences, canon, encode), canon))
    theirs = fastest(lambda: peer.predict(pairs, show_progress_bar=False))
    print(f"{len(sentences)} sentences, {len(pairs)} pairs, best of {REPEATS}")
    print(f"messagecheck, gate and judge   {len(sentences) / ours:7.0f} sentences/s")
    print(f"CrossEncoder, the pairs alone  {len(sentences) / theirs:7.0f} sentences/s")
    print(f"ratio                          {theirs / ours:7.1f}")


def content_of(company: Path, canon: Canon) -> list[Sentence]:
    from tempfile import TemporaryDirectory

    from messagecheck import content
    from messagecheck.training.companies import build

    with TemporaryDirectory() as built:
        build(company, Path(built))
        read = list(content.read_touchpoints(content.find_files([Path(built)], Settings(), None), canon, Settings()))
    return [sentence for t in read if isinstance(t, Touchpoint) for sentence in read_sentences(t.blocks)]


def fastest(work: Callable[[], object]) -> float:
    """Seconds of the fastest of REPEATS runs: what the machine's other work costs least."""
    return min(timed(work) for _ in range(REPEATS))


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
