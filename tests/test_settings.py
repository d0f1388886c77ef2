from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messagecheck.errors import SettingsError
from messagecheck.nouns import Severity
from messagecheck.settings import (
    FILE_NAME,
    Calls,
    Content,
    FailOn,
    Limits,
    Models,
    Settings,
    at_or_above,
    kind_of,
    load_settings,
    matches,
    parse_settings,
)

WHERE = Path("somewhere/messagecheck.toml")
EVERYTHING = """
positioning = "docs/positioning.md"
baseline = "accepted.json"
fail_on = "warning"
min_confidence = 0.5
select = ["conflict"]
extend_select = ["claim/unsupported"]
ignore = ["claim/unsupported"]
exclude = ["old/**"]
required = ["fast-close"]
jobs = 4

[models]
encoder = "some/encoder"

[kinds]
"pitches/**" = "deck"

[calls]
our_people = ["Ana Ruiz"]
our_domains = ["tidewell.example"]
our_companies = ["Tidewell GmbH"]

[content]
keys = ["hero.*"]

[limits]
file_mb = 5
seconds = 9
memory_mb = 700
"""


def test_every_key_is_read():
    settings = parse_settings(EVERYTHING, WHERE)
    assert settings == Settings(
        root=Path("somewhere"),
        positioning=Path("somewhere/docs/positioning.md"),
        baseline=Path("somewhere/accepted.json"),
        fail_on=FailOn.WARNING,
        min_confidence=0.5,
        select=("conflict",),
        extend_select=("claim/unsupported",),
        ignore=("claim/unsupported",),
        exclude=("old/**",),
        required=(("", ("fast-close",)),),
        jobs=4,
        kinds=(("pitches/**", "deck"),),
        models=Models(encoder="some/encoder"),
        calls=Calls(("Ana Ruiz",), ("tidewell.example",), ("Tidewell GmbH",)),
        content=Content(("hero.*",)),
        limits=Limits(file_mb=5, seconds=9, memory_mb=700),
    )


def test_an_empty_file_gives_the_defaults():
    assert parse_settings("", WHERE) == Settings(root=Path("somewhere"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("fail_onn = 1", "unknown key “fail_onn”; did you mean “fail_on”?"),
        ("[calls]\nour_persons = []", "unknown key “calls.our_persons”; did you mean “our_people”?"),
        ("zzz = 1", "unknown key “zzz”; known are positioning"),
        ("fail_on = 'sometimes'", "“fail_on” must be one of error, warning, info, never, not 'sometimes'"),
        ("fail_on = []", "“fail_on” must be one of"),
        ("min_confidence = 2", "“min_confidence” must be a number from 0 to 1"),
        ("min_confidence = true", "“min_confidence” must be a number from 0 to 1"),
        ("jobs = 0", "“jobs” must be a whole number from 1 up"),
        ("jobs = 'all'", "“jobs” must be a whole number from 1 up"),
        ("select = 'conflict'", "“select” must be a list of texts"),
        ("ignore = [1]", "“ignore” must be a list of texts"),
        ("positioning = 3", "“positioning” must be text in quotes"),
        ("calls = 3", "“calls” must be a table, written [calls]"),
        ("[kinds]\n'a/*' = 3", 'kinds."a/*" must be a touchpoint kind in quotes'),
        ("a = = b", "not TOML"),
    ],
)
def test_a_wrong_setting_is_named_with_its_file_and_what_would_be_right(text: str, says: str):
    with pytest.raises(SettingsError) as error:
        parse_settings(text, WHERE)
    assert str(error.value).startswith(f"{WHERE}: ")
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_settings_are_found_above_the_content(tmp_path: Path):
    (tmp_path / FILE_NAME).write_text("jobs = 3")
    (tmp_path / "content" / "decks").mkdir(parents=True)
    assert load_settings(tmp_path / "content" / "decks").jobs == 3
    assert load_settings(tmp_path / "content" / "decks").root == tmp_path


def test_settings_are_found_beside_a_single_file(tmp_path: Path):
    (tmp_path / FILE_NAME).write_text("jobs = 3")
    (tmp_path / "page.md").write_text("Hello")
    assert load_settings(tmp_path / "page.md").jobs == 3


def test_a_settings_file_that_is_not_text_is_an_error(tmp_path: Path):
    (tmp_path / FILE_NAME).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="must be a UTF-8 text file"):
        load_settings(tmp_path)


@pytest.mark.parametrize(
    ("path", "glob"),
    [
        ("decks/a.pptx", "decks/*.pptx"),
        ("decks/old/a.pptx", "decks/**"),
        ("decks/old/a.pptx", "decks"),
        ("decks/old/a.pptx", "./decks/"),
        ("a.pptx", "**/*.pptx"),
        ("x/y/a.pptx", "**/*.pptx"),
        ("a[1].md", "a[1].md"),
    ],
)
def test_a_glob_takes(path: str, glob: str):
    assert matches(path, glob)


@pytest.mark.parametrize(("path", "glob"), [("decks/old/a.pptx", "decks/*.pptx"), ("decks2/a", "decks"), ("x/a", "a")])
def test_a_glob_leaves(path: str, glob: str):
    assert not matches(path, glob)


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_glob_answers_for_any_path(path: str, glob: str):
    assert matches(path, glob) in {True, False}


def test_the_first_matching_glob_gives_the_kind():
    kinds = (("decks/wins/**", "case-study"), ("decks/**", "deck"))
    assert kind_of("decks/wins/a.pptx", kinds) == "case-study"
    assert kind_of("decks/a.pptx", kinds) == "deck"
    assert kind_of("blog/a.md", kinds) is None


def test_a_warning_fails_only_when_asked_for():
    assert at_or_above(Severity.ERROR, FailOn.ERROR)
    assert not at_or_above(Severity.WARNING, FailOn.ERROR)
    assert at_or_above(Severity.WARNING, FailOn.INFO)
    assert not at_or_above(Severity.ERROR, FailOn.NEVER)


def test_settings_are_values():
    assert replace(Settings(), jobs=2) == Settings(jobs=2)
