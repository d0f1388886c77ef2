"""The YAML between two --- lines at the top of a Markdown file: its title and description with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from messagecheck.errors import LoadError
from messagecheck.loaders.source import Source, place
from messagecheck.nouns import Block, Role

_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_READ = {
    "title": Role.TITLE,
    **dict.fromkeys(
        ("description", "subtitle", "summary", "excerpt", "tagline", "seo_title", "meta_description"), Role.META
    ),
}


def behind(of: Source) -> Source:
    """The source with its front matter as white space, so that offsets stay."""
    found = _FRONT.match(of.text)
    end = found.end() if found else 0
    return Source(of.path, re.sub(r"[^\n]", " ", of.text[:end]) + of.text[end:], of.starts)


def read(of: Source) -> Iterator[Block]:
    """A block for each value that readers or search engines see. Raises LoadError for YAML that can't be read."""
    found = _FRONT.match(of.text)
    if not found or not found[1]:
        return
    from messagecheck.loaders import yaml

    try:
        held = list(yaml.values(found[1], found.start(1)))
    except ValueError as error:
        raise LoadError(f"{of.path}: front matter is not valid YAML ({error})") from None
    for value in held:
        if len(value.keys) == 1 and value.keys[0] in _READ:
            for block in place(of, value.runs, _READ[value.keys[0]]):
                yield replace(block, reason=f"front matter {value.keys[0]}")
