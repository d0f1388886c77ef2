"""The command line as a user meets it: real files, real models, exit codes, one-line errors."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from messagecheck import cli
from messagecheck.cli.options import FORMATS
from messagecheck.cli.templates import POSITIONING
from messagecheck.display import UNSAFE
from messagecheck.nouns import Kind
from messagecheck.positioning import load_canon
from messagecheck.reports import REPORTS
from messagecheck.rules import IDS
from messagecheck.settings import parse_settings

ROOT = Path(__file__).parent.parent
DOCUMENT = """---
name: Greenhand
---
## Value propositions

### Plants stay alive {#alive}

## Boundaries

- We do not sell insurance {#no-insurance}

## Terminology

| Use | Instead of |
|---|---|
| gardener | technician |
"""
BY_RULES = '[models]\njudge = "rules"\n'  # the commands are tested here, not the trained judge
CLEAN = "# Plants\n\nOur plants stay alive.\n"
OFFERED = "# Plants\n\nOur plants stay alive. We can sell you insurance.\n"
WRONG_WORD = "# Plants\n\nOur plants stay alive. A technician comes every week.\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a positioning document and content, where the command runs."""
    (tmp_path / "positioning.md").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "messagecheck.toml").write_text(BY_RULES, encoding="utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "page.md").write_text(CLEAN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        cli.main(arguments)
    assert isinstance(end.value.code, int)
    return end.value.code


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


@pytest.mark.usefixtures("site")
def test_clean_content_is_0(capsys: pytest.CaptureFixture[str]):
    assert run("scan", "content") == 0
    assert capsys.readouterr().out == "1 touchpoint, 2 statements: 0 errors, 0 warnings, 0 info\n"


def test_a_conflict_is_1_and_shows_both_quotes_and_both_places(site: Path, capsys: pytest.CaptureFixture[str]):
    write(site / "content" / "page.md", OFFERED)
    assert run("scan", "content") == 1
    out = capsys.readouterr().out
    assert "page.md  blog" in out
    assert "conflict/scope  3:24" in out
    assert "“We can sell you insurance.”" in out
    assert "positioning.md:10 no-insurance  “We do not sell insurance”" in out


def test_a_warning_is_1_only_when_asked_for(site: Path, capsys: pytest.CaptureFixture[str]):
    write(site / "content" / "page.md", WRONG_WORD)
    assert run("scan", "content") == 0
    assert "term/avoid" in capsys.readouterr().out
    assert run("scan", "content", "--fail-on", "warning") == 1
    assert run("scan", "content", "--fail-on", "never") == 0


def test_the_settings_file_speaks_and_the_command_line_overrules_it(site: Path):
    write(site / "content" / "page.md", WRONG_WORD)
    write(site / "messagecheck.toml", 'fail_on = "warning"\n' + BY_RULES)
    assert run("scan", "content") == 1
    assert run("scan", "content", "--fail-on", "error") == 0


def test_a_file_that_can_not_be_checked_is_3(site: Path, capsys: pytest.CaptureFixture[str]):
    (site / "content" / "deck.pptx").write_bytes(b"no deck at all")
    assert run("scan", "content") == 3
    assert "Not checked\n  deck.pptx: " in capsys.readouterr().out


def test_a_conflict_beside_an_unread_file_is_1(site: Path):
    write(site / "content" / "page.md", OFFERED)
    (site / "content" / "deck.pptx").write_bytes(b"no deck at all")
    assert run("scan", "content") == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["scan"], "Missing argument 'PATH|URL...'"),
        (["scam"], "No such command 'scam'"),
        (["scan", "content", "--fail-on", "always"], "'always' is not one of"),
        (["scan", "content", "--format", "xml"], "'xml' is not one of"),
        (["scan", "content", "--select", "conflicts"], "unknown rule “conflicts”; did you mean “conflict”?"),
        (["scan", "nowhere"], "nowhere: no such file or folder"),
        (["scan", "http://127.0.0.1:9/", "-q"], "127.0.0.1 is at 127.0.0.1, which is no public address"),
        (["scan", "content", "-p", "none.md"], "none.md: can't be read"),
        (["scan", "content", "-o", "none/report.json"], "can't be written"),
        (["check", "-", "content/page.md"], "“-” stands alone"),
        (["canon", "none.md"], "none.md: can't be read"),
        (["explain", "nonsense"], "is no finding's id"),
        (["explain", "mc-00"], "no finding of this scan has that id"),
        (["init", "."], "exists already; nothing was written"),
        (["evaluate", "content"], "gold.jsonl: can't be read"),
    ],
)
@pytest.mark.usefixtures("site")
def test_an_error_is_2_and_one_line_on_stderr(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]):
    assert run(*arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert says in captured.err
    assert captured.err.startswith("messagecheck: ")
    assert captured.err.count("\n") == 1


def test_a_wrong_document_is_2(site: Path, capsys: pytest.CaptureFixture[str]):
    write(site / "positioning.md", "## Facts\n\n- One\n")
    assert run("scan", "content") == 2
    assert "positioning.md:1: no name" in capsys.readouterr().err


def test_a_wrong_setting_is_2(site: Path, capsys: pytest.CaptureFixture[str]):
    write(site / "messagecheck.toml", "job = 3")
    assert run("scan", "content") == 2
    assert "unknown key “job”; did you mean “jobs”?" in capsys.readouterr().err


def test_no_document_is_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    write(tmp_path / "page.md", CLEAN)
    monkeypatch.chdir(tmp_path)
    assert run("scan", ".") == 2
    assert "no positioning.md beside or above; name one with -p" in capsys.readouterr().err


def test_an_error_can_not_act_on_the_terminal(capsys: pytest.CaptureFixture[str]):
    assert run("canon", "\x1b[2Jno.md") == 2
    assert not UNSAFE.search(capsys.readouterr().err.strip("\n"))


def test_no_arguments_show_the_help(capsys: pytest.CaptureFixture[str]):
    assert run() == 2
    assert "Commands:" in capsys.readouterr().err


def test_json_is_the_report_of_the_contract(site: Path, capsys: pytest.CaptureFixture[str]):
    write(site / "content" / "page.md", OFFERED)
    assert run("scan", "content", "-f", "json") == 1
    report = json.loads(capsys.readouterr().out)
    assert report["schema_version"] == 1
    assert report["findings"][0]["path"] == "page.md"
    assert report["findings"][0]["message"]["id"] == "no-insurance"
    assert report["positioning"]["path"] == "positioning.md"


def test_the_same_scan_gives_the_same_bytes(site: Path):
    write(site / "content" / "page.md", OFFERED)
    assert [run("scan", "content", "-f", "json", "-o", name) for name in ("one.json", "two.json")] == [1, 1]
    assert (site / "one.json").read_bytes() == (site / "two.json").read_bytes()


def test_a_report_goes_to_a_file(site: Path, capsys: pytest.CaptureFixture[str]):
    assert run("scan", "content", "-o", "report.txt") == 0
    assert capsys.readouterr().out == ""
    assert (site / "report.txt").read_text().startswith("1 touchpoint")


@pytest.mark.usefixtures("site")
def test_quiet_says_nothing_of_clean_content(capsys: pytest.CaptureFixture[str]):
    assert run("scan", "content", "-q") == 0
    assert capsys.readouterr() == ("", "")


def test_rules_are_selected_and_ignored(site: Path, capsys: pytest.CaptureFixture[str]):
    write(site / "content" / "page.md", OFFERED + WRONG_WORD)
    assert run("scan", "content", "--select", "term") == 0
    assert "conflict/" not in capsys.readouterr().out
    assert run("scan", "content", "--ignore", "conflict,term/avoid") == 0
    assert "term/avoid" not in capsys.readouterr().out


def test_every_format_that_is_offered_is_there():
    assert set(FORMATS) == set(REPORTS)


def test_check_prints_one_line_a_finding(site: Path, capsys: pytest.CaptureFixture[str]):
    write(site / "content" / "page.md", OFFERED)
    assert run("check", "content/page.md") == 1
    lines = capsys.readouterr().out.splitlines()
    assert (
        "page.md:3:24: error conflict/scope “We can sell you insurance.” against positioning.md:10"
        in lines[0]
    )
    assert len(lines) == 2


def test_check_reads_standard_input(site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(OFFERED.encode())))
    assert run("check", "-", "--stdin-filename", "content/draft.md") == 1
    assert capsys.readouterr().out.startswith("content/draft.md:3:24: error")
    assert site.exists()


def test_check_of_standard_input_that_is_no_text_is_3(site: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\x00\x01")))
    assert run("check", "-", "--stdin-filename", "deck.pptx") == 3
    assert site.exists()


def test_check_of_pictures_and_of_the_document_itself_is_0(site: Path):
    (site / "logo.png").write_bytes(b"\x89PNG")
    assert run("check", "logo.png", "positioning.md") == 0


def test_a_baseline_accepts_what_is_there_and_nothing_new(site: Path, capsys: pytest.CaptureFixture[str]):
    write(site / "content" / "page.md", OFFERED)
    assert run("baseline", "content") == 0
    assert (site / "messagecheck-baseline.json").is_file()
    assert run("scan", "content") == 0
    assert "accepted by the baseline" in capsys.readouterr().out
    assert run("check", "content/page.md") == 0
    write(
        site / "content" / "page.md",
        OFFERED + "\nCan you sell us insurance? We can sell everyone insurance.\n",
    )
    assert run("scan", "content") == 1
    out = capsys.readouterr().out
    assert "We can sell everyone insurance." in out
    assert "We can sell you insurance." not in out


def test_explain_shows_a_finding_in_full(site: Path, capsys: pytest.CaptureFixture[str]):
    write(site / "content" / "page.md", OFFERED)
    run("scan", "content", "-f", "json")
    id_ = json.loads(capsys.readouterr().out)["findings"][0]["id"]
    assert run("explain", id_[:8], "content") == 0
    out = capsys.readouterr().out
    for part in (
        id_,
        "page.md, 3:24",
        "positioning.md:10",
        "Why: ",
        "What would silence it:",
        "--ignore conflict/scope",
    ):
        assert part in out


@pytest.mark.parametrize("rule", IDS)
def test_explain_tells_every_rule(rule: str, capsys: pytest.CaptureFixture[str]):
    assert run("explain", rule) == 0
    assert len(capsys.readouterr().out.splitlines()) >= 4


def test_canon_reads_the_document_back(site: Path, capsys: pytest.CaptureFixture[str]):
    write(site / "positioning.md", DOCUMENT + "\n## Roadmap\n\n- Bonsai\n\n## Competitors\n\n- Leafline\n")
    assert run("canon", "positioning.md") == 0
    out = capsys.readouterr().out
    for part in (
        "value (1)",
        "    10  no-insurance (excludes): We do not sell insurance",
        "gardener, not technician",
        "Leafline",
        "1 problem",
    ):
        assert part in out
    assert "“Roadmap” is no known section" in out


def test_init_writes_files_that_work(tmp_path: Path):
    assert run("init", str(tmp_path / "new")) == 0
    canon = load_canon(tmp_path / "new" / "positioning.md")
    assert canon.problems == ()
    assert {message.kind for message in canon.messages} == set(Kind) - {Kind.OTHER}
    toml = tmp_path / "new" / "messagecheck.toml"
    assert parse_settings(toml.read_text(encoding="utf-8"), toml).root == toml.parent


def test_the_template_contradicts_nothing_in_itself(tmp_path: Path):
    write(tmp_path / "positioning.md", POSITIONING)
    write(tmp_path / "copy.md", POSITIONING)
    write(tmp_path / "messagecheck.toml", BY_RULES)
    assert run("scan", str(tmp_path / "copy.md"), "-p", str(tmp_path / "positioning.md"), "--select", "conflict") == 0


def test_the_demo_prints_a_report_and_where_its_files_lie(capsys: pytest.CaptureFixture[str]):
    assert run("demo") == 0
    out = capsys.readouterr().out
    assert "conflict/scope" in out
    assert "term/avoid" in out
    *_, files, page = out.splitlines()
    assert Path(files.removeprefix("The demo company's files lie in ")).is_dir()
    written = Path(page.removeprefix("The same report to look at lies in "))
    assert written.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_evaluate_prints_the_totals(site: Path, capsys: pytest.CaptureFixture[str]):
    assert run("evaluate", str(ROOT / "corpora" / "demo-source"), "--json", "totals.json") == 0
    line = capsys.readouterr().out.splitlines()[-1]
    totals = json.loads((site / "totals.json").read_text())
    assert line.startswith("conflict_precision=")
    assert totals["touchpoints_lost"] == 0


@pytest.mark.parametrize("arguments", [["--help"], ["scan", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(arguments: list[str]):
    code = (
        "import sys\nfrom messagecheck.cli import main\ntry: main(sys.argv[1:])\n"
        "except SystemExit as end: assert end.code == 0\n"
        "heavy = {'torch', 'spacy', 'onnxruntime', 'numpy', 'lxml', 'pptx', 'docx', 'bs4', 'sklearn', 'transformers'}\n"
        "assert not heavy & {name.split('.')[0] for name in sys.modules}, heavy & set(sys.modules)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code, *arguments], env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "messagecheck" in done.stdout


def test_a_closed_pipe_is_no_traceback(site: Path):
    write(site / "content" / "page.md", OFFERED)
    command = (
        f"{sys.executable} -c 'from messagecheck.cli import main; main()' canon positioning.md | head -1 >/dev/null"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    done = subprocess.run(["bash", "-c", command], env=environment, capture_output=True, text=True, cwd=site)
    assert done.stderr == ""


@pytest.mark.parametrize("name", sorted(cli.commands.commands))
def test_every_option_is_documented(name: str):
    command = cli.commands.commands[name]
    assert command.get_short_help_str()
    assert [
        one.name for one in command.params if one.param_type_name == "option" and not getattr(one, "help", None)
    ] == []


def test_verdicts_are_kept_for_the_next_run_unless_asked_not_to(site: Path, capsys: pytest.CaptureFixture[str]):
    (site / "messagecheck.toml").unlink()
    store = site / "content" / ".messagecheck" / "cache" / "verdicts.db"
    run("scan", "content", "-f", "json", "--no-cache")
    assert not store.exists()
    reports = [capsys.readouterr().out]
    for _ in range(2):
        run("scan", "content", "-f", "json")
        reports.append(capsys.readouterr().out)
    assert store.exists()
    assert len(set(reports)) == 1


def test_the_document_is_named_from_where_the_command_runs(site: Path, capsys: pytest.CaptureFixture[str]):
    write(site / "messagecheck.toml", f'positioning = "positioning.md"\n{BY_RULES}')
    write(site / "content" / "page.md", OFFERED)
    run("scan", "content")
    out = capsys.readouterr().out
    assert "positioning.md:" in out
    assert str(site) not in out


def test_what_is_kept_of_scans_stays_out_of_git(site: Path):
    run("scan", "content", "--record")
    assert (site / ".messagecheck" / ".gitignore").read_text(encoding="utf-8") == "history.db*\n"
