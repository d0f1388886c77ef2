"""Mailboxes (.mbox): mail after mail, each read as an .eml file is, with the lines of the mailbox."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from messagecheck.errors import LoadError
from messagecheck.loaders import eml
from messagecheck.nouns import Block, Role, Unread

SUFFIXES = (".mbox",)

_MAIL = re.compile(rb"^From [^\n]*\n(?=[!-9;-~]+:)", re.MULTILINE)
_ESCAPED = re.compile(rb"^>(?=>*From )", re.MULTILINE)
"""What a mailbox puts before a line of a mail that begins with "From "."""


def read(data: bytes, path: str) -> Iterator[Block | Unread]:
    """Each mail's blocks under its subject; a mail that can't be read costs itself. Raises LoadError without a mail."""
    starts = [found.start() for found in _MAIL.finditer(data)]
    if not starts:
        raise LoadError(f"{path}: is not a mailbox; each mail in one begins with a line “From sender date”")
    above = data.count(b"\n", 0, starts[0])
    for start, end in pairwise([*starts, len(data)]):
        mail = data[start:end]
        try:
            yield from _placed(list(eml.read(_ESCAPED.sub(b" ", mail), path)), above)
        except LoadError as error:
            yield Unread(path, f"the mail at line {above + 1} {str(error).removeprefix(f'{path}: ')}")
        above += mail.count(b"\n")


def _placed(blocks: list[Block], above: int) -> Iterator[Block]:
    """A mail's blocks under its subject, so many lines further down."""
    subject = tuple(block.text for block in blocks[:1] if block.role is Role.TITLE)
    for block in blocks:
        at = block.at
        heading = () if block.role is Role.TITLE else (*subject, *at.heading)
        if at.line is not None:
            at = replace(at, line=at.line + above, end_line=(at.end_line or at.line) + above)
        anchors = tuple(replace(anchor, line=anchor.line + above) for anchor in block.anchors)
        yield replace(block, at=replace(at, heading=heading), anchors=anchors)
