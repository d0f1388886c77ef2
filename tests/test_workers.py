"""A file that hangs, swells or crashes its reader costs itself and nothing else."""

import os
import signal
import sys
import time
from functools import partial

import pytest

from messagecheck.workers import Bounds, Failed, each

BOUNDS = Bounds(seconds=20, memory_mb=300)


def doubled(number: int, plus: int = 0) -> int:
    return 2 * number + plus


def behave(how: str) -> str:
    """What hostile files make of their readers."""
    if how == "hang":
        time.sleep(60)
    if how == "swell":
        return str(len(bytearray(2_000_000_000)))
    if how == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if how == "fault":
        return str({}["missing"])
    if how == "chatter":
        sys.stdout.write("noise" * 10_000)
    return how


def test_results_come_in_the_tasks_order():
    assert list(each(partial(doubled, plus=1), list(range(40)), BOUNDS, jobs=3)) == [2 * n + 1 for n in range(40)]


def test_no_tasks_start_nothing():
    assert list(each(doubled, [], BOUNDS, jobs=2)) == []


@pytest.mark.parametrize(
    ("how", "says"),
    [
        pytest.param("swell", "300 MB", marks=pytest.mark.skipif(sys.platform != "linux", reason="bounded on Linux")),
        ("crash", "its reader died (signal 11)"),
        ("fault", "KeyError"),
    ],
)
def test_a_failed_task_says_why_and_the_others_are_done(how: str, says: str):
    first, failed, last = each(behave, ["well", how, "fine"], BOUNDS, jobs=1)
    assert (first, last) == ("well", "fine")
    assert isinstance(failed, Failed)
    assert says in failed.reason


def test_a_task_that_hangs_is_ended():
    hung, fine = each(behave, ["hang", "fine"], Bounds(seconds=3, memory_mb=300), jobs=2)
    assert isinstance(hung, Failed)
    assert "longer than 3 s" in hung.reason
    assert fine == "fine"


def test_what_a_parser_prints_does_not_get_between_the_answers():
    assert list(each(behave, ["chatter", "fine"], BOUNDS, jobs=1)) == ["chatter", "fine"]


def test_an_iterator_that_is_left_leaves_no_process():
    results = each(behave, ["well", "hang", "hang"], BOUNDS, jobs=2)
    assert next(results) == "well"
    started = time.monotonic()
    results.close()
    assert time.monotonic() - started < 10
