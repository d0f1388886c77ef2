"""The whole program with small models of its own: what an audit promises whatever judges."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from messagecheck import display, pipeline
from messagecheck.errors import MessagecheckError
from messagecheck.nouns import Canon, Match, Reading, Severity, Verdict
from messagecheck.positioning import load_canon
from messagecheck.settings import Settings
from tests.canons import encode_by_words, make_canon

BODY = """## Value propositions
### Fast close {#fast}
Books close in three days.
## Pricing
- Starter: $49 per user per month {#starter}
## Terminology
| Use | Instead of |
|---|---|
| case | ticket |
"""
MODELS = pipeline.Models(encode_by_words)
COMPANIES = sorted(Path("corpora/companies").glob("*/positioning.md"))


@pytest.fixture
def canon(tmp_path: Path) -> Canon:
    return make_canon(tmp_path, BODY)


def suspicious(readings: list[Reading], canon: Canon) -> list[Reading]:
    """A judge that takes every statement for a conflict with every message."""
    del canon
    verdict = Verdict(0.9, 0.0, "fact", "suspicious", Severity.ERROR)
    return [Reading(r.sentence, tuple(Match(m.message, m.similarity, verdict) for m in r.matches)) for r in readings]


@pytest.mark.parametrize("path", COMPANIES, ids=lambda path: path.parent.name)
def test_the_canon_never_contradicts_itself(path: Path):
    canon = load_canon(path)
    models = pipeline.Models(encode_by_words, suspicious)
    audit = pipeline.audit_bytes(path.read_bytes(), "copy.md", canon, Settings(ignore=("coverage",)), models=models)
    assert [(f.rule, f.text) for f in audit.findings] == []


def test_findings_name_both_places(canon: Canon, tmp_path: Path):
    page = tmp_path / "content" / "website" / "pricing.md"
    page.parent.mkdir(parents=True)
    page.write_text("# Pricing\n\nStarter is $39 per user per month.\n", encoding="utf-8")
    audit = pipeline.audit([tmp_path / "content"], canon, Settings(), models=MODELS)
    (finding,) = [f for f in audit.findings if f.rule == "conflict/pricing"]
    assert (finding.at.path, finding.at.line) == ("website/pricing.md", 3)
    assert finding.message is not None
    assert (finding.message.id, finding.message.line) == ("starter", canon.messages[-1].line)


def test_an_id_stays_when_lines_move(canon: Canon):
    text = "Starter is $39 per user per month.\n"
    first, moved = (
        pipeline.audit_bytes(data.encode(), "a.md", canon, Settings(), models=MODELS)
        for data in (text, f"# New\n\n{text}")
    )
    assert {f.id for f in first.findings if f.message} <= {f.id for f in moved.findings}


def test_a_broken_file_costs_one_unread_and_no_other_file(canon: Canon, tmp_path: Path):
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "a.md").write_text("Every ticket counts.\n", encoding="utf-8")
    (folder / "b.pptx").write_bytes(b"no deck at all")
    audit = pipeline.audit([folder], canon, Settings(), models=MODELS)
    assert [u.path for u in audit.unread] == ["b.pptx"]
    assert [f.rule for f in audit.findings if f.rule == "term/avoid"] == ["term/avoid"]


def test_a_broken_part_is_unread_and_the_rest_of_its_file_is_checked(canon: Canon, tmp_path: Path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.docx").write_bytes(with_broken_header())
    audit = pipeline.audit([tmp_path / "content"], canon, Settings(), models=MODELS)
    assert [standing.touchpoint.path for standing in audit.standings] == ["a.docx"]
    assert [u.path for u in audit.unread] == ["a.docx"]
    assert audit.unread[0].reason.startswith("header: its part word/header1.xml is not well-formed XML")
    assert display.tally(audit).endswith("1 file could not be checked")


def with_broken_header() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(
            "word/document.xml",
            "<w:document xmlns:w='w'><w:p><w:r><w:t>We bring plants.</w:t></w:r></w:p></w:document>",
        )
        file.writestr(
            "word/_rels/document.xml.rels", "<x><Relationship Id='r' Type='x/header' Target='header1.xml'/></x>"
        )
        file.writestr("word/header1.xml", "<w:hdr")
    return out.getvalue()


def test_a_folder_with_nothing_readable_is_an_error_in_one_line(canon: Canon, tmp_path: Path):
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "b.pptx").write_bytes(b"no deck at all")
    with pytest.raises(MessagecheckError, match=r"nothing could be read; the first of 1: b\.pptx: .+"):
        pipeline.audit([folder], canon, Settings(), models=MODELS)


def test_a_path_that_is_not_there_is_an_error(canon: Canon, tmp_path: Path):
    with pytest.raises(MessagecheckError, match="no such file or folder"):
        pipeline.audit([tmp_path / "nowhere"], canon, Settings(), models=MODELS)


@hypothesis_settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["Starter is $39 a month.", "Every ticket counts.", "Closed in nine days.", "Hi!"])))
def test_adding_a_touchpoint_changes_no_other_touchpoints_findings(canon: Canon, tmp_path_factory, lines: list[str]):
    folder = tmp_path_factory.mktemp("content")
    (folder / "a.md").write_text("Starter is $29 per user per month. Your ticket is open.\n", encoding="utf-8")
    alone = pipeline.audit([folder], canon, Settings(), models=MODELS)
    (folder / "b.md").write_text("# More\n\n" + "\n\n".join(lines), encoding="utf-8")
    both = pipeline.audit([folder], canon, Settings(), models=MODELS)
    assert [f for f in both.findings if f.at.path == "a.md" and f.rule != "cross/conflict"] == list(alone.findings)
