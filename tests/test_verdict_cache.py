"""What was judged once isn't judged again, and comes back the same to the bit."""

import multiprocessing
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from messagecheck.crossencoder import Pairs
from messagecheck.verdict_cache import remember

PAIRS = [("Starter is $39", "pricing: Starter: $49"), ("Nobody waits", "value: No queues"), ("Nobody waits", "other")]


class Counting:
    """A judge that says a pair's lengths over three and writes down what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def __call__(self, pairs: Pairs):
        self.asked += pairs
        return np.array([[len(one) / 3, len(other) / 3] for one, other in pairs], np.float32)


def remembered(judge: Counting, folder: Path, model: str = "judge@1", warnings: list[str] | None = None):
    return remember(judge, folder, model, ([] if warnings is None else warnings).append)


def test_a_second_run_asks_nothing_and_says_the_same_bits(tmp_path: Path):
    first, second = Counting(), Counting()
    before = remembered(first, tmp_path / "cache")(PAIRS)
    after = remembered(second, tmp_path / "cache")(PAIRS)
    assert (first.asked, second.asked) == (PAIRS, [])
    assert before.tobytes() == after.tobytes() == Counting()(PAIRS).tobytes()


def test_only_new_pairs_are_asked_in_any_order(tmp_path: Path):
    remembered(Counting(), tmp_path)(PAIRS[:2])
    judge = Counting()
    found = remembered(judge, tmp_path)([*reversed(PAIRS), PAIRS[0]])
    assert judge.asked == [PAIRS[2]]
    assert np.array_equal(found, Counting()([*reversed(PAIRS), PAIRS[0]]))


def test_another_model_is_asked_anew(tmp_path: Path):
    remembered(Counting(), tmp_path)(PAIRS)
    judge = Counting()
    remembered(judge, tmp_path, model="judge@2")(PAIRS)
    assert judge.asked == PAIRS


def test_no_text_is_kept_and_git_is_told_to_look_away(tmp_path: Path):
    remembered(Counting(), tmp_path)(PAIRS)
    assert (tmp_path / ".gitignore").read_text() == "*\n"
    assert all(b"Starter" not in file.read_bytes() for file in tmp_path.iterdir())


@pytest.mark.parametrize("spoil", ["file", "garbage"])
def test_a_store_that_cannot_be_used_costs_a_warning_only(spoil: str, tmp_path: Path):
    folder = tmp_path / "cache"
    if spoil == "file":
        folder.write_text("in the way")
    else:
        folder.mkdir()
        (folder / "verdicts.db").write_bytes(b"no database at all" * 100)
    warnings: list[str] = []
    found = remembered(Counting(), folder, warnings=warnings)(PAIRS)
    assert np.array_equal(found, Counting()(PAIRS))
    assert len(warnings) == 1
    assert "--no-cache" in warnings[0]


def test_scans_at_the_same_time_lose_nothing(tmp_path: Path):
    parts = [[(f"{writer} {number}", "m") for number in range(50)] for writer in range(4)]
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        pool.starmap(keep, [(part, tmp_path) for part in parts])
    with closing(sqlite3.connect(tmp_path / "verdicts.db")) as store:
        assert store.execute("SELECT count(*) FROM verdicts").fetchone() == (200,)


def keep(pairs: Sequence[tuple[str, str]], folder: Path) -> None:
    remembered(Counting(), folder)(pairs)
