"""What must change when a message changes."""

import json
from pathlib import Path

import pytest

from messagecheck import cli
from messagecheck.impact import Stance, places
from messagecheck.nouns import Block, Canon, Location, Match, Reading, Role, Sentence, Severity, Speaker, Verdict
from tests.canons import make_canon, read_one

BODY = """## Value propositions

### Fast close {#fast}

- Proof: Books close in three days {#three-days}

## Pricing

- Starter: $49 per user per month {#starter}
"""


@pytest.fixture
def canon(tmp_path: Path) -> Canon:
    return make_canon(tmp_path, BODY)


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        cli.main(arguments)
    assert isinstance(end.value.code, int)
    return end.value.code


def stances(text: str, canon: Canon, **named: object) -> list[tuple[str, Stance]]:
    found = places(canon.messages[-1], read_one(text, canon, **named), canon)  # type: ignore[arg-type]
    return [(one.text, one.stance) for one in found]


def test_a_contradiction_and_an_expression_are_told_apart(canon: Canon):
    text = "Starter is $49 per user per month. Starter is $39 per user per month."
    assert stances(text, canon) == [
        ("Starter is $39 per user per month.", Stance.CONTRADICTS),
        ("Starter is $49 per user per month.", Stance.EXPRESSES),
    ]


def test_somebody_elses_words_name_a_message_and_contradict_nothing(canon: Canon):
    found = stances("Is Starter $39 per user per month?", canon, role=Role.TURN, speaker=Speaker.THEM)
    assert found == [("Is Starter $39 per user per month?", Stance.NAMES)]


def test_the_documents_own_words_are_no_contradiction(canon: Canon):
    match = Match(canon.messages[-1], 0.9, Verdict(0.9, 0.0, "pricing", "", Severity.ERROR))
    block = Block(canon.messages[-1].text, Location("page.md", line=1))
    (place,) = places(canon.messages[-1], [Reading(Sentence(block.text, 0, block), (match,))], canon)
    assert place.stance is Stance.NAMES


def test_what_speaks_of_another_message_is_left_out(canon: Canon):
    assert stances("Books close in three days.", canon) == []


@pytest.fixture
def site(canon: Canon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "messagecheck.toml").write_text('[models]\njudge = "rules"\n', encoding="utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_text("# Plans\n\nStarter is $39 per user per month.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_command_names_place_and_proofs(site: Path, capsys: pytest.CaptureFixture[str]):
    assert run("impact", "starter", "content") == 0
    told = capsys.readouterr().out
    assert "a.md\n  contradicts" in told
    assert "3:1  “Starter is $39 per user per month.”" in told
    assert "1 place in 1 file: contradicts 1, expresses 0, names 0" in told
    run("impact", "fast", "content")
    assert "its proofs: three-days" in capsys.readouterr().out


def test_the_json_holds_the_same(site: Path, capsys: pytest.CaptureFixture[str]):
    assert run("impact", "starter", "content", "-f", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["message"]["id"] == "starter"
    (place,) = told["places"]
    assert (place["stance"], place["path"], place["location"]["line"]) == ("contradicts", "a.md", 3)


def test_an_unknown_id_is_an_error_in_one_line(site: Path, capsys: pytest.CaptureFixture[str]):
    assert run("impact", "startr", "content") == 2
    assert capsys.readouterr().err.endswith("is no message of positioning.md; did you mean “starter”?\n")


def test_what_could_not_be_read_is_said(site: Path, capsys: pytest.CaptureFixture[str]):
    (site / "content" / "b.pptx").write_bytes(b"no deck")
    assert run("impact", "starter", "content") == 3
    assert "Not checked\n  b.pptx: " in capsys.readouterr().out
