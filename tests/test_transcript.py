"""`messagecheck transcript`: how a call was read, for people and for programs."""

import json
from pathlib import Path

import pytest

from messagecheck import cli

DOCUMENT = "---\nname: Tidewell\n---\n## Value propositions\n\n### Books close in five days {#fast}\n"
CALL = (
    "WEBVTT\n\n00:04.000 --> 00:06.000\nAna Ruiz: It's Ana from Tidewell.\n\n"
    "00:07.000 --> 00:09.000\nBo Lind: Hi \u202e.\n\n"
    "00:10.000 --> 00:11.000\nBo Lind: All well?\n\n00:12.000 --> 01:13.000\nAna Ruiz: Yes.\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "positioning.md").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "call.vtt").write_text(CALL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        cli.main(["transcript", *arguments])
    assert isinstance(end.value.code, int)
    return end.value.code


def test_it_shows_who_is_ours_by_what_evidence_and_every_turn(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("call.vtt") == 0
    assert capsys.readouterr().out.splitlines() == [
        "call.vtt: 3 turns of 2 speakers, 0:00:04 to 0:00:12",
        "",
        "  ours     Ana Ruiz: 2 turns, 5 words; side by introduction",
        "  theirs   Bo Lind: 1 turn, 4 words; side by the other side is told",
        "",
        "    4  0:00:04  ours     Ana Ruiz: It's Ana from Tidewell.",
        "    7  0:00:07  theirs   Bo Lind: Hi \\u202e. All well?",
        "   13  0:00:12  ours     Ana Ruiz: Yes.",
    ]


def test_programs_get_the_same_as_json(folder: Path) -> None:
    assert run("call.vtt", "-f", "json", "-o", "call.json.out") == 0
    shape = json.loads((folder / "call.json.out").read_text())
    assert shape["schema_version"] == 1
    assert shape["unread"] == []
    (call,) = shape["calls"]
    assert call["path"] == "call.vtt"
    assert [(one["name"], one["side"], one["turns"], one["words"]) for one in call["speakers"]] == [
        ("Ana Ruiz", "us", 2, 5),
        ("Bo Lind", "them", 1, 4),
    ]
    assert call["turns"][1] == {
        "line": 7,
        "end_line": 10,
        "timestamp": "0:00:07",
        "speaker": "Bo Lind",
        "side": "them",
        "text": "Hi \u202e. All well?",
    }


def test_our_people_of_the_settings_are_ours(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "messagecheck.toml").write_text('[calls]\nour_people = ["Bo Lind"]\n', encoding="utf-8")
    assert run("call.vtt") == 0
    assert "  ours     Bo Lind: 1 turn, 4 words; side by label" in capsys.readouterr().out


def test_a_file_that_is_no_call_is_told_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "page.md").write_text("# Plans\n\nWe close in five days.\n", encoding="utf-8")
    assert run("page.md") == 2
    assert capsys.readouterr().err.startswith("messagecheck: page.md: is read, but not as a call")


def test_a_call_that_cannot_be_read_is_not_all_checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "empty.vtt").write_text("WEBVTT\n", encoding="utf-8")
    assert run("empty.vtt") == 3
    assert capsys.readouterr().out.startswith("empty.vtt: not read: holds no cue")
