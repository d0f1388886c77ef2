"""Which avoided words a sentence holds, whatever their sense."""

from pathlib import Path

import pytest

from messagecheck.nouns import Block, Location, Sentence
from messagecheck.usages import find_usages
from tests.canons import make_canon

TABLE = """## Facts
- One fact
## Terminology
| Use | Instead of | Note |
|---|---|---|
| player | gamer, user base | |
| pool | bank, talent pool | |
| check | screening | |
| site | jobsite, account | "bank account" is fine |
| staff | members | |
| guide | help, help center | |
| learning lead | L&D guy | |
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gamers leave at level nine.", ["gamer"]),
        ("Every game has a level nine.", []),
        ("Our user-base grows.", ["user base"]),
        ("The user, base and all.", []),
        ("A vetted talent pool for the whole trust", ["talent pool"]),
        ("A vetted pool for the whole trust", []),
        ("Let me share my screen.", []),
        ("Four jobsites at once", ["jobsite"]),
        ("The account's gate is open.", ["account"]),
        ("Paid into your bank account.", []),
        ("Two members of the crew", []),
        ("Our help center has it.", ["help center"]),
        ("For the L&D guys it's one link.", ["L&D guy"]),
        ("“Account” is what others say.", []),
        ("See example.com/account for more.", []),
        ("", []),
    ],
)
def test_a_word_is_found_in_its_own_inflections_and_outside_of_phrases_that_are_fine(
    text: str, found: list[str], tmp_path: Path
):
    sentence = Sentence(text, 0, Block(text, Location("a.md")))
    assert [usage.avoided for usage in find_usages(sentence, make_canon(tmp_path, TABLE))] == found


def test_a_usage_is_the_slice_that_was_said(tmp_path: Path):
    text = "So the jobsite’s gate, and another Jobsite."
    sentence = Sentence(text, 0, Block(text, Location("a.md")))
    usages = find_usages(sentence, make_canon(tmp_path, TABLE))
    assert [usage.said for usage in usages] == ["jobsite’s", "Jobsite"]
    assert all(text[usage.start : usage.end] == usage.said for usage in usages)
