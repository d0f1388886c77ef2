"""Zips of content (exports of Google Docs and Notion), opened like folders: `export.zip/page.html` is a file in one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePath, PurePosixPath

from messagecheck.errors import LoadError
from messagecheck.nouns import Block

SUFFIXES = (".zip",)

MAX_MB = 200
"""A zip on disk; what may come out of it is archive.py's to say."""
MAX_DEPTH = 2
"""Notion packs a large export as a zip of zips; nobody packs deeper."""
_PASSWORD = 0x1


def read(data: bytes, path: str) -> Iterator[Block]:
    """What is left of a zip that could not be opened like a folder: the reason, as a LoadError."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise LoadError(f"{path}: is no readable zip archive; pack it again, or scan the unpacked folder")
    files = _entries(_open(data, path))
    raise LoadError(f"{path}: {'is a zip too deep in others; unpack it' if files else 'holds no text'}")


def members(file: Path) -> tuple[str, ...]:
    """Names of the files in a zip and in the zips in it, in order; none where `file` is no zip that can be opened."""
    if file.suffix.lower() not in SUFFIXES or not file.is_file() or file.stat().st_size > MAX_MB * 1_000_000:
        return ()
    try:
        return tuple(_names(_open(file.read_bytes(), str(file)), str(file), MAX_DEPTH))
    except (LoadError, OSError):  # the zip is read like any file then, which tells the reason
        return ()


def holder(file: Path) -> Path | None:
    """The zip on disk that a path leads into; None for a path of the file system."""
    zips = (above for above in reversed(file.parents) if above.suffix.lower() in SUFFIXES)
    return next((above for above in zips if above.is_file()), None)


def extract(zipped: Path, inside: PurePath, path: str) -> bytes:
    """The bytes of a file in a zip. Raises LoadError over the archives' limits and for what is damaged or locked."""
    status = zipped.stat()
    return _extracted(_opened(zipped, status.st_mtime_ns, status.st_size), inside.as_posix(), path)


@lru_cache(maxsize=1)
def _opened(zipped: Path, modified: int, size: int) -> zipfile.ZipFile:
    """The zip, kept open from one of its files to the next while it stays the same."""
    return _open(zipped.read_bytes(), str(zipped))


def _extracted(zipped: zipfile.ZipFile, name: str, path: str) -> bytes:
    entries = _entries(zipped)
    if name in entries:
        return _bytes(zipped, entries[name], path)
    inner = next((one for one in entries if _is_zip(one) and name.startswith(f"{one}/")), None)
    if inner is None:
        raise LoadError(f"{path}: is gone from its zip archive; scan again")
    held = _open(_bytes(zipped, entries[inner], path), path)
    return _extracted(held, name.removeprefix(f"{inner}/"), path)


def _names(zipped: zipfile.ZipFile, path: str, depth: int) -> Iterator[str]:
    for name, entry in sorted(_entries(zipped).items()):
        yield from _inner(zipped, entry, path, depth) if _is_zip(name) and depth > 1 else (name,)


def _inner(zipped: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str, depth: int) -> tuple[str, ...]:
    """The names in a zip of a zip; its own where it can't be opened."""
    name = _plain(entry.filename)
    try:
        held = _open(_bytes(zipped, entry, path), path)
        return tuple(f"{name}/{one}" for one in _names(held, path, depth - 1)) or (name,)
    except LoadError:
        return (name,)


def _open(data: bytes, path: str) -> zipfile.ZipFile:
    from messagecheck.loaders import archive  # brings lxml, which a scan of text does without

    return archive.opened(data, path)


def _bytes(zipped: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str) -> bytes:
    from messagecheck.loaders import archive

    if entry.flag_bits & _PASSWORD:
        raise LoadError(f"{path}: is locked with a password; pack it without one")
    return archive.read(zipped, entry.filename, path)


def _entries(zipped: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Files by their names as paths inside. Hidden files and what macOS packs beside them are no content."""
    plain = {_plain(entry.filename): entry for entry in zipped.infolist() if not entry.filename.endswith("/")}
    return {name: entry for name, entry in plain.items() if not _is_hidden(name)}


def _plain(name: str) -> str:
    return "/".join(part for part in PurePosixPath(name).parts if part not in {"/", ".."})


def _is_hidden(name: str) -> bool:
    return not name or any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))


def _is_zip(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in SUFFIXES
