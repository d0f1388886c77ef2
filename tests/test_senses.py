"""What is told of an avoided word before its sense is weighed."""

from dataclasses import replace
from pathlib import Path

import pytest

from messagecheck.errors import ModelError
from messagecheck.nouns import Block, Location, Role, Sentence
from messagecheck.prose import mode_of
from messagecheck.senses import Sense, load_sense, read_features
from messagecheck.usages import find_usages
from tests.canons import make_canon

TABLE = """## Facts
- Every case has one owner
## Terminology
| Use | Instead of | Note |
|---|---|---|
| case | ticket | "ticket" is fine for an event |
## Competitors
- Deskly
"""


def features_of(text: str, folder: Path, role: Role = Role.BODY) -> dict[str, float]:
    canon = make_canon(folder, TABLE)
    (usage,) = find_usages(Sentence(text, 0, Block(text, Location("a.md"), role), mode_of(text)), canon)
    return read_features(usage, canon)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Your ticket has an owner.", "before1=your"),
        ("Your last ticket has an owner.", "before1=other"),
        ("Look, ticket owners wait.", "before1=none"),
        ("The train’s ticket hall", "before1=possessive"),
        ("A ticket of hers", "after1=of"),
        ("Two tickets left", "ending=s"),
        ("Two tickets left", "before1=number"),
        ("Deskly sells a ticket.", "competitor"),
        ("Acme has no ticket.", "our_name"),
        ("It is not a ticket.", "contrast"),
        ("They quoted you by the ticket.", "dealt"),
        ("Their old ticket went missing.", "others"),
        ("Is there a ticket?", "mode=asks"),
        ("I wrote a ticket.", "says=my"),
        ("A ticket-hall story", "hyphen_after"),
        ("The Ticket counts.", "capital"),
        ("Ticket means a slip of paper.", "defined"),
        ("Others call it a ticket.", "called"),
        ("The ticket from Acme waits.", "owner=us"),
    ],
)
def test_a_neighbour_or_a_manner_is_noticed(text: str, name: str, tmp_path: Path):
    assert features_of(text, tmp_path)[name] == 1


def test_a_note_with_an_exception_is_noticed(tmp_path: Path):
    found = features_of("A ticket for the event", tmp_path)
    assert (found["excepted"], found["of_note"]) == (1, 1)


def test_a_sentence_of_the_canon_with_the_wrong_word_is_near_its_concept(tmp_path: Path):
    near = features_of("Every ticket has one owner.", tmp_path)["nearest_of_concept"]
    far = features_of("I left my ticket on the train.", tmp_path)["nearest_of_concept"]
    assert near > far


def test_a_turn_of_a_call_is_spoken(tmp_path: Path):
    assert "spoken" in features_of("The ticket is in.", tmp_path, Role.TURN)
    assert "spoken" not in features_of("The ticket is in.", tmp_path)


def test_a_weight_moves_the_probability_its_own_way():
    sense = Sense(0.0, {"spoken": 2.0}, 0.5)
    assert sense({}) == 0.5
    assert sense({"spoken": 1.0}) > 0.5 > replace(sense, weights={"spoken": -2.0})({"spoken": 1.0})


@pytest.mark.parametrize("text", ["", "[]", '{"intercept": 1}', '{"intercept": "x", "weights": {}, "speaks_from": 0}'])
def test_a_broken_file_of_weights_is_named_in_one_line(text: str, tmp_path: Path):
    (tmp_path / "config.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=r"config\.json: .*training terms$") as error:
        load_sense(tmp_path)
    assert "\n" not in str(error.value)
