"""One call in the shapes of twelve vendors: the same turns, whoever wrote them down."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pytest

from messagecheck.loaders import read
from messagecheck.loaders.sides import tell_sides
from messagecheck.nouns import Block, Role, Speaker
from tests.loaders.samples import misplaced

FOLDER = Path(__file__).parents[1] / "files" / "transcripts"
FILES = sorted(file.name for file in FOLDER.iterdir() if file.suffix != ".md")
SAID = (
    "Hi Bo, it's Ana from Tidewell. Thanks for making the time.",
    "Hi Ana. We close our books in two weeks, and nobody likes it.",
    "With us you would close in five days. It is $49 per user per month.",
    "Is there a set-up fee?",
    "No. And you can leave whenever you want.",
    "Okay, send me that in writing.",
)
TIMES = ("0:00:04", "0:00:11", "0:00:19", "0:00:31", "0:00:34", "0:00:41")
SPEAKERS = {
    "assemblyai.json": ("Speaker A", "Speaker B"),
    **dict.fromkeys(("deepgram.json", "deepgram-paragraphs.json", "deepgram-words.json"), ("Speaker 0", "Speaker 1")),
    "gong.txt": ("Ana", "Bo"),
    "whisperx.json": ("SPEAKER_00", "SPEAKER_01"),
}
WITHOUT_SPEAKERS = {"whisper.json"}


def turns(name: str) -> list[Block]:
    blocks = tell_sides(read((FOLDER / name).read_bytes(), name), ("Tidewell",))
    return [block for block in blocks if block.role is Role.TURN]


@pytest.mark.parametrize("name", [name for name in FILES if name not in WITHOUT_SPEAKERS])
def test_every_vendors_export_gives_the_same_turns(name: str) -> None:
    found = turns(name)
    assert [block.text for block in found] == list(SAID)
    assert [block.at.speaker for block in found] == [*SPEAKERS.get(name, ("Ana Ruiz", "Bo Lind"))] * 3


@pytest.mark.parametrize("name", [name for name in FILES if name not in WITHOUT_SPEAKERS])
def test_every_vendors_export_tells_when(name: str) -> None:
    day = "10:00:" if name == "zoom-saved-captions.txt" else "0:00:"
    assert [block.at.timestamp for block in turns(name)] == [time.replace("0:00:", day) for time in TIMES]


@pytest.mark.parametrize("name", [name for name in FILES if name not in WITHOUT_SPEAKERS])
def test_in_every_vendors_export_ana_is_ours_and_bo_is_not(name: str) -> None:
    assert [block.speaker for block in turns(name)] == [Speaker.US, Speaker.THEM] * 3


@pytest.mark.parametrize("name", FILES)
def test_the_places_of_every_vendors_export_lead_to_its_words(name: str) -> None:
    source = (FOLDER / name).read_text()
    for block in turns(name):
        assert misplaced(block, source) == []


def test_an_export_without_speakers_is_one_turn_of_nobody() -> None:
    (turn,) = turns("whisper.json")
    assert (turn.text, turn.at.speaker, turn.speaker) == (" ".join(SAID), None, Speaker.UNKNOWN)
    assert turn.at.timestamp == "0:00:04"


def test_otters_last_line_is_nobodys() -> None:
    last = read((FOLDER / "otter.txt").read_bytes(), "otter.txt")[-1]
    assert (last.text, last.role, last.at.speaker) == ("Transcribed by https://otter.ai", Role.META, None)


def test_a_metadata_cue_may_be_written_over_several_lines() -> None:
    cue = json.dumps({"speakerName": "Ana Ruiz", "spokenText": 'We say "yes".'}, indent=2)
    (turn,) = read(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{cue}\n".encode(), "a.vtt")
    assert (turn.text, turn.at.speaker, turn.at.line, turn.at.column) == ('We say "yes".', "Ana Ruiz", 6, 18)


def test_a_teams_document_gives_the_same_turns() -> None:
    document = docx.Document()
    document.add_paragraph("Tidewell and Kettle-20260211_140000-Meeting Recording")
    for number, (time, words) in enumerate(zip(TIMES, SAID, strict=True)):
        paragraph = document.add_paragraph()
        paragraph.add_run("Bo Lind" if number % 2 else "Ana Ruiz").bold = True
        paragraph.add_run(f"   {time.removeprefix('0:0')}").add_break()
        paragraph.add_run(words)
    out = io.BytesIO()
    document.save(out)
    found = [block for block in read(out.getvalue(), "teams.docx") if block.role is Role.TURN]
    assert [block.text for block in found] == list(SAID)
    assert [block.at.timestamp for block in found] == list(TIMES)
