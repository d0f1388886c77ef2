"""Folders and files → touchpoints. The one place where content is opened and where a LoadError becomes `Unread`."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from messagecheck import crawled, loaders
from messagecheck.errors import LoadError, MessagecheckError
from messagecheck.loaders import bundle, sides
from messagecheck.nouns import Block, Canon, Role, Touchpoint, Unread
from messagecheck.settings import Settings, kind_of, matches
from messagecheck.workers import Bounds, Failed, each

PLAIN = frozenset({".md", ".mdx", ".markdown", ".txt", ".text", ".html", ".htm", ".vtt", ".srt", ".json", ".eml"})
PLAIN_KB = 200
OWN_FILES = {"messagecheck.toml", "messagecheck-baseline.json"}
KIND_WORDS = {
    "website": ("website", "web", "site", "pages", "www"),
    "deck": ("decks", "deck", "slides", "presentations"),
    "case-study": ("case-studies", "case-study", "casestudies", "customers", "stories"),
    "proposal": ("proposals", "proposal", "offers", "quotes"),
    "email": ("emails", "email", "mail", "mails", "outbound", "sequences"),
    "call": ("calls", "call", "transcripts", "recordings", "meetings"),
    "blog": ("blog", "posts", "articles", "news"),
    "social": ("social", "ads"),
    "docs": ("docs", "documentation", "help"),
}
SUFFIX_KINDS = {
    ".html": "website", ".htm": "website", ".pptx": "deck", ".eml": "email", ".vtt": "call", ".srt": "call",
    ".md": "blog", ".mdx": "blog", ".pdf": "case-study", ".docx": "proposal", ".csv": "social", ".tsv": "social",
    ".mbox": "email", ".rst": "docs", ".odp": "deck", ".odt": "proposal",
}  # fmt: skip


def find_files(paths: Sequence[Path], settings: Settings, canon: Path | None) -> list[tuple[Path, str]]:
    """Every file to read with its relative name, sorted; MessagecheckError for a path that isn't there.

    Hidden files, pictures and the like, our own files and the positioning document itself are no content. A
    symbolic link is not followed out of the folder it stands in.
    """
    found: dict[str, Path] = {}
    for path in paths:
        if not path.exists():
            raise MessagecheckError(f"{path}: no such file or folder; name the content to check")
        for file, name in _opened(_walk(path) if path.is_dir() else [(path, _as_given(path))]):
            if not _is_left_out(file, name, settings, canon):
                found.setdefault(_unused(name, file, found), file)
    return [(found[name], name) for name in sorted(found)]


def read_touchpoints(
    files: Iterable[tuple[Path, str]], canon: Canon, settings: Settings
) -> Iterator[Touchpoint | Unread]:
    """One touchpoint or one `Unread` a file, in order. Small plain files are read here, all others in workers."""
    listed = list(files)
    read = partial(read_file, canon=canon, settings=settings)
    bounds = Bounds(settings.limits.seconds, settings.limits.memory_mb)
    plain = [_is_plain(*one) for one in listed]
    apart = each(read, [one for one, here in zip(listed, plain, strict=True) if not here], bounds, jobs=settings.jobs)
    for one, here in zip(listed, plain, strict=True):
        told = read(one) if here else next(apart)
        yield Unread(one[1], told.reason) if isinstance(told, Failed) else told


def read_file(given: tuple[Path, str], canon: Canon, settings: Settings) -> Touchpoint | Unread:
    """What lies at a path, under its relative name."""
    file, name = given
    try:
        return make_touchpoint(_read_bytes(file, name, settings.limits.file_mb), name, canon, settings)
    except LoadError as error:
        return Unread(name, str(error).removeprefix(f"{name}: "))


def make_touchpoint(data: bytes, name: str, canon: Canon, settings: Settings) -> Touchpoint:
    """Raises LoadError."""
    ours = (
        canon.name,
        *canon.aliases,
        *settings.calls.our_companies,
        *settings.calls.our_people,
        *settings.calls.our_domains,
    )
    told, unread = loaders.read_whole(data, name, settings.content.keys)
    blocks = sides.tell_sides(told, ours)
    return Touchpoint(name, _kind(name, blocks, settings), _title(name, blocks), tuple(blocks), unread)


def _is_plain(file: Path, name: str) -> bool:
    """Whether a file is of a format that is read in linear time by our own hands, and small: not worth a process."""
    try:
        return PurePosixPath(name).suffix.casefold() in PLAIN and file.stat().st_size <= PLAIN_KB * 1000
    except NotADirectoryError:  # it lies in a zip, and its size is not known yet
        return False
    except OSError:
        return True


def _as_given(file: Path) -> str:
    """A single file keeps the relative path that it was named by, so that an editor can open the place."""
    inside = not file.is_absolute() and ".." not in file.parts
    return file.as_posix() if inside else file.name


def _walk(folder: Path) -> Iterator[tuple[Path, str]]:
    root = folder.resolve()
    for file in sorted(folder.rglob("*")):
        if any(part.startswith(".") for part in file.relative_to(folder).parts):
            continue
        if not file.is_dir() and (not file.is_symlink() or Path(os.path.realpath(file)).is_relative_to(root)):
            yield file, file.relative_to(folder).as_posix()


def _opened(files: Iterable[tuple[Path, str]]) -> Iterator[tuple[Path, str]]:
    """The files; in place of a zip those in it, as if it were a folder."""
    for file, name in files:
        inside = bundle.members(file)
        yield from ((file / one, f"{name}/{one}") for one in inside)
        if not inside:
            yield file, name


def _is_left_out(file: Path, name: str, settings: Settings, canon: Path | None) -> bool:
    if loaders.is_asset(name) or _is_ours(file) or any(matches(name, glob) for glob in settings.exclude):
        return True
    return canon is not None and canon.exists() and file.exists() and file.samefile(canon)


def _is_ours(file: Path) -> bool:
    return file.name in OWN_FILES or crawled.is_record(file)


def _unused(name: str, file: Path, found: dict[str, Path]) -> str:
    """Two folders may hold the same relative name: the second keeps its whole path."""
    return name if name not in found or found[name] == file else file.as_posix()


def _read_bytes(file: Path, name: str, megabytes: int) -> bytes:
    try:
        zipped = bundle.holder(file)
        if zipped:
            return bundle.extract(zipped, file.relative_to(zipped), name)
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise LoadError(f"{name}: is no regular file; only files can be read")
        if status.st_size > megabytes * 1_000_000:
            raise LoadError(f"{name}: is larger than {megabytes} MB; raise limits.file_mb or split it")
        return file.read_bytes()
    except OSError as error:
        raise LoadError(f"{name}: can't be opened: {error.strerror}") from error


def _kind(name: str, blocks: Sequence[Block], settings: Settings) -> str:
    chosen = kind_of(name, settings.kinds)
    if chosen:
        return chosen
    folders = [part.casefold() for part in PurePosixPath(name).parts[:-1]]
    for folder in reversed(folders):
        for kind, words in KIND_WORDS.items():
            if folder in words:
                return kind
    if any(block.role is Role.TURN for block in blocks):
        return "call"
    return SUFFIX_KINDS.get(PurePosixPath(name).suffix.casefold(), "other")


def _title(name: str, blocks: Sequence[Block]) -> str:
    wanted = (Role.TITLE, Role.HERO, Role.HEADING)
    return next((b.text for role in wanted for b in blocks if b.role is role), PurePosixPath(name).stem)
