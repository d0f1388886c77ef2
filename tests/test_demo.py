import sys
from pathlib import Path

import pytest

from messagecheck import loaders, places
from messagecheck.positioning import load_canon
from messagecheck.training import companies, overlap

CORPORA = Path(__file__).parent.parent / "corpora"
SOURCE = CORPORA / "demo-source"
sys.path.insert(0, str(CORPORA))
import make_demo  # noqa: E402  -- a script beside the corpora

COMPANY = companies.load_company(SOURCE)


def test_the_demo_is_what_its_script_makes(tmp_path: Path):
    make_demo.make(tmp_path / "demo")
    made = sorted(path for path in (tmp_path / "demo").rglob("*") if path.is_file())
    shipped = sorted(path for path in places.demo().rglob("*") if path.is_file())
    assert [path.relative_to(tmp_path / "demo") for path in made] == [
        path.relative_to(places.demo()) for path in shipped
    ]
    for ours, theirs in zip(made, shipped, strict=True):
        name = ours.relative_to(tmp_path / "demo").as_posix()
        assert loaders.read(ours.read_bytes(), name) == loaders.read(theirs.read_bytes(), name)


def test_the_demo_holds_every_format():
    suffixes = {path.suffix for path in (places.demo() / "content").rglob("*")}
    assert suffixes >= {".html", ".pptx", ".docx", ".pdf", ".md", ".eml", ".vtt", ".json"}


def test_the_document_has_nothing_that_was_not_understood():
    canon = load_canon(places.demo() / "positioning.md")
    assert canon.problems == ()
    assert len(canon.messages) >= 35
    assert {label.message for label in COMPANY.labels if label.message} <= {message.id for message in canon.messages}
    assert {label.term for label in COMPANY.labels if label.term} <= {
        word for term in canon.terms for word in term.avoid
    }


@pytest.mark.parametrize("label", COMPANY.labels, ids=lambda label: label.text[:40])
def test_every_labelled_text_stands_once_in_its_file(label: companies.Label):
    blocks = loaders.read((places.demo() / "content" / label.path).read_bytes(), label.path)
    holding = [block for block in blocks if overlap.fold(label.text) in overlap.fold(block.text)]
    assert len(holding) == 1


def test_conflicts_of_many_kinds_are_planted():
    conflicts = [label for label in COMPANY.labels if label.label == "conflict"]
    assert len(conflicts) >= 12
    assert len({label.kind for label in conflicts}) >= 6
    assert {label.path for label in conflicts} == {touchpoint.path for touchpoint in COMPANY.touchpoints}
