"""What was true until an older version of the document: versions in files and in git."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from messagecheck import cli, pipeline
from messagecheck.errors import CanonError
from messagecheck.nouns import Audit
from messagecheck.positioning import load_canon
from messagecheck.revisions import earlier_versions
from messagecheck.settings import Settings, Versions, parse_settings
from tests.canons import encode_by_words
from tests.repositories import Repository

FIRST = """---
name: Acme
version: "2025.1"
---
## Pricing

- Starter: $29 per user per month {#starter}

## Boundaries

- We don't sell insurance {#insurance}
"""
SECOND = FIRST.replace("2025.1", "2026.1").replace("$29", "$39")
THIRD = FIRST.replace("2025.1", "2026.2").replace("$29", "$49")
STALE = "# Pricing\n\nStarter is $39 per user per month.\n"
TOLD = "this was true until version"


def audited(document: Path, text: str, versions: Versions) -> Audit:
    settings = Settings(versions=versions, ignore=("coverage",))
    models = pipeline.Models(encode_by_words)
    return pipeline.audit_bytes(text.encode(), "page.md", load_canon(document), settings, models=models)


@pytest.fixture
def history(repository: Repository) -> Path:
    for text in (FIRST, SECOND, THIRD):
        repository.commit("positioning.md", text)
    return repository.folder / "positioning.md"


def test_a_stale_statement_says_until_when_it_was_true(history: Path):
    (finding,) = audited(history, STALE, Versions(history=5)).findings
    assert finding.rule == "conflict/pricing"
    assert finding.explanation.endswith("the document says $49 per user per month; this was true until version 2026.1")


def test_the_newest_version_that_said_so_is_named(history: Path):
    (finding,) = audited(history, STALE.replace("$39", "$29"), Versions(history=5)).findings
    assert finding.explanation.endswith(f"{TOLD} 2025.1")


def test_only_so_many_versions_are_asked_for(history: Path):
    (finding,) = audited(history, STALE.replace("$39", "$29"), Versions(history=1)).findings
    assert TOLD not in finding.explanation


def test_what_was_never_true_is_not_excused(history: Path):
    for text in (STALE.replace("$39", "$45"), "# More\n\nSure, we sell insurance.\n"):
        (finding,) = audited(history, text, Versions(history=5)).findings
        assert TOLD not in finding.explanation


def test_without_the_setting_nothing_is_asked_of_git(history: Path):
    (finding,) = audited(history, STALE, Versions()).findings
    assert TOLD not in finding.explanation


def test_older_versions_may_be_files_without_a_version(tmp_path: Path):
    (tmp_path / "positioning.md").write_text(THIRD, encoding="utf-8")
    (tmp_path / "old.md").write_text(SECOND.replace('version: "2026.1"\n', ""), encoding="utf-8")
    versions = parse_settings('[canon]\nolder = ["old.md"]\n', tmp_path / "messagecheck.toml").versions
    (finding,) = audited(tmp_path / "positioning.md", STALE, versions).findings
    assert finding.explanation.endswith("this was true until " + (tmp_path / "old.md").as_posix())


def test_a_changed_document_has_its_last_commit_as_the_first_earlier_version(history: Path):
    history.write_text(THIRD.replace("2026.2", "2026.3"), encoding="utf-8")
    assert [canon.version for canon in earlier_versions(history, 2)] == ["2026.2", "2026.1"]


def test_drafts_that_are_no_document_are_passed_over(repository: Repository):
    repository.commit("positioning.md", "To be written.\n")
    repository.commit("positioning.md", SECOND)
    repository.commit("positioning.md", THIRD)
    assert [canon.version for canon in earlier_versions(repository.folder / "positioning.md", 5)] == ["2026.1"]


def test_a_document_that_is_in_no_repository_is_an_error_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "positioning.md").write_text(THIRD, encoding="utf-8")
    with pytest.raises(CanonError, match=r"not a git repository.*; name a file, or REVISION:PATH"):
        earlier_versions(tmp_path / "positioning.md", 3)


def test_the_command_tells_it_with_the_shipped_judge(history: Path, capsys: pytest.CaptureFixture[str]):
    (history.parent / "messagecheck.toml").write_text("[canon]\nhistory = 3\n", encoding="utf-8")
    (history.parent / "content").mkdir()
    (history.parent / "content" / "page.md").write_text(STALE, encoding="utf-8")
    with pytest.raises(SystemExit):
        cli.main(["scan", "content", "-f", "json", "--fail-on", "never"])
    told = [one["explanation"] for one in json.loads(capsys.readouterr().out)["findings"] if one["text"]]
    assert [TOLD + " 2026.1" in one for one in told] == [True]


def test_no_reading_but_the_explained_ones_changes(history: Path):
    with_history, without = (audited(history, STALE, versions) for versions in (Versions(history=5), Versions()))
    (told,), (plain,) = with_history.findings, without.findings
    assert replace(told, explanation=plain.explanation) == plain
    assert with_history.standings == without.standings
