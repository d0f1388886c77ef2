"""Two versions of a document: what was added, removed, reworded; with files and with git."""

import json
from pathlib import Path

import pytest

from messagecheck import changes, cli
from messagecheck.changes import Changes
from messagecheck.positioning import load_canon
from tests.canons import encode_by_words
from tests.repositories import Repository

OLD = """---
name: Acme
version: "2026.1"
---
## Value propositions

### Fast close {#fast}

Books close in five days.

### Calm audits

Auditors find every receipt.

## Pricing

- Starter: $39 per user per month {#starter}
- A plan for ten costs $300 {#ten}

## Terminology

| Use | Instead of |
|---|---|
| case | ticket |
| client | user |

## Competitors

- Ledgerly
"""
NEW = (
    OLD.replace("2026.1", "2026.2")
    .replace("five days", "three days")
    .replace("$39", "$49")
    .replace("Calm audits", "No-fear audits")
    .replace("- A plan for ten costs $300 {#ten}", "- Nonprofits pay nothing {#nonprofits}")
    .replace("| ticket |", "| ticket, issue |")
    .replace("| client | user |\n", "")
    .replace("- Ledgerly", "- Ledgerly\n- Bookly")
)


@pytest.fixture
def found(tmp_path: Path) -> Changes:
    for name, text in (("old.md", OLD), ("new.md", NEW)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return changes.compare(load_canon(tmp_path / "old.md"), load_canon(tmp_path / "new.md"), encode_by_words)


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        cli.main(arguments)
    assert isinstance(end.value.code, int)
    return end.value.code


def test_messages_are_paired_by_id_and_then_by_likeness(found: Changes):
    assert [(one.old.id, one.new.id) for one in found.reworded] == [
        ("fast", "fast"),
        ("calm-audits-auditors-find-every", "no-fear-audits-auditors-find"),
        ("starter", "starter"),
    ]


def test_messages_of_which_there_is_only_one_are_removed_or_added(found: Changes):
    assert [message.id for message in found.removed] == ["ten"]
    assert [message.id for message in found.added] == ["nonprofits"]


def test_changed_numbers_are_told_as_written(found: Changes):
    assert {one.new.id: one.numbers for one in found.reworded if one.numbers} == {
        "fast": (("five days", "three days"),),
        "starter": (("$39 per user per month", "$49 per user per month"),),
    }


def test_terms_and_everything_else_that_changed_are_told(found: Changes):
    assert [(then.use if then else None, now.use if now else None) for then, now in found.terms] == [
        ("case", "case"),
        ("client", None),
    ]
    assert found.rest == (("version", "2026.1", "2026.2"), ("competitors", "Ledgerly", "Ledgerly, Bookly"))


def test_a_term_with_a_new_word_to_use_is_one_change(tmp_path: Path):
    for name, word in (("old.md", "case"), ("new.md", "matter")):
        (tmp_path / name).write_text(OLD.replace("| case |", f"| {word} |"), encoding="utf-8")
    found = changes.compare(load_canon(tmp_path / "old.md"), load_canon(tmp_path / "new.md"), encode_by_words)
    assert [(then.use, now.use) for then, now in found.terms if then and now] == [("case", "matter")]
    assert len(found.terms) == 1


def test_moved_messages_are_no_change(tmp_path: Path):
    (tmp_path / "old.md").write_text(OLD, encoding="utf-8")
    lines = OLD.replace("- Starter: $39 per user per month {#starter}\n", "").replace(
        "{#ten}\n", "{#ten}\n- Starter: $39 per user per month {#starter}\n"
    )
    (tmp_path / "new.md").write_text(lines, encoding="utf-8")
    assert not changes.compare(load_canon(tmp_path / "old.md"), load_canon(tmp_path / "new.md"), encode_by_words)


def test_the_exit_code_is_that_of_diff(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    assert run("canon", "diff", str(old), str(old)) == 0
    assert "the same messages and terms" in capsys.readouterr().out
    assert run("canon", "diff", str(old), str(new)) == 1
    assert "- Starter: [$39] per user per month\n    + Starter: [$49]" in capsys.readouterr().out
    assert run("canon", "diff", str(old), str(tmp_path / "nowhere.md")) == 2
    assert "nowhere.md: can't be read" in capsys.readouterr().err


def test_a_version_may_be_a_git_revision(repository: Repository, capsys: pytest.CaptureFixture[str]):
    repository.commit("positioning.md", OLD)
    repository.commit("positioning.md", NEW)
    assert run("canon", "diff", "HEAD~1:positioning.md", "positioning.md", "-f", "json") == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["old"]["version"], told["new"]["version"]) == ("2026.1", "2026.2")
    assert [one["new"]["id"] for one in told["reworded"]][:1] == ["fast"]


@pytest.mark.parametrize("revision", ["nosuch:positioning.md", "HEAD:nosuch.md", "--output=x:positioning.md"])
def test_a_revision_that_git_has_not_is_an_error_in_one_line(
    repository: Repository, revision: str, capsys: pytest.CaptureFixture[str]
):
    repository.commit("positioning.md", OLD)
    assert run("canon", "diff", "--", revision, "positioning.md") == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "name a file, or REVISION:PATH" in told


def test_hostile_text_is_shown_and_never_acts(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "old.md").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.md").write_text(OLD.replace("five days", "five \x1b[2J\u202e days"), encoding="utf-8")
    for form in ("text", "json"):
        assert run("canon", "diff", str(tmp_path / "old.md"), str(tmp_path / "new.md"), "-f", form) == 1
        told = capsys.readouterr().out
        assert "\u202e" not in told
        assert "\x1b" not in told
