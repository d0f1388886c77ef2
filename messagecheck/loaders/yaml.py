"""YAML: content files, and the front matter of pages. PyYAML's nodes say where each value stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import yaml

from messagecheck.errors import LoadError
from messagecheck.loaders import keyed
from messagecheck.loaders.encodings import decode
from messagecheck.loaders.keyed import Value
from messagecheck.loaders.source import Run, source
from messagecheck.nouns import Block

SUFFIXES = (".yaml", ".yml")

MAX_CHARACTERS = 1_000_000
"""PyYAML reads about 50 kB a second; content files of real sites stay under 100 kB."""
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")
"""An anchor and a tag, which PyYAML counts as the scalar's own characters."""
_OPENING = {style: re.compile(mark) for style, mark in (("'", "'"), ('"', '"'), ("|", r"\|[^\n]*"), (">", r">[^\n]*"))}
_ESCAPE = {
    "'": re.compile("''"),
    '"': re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", re.DOTALL),
}
_ITSELF = frozenset("\"'/\\ ")


def read(data: bytes, path: str, keys: Sequence[str] = ()) -> Iterator[Block]:
    """A block for each value that `keys` pick. Raises LoadError for what is no YAML, and where nothing is picked."""
    of = source(decode(data, path), path)
    if len(of.text) > MAX_CHARACTERS:
        raise LoadError(f"{path}: is {len(of.text) / 1e6:.1f} MB of YAML; the limit is 1 MB; split it")
    try:
        held = list(values(of.text))
    except ValueError as error:
        raise LoadError(f"{path}: is not valid YAML ({error})") from None
    yield from keyed.copy(of, held, keys)


def values(text: str, start: int = 0) -> Iterator[Value]:
    """Each scalar of all documents once, in order, its runs `start` characters further on. Raises ValueError."""
    try:
        roots = list(yaml.compose_all(text, Loader=yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise ValueError(" ".join(str(error).split())[:120]) from None
    except RecursionError:
        raise ValueError("it nests too deeply") from None
    for keys, node in _scalars(roots):
        yield Value(keys, tuple(_runs(text, node, start)))


def _scalars(roots: Sequence[yaml.Node]) -> Iterator[tuple[tuple[str, ...], yaml.ScalarNode]]:
    """(keys, scalar) pairs; what several aliases name is read once, so that a bomb of aliases costs nothing."""
    seen = set[int]()
    stack: list[tuple[tuple[str, ...], yaml.Node]] = [((), root) for root in reversed(roots)]
    while stack:
        keys, node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            yield keys, node
        elif isinstance(node, yaml.SequenceNode):
            stack.extend((keys, child) for child in reversed(node.value))
        elif isinstance(node, yaml.MappingNode):
            stack.extend(((*keys, _name(key)), child) for key, child in reversed(node.value))


def _name(key: yaml.Node) -> str:
    return key.value if isinstance(key, yaml.ScalarNode) else "?"


def _runs(text: str, node: yaml.ScalarNode, start: int) -> Iterator[Run]:
    """The scalar's characters without its marks; an escape is a run of its own."""
    style = node.style or ""
    properties = _PROPERTIES.match(text, node.start_mark.index)
    begin, end = properties.end() if properties else node.start_mark.index, node.end_mark.index
    opening = _OPENING[style].match(text, begin) if style in _OPENING else None
    begin, end = opening.end() if opening else begin, end - 1 if style in _ESCAPE else end
    for found in _ESCAPE[style].finditer(text, begin, end) if style in _ESCAPE else ():
        yield Run(text[begin : found.start()], start + begin)
        yield Run(_unescaped(found[0]), start + found.start())
        begin = found.end()
    yield Run(text[begin:end], start + begin)


def _unescaped(escape: str) -> str:
    code = escape[2:]
    if code:
        return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else "\ufffd"
    return escape[1] if escape[1] in _ITSELF else "" if escape[1] == "\n" else " "
