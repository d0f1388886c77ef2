import json
from dataclasses import replace
from pathlib import Path

import pytest

from messagecheck.baseline import load_baseline, render_baseline, without_accepted
from messagecheck.errors import SettingsError
from tests.reports.audits import AUDIT, CONFLICT, MISSING


def written(folder: Path, text: str) -> Path:
    path = folder / "messagecheck-baseline.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_accepted_findings_are_set_apart(tmp_path: Path):
    accepted = load_baseline(written(tmp_path, render_baseline([CONFLICT, MISSING])))
    audit = without_accepted(AUDIT, accepted)
    assert [finding.rule for finding in audit.findings] == ["term/avoid", "cross/conflict"]
    assert audit.accepted == (CONFLICT, MISSING)


def test_the_same_baseline_is_the_same_bytes():
    assert render_baseline(AUDIT.findings) == render_baseline(AUDIT.findings[::-1])


def test_an_accepted_finding_stays_accepted_when_its_lines_move_or_its_folder_is_named(tmp_path: Path):
    accepted = load_baseline(written(tmp_path, render_baseline([CONFLICT])))
    moved = replace(CONFLICT, at=replace(CONFLICT.at, path="content/decks/pitch.pptx", slide=9), id="mc-other")
    assert not without_accepted(replace(AUDIT, findings=(moved,)), accepted).findings


@pytest.mark.parametrize("change", [{"text": "Starter is $29"}, {"rule": "conflict/fact"}, {"message": None}])
def test_another_finding_is_not_accepted_with_it(tmp_path: Path, change: dict[str, object]):
    accepted = load_baseline(written(tmp_path, render_baseline([CONFLICT])))
    assert without_accepted(replace(AUDIT, findings=(replace(CONFLICT, **change),)), accepted).findings


def test_the_same_words_in_another_file_are_not_accepted(tmp_path: Path):
    accepted = load_baseline(written(tmp_path, render_baseline([CONFLICT])))
    elsewhere = replace(CONFLICT, at=replace(CONFLICT.at, path="old-decks/pitch.pptx"))
    assert without_accepted(replace(AUDIT, findings=(elsewhere,)), accepted).findings


def test_a_reader_sees_what_was_accepted():
    row = json.loads(render_baseline([CONFLICT]))["accepted"][0]
    assert row == {
        "id": "mc-0123456789ab",
        "rule": "conflict/pricing",
        "path": "decks/pitch.pptx",
        "about": "price-starter",
        "text": "starter is $39 per user",
    }


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"accepted": [{}]}', '{"accepted": 3}', "[" * 100_000])
def test_a_file_that_is_no_baseline_is_an_error(tmp_path: Path, text: str):
    with pytest.raises(SettingsError, match="messagecheck baseline"):
        load_baseline(written(tmp_path, text))
