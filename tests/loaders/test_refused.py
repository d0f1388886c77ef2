"""Older and foreign formats: never skipped in silence, each with the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from messagecheck.content import find_files, read_touchpoints
from messagecheck.errors import LoadError
from messagecheck.loaders import LOADERS, is_asset, read
from messagecheck.loaders.refused import REASONS
from messagecheck.nouns import Canon, Unread
from messagecheck.settings import Settings


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a.doc", "is a Word document of before 2007, which is not read; save it as .docx"),
        ("a.PPT", "is a PowerPoint deck of before 2007, which is not read; save it as .pptx"),
        ("a.rtf", "is an RTF document, which is not read; save it as .docx"),
        ("a.key", "is a Keynote deck, which is not read; export it as .pptx or .pdf"),
    ],
)
def test_an_old_file_is_refused_with_the_way_out(name: str, reason: str) -> None:
    with pytest.raises(LoadError) as caught:
        read(b"anything", name)
    assert str(caught.value) == f"{name}: {reason}"


@pytest.mark.parametrize("suffix", sorted(REASONS))
def test_a_refused_format_has_no_loader_and_is_no_asset(suffix: str) -> None:
    assert suffix not in LOADERS
    assert not is_asset(f"a{suffix}")


def test_a_scan_tells_of_it(tmp_path: Path) -> None:
    (tmp_path / "old.ppt").write_bytes(b"\xd0\xcf\x11\xe0")
    canon = Canon("positioning.md", "Ours", (), None, (), (), ())
    (unread,) = read_touchpoints(find_files([tmp_path], Settings(), None), canon, Settings())
    assert isinstance(unread, Unread)
    assert unread.reason.endswith("save it as .pptx")
