"""Files → blocks. A format is one module with `SUFFIXES` and `read`, and a row of the table here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from pathlib import PurePosixPath
from typing import Protocol, cast

from messagecheck.errors import LoadError
from messagecheck.loaders import refused
from messagecheck.loaders.spoken import as_turns
from messagecheck.nouns import Block, Unread

Read = Callable[[bytes, str], Iterator[Block | Unread]]
ReadKeyed = Callable[[bytes, str, Sequence[str]], Iterator[Block | Unread]]


class Loader(Protocol):
    """What a format's module offers."""

    SUFFIXES: tuple[str, ...]
    read: Read


class Keyed(Protocol):
    """What the module of a format offers whose copy is picked by keys."""

    SUFFIXES: tuple[str, ...]
    read: ReadKeyed


FORMATS = {
    "html": (".html", ".htm", ".xhtml"),
    "markdown": (".md", ".mdx", ".markdown"),
    "txt": (".txt", ".text"),
    "docx": (".docx", ".docm", ".dotx", ".dotm"),
    "pptx": (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"),
    "odt": (".odt", ".ott"),
    "odp": (".odp", ".otp"),
    "pdf": (".pdf",),
    "eml": (".eml",),
    "mbox": (".mbox",),
    "captions": (".vtt", ".srt"),
    "json": (".json",),
    "rst": (".rst", ".rest"),
    "template": (".j2", ".jinja", ".jinja2", ".njk", ".twig", ".liquid", ".tmpl", ".gohtml"),
    "yaml": (".yaml", ".yml"),
    "csv": (".csv", ".tsv"),
    "bundle": (".zip",),
}
"""Module → its suffixes, repeated here so that no format is imported to find out."""
KEYED = frozenset({"json", "yaml", "csv"})
"""Modules whose `read` is told which keys or columns hold copy."""

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".ico", ".bmp", ".tif", ".tiff", ".heic")
_SOURCES = (".psd", ".ai", ".eps", ".sketch", ".fig", ".woff", ".woff2", ".ttf", ".otf", ".eot")
_CODE = (".css", ".scss", ".sass", ".less", ".js", ".mjs", ".cjs", ".jsx", ".ts", ".tsx", ".map")
_MEDIA = (".mp3", ".mp4", ".m4a", ".m4v", ".wav", ".webm", ".mov", ".avi", ".ogg", ".oga", ".flac", ".aac", ".mkv")
_ASSETS = frozenset((*_PICTURES, *_SOURCES, *_CODE, *_MEDIA))
_ZIPS = ("docx", "pptx", "odt", "odp", "bundle")
_MAGIC = (
    (b"%PDF-", "a PDF", frozenset({".pdf"})),
    (b"PK\x03\x04", "a zip archive", frozenset(suffix for name in _ZIPS for suffix in FORMATS[name])),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or password-protected Office file", frozenset[str]()),
    (b"{\\rtf", "an RTF document", frozenset[str]()),
    (b"\x89PNG", "a PNG picture", frozenset[str]()),
    (b"\xff\xd8\xff", "a JPEG picture", frozenset[str]()),
    (b"GIF8", "a GIF picture", frozenset[str]()),
    (b"\x1f\x8b", "a gzip archive", frozenset[str]()),
    (b"SQLite format 3", "a database", frozenset[str]()),
    (b"\x7fELF", "a program", frozenset[str]()),
)
_DOCUMENTS = frozenset((*FORMATS["docx"], *FORMATS["odt"], *FORMATS["markdown"], *FORMATS["pdf"]))
"""Documents that people keep transcripts in."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def _read_with(module: str, data: bytes, path: str, keys: Sequence[str]) -> Iterator[Block | Unread]:
    found = import_module(f"messagecheck.loaders.{module}")
    return cast(Keyed, found).read(data, path, keys) if module in KEYED else cast(Loader, found).read(data, path)


LOADERS: Mapping[str, ReadKeyed] = {
    suffix: partial(_read_with, module) for module, suffixes in FORMATS.items() for suffix in suffixes
}


def read(data: bytes, path: str, keys: Sequence[str] = ()) -> tuple[Block, ...]:
    """A file's blocks, never none. Raises LoadError as `read_whole` does."""
    return read_whole(data, path, keys)[0]


def read_whole(data: bytes, path: str, keys: Sequence[str] = ()) -> tuple[tuple[Block, ...], tuple[Unread, ...]]:
    """A file's blocks, never none, and the parts of it that can't be read. Raises LoadError for an unknown suffix, for
    another format under this one's name, for what can't be read at all, and for a file that holds no text."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in refused.REASONS:
        raise LoadError(f"{path}: {refused.REASONS[suffix]}")
    if suffix not in LOADERS:
        raise LoadError(
            f"{path}: no loader for {suffix or 'a file without a suffix'}; readable are {', '.join(LOADERS)}"
        )
    _check_content(data, path, suffix)
    parts = tuple(LOADERS[suffix](data, path, keys))
    blocks = tuple(part for part in parts if isinstance(part, Block))
    unread = tuple(part for part in parts if isinstance(part, Unread))
    if not blocks:
        raise LoadError(f"{path}: {unread[0].reason if unread else 'holds no text'}")
    return as_turns(blocks) if suffix in _DOCUMENTS else blocks, unread


def is_asset(path: str) -> bool:
    """Whether a file is a picture, a font, a style sheet, a script or media: nothing to read, and nothing to report."""
    return PurePosixPath(path).suffix.lower() in _ASSETS


def _check_content(data: bytes, path: str, suffix: str) -> None:
    """Raise LoadError where the first bytes are those of another format than the name says."""
    if not data.strip():
        raise LoadError(f"{path}: holds no text")
    if _ENCRYPTED in data[:200_000] and data.startswith(_MAGIC[2][0]):
        raise LoadError(f"{path}: is password-protected; save it without a password")
    found = next(((name, suffixes) for magic, name, suffixes in _MAGIC if data.startswith(magic)), None)
    if found and suffix not in found[1]:
        raise LoadError(f"{path}: is {found[0]} named {suffix}; give it its own suffix or save it as {suffix}")
