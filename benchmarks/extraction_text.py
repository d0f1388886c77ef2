"""Markdown, reStructuredText and captions: against Pandoc's reading of them, and against webvtt-py's cues."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

import webvtt
from extraction import Format
from extraction_samples import samples
from lxml import html


def by_pandoc(reader: str, file: Path) -> str:
    """The text of the page that Pandoc makes, with alternative texts; files that a document includes are left out."""
    command = ["pandoc", "--sandbox", "-f", reader, "-t", "html", "--wrap", "none", str(file)]
    page = html.fromstring(f"<div>{subprocess.run(command, check=True, capture_output=True, text=True).stdout}</div>")
    alternatives = [str(image.get("alt") or "") for image in page.iter("img")]
    return "\n".join([*page.itertext(), *alternatives])


def by_markitdown(file: Path) -> str:
    from markitdown import MarkItDown

    return str(MarkItDown(enable_plugins=False).convert(file).text_content)


def by_webvtt(file: Path) -> str:
    """The cues' words; webvtt-py drops those that hold an arrow and the second voice of a cue."""
    cues = webvtt.from_srt(file) if file.suffix == ".srt" else webvtt.read(file)
    return "\n".join(cue.text for cue in cues)


def _markup(suffix: str, reader: str) -> Format:
    return Format(partial(samples, suffix), partial(by_pandoc, reader), {"markitdown": by_markitdown})


def _captions(suffix: str) -> Format:
    readable: Callable[[Path], list[Path]] = lambda folder: [one for one in samples(suffix, folder) if _reads(one)]  # noqa: E731
    return Format(readable, by_webvtt, {"markitdown": by_markitdown})


def _reads(file: Path) -> bool:
    """Whether webvtt-py takes the file for one of captions; its samples hold broken ones on purpose."""
    try:
        return bool(by_webvtt(file))
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError, UnicodeDecodeError):
        return False


FORMATS = {
    "md": _markup("md", "gfm"),
    "rst": _markup("rst", "rst"),
    "vtt": _captions("vtt"),
    "srt": _captions("srt"),
}
