"""The YAML between two --- lines at the top of a Markdown file: its title and description with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from messagecheck.errors import LoadError
from messagecheck.loaders.source import Source, place, span
from messagecheck.nouns import Block, Role

_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_NOTHING = re.compile("")
_MARKS = {
    "'": (re.compile("'"), 1),
    '"': (re.compile('"'), 1),
    "|": (re.compile(r"\|[^\n]*"), 0),
    ">": (re.compile(r">[^\n]*"), 0),
}
"""Style of a YAML value → what opens it, and the length of what closes it."""
_READ = {
    "title": Role.TITLE,
    **dict.fromkeys(
        ("description", "subtitle", "summary", "excerpt", "tagline", "seo_title", "meta_description"), Role.META
    ),
}


def end(of: Source) -> int:
    """The offset at which the front matter ends; 0 where there is none."""
    found = _FRONT.match(of.text)
    return found.end() if found else 0


def read(of: Source) -> Iterator[Block]:
    """A block for each value that readers or search engines see. Raises LoadError for YAML that can't be read."""
    found = _FRONT.match(of.text)
    if not found or not found[1]:
        return
    for key, start, stop in _scalars(found[1], of.path):
        if key in _READ:
            for block in place(of, span(of, found.start(1) + start, found.start(1) + stop), _READ[key]):
                yield replace(block, reason=f"front matter {key}")


def _scalars(text: str, path: str) -> Iterator[tuple[str, int, int]]:
    """(key, start, end) of the top level's plain values, without their quotation marks."""
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise LoadError(f"{path}: front matter is not valid YAML ({' '.join(str(error).split())[:120]})") from None
    except RecursionError:
        raise LoadError(f"{path}: front matter nests too deeply") from None
    if not isinstance(root, yaml.MappingNode):
        return
    for key, value in root.value:
        if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode):
            start, end = value.start_mark.index, value.end_mark.index
            opening, closing = _MARKS.get(value.style or "", (_NOTHING, 0))
            mark = opening.match(text, start)
            yield key.value, mark.end() if mark else start, end - closing
