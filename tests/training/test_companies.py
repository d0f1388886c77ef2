import builtins
import sys
from pathlib import Path

import pytest

from messagecheck import loaders
from messagecheck.errors import SettingsError
from messagecheck.training.companies import build, built_path, parts

CORPORA = Path(__file__).parent.parent.parent / "corpora"
sys.path.insert(0, str(CORPORA))
import build as reference  # noqa: E402  -- the corpora's own builder, a script

TIDEWELL = CORPORA / "companies" / "tidewell"


@pytest.mark.parametrize(
    "source", ["content/decks/a.deck.md", "a.docx.md", "x/b.pdf.md", "blog/c.md", "./content/c.vtt"]
)
def test_a_source_is_built_where_the_corpora_say(source: str):
    assert built_path(source) == reference.built_path(source).removeprefix("./").removeprefix("content/")


def test_our_builder_writes_what_the_corpora_s_builder_writes(tmp_path: Path):
    build(TIDEWELL, tmp_path / "ours")
    reference.build(TIDEWELL, tmp_path / "theirs")
    names = sorted(path.relative_to(tmp_path / "ours") for path in (tmp_path / "ours").rglob("*.*"))
    assert names == sorted(path.relative_to(tmp_path / "theirs") for path in (tmp_path / "theirs").rglob("*.*"))
    assert {name.suffix for name in names} >= {".pptx", ".docx", ".pdf", ".html", ".vtt", ".json"}
    for name in names:
        ours, theirs = ((tmp_path / side / name).read_bytes() for side in ("ours", "theirs"))
        assert loaders.read(ours, name.as_posix()) == loaders.read(theirs, name.as_posix())


def test_a_source_s_parts_lose_their_marks():
    text = (
        "# Head *line* {#x}\n\nA [link](u)\nand more\n- one\n  goes on\n1. two\n| a | b |\n|---|---|\n| **c** | d |\n"
    )
    assert [(part.kind, part.text, part.level, part.rows) for part in parts(text)] == [
        ("heading", "Head line", 1, ()),
        ("paragraph", "A link and more", 0, ()),
        ("bullet", "one goes on", 0, ()),
        ("bullet", "two", 0, ()),
        ("table", "", 0, (("a", "b"), ("c", "d"))),
    ]


def test_a_company_without_content_is_an_error(tmp_path: Path):
    with pytest.raises(SettingsError, match="holds no file"):
        build(tmp_path, tmp_path / "out")


def test_a_pdf_without_reportlab_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.pdf.md").write_text("Hello")
    real = builtins.__import__

    def without(name, *rest, **named):
        if name.startswith("reportlab"):
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(SettingsError, match="is built with reportlab; pip install"):
        build(tmp_path, tmp_path / "out")
