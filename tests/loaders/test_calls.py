"""Calls in every format: a block a turn, with speaker, time and lines; and whose side each speaker is on."""

# ruff: noqa: E501 - a sample of a file stands in one piece
from __future__ import annotations

import json
import time
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from messagecheck.errors import LoadError
from messagecheck.loaders import read
from messagecheck.loaders.sides import tell_sides
from messagecheck.nouns import Block, Role, Speaker

CORPORA = Path(__file__).parents[2] / "corpora"
OURS = ("Tidewell", "Tidewell Navigation", "tidewell.example")


class Turn(NamedTuple):
    speaker: str | None
    timestamp: str | None
    text: str


def turns(text: str, path: str) -> list[Turn]:
    blocks = read(text.encode(), path)
    return [Turn(block.at.speaker, block.at.timestamp, block.text) for block in blocks if block.role is Role.TURN]


def sides(text: str, path: str) -> dict[str | None, Speaker]:
    return {
        block.at.speaker: block.speaker
        for block in tell_sides(read(text.encode(), path), OURS)
        if block.role is Role.TURN
    }


def exported(value: object) -> str:
    return json.dumps(value)


def test_one_speakers_cues_are_one_turn_with_the_first_time_and_every_line() -> None:
    text = "WEBVTT\n\n1\n00:00:04.000 --> 00:00:05.000\nAna: One\ntwo.\n\n2\n00:01:06.000 --> 00:01:07.000\nAna: Three.\n\n3\n01:00:00.000 --> 01:00:01.000\nBo: Four: five.\n"
    assert turns(text, "a.vtt") == [Turn("Ana", "0:00:04", "One two. Three."), Turn("Bo", "1:00:00", "Four: five.")]
    block = read(text.encode(), "a.vtt")[0]
    assert [block.place(start, start + 1).line for start in (0, 4, 9)] == [5, 6, 10]


def test_voice_tags_settings_notes_and_missing_blank_lines_are_understood() -> None:
    text = (
        "WEBVTT - a call\nKind: captions\n\nNOTE a note\n\n00:04.000 --> 00:05.000 align:start\n<v Ana Ruiz>Hi <i>all</i>.</v> <v Bo>Hi.</v>\n"
        "2\n00:06.000 --> 00:07.000\n<v Bo>A --> B.</v>\n"
    )
    assert turns(text, "a.vtt") == [Turn("Ana Ruiz", "0:00:04", "Hi all."), Turn("Bo", "0:00:04", "Hi. A --> B.")]


def test_teams_writes_times_without_zeros_and_names_cues() -> None:
    cue = "6e2b1f0c-0d3a-4c1e-9a7b-2f5d8e1c4a90/{}-0\n{} --> 0:0:9.0\n<v Ana Ruiz>{}</v>\n\n"
    text = "WEBVTT\n\n" + cue.format(12, "0:0:4.5", "One.") + cue.format(17, "0:0:7.23", "Two.")
    assert turns(text, "a.vtt") == [Turn("Ana Ruiz", "0:00:04", "One. Two.")]


def test_a_blank_line_or_a_missing_time_within_a_cue_costs_no_words() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nAna: One\n\ntwo.\n\n2\nThree.\n\n3\n00:00:05,000 --> 00:00:06,000\nAna: Four.\n"
    assert turns(text, "a.srt") == [Turn("Ana", "0:00:01", "One two. Three. Four.")]
    noted = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>One.\n\nNOTE not said\nnor this\n\nSTYLE\n::cue {}\n\n00:03.000 --> 00:04.000\n<v Ana>Two.\n"
    assert turns(noted, "a.vtt") == [Turn("Ana", "0:00:01", "One. Two.")]


def test_tags_that_no_format_knows_are_not_said_and_addresses_are() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<par>One</par> <ana@x.example> 2 < 3\n"
    assert turns(text, "a.srt")[0].text == "One <ana@x.example> 2 < 3"


def test_a_word_before_a_colon_is_no_speaker() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nRemember: call us.\n\n2\n00:00:03,000 --> 00:00:04,000\nWe will.\n"
    assert turns(text, "a.srt") == [Turn(None, "0:00:01", "Remember: call us. We will.")]


@pytest.mark.parametrize(
    "line",
    ["[00:00:04] Ana Ruiz (Rep, Tidewell): Hi.", "00:00:04 Ana Ruiz: Hi.", "Ana Ruiz [0:04]: Hi.", "(0:04) Ana Ruiz - Hi.", "Ana Ruiz  0:04\nHi."],
)  # fmt: skip
def test_a_transcript_in_plain_text_is_one(line: str) -> None:
    text = "Call: x\n\n" + "\n\n".join([line, line.replace("Ana Ruiz", "Bo Lind").replace("04", "09")] * 3)
    if " - Hi" in line:
        assert turns(text, "a.txt") == []
        return
    assert turns(text, "a.txt")[:2] == [Turn("Ana Ruiz", "0:00:04", "Hi."), Turn("Bo Lind", "0:00:09", "Hi.")]


def test_prose_with_colons_is_no_transcript() -> None:
    text = "Agenda: one thing.\n\nWe met. It was good.\n\nNote: bring a pen.\n\nAnother line of text here.\n\nAnd another one.\n"
    assert turns(text, "a.txt") == []


def test_turns_without_times_are_told_by_labels_that_come_back() -> None:
    assert turns("Ana: One.\nBo: Two.\nAna: Three.\nmore.\nBo: Four.\n", "a.txt")[2] == Turn(
        "Ana", None, "Three. more."
    )


GONG = {
    "callTranscripts": [
        {"transcript": [{"speakerId": "1", "sentences": [{"start": 4000, "text": "Hi there all."}, {"start": 9000, "text": "Ready?"}]},
                        {"speakerId": "2", "sentences": [{"start": 65000, "text": "Yes we are."}]}]}],
    "parties": [{"speakerId": "1", "name": "Ana", "affiliation": "Internal"}, {"speakerId": "2", "name": "Bo", "affiliation": "External"}],
}  # fmt: skip
ASSEMBLY = {
    "text": "Hi there all. Yes we are.",
    "words": [{"text": "Hi", "start": 4000, "speaker": "A"}],
    "utterances": [
        {
            "speaker": "A",
            "start": 4000,
            "text": "Hi there all.",
            "words": [{"text": "Hi", "start": 4000, "speaker": "A"}],
        },
        {"speaker": "B", "start": 65000, "text": "Yes we are.", "words": []},
    ],
}
DEEPGRAM = {
    "results": {
        "channels": [{"alternatives": [{"transcript": "Hi there all. Yes we are.", "words": [{"word": "hi", "start": 4.0}]}]}],
        "utterances": [{"start": 4.0, "speaker": 0, "transcript": "Hi there all."}, {"start": 65.1, "speaker": 1, "transcript": "Yes we are."}],
    }
}  # fmt: skip


@pytest.mark.parametrize(
    ("export", "speakers"),
    [
        ([{"speaker": "Ana", "start": 4.0, "text": "Hi there all."}, {"speaker": "Bo", "start": 65.2, "text": "Yes we are."}], ("Ana", "Bo")),
        ({"sentences": [{"speaker_name": "Ana", "start_time": 4, "text": "Hi there all."}, {"speaker_name": "Bo", "start_time": 65, "text": "Yes we are."}]}, ("Ana", "Bo")),
        ({"transcript": [{"user_name": "Ana", "ts": "00:00:04.1", "text": "Hi there all."}, {"user_name": "Bo", "ts": "00:01:05", "text": "Yes we are."}]}, ("Ana", "Bo")),
        ([{"speakerName": "Ana", "startDateTime": "1970-01-01T00:00:04Z", "spokenText": "Hi there all."}, {"speakerName": "Bo", "startDateTime": "1970-01-01T00:01:05Z", "spokenText": "Yes we are."}], ("Ana", "Bo")),
        ({"segments": [{"start": 4.0, "text": " Hi there all."}, {"start": 65.0, "text": " Yes we are."}]}, (None,)),
        (ASSEMBLY, ("Speaker A", "Speaker B")),
        (DEEPGRAM, ("Speaker 0", "Speaker 1")),
    ],
    ids=["flat", "Fireflies", "Zoom", "Teams", "Whisper", "AssemblyAI", "Deepgram"],
)  # fmt: skip
def test_an_export_is_read_whatever_wrote_it(export: object, speakers: tuple[str | None, ...]) -> None:
    found = turns(exported(export), "a.json")
    assert tuple(turn.speaker for turn in found) == speakers
    assert " ".join(turn.text for turn in found) == "Hi there all. Yes we are."
    assert found[0].timestamp == "0:00:04"
    assert len(found) == 1 or found[1].timestamp == "0:01:05"


def test_gong_tells_who_is_ours() -> None:
    assert turns(exported(GONG), "a.json") == [
        Turn("Ana", "0:00:04", "Hi there all. Ready?"),
        Turn("Bo", "0:01:05", "Yes we are."),
    ]
    assert sides(exported(GONG), "a.json") == {"Ana": Speaker.US, "Bo": Speaker.THEM}


def test_an_export_keeps_the_lines_of_its_texts() -> None:
    text = '[\n {"speaker": "A b",\n  "start": 0, "text": "One \\"two\\"."},\n {"speaker": "C d", "start": 1,\n  "text": "Same."}]'
    first, second = read(text.encode(), "a.json")
    assert (first.text, first.at.line, first.at.column) == ('One "two".', 3, 24)
    assert (second.at.line, second.at.column) == (5, 12)


def test_a_short_utterance_stands_in_its_own_list_and_not_among_the_words() -> None:
    words = [{"text": word, "start": number, "speaker": "A"} for number, word in enumerate(("Yes.", "No.", "Yes."))]
    said = [
        {"text": word["text"], "start": word["start"], "speaker": name} for word, name in zip(words, "ABA", strict=True)
    ]
    text = json.dumps(
        {"words": words, "utterances": [{**one, "text": f"{one['text']} Ok"} for one in said[:1]] + said[1:]}, indent=1
    )
    found = read(text.encode(), "a.json")
    lines = text.splitlines()
    assert all(block.at.line is not None and block.at.line > lines.index(' "utterances": [') for block in found)
    assert [block.at.speaker for block in found] == ["Speaker A", "Speaker B", "Speaker A"]


@pytest.mark.parametrize("when", [float("inf"), float("nan"), 10**400, "1e999", "nan"])
def test_a_time_that_no_clock_shows_is_none(when: float | str) -> None:
    said = [{"speaker": "Ana", "start": when, "text": "Hello."}, {"speaker": "Ana", "start": 7, "text": "Fine."}]
    assert turns(exported(said), "a.json") == [Turn("Ana", None, "Hello. Fine.")]


def test_json_that_nests_too_deeply_is_refused() -> None:
    with pytest.raises(LoadError, match="not valid JSON"):
        read(b"[" * 200_000, "a.json")


def call(*lines: str) -> str:
    return "\n".join(f"[00:00:{number:02}] {line}" for number, line in enumerate(lines))


def test_a_label_with_our_name_is_ours_and_one_with_another_is_theirs() -> None:
    text = call(
        "Ana (Rep, Tidewell): Hi.", "Bo (Owner, Kettle): Hi.", "Ana (Rep, Tidewell): So.", "Bo (Owner, Kettle): So."
    )
    assert sides(text, "a.txt") == {"Ana": Speaker.US, "Bo": Speaker.THEM}


def test_the_header_tells_sides() -> None:
    text = "Tidewell: Ana Ruiz (Rep)\nGuests: Bo Lind\n\n" + call(
        "Ana Ruiz: a", "Bo Lind: b", "Ana Ruiz: c", "Bo Lind: d"
    )
    assert sides(text, "a.txt") == {"Ana Ruiz": Speaker.US, "Bo Lind": Speaker.THEM}


@pytest.mark.parametrize(
    "said", ["Hi, it's Ana from Tidewell.", "Ana Ruiz, Tidewell, I do sales.", "I'm Ana, I do sales at tide well."]
)
def test_an_introduction_tells_sides_even_if_the_name_was_misheard(said: str) -> None:
    text = call(f"Ana Ruiz: {said}", "Bo Lind: Hello.", "Ana Ruiz: Good.", "Bo Lind: Good.")
    assert sides(text, "a.txt") == {"Ana Ruiz": Speaker.US, "Bo Lind": Speaker.THEM}


def test_who_is_brought_along_is_on_the_same_side() -> None:
    lines = (
        "Ana: It's Ana from Tidewell, and I've got Cy with me.",
        "Bo: Hello.",
        "Cy: Hi.",
        "Ana: Good.",
        "Bo: Good.",
        "Cy: So.",
    )
    assert sides(call(*lines), "a.txt") == {"Ana": Speaker.US, "Cy": Speaker.US, "Bo": Speaker.THEM}


def test_where_nothing_tells_nobody_is_ours() -> None:
    assert set(sides(call("Ana: Hi.", "Bo: Hello.", "Ana: Nice day.", "Bo: It is."), "a.txt").values()) == {
        Speaker.UNKNOWN
    }


def test_the_first_speaker_is_not_ours_for_speaking_first() -> None:
    lines = ("Bo: Hi, what does it cost?", "Ana: Hi, it's Ana at Tidewell.", "Bo: How much is it?", "Ana: $49 a month.")
    assert sides(call(*lines), "a.txt")["Bo"] is Speaker.THEM


def test_a_mail_from_our_domain_is_ours_and_from_another_is_not() -> None:
    def sent(by: str) -> list[Block]:
        text = f"From: {by}\nSubject: x\n\nWe close in five days.\n"
        return [block for block in tell_sides(read(text.encode(), "a.eml"), OURS) if block.role is Role.BODY]

    assert [block.speaker for block in sent("Ana <ana@mail.tidewell.example>")] == [Speaker.US]
    assert [block.speaker for block in sent("Bo <bo@kettle.example>")] == [Speaker.UNKNOWN]


def test_a_transcript_kept_as_a_document_is_a_call_and_not_our_own_words() -> None:
    lines = [f"**{name}:** Line {number} of it.\n" for number in range(4) for name in ("Ana Ruiz", "Bo Lind")]
    found = read(("# Call with Kettle\n\nToday.\n\n" + "\n".join(lines)).encode(), "a.md")
    assert [block.role for block in found[:3]] == [Role.HEADING, Role.META, Role.TURN]
    assert (found[2].at.speaker, found[2].text, found[2].at.line, found[2].at.column) == (
        "Ana Ruiz",
        "Line 0 of it.",
        5,
        15,
    )
    assert {block.speaker for block in found[1:]} == {Speaker.UNKNOWN}


def test_a_teams_transcript_has_name_time_and_words_in_one_paragraph() -> None:
    lines = [
        f"{name} 0:{number:02}\\\nLine {number} of it.\n" for number in range(4) for name in ("Ana Ruiz", "Bo Lind")
    ]
    assert turns("\n".join(lines), "a.md")[3] == Turn("Bo Lind", "0:00:01", "Line 1 of it.")


def test_data_sheets_agendas_and_faqs_are_no_calls() -> None:
    sheet = "\n".join(
        f"- {word}: {word} is included.\n"
        for word in ("Deployment", "Data", "Uptime", "Support", "Price", "Terms", "API")
    )
    agenda = "\n".join(
        f"{word} 9:{number:02}\n"
        for number, word in enumerate(["Doors", "Keynote", "Break", "Demo", "Lunch", "Panel", "Drinks"])
    )
    faq = "Q: Is it free?\n\nA: No.\n\n" * 5
    assert [
        block.role for text in (sheet, agenda, faq) for block in read(text.encode(), "a.md") if block.role is Role.TURN
    ] == []


def test_who_is_answered_by_one_side_alone_is_on_the_other() -> None:
    asked = (
        "Cy: How long?",
        "Ana: Five days.",
        "Cy: And for two?",
        "Ana: Six.",
        "Cy: Where?",
        "Ana: Here.",
        "Cy: When?",
    )
    lines = ("Ana: It's Ana from Tidewell.", "Bo: I'm Bo, I do books at Kettle.", *asked, "Ana: Now.")
    assert sides(call(*lines), "a.txt")["Cy"] is Speaker.THEM
    assert sides(call(*lines[:-1], "Bo: Now."), "a.txt")["Cy"] is Speaker.UNKNOWN


def test_a_turn_says_which_evidence_told_its_side() -> None:
    text = call("Ana: It's Ana from Tidewell.", "Bo: Hello.", "Ana: Good.", "Bo: Good.")
    told = {block.at.speaker: block.reason for block in tell_sides(read(text.encode(), "a.txt"), OURS)}
    assert told == {"Ana": "side by introduction", "Bo": "side by the other side is told"}


def test_people_and_domains_of_the_settings_are_ours() -> None:
    text = call(
        "Ana Ruiz: Hi.", "Bo (bo@mail.kettle.example): Hi.", "Ana Ruiz: So.", "Bo (bo@mail.kettle.example): So."
    )
    for ours, side in ((("Ana Ruiz",), Speaker.US), (("kettle.example",), Speaker.THEM)):
        told = {block.at.speaker: block.speaker for block in tell_sides(read(text.encode(), "a.txt"), ours)}
        assert told["Ana Ruiz"] is side


GOLD: dict[str, list[str]] = json.loads((CORPORA / "call-sides.json").read_text())
RIGHT = 0.97
"""Share of a company's turns that must be on their right side; polyglyph's engineer, whom nothing tells, is 11 %."""


@cache
def labelled(company: str) -> list[tuple[bool, Speaker]]:
    """(whether the speaker is ours, the side that was told) of every turn of a company's calls."""
    front = yaml.safe_load((CORPORA / "companies" / company / "positioning.md").read_text().split("---\n")[1])
    ours = (front["name"], *front.get("aliases", ()))
    files = sorted((CORPORA / "companies" / company / "content" / "calls").iterdir())
    blocks = [block for file in files for block in tell_sides(read(file.read_bytes(), file.name), ours)]
    return [(block.at.speaker in GOLD[company], block.speaker) for block in blocks if block.role is Role.TURN]


@pytest.mark.parametrize("company", GOLD)
def test_nobody_in_the_companies_calls_is_put_on_the_wrong_side(company: str) -> None:
    wrong = [told for ours, told in labelled(company) if told is (Speaker.THEM if ours else Speaker.US)]
    assert wrong == []


def test_nearly_every_turn_of_the_companies_calls_has_its_side() -> None:
    told = [side for company in GOLD for _, side in labelled(company)]
    assert len(told) > 800
    assert sum(side is not Speaker.UNKNOWN for side in told) >= RIGHT * len(told)


def test_a_time_without_a_zone_is_the_same_everywhere(monkeypatch: pytest.MonkeyPatch):
    said = [{"speaker": "Ann", "text": "We ship on Friday.", "start": "2026-03-02T09:00:00"}]
    said += [{"speaker": "Bo", "text": "Good to know.", "start": "2026-03-02T09:00:05"}]
    found = []
    for zone in ("Pacific/Auckland", "America/Los_Angeles"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        found.append([block.at.timestamp for block in read(json.dumps(said).encode(), "calls/a.json")])
    monkeypatch.undo()
    time.tzset()
    assert found[0] == found[1]
    assert None not in found[0]
