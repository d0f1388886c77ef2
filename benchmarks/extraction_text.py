"""Markdown against Pandoc's reading of it, reStructuredText against the page that docutils makes of it, and captions
against webvtt-py's cues."""

from __future__ import annotations

import subprocess
from functools import partial
from pathlib import Path

import webvtt
from extraction import Extract, Format
from extraction_samples import samples
from lxml import etree, html

QUIET = {"file_insertion_enabled": False, "raw_enabled": False, "report_level": 5, "halt_level": 5}
GENERATED = (
    "//nav | //*[@role='doc-toc'] | //*[contains(@class, 'system-message')] | //*[contains(@class, 'admonition-title')]"
    " | //*[@class='sectnum'] | //*[contains(@class, 'footnote-reference')] | //*[@class='label']"
    " | //*[local-name()='math']"
)
"""What docutils writes by itself: a table of contents, "Note", numbers of sections and footnotes; and formulas."""
BROKEN = "test"
"""The folder of a distribution in which documents are broken on purpose."""


def by_pandoc(file: Path) -> str:
    command = ["pandoc", "--sandbox", "-f", "gfm", "-t", "html", "--wrap", "none", str(file)]
    return _text(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def by_docutils(file: Path) -> str:
    """The page's text without the table of contents, which repeats the headings."""
    from docutils.core import publish_parts

    text = file.read_text(encoding="utf-8")
    made = publish_parts(text, writer="html5", settings_overrides={**QUIET, "toc_backlinks": False})
    return _text(made["html_body"], GENERATED)


def _text(page: str, unwanted: str = "//script") -> str:
    """What a page shows, with its alternative texts."""
    root = html.fromstring(f"<div>{page}</div>")
    etree.strip_elements(root, etree.Comment, with_tail=False)
    for node in root.xpath(unwanted):
        node.drop_tree()
    return "\n".join([root.text_content(), *(str(image.get("alt") or "") for image in root.iter("img"))])


def by_markitdown(file: Path) -> str:
    from markitdown import MarkItDown

    return str(MarkItDown(enable_plugins=False).convert(file).text_content)


def by_webvtt(file: Path) -> str:
    """The cues' words; webvtt-py drops those that hold an arrow and the second voice of a cue."""
    cues = webvtt.from_srt(file) if file.suffix == ".srt" else webvtt.read(file)
    return "\n".join(cue.text for cue in cues)


def _markup(suffix: str, expected: Extract) -> Format:
    return Format(partial(_whole, suffix), expected, {"markitdown": by_markitdown})


def _whole(suffix: str, folder: Path) -> list[Path]:
    return [file for file in samples(suffix, folder) if BROKEN not in file.parts]


def _captions(suffix: str) -> Format:
    return Format(partial(_readable, suffix), by_webvtt, {"markitdown": by_markitdown})


def _readable(suffix: str, folder: Path) -> list[Path]:
    return [file for file in samples(suffix, folder) if _reads(file)]


def _reads(file: Path) -> bool:
    """Whether webvtt-py takes the file for one of captions; its samples hold broken ones on purpose."""
    try:
        return bool(by_webvtt(file))
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError, UnicodeDecodeError):
        return False


FORMATS = {
    "md": _markup("md", by_pandoc),
    "rst": _markup("rst", by_docutils),
    "vtt": _captions("vtt"),
    "srt": _captions("srt"),
}
