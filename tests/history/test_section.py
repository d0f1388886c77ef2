"""[history] and [owners] of messagecheck.toml."""

from pathlib import Path

import pytest

from messagecheck.errors import SettingsError
from messagecheck.settings import History, parse_settings

WHERE = Path("somewhere/messagecheck.toml")


def test_nothing_is_kept_without_a_section():
    assert parse_settings("", WHERE).history == History(record=False, database=".messagecheck/history.db")


def test_the_section_is_read():
    text = '[history]\nrecord = true\ndatabase = "postgresql://db.example/history"\n[owners]\n"decks/**" = "Sales"\n'
    settings = parse_settings(text, WHERE)
    assert settings.history == History(record=True, database="postgresql://db.example/history")
    assert settings.owners == (("decks/**", "Sales"),)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[history]\nrecord = 1", "“record” must be true or false, not 1"),
        ("[history]\ndatabase = 3", "“database” must be text in quotes, not 3"),
        ("[history]\nrecords = true", "unknown key “history.records”; did you mean “record”?"),
        ("[owners]\n'a/*' = 3", 'owners."a/*" must be a name in quotes, like "Sales"'),
    ],
)
def test_a_wrong_value_is_named(text: str, says: str):
    with pytest.raises(SettingsError) as error:
        parse_settings(text, WHERE)
    assert says in str(error.value)
