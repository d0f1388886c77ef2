"""The labelled pages of tests/pages, and how the loader's roles stand to their labels."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from messagecheck.loaders import read
from messagecheck.nouns import Block, Role

PAGES = Path(__file__).parents[1] / "pages"
UNSEEN = frozenset({Role.META, Role.ALT, Role.TITLE})
"""Roles of what a page doesn't show in its body: a label of what it shows never means one of them."""


@dataclass(frozen=True, slots=True)
class Label:
    """One text of a page and its role; `who` is whose words a testimonial is."""

    page: str
    role: str
    text: str
    who: str = ""


@dataclass(slots=True)
class Tally:
    """How often a role is right, is labelled and is given."""

    right: int = 0
    labelled: int = 0
    given: int = 0

    @property
    def recall(self) -> float:
        return self.right / self.labelled if self.labelled else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 1.0


Pair = tuple[Label | None, Block | None]


def labels(half: str) -> list[Label]:
    """`built`: the designs that the rules were written on; `held-out`: those that were labelled and measured after."""
    return [Label(**json.loads(line)) for line in (PAGES / f"{half}.jsonl").read_text("utf-8").splitlines()]


def pairs(labelled: Iterable[Label]) -> list[Pair]:
    """Each label with its block (None where its text stands in none), then the blocks that no label means."""
    found: list[Pair] = []
    for page, group in groupby(labelled, key=lambda label: label.page):
        left = [block for block in read((PAGES / page).read_bytes(), page) if block.text]
        for label in group:
            block = _block(label, left)
            found.append((label, block))
            if block is not None and _bare(block.text) == _bare(label.text):
                left.remove(block)
        found += [(None, block) for block in left if block.role not in UNSEEN]
    return found


def tallies(of: Iterable[Pair]) -> dict[str, Tally]:
    found: dict[str, Tally] = defaultdict(Tally)
    for label, block in of:
        if label:
            found[label.role].labelled += 1
        if block:
            found[block.role].given += 1
        if label and block and label.role == block.role:
            found[label.role].right += 1
    return found


def _block(label: Label, left: Sequence[Block]) -> Block | None:
    same = [block for block in left if (label.role in UNSEEN) == (block.role in UNSEEN)]
    whole = next((block for block in same if _bare(block.text) == _bare(label.text)), None)
    return whole or next((block for block in same if label.text in block.text), None)


def _bare(text: str) -> str:
    return text.strip('“”„"«» ')
