"""Labelled statements: packs as they are written, companies through our own loaders."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from messagecheck.nouns import Canon
from messagecheck.positioning import load_canon


@dataclass(frozen=True, slots=True)
class Statement:
    """A labelled sentence. `label` is conflict, aligned, term, benign or neutral; `messages` are the ids for which it
    holds."""

    text: str
    context: str
    label: str
    kind: str
    messages: tuple[str, ...]
    ours: bool = True


@dataclass(frozen=True, slots=True)
class Pack:
    name: str
    canon: Canon
    statements: tuple[Statement, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return (self.canon.name, *self.canon.aliases)


def read_packs(folder: Path) -> list[Pack]:
    """Every pack under `folder` that is complete (positioning.md and statements.jsonl), sorted by name."""
    return [read_pack(path.parent) for path in sorted(folder.glob("*/statements.jsonl"))]


def read_pack(folder: Path) -> Pack:
    canon = load_canon(folder / "positioning.md")
    known = {message.id for message in canon.messages}
    return Pack(folder.name, canon, tuple(_statements(folder / "statements.jsonl", known)))


def _statements(path: Path, known: set[str]) -> Iterator[Statement]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            ids = [row.get("message"), *(row.get("also") or [])]
            messages = tuple(dict.fromkeys(i for i in ids if i in known))
            ours = row.get("speaker", "us") == "us"
            yield Statement(row["text"], row.get("context") or "", row["label"], row.get("kind") or "", messages, ours)
