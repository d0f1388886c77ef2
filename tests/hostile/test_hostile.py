"""Hostile files cost themselves: each is unread for the right reason or read right, quickly and in little memory."""

import os
import resource
import socket
import time
from pathlib import Path

import pytest

from messagecheck import content
from messagecheck.nouns import Canon, Touchpoint, Unread
from messagecheck.settings import Limits, Settings
from tests.hostile.files import GOOD, Hostile, every

CANON = Canon("", "Acme", (), None, (), (), ())
SETTINGS = Settings(jobs=2, limits=Limits(seconds=30, memory_mb=600))
SUITE_S = 60
PEAK_MB = 1000


def read(folder: Path, settings: Settings = SETTINGS) -> dict[str, Touchpoint | Unread]:
    files = content.find_files([folder], settings, None)
    told = content.read_touchpoints(files, CANON, settings)
    return {name: one for (_, name), one in zip(files, told, strict=True)}


def texts(touchpoint: Touchpoint | Unread) -> str:
    return "\n".join(block.text for block in touchpoint.blocks) if isinstance(touchpoint, Touchpoint) else ""


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Touchpoint | Unread], float]:
    """All hostile files in one folder, scanned once, and the seconds that it took."""
    folder = tmp_path_factory.mktemp("hostile")
    for one in every():
        (folder / one.name).write_bytes(one.make())
    started = time.monotonic()
    return read(folder), time.monotonic() - started


@pytest.mark.parametrize("one", every(), ids=lambda one: one.name)
def test_a_hostile_file_is_unread_or_read_right(one: Hostile, scanned: tuple[dict[str, Touchpoint | Unread], float]):
    told = scanned[0][one.name]
    if one.says is None:
        assert GOOD in texts(told)
    else:
        assert isinstance(told, Unread), texts(told)[:200]
        assert one.says in told.reason
        assert "fault of ours" not in told.reason
        assert "\n" not in told.reason


def test_the_whole_set_is_read_in_a_minute(scanned: tuple[dict[str, Touchpoint | Unread], float]):
    assert scanned[1] < SUITE_S


def test_no_process_held_a_gigabyte(scanned: tuple[dict[str, Touchpoint | Unread], float]):
    peaks = [resource.getrusage(who).ru_maxrss / 1000 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    assert scanned[0]
    assert max(peaks) < PEAK_MB


def test_nothing_of_this_machine_is_read_through_an_entity(scanned: tuple[dict[str, Touchpoint | Unread], float]):
    assert socket.gethostname() not in "".join(map(texts, scanned[0].values()))


@pytest.mark.parametrize("name", ["a\nb.md", "a\x1b[31m.md", "‮dm.md", "%00.md", "  .md"])
def test_odd_names_are_read_and_named(name: str, tmp_path: Path):
    (tmp_path / name).write_text(GOOD, encoding="utf-8")
    assert texts(read(tmp_path)[name]) == GOOD


def test_a_name_that_is_no_text_is_read(tmp_path: Path):
    (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text(GOOD, encoding="utf-8")
    (told,) = read(tmp_path).values()
    assert texts(told) == GOOD


def test_a_loop_of_links_ends(tmp_path: Path):
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self.md").symlink_to(tmp_path / "self.md")
    (tmp_path / "page.md").write_text(GOOD, encoding="utf-8")
    told = read(tmp_path)
    assert texts(told["page.md"]) == GOOD
    assert all(isinstance(one, Unread) for name, one in told.items() if name != "page.md")


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path):
    (tmp_path / "secret.md").write_text("secret", encoding="utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "link.md").symlink_to(tmp_path / "secret.md")
    assert read(tmp_path / "content") == {}


def test_pipes_and_sockets_are_unread_and_nobody_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    os.mkfifo(tmp_path / "pipe.md")
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.md")
        told = read(tmp_path)
    assert {name: one.reason for name, one in told.items() if isinstance(one, Unread)} == dict.fromkeys(
        ["pipe.md", "socket.md"], "is no regular file; only files can be read"
    )


def test_a_file_that_is_gone_when_it_is_opened_is_unread(tmp_path: Path):
    (tmp_path / "page.md").write_text(GOOD, encoding="utf-8")
    files = content.find_files([tmp_path], SETTINGS, None)
    (tmp_path / "page.md").unlink()
    (told,) = content.read_touchpoints(files, CANON, SETTINGS)
    assert isinstance(told, Unread)
    assert "can't be opened" in told.reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_unread(tmp_path: Path):
    (tmp_path / "page.md").write_text(GOOD, encoding="utf-8")
    (tmp_path / "page.md").chmod(0)
    assert "Permission denied" in str(read(tmp_path)["page.md"])
