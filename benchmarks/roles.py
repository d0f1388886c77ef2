"""How often the roles of a page's texts are right, on the hand-labelled pages: `python benchmarks/roles.py [--misses]`.

A row a role: recall and precision on the designs that the rules were written on, and on those held out.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.loaders.pages import Pair, Tally, labels, pairs, tallies

HALVES = ("built", "held-out")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="show each text whose role is another than its label's")
    options = parser.parse_args()
    found = {half: pairs(labels(half)) for half in HALVES}
    told = {half: tallies(found[half]) for half in HALVES}
    print(f"{'role':14}" + "".join(f"{half + ' texts':>16}{'recall':>9}{'precision':>11}" for half in HALVES))
    for role in sorted(set().union(*told.values())):
        print(f"{role:14}" + "".join(_cells(told[half].get(role, Tally())) for half in HALVES))
    if options.misses:
        print("".join(_miss(pair) for half in HALVES for pair in found[half]), end="")


def _cells(tally: Tally) -> str:
    return f"{tally.labelled:16}{tally.recall:9.3f}{tally.precision:11.3f}"


def _miss(pair: Pair) -> str:
    label, block = pair
    if label and block and label.role == block.role:
        return ""
    wanted = f"{label.page}: {label.role}" if label else f"{block.at.path if block else ''}: no label"
    given = f"{block.role} ({block.reason}) “{block.text}”" if block else f"nothing “{label.text if label else ''}”"
    return f"{wanted}, given {given}\n"


if __name__ == "__main__":
    main()
