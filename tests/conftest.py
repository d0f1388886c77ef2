"""What tests of several modules start from."""

from pathlib import Path

import pytest

from tests.repositories import Repository


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A git repository without a commit; the command runs in its folder."""
    made = Repository(tmp_path / "repository")
    made.folder.mkdir()
    made.git("init", "-q")
    monkeypatch.chdir(made.folder)
    return made
