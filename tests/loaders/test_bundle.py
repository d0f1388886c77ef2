"""A zip of content is a folder: its files are read under names that lead into it, and nothing in it is trusted."""

# ruff: noqa: E501 - a sample of a file stands in one piece
from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from messagecheck import content
from messagecheck.errors import LoadError
from messagecheck.loaders import read
from messagecheck.nouns import Role, Touchpoint, Unread
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


GOOGLE_DOC = (
    '<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type"><style type="text/css">.c0{color:#000}</style></head>'
    '<body class="c3 doc-content"><h1 class="c2" id="h.8xk2"><span class="c1">Pricing notes</span></h1>'
    '<p class="c0"><span class="c1">Starter costs </span><span class="c4">$49</span><sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup>'
    '<span class="c1">&nbsp;per user.</span></p><div class="c5"><p class="c0"><a href="#cmnt_ref1" id="cmnt1">[a]</a>'
    '<span class="c1">Was $39 last year?</span></p></div></body></html>'
)
NOTION_PAGE = "# Positioning 2026\n\nOwner: Ana Ruiz\nStatus: Done\n\n<aside>\nClose in five days.\n\n</aside>\n\n- [Plans](Plans%201a2b.md)\n"


def test_a_google_docs_export_is_read_and_its_comments_are_told_apart(folder: Path) -> None:
    (folder / "Pricing.zip").write_bytes(
        zipped({"Pricingnotes.html": GOOGLE_DOC.encode(), "images/image1.png": b"\x89PNG"})
    )
    canon = make_canon(folder.parent, BODY)
    files = content.find_files([folder], Settings(), None)
    (page,) = [one for one in content.read_touchpoints(files, canon, Settings()) if isinstance(one, Touchpoint)]
    assert page.path == "Pricing.zip/Pricingnotes.html"
    assert [(block.text, block.role) for block in page.blocks] == [
        ("Pricing notes", Role.HEADING),
        ("Starter costs $49 per user.", Role.BODY),
        ("Was $39 last year?", Role.COMMENT),
    ]


def test_a_notion_export_with_its_databases_is_read(folder: Path) -> None:
    database = "Name,Status,Post text\nLaunch,Done,We close in five days\n"
    part = {"Positioning 1a2b3c.md": NOTION_PAGE.encode(), "Posts 9f8e.csv": b"\xef\xbb\xbf" + database.encode()}
    (folder / "Export-5d1c.zip").write_bytes(zipped({"ExportBlock-5d1c-Part-1.zip": zipped(part)}))
    assert scanned(folder) == {
        "Export-5d1c.zip/ExportBlock-5d1c-Part-1.zip/Positioning 1a2b3c.md": "Positioning 2026",
        "Export-5d1c.zip/ExportBlock-5d1c-Part-1.zip/Posts 9f8e.csv": "We close in five days",
    }


def test_a_call_is_a_call_wherever_it_lies(folder: Path) -> None:
    call = "".join(f"[0:0{number}] {name}: Words.\n" for number, name in enumerate(("Ana", "Bo") * 3))
    (folder / "notes.txt").write_text(call)
    (folder / "ads.csv").write_text("Headline\nClose fast\n")
    canon = make_canon(folder.parent, BODY)
    found = content.read_touchpoints(content.find_files([folder], Settings(), None), canon, Settings())
    assert {one.path: one.kind for one in found if isinstance(one, Touchpoint)} == {
        "notes.txt": "call",
        "ads.csv": "social",
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


def test_a_file_without_a_name_is_left_out(folder: Path) -> None:
    data = zipped({"a.md": b"A.", "b.md": b"B."}).replace(b"a.md", b"\0.md")
    (folder / "export.zip").write_bytes(data)
    assert scanned(folder) == {"export.zip/b.md": "B."}
