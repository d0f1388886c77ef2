"""What stands around an avoided word, and whose the thing is."""

from pathlib import Path

import pytest

from messagecheck.neighbours import REACH, clause, owner_of
from messagecheck.nouns import Block, Canon, Location, Sentence
from messagecheck.prose import mode_of
from messagecheck.usages import Usage, find_usages
from tests.canons import make_canon

TABLE = """## Facts
- Every case has one owner
## Terminology
| Use | Instead of |
|---|---|
| case | ticket |
"""


def use_in(text: str, folder: Path) -> tuple[Usage, Canon]:
    canon = make_canon(folder, TABLE)
    (usage,) = find_usages(Sentence(text, 0, Block(text, Location("a.md")), mode_of(text)), canon)
    return usage, canon


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Our ticket has an owner.", "our"),
        ("Our three oldest tickets have owners.", "number"),
        ("Your old, slow ticket is gone.", "nobody"),
        ("Your landlord’s ticket is not ours.", "possessive"),
        ("Their last ticket went missing.", "their"),
        ("An Acme ticket has an owner.", "us"),
        ("Acme's ticket has an owner.", "us"),
        ("A ticket with Acme has an owner.", "us"),
        ("I know a ticket of ours.", "ours"),
        ("That ticket owner of theirs waits.", "theirs"),
        ("We look at the ticket.", "the"),
        ("We look after tickets.", "nobody"),
        ("Yours is gone; tickets come and go.", "nobody"),
    ],
)
def test_the_owner_of_a_thing_is_told_by_what_stands_around_it(text: str, owner: str, tmp_path: Path):
    usage, canon = use_in(text, tmp_path)
    assert owner_of(usage, (canon.name, *canon.aliases)) == owner


def test_a_clause_ends_at_a_comma(tmp_path: Path):
    usage, _ = use_in("Once it is there, the new ticket waits for you, and nobody else.", tmp_path)
    assert [word.text for word in clause(usage, -1, REACH)] == ["new", "the"]
    assert [word.text for word in clause(usage, 1, REACH)] == ["waits", "for", "you"]
