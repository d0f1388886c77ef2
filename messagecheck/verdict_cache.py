"""What the judge said of a pair, kept between runs: only new text, changed messages and another model are judged again.

A row a pair: a digest of the model's fingerprint and both texts → the logits' bytes. No text is kept, and a row is the
same to the bit as what the judge would say. The store is thrown away by deleting its folder.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from messagecheck.crossencoder import Pairs, Score

MOST = 1_000_000
"""Pairs kept, about 100 MB; the oldest go first."""
PER_QUERY = 500
PATIENCE_S = 5
"""How long a scan waits for another that is writing."""
SCHEMA = "CREATE TABLE IF NOT EXISTS verdicts (number INTEGER PRIMARY KEY, pair BLOB UNIQUE, logits BLOB NOT NULL)"


def remember(score: Score, folder: Path, model: str, warn: Callable[[str], None]) -> Score:
    """`score` that asks the store in `folder` first. `model` is a fingerprint; a store that can't be used costs a
    warning and never the scan."""

    def remembered(pairs: Pairs) -> NDArray[np.float32]:
        try:
            with closing(_open(folder)) as store:
                return _look_up(store, pairs, score, model)
        except (sqlite3.Error, OSError) as error:
            warn(f"{folder}: verdicts can't be kept here ({error}); --no-cache does without")
            return score(pairs)

    return remembered


def _open(folder: Path) -> sqlite3.Connection:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    store = sqlite3.connect(folder / "verdicts.db", timeout=PATIENCE_S)
    store.execute("PRAGMA journal_mode = WAL")
    store.execute(SCHEMA)
    return store


def _look_up(store: sqlite3.Connection, pairs: Pairs, score: Score, model: str) -> NDArray[np.float32]:
    keys = [_digest(model, pair) for pair in pairs]
    known = dict(_read(store, sorted(set(keys))))
    new = {key: pair for key, pair in zip(keys, pairs, strict=True) if key not in known}
    if new:
        made = dict(zip(new, score(list(new.values())), strict=True))
        _keep(store, made)
        known |= made
    return np.stack([known[key] for key in keys])


def _digest(model: str, pair: tuple[str, str]) -> bytes:
    return blake2b("\0".join((model, *pair)).encode(errors="surrogatepass"), digest_size=16).digest()


def _read(store: sqlite3.Connection, keys: Sequence[bytes]) -> list[tuple[bytes, NDArray[np.float32]]]:
    return [
        (key, np.frombuffer(logits, np.float32))
        for some in (keys[start : start + PER_QUERY] for start in range(0, len(keys), PER_QUERY))
        for key, logits in store.execute(
            f"SELECT pair, logits FROM verdicts WHERE pair IN ({','.join('?' * len(some))})", some
        )
    ]


def _keep(store: sqlite3.Connection, made: dict[bytes, NDArray[np.float32]]) -> None:
    with store:
        rows = ((key, logits.astype(np.float32).tobytes()) for key, logits in made.items())
        store.executemany("INSERT OR IGNORE INTO verdicts (pair, logits) VALUES (?, ?)", rows)
        store.execute("DELETE FROM verdicts WHERE number <= (SELECT max(number) FROM verdicts) - ?", (MOST,))
