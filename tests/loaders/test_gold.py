"""Every labelled statement of every company is found through our own loaders, once, at the right place."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from messagecheck.loaders import read
from messagecheck.nouns import Block, Location

CORPORA = Path(__file__).parents[2] / "corpora"
BUILT = {".deck.md": ".pptx", ".docx.md": ".docx", ".pdf.md": ".pdf"}
FOLDED = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "…": "..."}
)  # as eval/score.py folds


class Gold(NamedTuple):
    company: str
    source: str
    text: str

    @property
    def built(self) -> str:
        for old, new in BUILT.items():
            if self.source.endswith(old):
                return self.source.removesuffix(old) + new
        return self.source


def _gold() -> list[Gold]:
    return [
        Gold(file.parent.name, row["path"].removeprefix("content/"), row["text"])
        for file in sorted((CORPORA / "companies").glob("*/gold.jsonl"))
        for row in map(json.loads, file.read_text().splitlines())
    ]


GOLD = _gold()
FILES = sorted({(gold.company, gold.source) for gold in GOLD})


def _fold(text: str) -> str:
    text = html.unescape(text).casefold().translate(FOLDED)
    return re.sub(r"\s+", " ", re.sub(r"[*_`]+", "", text)).strip()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("companies")
    for company in sorted((CORPORA / "companies").iterdir()):
        script = str(CORPORA / "build.py")
        subprocess.run([sys.executable, "-W", "ignore", script, str(company), str(root / company.name)], check=True)
    return root


@cache
def _blocks(file: Path) -> tuple[Block, ...]:
    return read(file.read_bytes(), file.name)


def _holders(gold: Gold, built: Path) -> list[Block]:
    return [block for block in _blocks(built / gold.company / gold.built) if _fold(gold.text) in _fold(block.text)]


def _source(gold: Gold) -> Path:
    return CORPORA / "companies" / gold.company / "content" / gold.source


def test_there_are_labelled_companies() -> None:
    assert len(GOLD) > 500
    assert {Path(source).suffix for _, source in FILES} >= {".html", ".md", ".eml", ".vtt", ".srt", ".txt", ".json"}


@pytest.mark.parametrize(("company", "source"), FILES)
def test_a_labelled_statement_lies_in_exactly_one_block(company: str, source: str, built: Path) -> None:
    here = [gold for gold in GOLD if (gold.company, gold.source) == (company, source)]
    found = {gold.text: [block.text for block in _holders(gold, built)] for gold in here}
    assert {text: holders for text, holders in found.items() if len(holders) != 1} == {}


@pytest.mark.parametrize(("company", "source"), FILES)
def test_its_place_leads_a_reader_to_it(company: str, source: str, built: Path) -> None:
    for gold in GOLD:
        if (gold.company, gold.source) == (company, source):
            for block in _holders(gold, built):
                assert _is_right(_place(block, gold), gold), (gold, block.at)


def _place(block: Block, gold: Gold) -> Location:
    """Where the gold text's first characters stand."""
    words = (match.start() for match in re.finditer(r"\S", block.text))
    start = next(n for n in words if _fold(block.text[n:]).startswith(_fold(gold.text)))
    return block.place(start, start + 1)


def _is_right(at: Location, gold: Gold) -> bool:
    """What eval/score.py asks of a finding's place."""
    if gold.source.endswith(".deck.md"):
        return bool(at.slide)
    if gold.source.endswith(".pdf.md"):
        return bool(at.page)
    if gold.source.endswith(".docx.md"):
        return bool(at.paragraph)
    if gold.source.startswith("calls/") and not (at.speaker and at.timestamp):
        return False
    lines = _source(gold).read_text().splitlines()
    assert at.line is not None
    near = _fold(re.sub(r"<[^>]*>", " ", "\n".join(lines[at.line - 1 : at.line + 3])))
    return all(word in near for word in re.findall(r"[a-z0-9$%]+", _fold(gold.text))[:3])
