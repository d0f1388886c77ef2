"""Which value propositions a touchpoint must express."""

from pathlib import Path

import pytest

from messagecheck import pipeline
from messagecheck.errors import CanonError, SettingsError
from messagecheck.nouns import Canon
from messagecheck.positioning import load_canon
from messagecheck.requirements import required_of
from messagecheck.settings import Settings, parse_settings
from tests.canons import encode_by_words

DOCUMENT = """---
name: Acme
required:
  deck: [calm, fast]
  email: []
---
## Value propositions
### Fast {#fast}
### Calm {#calm}
### Cheap {#cheap}
"""


def document(folder: Path, text: str = DOCUMENT) -> Canon:
    (folder / "positioning.md").write_text(text, encoding="utf-8")
    return load_canon(folder / "positioning.md")


def settings(text: str) -> Settings:
    return parse_settings(text, Path("messagecheck.toml"))


def test_the_document_says_what_each_kind_must_express(tmp_path: Path):
    canon = document(tmp_path)
    assert required_of("deck", canon, ()) == ("fast", "calm")
    assert required_of("email", canon, ()) == ()
    assert required_of("website", canon, ()) == ("fast", "calm", "cheap")


def test_a_list_in_the_document_stands_for_every_kind(tmp_path: Path):
    canon = document(tmp_path, DOCUMENT.replace("\n  deck: [calm, fast]\n  email: []", " [calm]"))
    assert required_of("deck", canon, ()) == required_of("website", canon, ()) == ("calm",)


def test_an_empty_key_asks_for_all(tmp_path: Path):
    canon = document(tmp_path, DOCUMENT.replace("\n  deck: [calm, fast]\n  email: []", ""))
    assert required_of("deck", canon, ()) == ("fast", "calm", "cheap")


def test_the_settings_come_before_the_document(tmp_path: Path):
    canon = document(tmp_path)
    table = settings('[required]\nwebsite = ["cheap"]\n').required
    assert required_of("website", canon, table) == ("cheap",)
    assert required_of("deck", canon, table) == ("fast", "calm", "cheap")
    assert required_of("deck", canon, settings('required = ["fast"]\n').required) == ("fast",)
    assert required_of("deck", canon, settings("required = []\n").required) == ("fast", "calm")


def test_a_document_that_asks_for_what_it_has_not_is_an_error(tmp_path: Path):
    with pytest.raises(CanonError, match=r"positioning\.md:1: “required” asks for “clam”.*are fast, calm, cheap"):
        document(tmp_path, DOCUMENT.replace("[calm, fast]", "[clam]"))


def test_settings_that_ask_for_what_the_document_has_not_are_an_error(tmp_path: Path):
    asked = settings('required = ["nosuch"]\n')
    with pytest.raises(SettingsError, match=r"messagecheck\.toml: “required” asks for “nosuch”"):
        pipeline.audit_bytes(b"Hi.", "a.md", document(tmp_path), asked, models=pipeline.Models(encode_by_words))


@pytest.mark.parametrize("text", ["required = 3", 'required = "fast"', "[required]\ndeck = 3"])
def test_another_form_is_an_error_that_shows_the_right_one(text: str):
    with pytest.raises(SettingsError, match=r'must be a list of texts, like \["a", "b"\]'):
        settings(text)


def test_only_what_is_required_is_missing(tmp_path: Path):
    canon = document(tmp_path)
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "a.md").write_text("# Hello\n\nNothing is said here.\n", encoding="utf-8")
    audit = pipeline.audit([tmp_path / "decks"], canon, Settings(), models=pipeline.Models(encode_by_words))
    assert {f.message.id for f in audit.findings if f.message} == {"fast", "calm", "cheap"}
    audit = pipeline.audit(
        [tmp_path / "decks"], canon, Settings(kinds=(("*", "deck"),)), models=pipeline.Models(encode_by_words)
    )
    assert {f.message.id for f in audit.findings if f.message} == {"fast", "calm"}
