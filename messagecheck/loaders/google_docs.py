"""What Google Docs puts into a page that it exports: the marks of comments, and the comments below the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from messagecheck.loaders.source import Source
from messagecheck.nouns import Block, Role

_MARK = re.compile(r'<a\b[^<>]{0,200}\bid="cmnt(_ref)?\d{1,6}"[^<>]{0,200}>\[[a-z]{1,3}\]</a>')
"""The mark in the text is a link to the comment's own mark, and back."""


def masked(text: str) -> str:
    """The text with blanks for the marks of comments; lines and columns stay."""
    return _MARK.sub(lambda mark: re.sub(r"[^\n]", " ", mark[0]), text) if 'id="cmnt' in text else text


def tell_comments(blocks: Iterable[Block], of: Source) -> Iterator[Block]:
    """The same blocks; those of comments with the role that they have in a Word file."""
    ranges = [(mark.end(), of.text.find("</div>", mark.end())) for mark in _MARK.finditer(of.text) if not mark[1]]
    for block in blocks:
        line, column = block.at.line, block.at.column
        at = of.starts[line - 1] + column - 1 if line and column else -1
        commented = any(start <= at < end for start, end in ranges)
        yield replace(block, role=Role.COMMENT, reason="comment of Google Docs") if commented else block
