"""Versions of a positioning document: files beside it, and what git has kept of it."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from messagecheck.errors import CanonError
from messagecheck.nouns import Canon
from messagecheck.positioning import load_canon, read_canon
from messagecheck.settings import Versions

TIMEOUT_S = 30


def load_version(spec: str) -> Canon:
    """The document in a file, or at a git revision: `REV:PATH`, the path as seen from here. Raises CanonError."""
    revision, colon, path = spec.partition(":")
    if Path(spec).exists() or not colon:
        return load_canon(Path(spec))
    return read_canon(_shown(revision, Path(path)), spec)


def older_versions(path: Path, versions: Versions) -> list[Canon]:
    """Those that the settings name, newest first: the files, then what git has. Raises CanonError."""
    files = [load_canon(file) for file in versions.older]
    return [*files, *(earlier_versions(path, versions.history) if versions.history else ())]


def earlier_versions(path: Path, most: int) -> list[Canon]:
    """The last `most` versions of the document that git has, newest first, without the one that it is now.

    A version that can't be read as a positioning document, an early draft say, is left out. Raises CanonError where
    the file is not in a git repository.
    """
    now = path.read_bytes()
    listed = _git(path.parent, "rev-list", "--abbrev-commit", f"--max-count={most + 1}", "HEAD", "--", path.name)
    shown = ((revision, _shown(revision, path)) for revision in listed.decode().split())
    return [canon for revision, data in shown if data != now for canon in _read(data, f"{revision}:{path}")][:most]


def told_as(canon: Canon) -> str:
    """ "version 2026.1", else where it was read: a revision or a file."""
    return f"version {canon.version}" if canon.version else canon.path


def _read(data: bytes, name: str) -> Sequence[Canon]:
    try:
        return [read_canon(data, name)]
    except CanonError:
        return []


def _shown(revision: str, path: Path) -> bytes:
    return _git(path.parent, "show", "--end-of-options", f"{revision}:./{path.name}")


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False, timeout=TIMEOUT_S)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CanonError(f"{folder}: git can't be asked ({error}); name the older versions' files instead") from error
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().splitlines() or ["git failed"]
        raise CanonError(f"{folder}: {told[0]}; name a file, or REVISION:PATH of a file that git has")
    return done.stdout
