"""Templates (Jinja, Nunjucks, Twig, Liquid, Hugo): their tags become as many blanks, the text around them stays.

Pages and Markdown may hold such tags under any name; the suffixes here only say what the rest of the name means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, cast

from messagecheck.errors import LoadError
from messagecheck.loaders.encodings import decode
from messagecheck.loaders.mdx import attributes
from messagecheck.loaders.source import Source
from messagecheck.nouns import Block, Unread

if TYPE_CHECKING:
    from messagecheck.loaders import Loader

SUFFIXES = (".j2", ".jinja", ".jinja2", ".njk", ".twig", ".liquid", ".tmpl", ".gohtml")

_TAG = re.compile(
    r"\{\{(?:[^{}]|\}(?!\})|\{(?!\{))*+\}\}"
    r"|\{%(?:[^%{]|%(?!\})|\{(?!%))*+%\}"
    r"|\{#(?=[\s-])(?:[^#{]|#(?!\})|\{(?!#))*+#\}"
)
_NAME = re.compile(r"\{%-?\s*(\w+)")
_UNSEEN = frozenset({"comment", "schema", "style", "stylesheet", "javascript"})
"""Blocks whose content no reader sees."""
_INNER = {"": "html", ".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown", ".txt": "txt"}
"""What stands before the template's suffix → the module that reads the rest."""


def read(data: bytes, path: str) -> Iterator[Block | Unread]:
    """The blocks of the page, Markdown or text that the template makes. Raises LoadError for any other template."""
    inner = PurePosixPath(path).with_suffix("").suffix.lower()
    if inner not in _INNER:
        raise LoadError(f"{path}: is a template of {inner}, which is not read; .html, .md and .txt templates are")
    module = cast("Loader", import_module(f"messagecheck.loaders.{_INNER[inner]}"))
    text = decode(data, path)
    yield from module.read((masked(text, " ") if _INNER[inner] == "txt" else text).encode(), path)


def masked(text: str, filler: str) -> str:
    """The text with `filler` for each character of a tag and of what no reader sees; lines and columns stay."""
    out, done, unseen = list[str](), 0, ""
    for tag in _TAG.finditer(text):
        between = text[done : tag.start()]
        out += [_blank(between, filler) if unseen else between, _blank(tag[0], filler)]
        done = tag.end()
        unseen = _after(tag[0], unseen)
    return "".join(out) + text[done:]


def _after(tag: str, unseen: str) -> str:
    """The name of the unseen block in which the text goes on after a tag, "" for none."""
    found = _NAME.match(tag)
    name = found[1] if found else ""
    if unseen:
        return "" if name == f"end{unseen}" else unseen
    return name if name in _UNSEEN else ""


def _blank(text: str, filler: str) -> str:
    return re.sub(r"[^\n]", filler, text)


def strings(of: Source) -> Iterator[Block]:
    """A block for each attribute of a tag that readers see: `{{< card title="Fast close" >}}`."""
    yield from attributes(of, _TAG)
