"""E-mail: the subject, then the HTML or the text part; quoted replies and signatures are told apart, not dropped."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import replace
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message

from messagecheck.errors import LoadError
from messagecheck.loaders import html, testimonials
from messagecheck.loaders.encodings import decode
from messagecheck.loaders.source import Source, clean, lines, place, source, span
from messagecheck.loaders.txt import paragraphs
from messagecheck.nouns import Block, Location, Role, Speaker

SUFFIXES = (".eml",)

MAX_BYTES = 40_000_000
MAX_PARTS = 1_000

_HEADER = r"^{}:[ \t]*(.*(?:\n[ \t]+.*)*)"
_QUOTED = re.compile(r"\s*>[> ]*")
_REPLY = re.compile(
    r"\s*(?:On .{4,120} wrote:|Am .{4,120} schrieb .{1,80}:|Le .{4,120} a écrit ?:"
    r"|-{2,} ?(?:Original|Forwarded) [Mm]essage ?-{2,}.*|_{20,})\s*$"
)
_SIGNATURE = re.compile(r"-- ?$")
_AS_IS = frozenset({"7bit", "8bit", "binary", ""})
"""Transfer encodings under which the file's lines are the text's."""


def read(data: bytes, path: str) -> Iterator[Block]:
    """The subject as TITLE and the body's blocks. Raises LoadError for a mail without a readable body."""
    if len(data) > MAX_BYTES:
        raise LoadError(f"{path}: is {len(data) / 1e6:.0f} MB; the limit for mail is {MAX_BYTES / 1e6:.0f} MB")
    head = _head(data, path)
    sender = _value(head, "From")
    part = _body(data, path)
    if part is None:
        raise LoadError(f"{path}: is not a mail with a text or HTML part; export it as .eml with its text")
    yield from _subject(head)
    of = _source(part, data, path)
    blocks = html.page(of) if part.get_content_subtype() == "html" else testimonials.mark(_text(of))
    exact = _encoding(part) in _AS_IS
    for number, block in enumerate(blocks, 1):
        block = block if exact else _counted(block, part, number)
        yield replace(block, attributed_to=block.attributed_to or sender)


def _counted(block: Block, part: Message, number: int) -> Block:
    """A block of a part that is encoded, whose lines are not the file's: its place is its number in the part."""
    shape = "HTML part" if part.get_content_subtype() == "html" else "text part"
    at = Location(block.at.path, shape=shape, paragraph=number, heading=block.at.heading)
    return replace(block, at=at, anchors=())


def _head(data: bytes, path: str) -> Source:
    """The header lines as a source of their own; they stand at the top, so that its places are the file's."""
    end = re.search(rb"\r?\n\r?\n", data)
    return source(decode(data[: end.start() if end else len(data)], path), path)


def _value(head: Source, name: str) -> str | None:
    found = re.search(_HEADER.format(name), head.text, re.MULTILINE | re.IGNORECASE)
    return clean(_decoded(found[1])) or None if found else None


def _decoded(header: str) -> str:
    """A header with its encoded words ("=?utf-8?q?…?=") read; as it is where they are broken."""
    if "=?" not in header:
        return header
    try:
        return str(make_header(decode_header(re.sub(r"\n[ \t]+", " ", header))))
    except (MessageError, LookupError, ValueError):
        return header


def _subject(head: Source) -> Iterator[Block]:
    found = re.search(_HEADER.format("Subject"), head.text, re.MULTILINE | re.IGNORECASE)
    if not found:
        return
    text = _decoded(found[1])
    for block in place(head, span(head, *found.span(1)), Role.TITLE):
        block = replace(block, reason="subject")
        if text == found[1]:
            yield block
        elif clean(text):
            yield replace(block, text=clean(text), anchors=())


def _body(data: bytes, path: str) -> Message | None:
    """The first HTML part, else the first text part that is no attachment."""
    try:
        parts = [part for part, _ in zip(email.message_from_bytes(data).walk(), range(MAX_PARTS), strict=False)]
    except RecursionError:
        raise LoadError(f"{path}: nests parts too deeply") from None
    shown = [part for part in parts if not part.is_multipart() and part.get_content_disposition() != "attachment"]
    wanted = [part for kind in ("text/html", "text/plain") for part in shown if part.get_content_type() == kind]
    return next((part for part in wanted if _payload(part).strip()), None) if _is_mail(data) else None


def _is_mail(data: bytes) -> bool:
    return bool(re.match(rb"(?:From [^\n]*\n)?[!-9;-~]+:", data.lstrip(b"\xef\xbb\xbf\r\n")))


def _encoding(part: Message) -> str:
    return str(part.get("Content-Transfer-Encoding", "")).strip().casefold()


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _source(part: Message, data: bytes, path: str) -> Source:
    """The part's text; where its lines are the file's, after as many empty lines as stand before it in the file."""
    payload = _payload(part)
    try:
        text = payload.decode(part.get_content_charset() or "utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except (LookupError, ValueError):  # a name with a NUL is a ValueError, as bytes are that don't fit
        text = decode(payload, path)
    before = data.find(payload)
    if _encoding(part) in _AS_IS and before >= 0:
        text = "\n" * decode(data[:before], path).count("\n") + text
    return source(text, path)


def _text(of: Source) -> Iterator[Block]:
    """The paragraphs and bullets of a text part: what the sender wrote, then quoted lines, then the signature."""
    role = Role.BODY
    held: dict[Role, list[tuple[int, str]]] = {Role.BODY: [], Role.QUOTED_REPLY: [], Role.SIGNATURE: []}
    for offset, line in lines(of):
        quote = _QUOTED.match(line)
        if _REPLY.match(line):
            role = Role.QUOTED_REPLY
        elif _SIGNATURE.match(line) and role is Role.BODY:
            role = Role.SIGNATURE
        elif quote:
            held[Role.QUOTED_REPLY].append((offset + quote.end(), line[quote.end() :]))
        else:
            held[role].append((offset, line))
    yield from paragraphs(of, held[Role.BODY])
    for block in paragraphs(of, held[Role.QUOTED_REPLY]):
        yield replace(block, role=Role.QUOTED_REPLY, speaker=Speaker.THEM, reason="quoted lines")
    for block in paragraphs(of, held[Role.SIGNATURE]):
        yield replace(block, role=Role.SIGNATURE, reason="below --")
