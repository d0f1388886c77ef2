"""How long `messagecheck drift` takes over a long history: `python benchmarks/history.py`.

Each of 1,000 runs is recorded as a scan records it: 200 touchpoints whose drift wanders, each with three of eight
findings. Then the command runs as a user runs it, start of Python and all. The time on the clock says little on a
machine that does much else; the time of the processor stands beside it.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from messagecheck.history.model import Occasion
from messagecheck.history.recording import record
from messagecheck.history.store import open_store
from messagecheck.nouns import (
    Audit,
    Canon,
    Coverage,
    Expression,
    Finding,
    Kind,
    Location,
    Message,
    Severity,
    Standing,
    Tier,
    Touchpoint,
)
from messagecheck.settings.history import DATABASE

TOUCHPOINTS, FOUND, POOL, TIMES = 200, 3, 8, 5
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
VALUES = tuple(Message(f"value-{number}", Kind.VALUE, f"Promise {number}", number) for number in range(6))
CANON = Canon("positioning.md", "Made", (), "1", VALUES, (), ())
ASKED = (["-f", "text"], ["-f", "json"], ["-f", "html"], ["--by", "kind"], ["--since", "1"])


def scans(runs: int) -> Iterator[Audit]:
    chance = random.Random(20260331)
    drifts = [chance.random() for _ in range(TOUCHPOINTS)]
    for _ in range(runs):
        drifts = [min(1.0, max(0.0, drift + chance.uniform(-0.02, 0.02))) for drift in drifts]
        standings = tuple(standing(number, drift, chance) for number, drift in enumerate(drifts))
        found = tuple(finding for one in standings for finding in findings(one.touchpoint.path, chance))
        yield Audit(CANON, standings, found, (), 40 * TOUCHPOINTS)


def standing(number: int, drift: float, chance: random.Random) -> Standing:
    touchpoint = Touchpoint(f"area-{number % 20}/page-{number}.md", ("blog", "deck", "website")[number % 3], "", ())
    coverage = tuple(Expression(value, chance.choice([*Coverage])) for value in VALUES)
    parts = (("conflicts", drift), ("terms", 0.1), ("missing", 0.4), ("emphasis", 0.2))
    shares = tuple((value.id, 1 / len(VALUES)) for value in VALUES)
    return Standing(touchpoint, drift, Tier.DRIFTING, shares, coverage, parts, (0.0, 1.0))


def findings(path: str, chance: random.Random) -> Iterator[Finding]:
    for number in chance.sample(range(POOL), FOUND):
        said = f"Starter is ${number} per user per month, and every plan includes support around the clock."
        why = f"says ${number}, the document says $49"
        id_ = f"mc-{path}-{number}"
        yield Finding("conflict/pricing", Severity.ERROR, 0.9, Location(path, line=3), said, why, id=id_)


def seconds(folder: Path, arguments: list[str]) -> tuple[float, float]:
    """The median of TIMES commands: on the clock, of the processor."""
    clock, processor = [], []
    for _ in range(TIMES):
        began, used = time.perf_counter(), _used()
        command = [sys.executable, "-m", "messagecheck", "drift", *arguments]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        clock.append(time.perf_counter() - began)
        processor.append(_used() - used)
    return statistics.median(clock), statistics.median(processor)


def _used() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--database", default=DATABASE, help="a path or the URL of an empty database")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "messagecheck.toml").write_text(f'[history]\ndatabase = "{options.database}"\n', encoding="utf-8")
        store = open_store(options.database, folder)
        began = time.perf_counter()
        for number, audit in enumerate(scans(options.runs)):
            record(store, audit, Occasion(FIRST + timedelta(hours=number), "content", "0"))
        spent = (time.perf_counter() - began) / options.runs
        megabytes = sum(file.stat().st_size for file in folder.rglob("*.db*")) / 1e6
        print(f"{options.runs} runs x {TOUCHPOINTS} touchpoints x {FOUND} findings; {megabytes:.0f} MB")
        print(f"{'record':24}{spent:6.2f} s a run")
        for arguments in ASKED:
            clock, processor = seconds(folder, arguments)
            print(f"{'drift ' + ' '.join(arguments):24}{clock:6.2f} s, processor {processor:.2f} s")


if __name__ == "__main__":
    main()
