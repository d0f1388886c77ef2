"""What the README and the docs say is what the program does."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from messagecheck import cli
from messagecheck.positioning import load_canon
from messagecheck.settings import KNOWN

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def without_models(text: str) -> str:
    """Drift and tier move a little with every new model; what is found and where does not."""
    return re.sub(r"drift \d\.\d\d, [a-z-]+", "drift", text)


def test_the_excerpt_is_what_the_demo_prints(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        cli.main(["demo"])
    (excerpt,) = blocks(README, "text")
    assert without_models(excerpt) in without_models(capsys.readouterr().out)


def test_one_command_installs_and_shows_and_one_installs_and_tests():
    lines = [line for block in blocks(README, "sh") for line in block.splitlines()]
    (demo,) = (line for line in lines if "messagecheck demo" in line)
    (tests,) = (line for line in lines if "pytest" in line)
    assert "-c constraints.txt" in demo
    assert "-c constraints.txt" in tests


def test_the_build_runs_the_readme_s_test_command():
    found = subprocess.run(
        ["grep", "-m", "1", "pytest", "README.md"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout.startswith("python3 -m venv .venv && ")
    assert "grep -m 1 'pytest' README.md" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_command_that_is_shown_exists():
    shown = [line for text in (README, DOCS) for block in blocks(text, "sh") for line in block.splitlines()]
    named = {found for line in shown for found in re.findall(r"(?:^|/)messagecheck ([a-z]+)", line)}
    assert len(named) >= 6
    assert named <= set(cli.commands.commands)


def test_every_command_is_documented():
    assert set(cli.commands.commands) <= set(re.findall(r"`messagecheck ([a-z]+)", DOCS))


def test_every_setting_is_documented_and_every_documented_setting_exists():
    table = DOCS[DOCS.index("## Settings") : DOCS.index("## In a hook")]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`\[?([a-z_]+)\]?`", row)}
    assert named == {key for keys in KNOWN.values() for key in keys}


def test_every_linked_file_exists():
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"), ROOT / "corpora" / "README.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page}: {target}"


def test_the_documented_document_is_one(tmp_path: Path):
    (example,) = blocks((ROOT / "docs" / "positioning.md").read_text(encoding="utf-8"), "markdown")
    (tmp_path / "positioning.md").write_text(example, encoding="utf-8")
    canon = load_canon(tmp_path / "positioning.md")
    assert [message.id for message in canon.messages] == ["alive", "p-alive", "price-small"]
    assert canon.problems == ()


def test_the_documented_hook_is_offered():
    (example,) = blocks(DOCS, "yaml")
    hooks = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    assert {hook["id"] for repo in yaml.safe_load(example)["repos"] for hook in repo["hooks"]} == hooks


def test_constraints_pin_every_requirement_and_name_no_place():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9][A-Za-z0-9.]*", line) for line in lines)
