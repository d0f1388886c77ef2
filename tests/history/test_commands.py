"""scan --record, drift and history as a user meets them: real files, real scans, exit codes."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from messagecheck.cli.keeping import git_revision, scope_of
from messagecheck.history.reading import read_runs
from messagecheck.history.store import open_store, reading
from messagecheck.settings.history import DATABASE
from tests.test_cli import BY_RULES, CLEAN, DOCUMENT, OFFERED, ROOT, run, write

OWNERS = BY_RULES + '[owners]\n"offer.md" = "Sales"\n'


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a positioning document and two files, where the commands run."""
    write(tmp_path / "positioning.md", DOCUMENT)
    write(tmp_path / "messagecheck.toml", OWNERS)
    (tmp_path / "content").mkdir()
    write(tmp_path / "content" / "page.md", CLEAN)
    write(tmp_path / "content" / "offer.md", CLEAN)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def grown(site: Path) -> Path:
    """Two scans are kept; between them an offer came to contradict the document."""
    assert run("scan", "content", "--record") == 0
    write(site / "content" / "offer.md", OFFERED)
    assert run("scan", "content", "--record") == 1
    return site


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, list[dict[str, object]]]:
    capsys.readouterr()
    run("drift", "-f", "json", *arguments)
    report = json.loads(capsys.readouterr().out)
    assert isinstance(report, dict)
    return report


def test_nothing_is_kept_unless_asked_for(site: Path):
    assert run("scan", "content") == 0
    assert not (site / ".messagecheck" / "history.db").exists()


def test_the_settings_keep_every_scan_and_the_command_line_overrules_them(site: Path):
    write(site / "messagecheck.toml", BY_RULES + "[history]\nrecord = true\n")
    assert run("scan", "content") == 0
    assert run("scan", "content", "--no-record") == 0
    with reading(open_store(DATABASE, site)) as connection:
        (kept,) = read_runs(connection)
    assert (kept.series.product, kept.series.scope) == ("Greenhand", "content")
    assert len(kept.canon_digest) == 64


def test_a_narrowed_scan_is_never_kept(site: Path, capsys: pytest.CaptureFixture[str]):
    assert run("scan", "content", "--record", "--select", "term") == 2
    assert "--record keeps whole scans" in capsys.readouterr().err
    write(site / "messagecheck.toml", BY_RULES + "[history]\nrecord = true\n")
    assert run("scan", "content", "--min-confidence", "0.9") == 0
    assert run("drift") == 2


def test_a_scan_that_can_not_be_kept_still_reports(site: Path, capsys: pytest.CaptureFixture[str]):
    write(site / ".messagecheck", "a file")
    assert run("scan", "content", "--record", "--no-cache") == 2
    captured = capsys.readouterr()
    assert "2 touchpoints" in captured.out
    assert captured.err.startswith("messagecheck: ")
    assert ".messagecheck: can't be made" in captured.err


@pytest.mark.usefixtures("grown")
def test_drift_shows_what_is_new_and_where(capsys: pytest.CaptureFixture[str]):
    capsys.readouterr()
    assert run("drift") == 0
    out = capsys.readouterr().out
    assert "Greenhand, content: 2 runs from run 1 on" in out
    assert "New (1)\n  error conflict/scope  offer.md 3:24" in out
    assert out.endswith("1 new, 0 back, 0 open, 0 resolved, 0 unchecked\n")


def test_a_contradiction_that_is_mended_is_resolved(grown: Path, capsys: pytest.CaptureFixture[str]):
    write(grown / "content" / "offer.md", CLEAN)
    run("scan", "content", "--record")
    report = told(capsys)
    assert [finding["state"] for finding in report["findings"]] == ["resolved"]
    assert told(capsys, "--since", "1")["findings"] == []


@pytest.mark.usefixtures("grown")
def test_a_rise_fails_only_beyond_what_is_allowed():
    assert run("drift", "--fail-on-rise", "0.01") == 1
    assert run("drift", "--fail-on-rise", "0.99") == 0


def test_a_file_that_could_not_be_checked_is_3(site: Path):
    (site / "content" / "deck.pptx").write_bytes(b"no deck at all")
    assert run("scan", "content", "--record") == 3
    assert run("drift") == 3


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("touchpoint", ["offer.md", "page.md"]),
        ("kind", ["blog"]),
        ("folder", ["."]),
        ("owner", ["Sales", "(no owner)"]),
    ],
)
@pytest.mark.usefixtures("grown")
def test_a_line_stands_for_what_is_asked_for(by: str, names: list[str], capsys: pytest.CaptureFixture[str]):
    assert [trend["name"] for trend in told(capsys, "--by", by)["trends"]] == names


@pytest.mark.usefixtures("grown")
def test_the_page_goes_to_a_file(capsys: pytest.CaptureFixture[str]):
    capsys.readouterr()
    assert run("drift", "content", "-f", "html", "-o", "drift.html") == 0
    assert capsys.readouterr().out == ""
    assert Path("drift.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_page_of_a_scan_draws_what_was_kept(site: Path):
    run("scan", "content", "-f", "html", "-o", "bare.html")
    assert 'class="trend"' not in Path("bare.html").read_text(encoding="utf-8")
    run("scan", "content", "--record")
    write(site / "content" / "offer.md", OFFERED)
    run("scan", "content", "-f", "html", "-o", "drawn.html")
    page = Path("drawn.html").read_text(encoding="utf-8")
    first, second = re.findall(r'class="trend" .* aria-label="drift from (0\.\d\d) to (0\.\d\d), ', page)
    assert first[0] < first[1]
    assert second[0] == second[1]


@pytest.mark.usefixtures("grown")
def test_the_same_history_gives_the_same_bytes():
    assert [run("drift", "-f", "json", "-o", name) for name in ("one", "two")] == [0, 0]
    assert Path("one").read_bytes() == Path("two").read_bytes()


@pytest.mark.usefixtures("grown")
def test_history_lists_and_forgets(capsys: pytest.CaptureFixture[str]):
    capsys.readouterr()
    assert run("history", "list") == 0
    first, second, tally = capsys.readouterr().out.splitlines()
    assert (first.split()[0], second.split()[0], tally) == ("1", "2", "2 runs")
    assert "Greenhand, content" in first
    assert run("history", "prune", "--keep", "1") == 0
    assert capsys.readouterr().out == "1 run forgotten\n"
    assert run("history", "prune", "--before", "2000-01-01") == 0
    assert capsys.readouterr().out == "0 runs forgotten\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["drift", "elsewhere"], "no run of that is kept; kept are Greenhand: content"),
        (["drift", "--since", "yesterday"], "'yesterday' is no date; write one like 2026-03-31"),
        (["drift", "--since", "9"], "no earlier run 9 of Greenhand, content; messagecheck history list tells which"),
        (["drift", "--product", "Other"], "no run of that is kept"),
        (["drift", "--by", "colour"], "'colour' is not one of"),
        (["history", "prune"], "say what goes: --keep N, --before DATE or both"),
        (["history", "prune", "--before", "31.3."], "'31.3.' is no date"),
    ],
)
@pytest.mark.usefixtures("grown")
def test_an_error_is_2_and_one_line(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]):
    capsys.readouterr()
    assert run(*arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert says in captured.err
    assert captured.err.count("\n") == 1


@pytest.mark.parametrize("arguments", [["drift"], ["history", "list"], ["history", "prune", "--keep", "1"]])
@pytest.mark.usefixtures("site")
def test_without_a_history_nothing_is_made(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    assert run(*arguments) == 2
    assert "no run is kept; keep one with messagecheck scan PATH --record" in capsys.readouterr().err
    assert not Path(".messagecheck").exists()


def test_paths_are_named_beside_the_settings_wherever_the_command_runs(site: Path, monkeypatch: pytest.MonkeyPatch):
    assert scope_of([Path("content/page.md"), Path("content")], site) == "content, content/page.md"
    monkeypatch.chdir(site / "content")
    assert scope_of([Path()], site) == "content"


def test_the_commit_is_kept_where_there_is_one(site: Path):
    assert git_revision(site) is None
    identity = ["-c", "user.name=Ana", "-c", "user.email=ana@example.com"]
    for arguments in (["init", "-q"], ["add", "."], [*identity, "commit", "-q", "-m", "First"]):
        subprocess.run(["git", *arguments], cwd=site, check=True)
    revision = git_revision(site)
    assert revision is not None
    assert len(revision) == 40


def test_help_does_not_import_the_database():
    code = (
        "import sys\nfrom messagecheck.cli import main\ntry: main(['drift', '--help'])\nexcept SystemExit: pass\n"
        "assert not {'sqlalchemy', 'alembic', 'jinja2', 'psycopg'} & set(sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
