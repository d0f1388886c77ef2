"""Small positioning documents and readings for tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from messagecheck.judging import judge_by_rules
from messagecheck.matching import match
from messagecheck.nouns import Block, Canon, Location, Reading, Role, Speaker
from messagecheck.positioning import load_canon
from messagecheck.prose import read_sentences
from messagecheck.words import content_lemmas


def make_canon(folder: Path, body: str) -> Canon:
    path = folder / "positioning.md"
    path.write_text(f"---\nname: Acme\n---\n# Acme\n\n{body}\n", encoding="utf-8")
    return load_canon(path)


def encode_by_words(texts: Sequence[str]) -> NDArray[np.float32]:
    """Bags of lemmas as unit vectors: near enough to a model for tests of what comes after."""
    vectors = np.zeros((len(texts), 512), dtype=np.float32)
    for row, text in enumerate(texts):
        for lemma in content_lemmas(text):
            vectors[row, sum(map(ord, lemma)) % 512] = 1
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def read_one(text: str, canon: Canon, *, role: Role = Role.BODY, speaker: Speaker = Speaker.US) -> list[Reading]:
    block = Block(text, Location("page.md", line=1, column=1), role, speaker)
    return judge_by_rules(match(list(read_sentences([block])), canon, encode_by_words), canon)
