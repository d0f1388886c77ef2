"""Office files: zip archives of XML parts, opened with limits, so that a hostile one costs little."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from messagecheck.errors import LoadError
from messagecheck.nouns import Block, Unread

MAX_ENTRIES = 10_000
MAX_TOTAL_BYTES = 200_000_000
MAX_ENTRY_BYTES = 50_000_000
MAX_RATIO = 100
"""Inflated to packed size of one entry; XML of real decks and documents stays under 40."""
RATIO_FROM_BYTES = 1_000_000
"""Entries smaller than this when inflated may have any ratio: they can't hurt."""

_NUMBER = re.compile("[0-9]{1,9}")
_NOT_ZIPS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, KeyError)
"""What zipfile raises on damaged and encrypted archives."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: the kind is the last word of the relation's type ("slide", "chart", "notesSlide")."""

    kind: str
    part: str


def opened(data: bytes, path: str) -> zipfile.ZipFile:
    """The archive, its directory checked. Raises LoadError if it is none, or over a limit."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _NOT_ZIPS:
        raise LoadError(
            f"{path}: is not an Office file (no readable zip archive); save it again as .docx or .pptx"
        ) from None
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise LoadError(f"{path}: holds {len(entries)} parts; the limit is {MAX_ENTRIES}")
    if sum(entry.file_size for entry in entries) > MAX_TOTAL_BYTES:
        raise LoadError(f"{path}: unpacks to more than {MAX_TOTAL_BYTES // 1_000_000} MB")
    return archive


def read(archive: zipfile.ZipFile, part: str, path: str) -> bytes:
    """A part's bytes, counted while inflating. Raises LoadError over a limit and for a damaged or missing part."""
    try:
        entry = archive.getinfo(part)
        with archive.open(entry) as file:
            data = file.read(MAX_ENTRY_BYTES + 1)
    except _NOT_ZIPS:
        raise LoadError(f"{path}: its part {part} is missing or damaged; save the file again") from None
    if len(data) > MAX_ENTRY_BYTES:
        raise LoadError(f"{path}: its part {part} unpacks to more than {MAX_ENTRY_BYTES // 1_000_000} MB")
    if len(data) > RATIO_FROM_BYTES and len(data) > MAX_RATIO * max(1, entry.compress_size):
        raise LoadError(
            f"{path}: its part {part} unpacks to {MAX_RATIO} times its size or more, as only a zip bomb does"
        )
    return data


def xml(archive: zipfile.ZipFile, part: str, path: str) -> etree._Element:
    """A part's XML. Raises LoadError for broken XML and for a DOCTYPE, which no Office program writes."""
    data = read(archive, part, path)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise LoadError(f"{path}: its part {part} is not well-formed XML; save the file again") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise LoadError(f"{path}: its part {part} holds a DOCTYPE, which Office files never do")
    return root


def has(archive: zipfile.ZipFile, part: str) -> bool:
    return part in archive.NameToInfo


def relations(archive: zipfile.ZipFile, part: str, path: str) -> dict[str, Relation]:
    """Relation id → what it refers to, for the parts that the archive holds."""
    folder, name = posixpath.split(part)
    rels = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    if not has(archive, rels):
        return {}
    return {
        node.get("Id", ""): Relation(node.get("Type", "").rpartition("/")[2], target)
        for node in children(xml(archive, rels, path), "Relationship")
        if node.get("TargetMode") != "External" and has(archive, target := _target(folder, node.get("Target", "")))
    }


def guarded(blocks: Iterable[Block | Unread], where: str, path: str) -> Iterator[Block | Unread]:
    """The blocks; where one of their parts can't be read, those before it and what is missing: a broken shape costs
    only itself."""
    try:
        yield from blocks
    except LoadError as error:
        yield Unread(path, f"{where}: {str(error).removeprefix(f'{path}: ')}")


def _target(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def local(node: etree._Element) -> str:
    """An element's name without its namespace, in which strict and transitional Office files differ; "" for none."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def children(node: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (child for child in node if local(child) in names)


def child(node: etree._Element | None, *names: str) -> etree._Element | None:
    """What a path of element names leads to, None where it ends before."""
    for name in names:
        node = None if node is None else next(children(node, name), None)
    return node


def attribute(node: etree._Element | None, name: str) -> str | None:
    """An attribute's value by its name without namespace."""
    if node is None:
        return None
    return next((str(value) for key, value in node.attrib.items() if str(key).rpartition("}")[2] == name), None)


def number(value: str | None, *, otherwise: int, most: int) -> int:
    """An attribute's whole number, `most` where it is more; `otherwise` for what is none."""
    return min(int(value), most) if value and _NUMBER.fullmatch(value) else otherwise
