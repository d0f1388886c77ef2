"""A labelled company → what a judge of the user's own says of its sentences, and which of them are conflicts."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from messagecheck import content, own_model
from messagecheck.matching import match
from messagecheck.nouns import Canon, Sentence, Touchpoint
from messagecheck.positioning import load_canon
from messagecheck.prose import read_sentences
from messagecheck.settings import Settings
from messagecheck.training.companies import Company, build
from messagecheck.training.overlap import hit

if TYPE_CHECKING:
    from messagecheck.nouns import Encode
    from messagecheck.own_model.scoring import Score


def labelled_odds(company: Company, encode: Encode, score: Score) -> list[tuple[float, bool]]:
    """For each sentence that can conflict its highest log-odds, and whether it is labelled a conflict."""
    canon = load_canon(company.folder / "positioning.md")
    readings = match(_sentences(company, canon), canon, encode)
    odds = own_model.highest_odds(readings, canon, score)
    return [
        (highest, _is_conflict(reading.sentence, company))
        for reading, highest in zip(readings, odds, strict=True)
        if highest is not None
    ]


def _sentences(company: Company, canon: Canon) -> list[Sentence]:
    with TemporaryDirectory(prefix="messagecheck-") as folder:
        build(company.folder, Path(folder))
        files = content.find_files([Path(folder)], Settings(), None)
        read = list(content.read_touchpoints(files, canon, Settings()))
    return [sentence for one in read if isinstance(one, Touchpoint) for sentence in read_sentences(one.blocks)]


def _is_conflict(sentence: Sentence, company: Company) -> bool:
    labels = (one for one in company.labels if one.label == "conflict" and one.path == sentence.at.path)
    return any(hit(sentence.text, one.text) for one in labels)
