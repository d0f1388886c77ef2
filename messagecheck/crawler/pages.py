"""An answer → a file that the loaders read: its suffix, its name, its bytes."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Container
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from messagecheck.crawler.client import Answer
from messagecheck.crawler.errors import NoPageError
from messagecheck.crawler.urls import host_of
from messagecheck.display import shortened
from messagecheck.errors import MessagecheckError

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
SUFFIXES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf", "text/plain": ".txt",
    "text/markdown": ".md", _WORD: ".docx", _SLIDES: ".pptx",
}  # fmt: skip
_FILES = tuple(SUFFIXES.values())
_UNSAID = {"", "application/octet-stream", "binary/octet-stream"}
_HTML = re.compile(rb"(?is)(?:\xef\xbb\xbf)?\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html[\s>])")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_ODD = re.compile(r"[^\w.-]+")
LONGEST_NAME, LONGEST_FOLDER = 80, 8
"""Characters of a file's or folder's name, and folders above it; deeper or longer paths are shortened to a hash."""


def is_wanted(media_type: str) -> bool:
    """Whether a body of this type may be a page. A picture's is not even read."""
    return media_type in SUFFIXES or media_type in _UNSAID


def suffix_of(answer: Answer) -> str:
    """By the first bytes, then by what the server says, which is often wrong. NoPageError for what holds no text."""
    if answer.body.startswith(b"%PDF-"):
        return ".pdf"
    if _HTML.match(answer.body):
        return ".html"
    if answer.type not in SUFFIXES:
        raise NoPageError(f"no page ({shortened(answer.type, 60) or 'of no type'})")
    return SUFFIXES[answer.type]


def name_of(url: str, suffix: str, taken: Container[str]) -> str:
    """host/path.suffix, in letters that every file system takes; with a hash where that is another page's name."""
    parts = urlsplit(url)
    host, *above, last = [_safe(part) for part in (host_of(url), *unquote(parts.path).strip("/").split("/"))]
    folders = [f"{part}_" if part.lower().endswith(_FILES) else part for part in above]
    stem = last.removesuffix(suffix) if last else "index"
    if parts.query or len(folders) > LONGEST_FOLDER:
        stem, folders = f"{stem}-{_hash(url)}", folders[:LONGEST_FOLDER]
    name = str(PurePosixPath(host, *folders, f"{stem}{suffix}"))
    if name.casefold() in taken:
        return str(PurePosixPath(host, *folders, f"{stem}-{_hash(url)}{suffix}"))
    return name


def content_of(answer: Answer, suffix: str) -> bytes:
    """The body; in UTF-8 where only a header tells its encoding, which no file keeps."""
    said = _CHARSET.search(answer.headers.get("content-type", ""))
    if suffix not in {".html", ".txt", ".md"} or not said or answer.body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return answer.body
    try:
        codec = codecs.lookup(said[1])
        text = answer.body.decode(codec.name) if codec._is_text_encoding else None
    except (LookupError, UnicodeError):
        return answer.body
    return answer.body if text is None else text.encode("utf-8", "replace")


def write(folder: Path, name: str, data: bytes) -> None:
    """All of it or nothing, even if we are killed."""
    path = folder / name
    part = path.with_name(f".{path.name[:LONGEST_NAME]}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        raise MessagecheckError(f"{path}: can't be written ({error.strerror}); name another folder") from error


def is_intact(folder: Path, name: str, sha256: str) -> bool:
    path = folder / name
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def _safe(part: str) -> str:
    """A name that is not hidden, holds no separator and is not too long for any file system."""
    name = _ODD.sub("_", part)
    name = f"_{name[1:]}" if name.startswith(".") else name
    return name if len(name.encode()) <= LONGEST_NAME else f"{name[: LONGEST_NAME // 4]}-{_hash(part)}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
