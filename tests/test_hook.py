"""The pre-commit hook in a throw-away repository: its own id, entry and files, run by the environment under test."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
DOCUMENT = "---\nname: Acme\n---\n## Boundaries\n\n- We do not sell insurance {#no-insurance}\n"


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PRE_COMMIT_HOME": str(folder.parent / "pre-commit"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
    }
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose local hook is ours, but with `messagecheck` as this interpreter's module."""
    folder = tmp_path / "repository"
    folder.mkdir()
    entry = HOOK["entry"].replace("messagecheck", f"{sys.executable} -m messagecheck", 1)
    hook = {**HOOK, "entry": entry, "language": "system"}
    config = {"repos": [{"repo": "local", "hooks": [hook]}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (folder / "messagecheck.toml").write_text('[models]\njudge = "rules"\n', encoding="utf-8")
    (folder / "positioning.md").write_text(DOCUMENT, encoding="utf-8")
    (folder / "logo.png").write_bytes(b"\x89PNG")
    assert run(folder, "git", "init", "-q").returncode == 0
    return folder


def hook_on(repository: Path, text: str) -> subprocess.CompletedProcess[str]:
    (repository / "page.md").write_text(text, encoding="utf-8")
    run(repository, "git", "add", "-A")
    return run(repository, sys.executable, "-m", "pre_commit", "run", "--verbose")


def test_a_commit_that_contradicts_the_document_is_stopped(repository: Path):
    done = hook_on(repository, "We can sell you insurance.\n")
    assert done.returncode == 1
    assert "page.md:1:1: error conflict/scope “We can sell you insurance.”" in done.stdout


def test_a_commit_that_agrees_with_the_document_passes(repository: Path):
    done = hook_on(repository, "We do not sell insurance.\n")
    assert (done.returncode, "Passed" in done.stdout) == (0, True)


def test_the_hook_takes_the_formats_that_are_read(repository: Path):
    done = hook_on(repository, "Hello.\n")
    assert "no files to check" not in done.stdout
    assert HOOK["entry"] == "messagecheck check"
