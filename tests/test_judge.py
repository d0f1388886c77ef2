"""The trained judge as it ships: its verdicts depend on the statement and the message, and on nothing around them."""

import json
import random
from pathlib import Path

import numpy as np
import pytest

from messagecheck import crossencoder, embedding, judge, places
from messagecheck.errors import ModelError
from messagecheck.fusion import RELATIONS, Logistic
from messagecheck.matching import match
from messagecheck.nouns import Block, Canon, Location, Reading, Role, Speaker
from messagecheck.positioning import load_canon
from messagecheck.prose import read_sentences
from messagecheck.training.pairs import CONFLICT_KINDS

FOLDER = places.model("judge")
PAIRS = [
    ("Starter is $39 per user.", "pricing: Starter: $49 per user per month"),
    ("We also sell insurance.", "boundary: We don't sell insurance"),
    ("Books close in three days.", "value: Fast close. Books close in three days."),
    ("Lunch is at noon.", "boundary: We don't sell insurance"),
]


@pytest.fixture(scope="module")
def score() -> crossencoder.Score:
    return crossencoder.load(FOLDER, outputs=RELATIONS + len(CONFLICT_KINDS))


@pytest.fixture(scope="module")
def canon() -> Canon:
    return load_canon(Path("corpora/companies/brightdesk/positioning.md"))


@pytest.fixture(scope="module")
def readings(canon: Canon) -> list[Reading]:
    texts = [
        "Starter is $29 a month and Scale is $99.",
        "The draft goes out by itself, without an agent's eyes on it.",
        "You'd answer calls in there as well.",
        "We were founded in a bakery.",
        "Agents read every draft before it leaves.",
    ]
    blocks = [Block(text, Location("a.md", line=n, column=1)) for n, text in enumerate(texts, 1)]
    blocks.append(Block("Could it also answer our phones?", Location("a.md"), Role.TURN, Speaker.THEM))
    return match(list(read_sentences(blocks)), canon, embedding.load(places.model("gate")))


def test_a_pairs_logits_do_not_depend_on_its_neighbours(score: crossencoder.Score):
    together = score(PAIRS)
    for pair, row in zip(PAIRS, together, strict=True):
        assert np.array_equal(score([pair])[0], row)
    assert np.array_equal(score(PAIRS[::-1])[::-1], together)


def test_verdicts_are_the_same_in_any_order(readings: list[Reading], canon: Canon):
    decide = judge.load(FOLDER)
    shuffled = random.Random(0).sample(readings, len(readings))
    assert set(decide(readings, canon)) == set(decide(shuffled, canon))


def test_what_is_not_our_assertion_gets_no_verdict(readings: list[Reading], canon: Canon):
    decided = judge.load(FOLDER)(readings, canon)
    theirs = [r for r in decided if r.sentence.block.speaker is Speaker.THEM]
    assert theirs
    assert all(m.verdict is None for r in theirs for m in r.matches)


def test_every_probability_is_one(readings: list[Reading], canon: Canon):
    verdicts = [m.verdict for r in judge.load(FOLDER)(readings, canon) for m in r.matches if m.verdict]
    assert verdicts
    assert all(0 <= v.conflict <= 1 and 0 <= v.aligned <= 1 for v in verdicts)


def test_a_logistic_model_is_the_formula_in_its_docstring():
    model = Logistic(-1.0, {"a": 2.0})
    assert model({"a": 0.5, "b": 9.0}) == pytest.approx(0.5)


def test_a_folder_without_weights_is_refused(tmp_path: Path):
    (tmp_path / "config.json").write_text((FOLDER / "config.json").read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(ModelError, match=r"holds no judge; it needs model\.onnx"):
        judge.load(tmp_path)


def test_a_configuration_that_lacks_a_part_is_refused(tmp_path: Path):
    config = json.loads((FOLDER / "config.json").read_text(encoding="utf-8"))
    del config["conflict"]["weights"]
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    with pytest.raises(ModelError, match="is no judge's configuration"):
        judge.read_config(tmp_path)
