from dataclasses import replace
from pathlib import Path

import pytest

from messagecheck.errors import SettingsError
from messagecheck.settings import CALIBRATION, SecondOpinion, parse_settings

WHERE = Path("somewhere/messagecheck.toml")


def section(lines: str) -> SecondOpinion | None:
    return parse_settings(f"[second_opinion]\n{lines}", WHERE).second_opinion


def test_without_a_section_nobody_is_asked():
    assert parse_settings('[models]\njudge = "mine"', WHERE).second_opinion is None


def test_an_address_and_a_model_are_enough():
    usual = section('base_url = "https://host.example/v1/"\nmodel = "small"')
    cache = Path("somewhere/.messagecheck/second-opinion.jsonl")
    assert usual == SecondOpinion("https://host.example/v1", "small", cache=cache)


def test_every_key_of_the_section_is_read():
    everything = """
base_url = "http://127.0.0.1:8080/v1"
model = "small"
key_env = "MY_KEY"
band = [0.1, 1]
max_requests = 3
max_tokens = 900
timeout_s = 5
batch = 2
cache = "kept/opinions.jsonl"
"""
    expected = SecondOpinion(
        "http://127.0.0.1:8080/v1", "small", "MY_KEY", (0.1, 1.0), 3, 900, 5, 2, Path("somewhere/kept/opinions.jsonl")
    )
    assert section(everything) == expected


@pytest.mark.parametrize(
    "lines",
    [
        'model = "small"',
        'base_url = "https://host.example"',
        'base_url = "host.example/v1"\nmodel = "m"',
        'base_url = "file:///tmp/x"\nmodel = "m"',
        'base_url = "https://user:secret@host.example"\nmodel = "m"',
        'base_url = "https://host.example/v1?key=secret"\nmodel = "m"',
        'base_url = "https://host.example:port"\nmodel = "m"',
        'base_url = "https://[host"\nmodel = "m"',
        'base_url = "https://host.example"\nmodel = "m"\nband = [0.8, 0.2]',
        'base_url = "https://host.example"\nmodel = "m"\nband = [0, 0.2]',
        'base_url = "https://host.example"\nmodel = "m"\nband = 0.2',
        'base_url = "https://host.example"\nmodel = "m"\nband = [nan, nan]',
        'base_url = "https://host.example"\nmodel = "m"\nbatch = 0',
        'base_url = "https://host.example"\nmodel = "m"\napi_key = "secret"',
    ],
)
def test_a_section_in_error_is_one_line_that_shows_no_key(lines):
    with pytest.raises(SettingsError) as raised:
        section(lines)
    assert str(WHERE) in str(raised.value)
    assert "\n" not in str(raised.value)
    assert "secret" not in str(raised.value)


def test_a_judges_calibration_lies_beside_the_settings():
    settings = parse_settings('[models]\njudge = "mine"\njudge_calibration = "kept/mine.json"', WHERE)
    assert settings.models.judge_calibration == Path("somewhere/kept/mine.json")


def test_the_documentation_shows_the_defaults():
    page = (Path(__file__).parents[2] / "docs" / "second-opinion.md").read_text(encoding="utf-8")
    shown, own_judge = (block.partition("```")[0] for block in page.split("```toml\n")[1:])
    section = parse_settings(shown, WHERE).second_opinion
    assert section is not None
    usual = SecondOpinion(section.base_url, section.model, "MY_KEY")
    assert section == replace(usual, cache=WHERE.parent / usual.cache)
    assert parse_settings(own_judge, WHERE).models.judge_calibration == WHERE.parent / CALIBRATION
