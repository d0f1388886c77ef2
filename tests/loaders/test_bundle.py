"""A zip of content is a folder: its files are read under names that lead into it, and nothing in it is trusted."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from messagecheck import content
from messagecheck.errors import LoadError
from messagecheck.loaders import read
from messagecheck.nouns import Touchpoint, Unread
from messagecheck.settings import Settings
from tests.canons import make_canon

BODY = "## Value propositions\n### Fast close {#fast}\nBooks close in three days.\n"


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return out.getvalue()


def scanned(folder: Path, settings: Settings | None = None) -> dict[str, str]:
    """Name → the first words of each file that was read, or the reason why it was not."""
    canon = make_canon(folder.parent, BODY)
    chosen = settings or Settings()
    found = content.read_touchpoints(content.find_files([folder], chosen, Path(canon.path)), canon, chosen)
    return {one.path: one.blocks[0].text if isinstance(one, Touchpoint) else one.reason for one in found}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "content"
    path.mkdir()
    return path


def test_the_files_of_a_zip_are_named_as_in_a_folder(folder: Path) -> None:
    inner = zipped({"Plans 1a2b.md": b"# Plans\n"})
    files = {
        "Page.html": b"<h1>Page</h1>",
        "images/a.png": b"\x89PNG",
        "Part-1.zip": inner,
        "__MACOSX/._Page.html": b"x",
    }
    (folder / "export.ZIP").write_bytes(zipped(files))
    (folder / "a.md").write_text("A.")
    assert scanned(folder) == {
        "a.md": "A.",
        "export.ZIP/Page.html": "Page",
        "export.ZIP/Part-1.zip/Plans 1a2b.md": "Plans",
    }


def test_globs_reach_into_a_zip(folder: Path) -> None:
    (folder / "export.zip").write_bytes(zipped({"drafts/a.md": b"A.", "b.md": b"B."}))
    assert scanned(folder, Settings(exclude=("export.zip/drafts/**",))) == {"export.zip/b.md": "B."}


def test_a_file_that_cannot_be_read_does_not_cost_its_zip(folder: Path) -> None:
    (folder / "export.zip").write_bytes(zipped({"a.md": b"A.", "b.pdf": b"%PDF-1.4 broken", "c.zip": b"PK\x03\x04x"}))
    told = scanned(folder)
    assert told["export.zip/a.md"] == "A."
    assert "PDF" in told["export.zip/b.pdf"]
    assert told["export.zip/c.zip"].startswith("is no readable zip archive")


def test_a_zip_that_cannot_be_opened_is_unread_by_its_own_name(folder: Path) -> None:
    (folder / "broken.zip").write_bytes(b"PK\x03\x04" + b"x" * 100)
    (folder / "empty.zip").write_bytes(zipped({".hidden": b"x"}))
    assert scanned(folder) == {
        "broken.zip": "is no readable zip archive; pack it again, or scan the unpacked folder",
        "empty.zip": "holds no text",
    }


def test_a_zip_in_a_zip_in_a_zip_is_refused(folder: Path) -> None:
    data = zipped({"a.md": b"A."})
    for _ in range(3):
        data = zipped({"in.zip": data})
    (folder / "deep.zip").write_bytes(data)
    assert scanned(folder) == {"deep.zip/in.zip/in.zip": "is a zip too deep in others; unpack it"}


def test_a_bomb_is_unread_and_its_neighbours_are_read(folder: Path) -> None:
    (folder / "bomb.zip").write_bytes(zipped({"a.md": b"A.", "big.md": b"a" * 20_000_000}))
    told = scanned(folder)
    assert told["bomb.zip/a.md"] == "A."
    assert "as only a zip bomb does" in told["bomb.zip/big.md"]


def test_names_that_climb_out_stay_inside(folder: Path) -> None:
    (folder.parent / "secret.md").write_text("Secret.")
    (folder / "evil.zip").write_bytes(zipped({"../../secret.md": b"Inside.", "/etc/passwd.md": b"Inside, too."}))
    assert scanned(folder) == {"evil.zip/etc/passwd.md": "Inside, too.", "evil.zip/secret.md": "Inside."}


def test_a_locked_zip_says_so(folder: Path) -> None:
    data = bytearray(zipped({"a.md": b"A."}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    (folder / "locked.zip").write_bytes(bytes(data))
    assert scanned(folder) == {"locked.zip/a.md": "is locked with a password; pack it without one"}


def test_a_zip_from_standard_input_is_refused() -> None:
    with pytest.raises(LoadError, match="unpack it"):
        read(zipped({"a.md": b"A."}), "-.zip")


def test_a_zip_with_unreadable_parts_is_one_result_a_file(folder: Path) -> None:
    canon = make_canon(folder.parent, BODY)
    (folder / "export.zip").write_bytes(zipped({"a.xyz": b"A."}))
    (only,) = content.read_touchpoints(content.find_files([folder], Settings(), None), canon, Settings())
    assert isinstance(only, Unread)
    assert only.reason.startswith("no loader for .xyz")
