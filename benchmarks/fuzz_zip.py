"""Mutations that stay inside a valid zip archive: of a part's bytes, or of the tree that a part's XML is."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable
from copy import deepcopy

from lxml import etree

Mutate = Callable[[bytes, int], bytes]
"""A fuzzer's own mutation of bytes, and the size it may grow to."""
Change = Callable[[random.Random, list[etree._Element]], None]

VALUES = ("", "-1", "0", "1.5", "9" * 5000, "true", "x", "\xa0", "../x", "rId1", "ßé…")
"""What the attributes and texts of Office files are not expected to hold."""
PART_BYTES = 20_000
_NOT_ZIPS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


def mutated(data: bytes, max_size: int, seed: int, mutate: Mutate) -> bytes:
    """The archive with one part changed; one time in eight, or where it would grow too big, with its bytes changed."""
    chance = random.Random(seed)
    parts = _parts(data)
    if not parts or chance.random() < 1 / 8:
        return mutate(data, max_size)
    name = chance.choice(sorted(parts))
    parts[name] = _tree_changed(parts[name], chance) or mutate(parts[name], PART_BYTES)
    whole = packed(parts)
    return whole if len(whole) <= max_size else mutate(data, max_size)


def _parts(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {
                entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.filename.endswith("/")
            }
    except _NOT_ZIPS:
        return {}


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return out.getvalue()


def _tree_changed(part: bytes, chance: random.Random) -> bytes | None:
    """The XML after a few changes; None, three times in four at least, for a part that is no XML."""
    if chance.random() < 1 / 4:
        return None
    try:
        root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
    for _ in range(chance.randint(1, 4)):
        chance.choice(CHANGES)(chance, [node for node in root.iter() if isinstance(node.tag, str)])
    return etree.tostring(root)


def _drop(chance: random.Random, nodes: list[etree._Element]) -> None:
    node = chance.choice(nodes)
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _copy(chance: random.Random, nodes: list[etree._Element]) -> None:
    node = deepcopy(chance.choice(nodes))
    if sum(1 for _ in node.iter()) < 1000:
        chance.choice(nodes).append(node)


def _rename(chance: random.Random, nodes: list[etree._Element]) -> None:
    chance.choice(nodes).tag = chance.choice(nodes).tag


def _forget(chance: random.Random, nodes: list[etree._Element]) -> None:
    node = chance.choice(nodes)
    if node.attrib:
        del node.attrib[chance.choice(sorted(map(str, node.attrib)))]


def _reword(chance: random.Random, nodes: list[etree._Element]) -> None:
    node = chance.choice(nodes)
    if node.attrib and chance.random() < 3 / 4:
        node.set(chance.choice(sorted(map(str, node.attrib))), chance.choice(VALUES))
    else:
        node.text = chance.choice(VALUES)


CHANGES: tuple[Change, ...] = (_drop, _copy, _rename, _forget, _reword)
