"""Whose side each turn of the labelled companies' calls is on, with no settings: right, left open, wrong.

    python benchmarks/calls.py [COMPANY...]

corpora/call-sides.json names the people of each company that speak in its calls; everybody else is a guest. They
were read by hand: from the participants that a file lists, and from how people introduce themselves.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from messagecheck.loaders import read
from messagecheck.loaders.sides import tell_sides
from messagecheck.nouns import Role, Speaker
from messagecheck.positioning import load_canon

COMPANIES = Path(__file__).parents[1] / "corpora" / "companies"
OURS: dict[str, list[str]] = json.loads((COMPANIES.parent / "call-sides.json").read_text(encoding="utf-8"))


def measure(company: str) -> Counter[str]:
    """Turns that are right, open (nothing tells) and wrong."""
    canon = load_canon(COMPANIES / company / "positioning.md")
    told: Counter[str] = Counter()
    for file in sorted((COMPANIES / company / "content" / "calls").iterdir()):
        for block in tell_sides(read(file.read_bytes(), file.name), (canon.name, *canon.aliases)):
            if block.role is Role.TURN:
                gold = Speaker.US if block.at.speaker in OURS[company] else Speaker.THEM
                told["open" if block.speaker is Speaker.UNKNOWN else "right" if block.speaker is gold else "wrong"] += 1
    return told


def main() -> None:
    print(f"{'company':20}  turns   right    open   wrong")
    total: Counter[str] = Counter()
    for company in sys.argv[1:] or sorted(OURS):
        told = measure(company)
        total += told
        _print(company, told)
    _print("all", total)


def _print(name: str, told: Counter[str]) -> None:
    turns = told.total()
    print(
        f"{name:20}  {turns:5}  {told['right'] / turns:6.1%}  {told['open'] / turns:6.1%}  {told['wrong'] / turns:6.1%}"
    )


if __name__ == "__main__":
    main()
