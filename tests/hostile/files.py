"""Hostile files, made when the tests run: nothing that harms lies in the repository.

`read` ones hold the sentence GOOD, which must come out; the others must come out as unread with `says` in the reason.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from docx import Document
from pptx import Presentation
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

GOOD = "Every plan has unlimited users."
DOCTYPE = '<?xml version="1.0"?><!DOCTYPE x [{}]>'
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha" * 10}">' for n in range(12))
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@dataclass(frozen=True, slots=True)
class Hostile:
    """`says` is a part of the reason why it is unread; None where it must be read."""

    name: str
    make: Callable[[], bytes]
    says: str | None = None


def docx(*, replace: dict[str, bytes] | None = None) -> bytes:
    """A Word document with GOOD in it, some of its parts replaced."""
    document, out = Document(), io.BytesIO()
    document.add_paragraph(GOOD)
    document.save(out)
    return _replaced(out.getvalue(), replace or {})


def pptx(*, replace: dict[str, bytes] | None = None) -> bytes:
    deck, out = Presentation(), io.BytesIO()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.placeholders[1].text_frame.text = GOOD
    deck.save(out)
    return _replaced(out.getvalue(), replace or {})


def pdf(*, password: str | None = None, pages: int = 1) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption(password, canPrint=0) if password else None)
    for _ in range(pages):
        canvas.drawString(72, 720, GOOD)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def word(body: str) -> bytes:
    return f"<w:document {W}><w:body>{body}</w:body></w:document>".encode()


def _replaced(data: bytes, parts: dict[str, bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    return zipped(held | parts)


def page(before: str, after: str = "") -> bytes:
    return f"<!doctype html><title>T</title><p>{GOOD}</p>{before}x{after}".encode()


def bombs() -> Iterator[Hostile]:
    many = {f"part{number}.xml": b"" for number in range(10_001)}
    yield Hostile("inflating.docx", lambda: docx(replace={"word/document.xml": b" " * 20_000_000}), "zip bomb")
    yield Hostile("inflating.pptx", lambda: pptx(replace={"ppt/slides/slide1.xml": b" " * 60_000_000}), "50 MB")
    yield Hostile("crowded.docx", lambda: zipped(many), "holds 10001 parts")
    yield Hostile("entities.docx", lambda: docx(replace={"word/document.xml": xml_bomb()}), "its part")
    yield Hostile("external.docx", lambda: docx(replace={"word/document.xml": xml_external()}), "DOCTYPE")
    yield Hostile("entities.pptx", lambda: pptx(replace={"ppt/slides/slide1.xml": xml_bomb()}), "its part")
    yield Hostile("entities.odt", lambda: odt(xml_bomb()), "its part")
    yield Hostile("aliases.yaml", yaml_bomb, "")


def xml_bomb() -> bytes:
    return (DOCTYPE.format(ENTITIES) + "<x>&e11;</x>").encode()


def xml_external() -> bytes:
    return (DOCTYPE.format('<!ENTITY e SYSTEM "file:///etc/hostname">') + "<x>&e;</x>").encode()


def yaml_bomb() -> bytes:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    return "\n".join([*lines, *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))]).encode()


def odt(content: bytes) -> bytes:
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content})


def damaged() -> Iterator[Hostile]:
    yield Hostile("truncated.docx", lambda: docx()[:-200], "zip archive")
    yield Hostile("truncated.pptx", lambda: pptx()[:3000], "zip archive")
    yield Hostile("half.docx", lambda: docx(replace={"word/document.xml": word("<w:p>")}), "well-formed")
    yield Hostile("truncated.pdf", lambda: pdf()[:300], "")
    yield Hostile("locked.pdf", lambda: pdf(password="secret"), "password")
    yield Hostile("locked.docx", locked, "password")
    yield Hostile("old.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "old")
    yield Hostile("empty.docx", lambda: b"", "no text")
    yield Hostile("blank.md", lambda: b" \n\t\n", "no text")


def locked() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 1000


def lies() -> Iterator[Hostile]:
    yield Hostile("picture.html", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "PNG")
    yield Hostile("archive.pdf", docx, "zip archive")
    yield Hostile("page.pdf", lambda: page(""), "")
    yield Hostile("paper.docx", pdf, "PDF")
    yield Hostile("sheet.docx", lambda: zipped({"xl/workbook.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}), "")
    yield Hostile("program.txt", lambda: b"\x7fELF" + bytes(range(256)) * 10, "program")


def deep() -> Iterator[Hostile]:
    times = 10_000
    paragraph = f"<w:p><w:r><w:t>{GOOD}</w:t></w:r></w:p>"
    opened, closed = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    yield Hostile("deep.html", lambda: page("<div>" * times, "</div>" * times))
    yield Hostile("deep-tables.html", lambda: page("<table><tr><td>" * times))
    yield Hostile("deep-lists.html", lambda: page("<ul><li>" * times))
    yield Hostile("deep.json", lambda: b"[" * times + b"]" * times, "")
    yield Hostile("deep-object.json", lambda: b'{"a":' * times + b"1" + b"}" * times, "")
    yield Hostile("deep.yaml", lambda: b"[" * times + b"]" * times, "")
    yield Hostile("deep-quotes.md", lambda: f"{GOOD}\n\n{'> ' * times}x".encode())
    yield Hostile("deep-lists.md", lambda: f"{GOOD}\n\n{'- ' * times}x".encode())
    yield Hostile("deep-brackets.md", lambda: f"{GOOD}\n\n{'[' * times}x{'](y)' * times}".encode())
    body = word(opened * times + paragraph + closed * times)
    yield Hostile("deep.docx", lambda: docx(replace={"word/document.xml": body}), "")
    yield Hostile(
        "deep.rst",
        lambda: f"{GOOD}\n\n{chr(10).join('  ' * n + '* x' + chr(10) for n in range(400))}".encode(),
        "nests too deeply",
    )


def long() -> Iterator[Hostile]:
    """What is quadratic for a careless parser."""
    times = 20_000
    cue = f"00:00:01.000 --> 00:00:02.000\nAnn: {GOOD}\n\n".encode()
    yield Hostile("tags.html", lambda: page("<a " * times))
    yield Hostile("comments.html", lambda: page("<!--" * times))
    yield Hostile("attributes.html", lambda: page("<p " + "a=b " * times + ">"))
    yield Hostile("entities.html", lambda: page("&amp" * times))
    yield Hostile("closing.html", lambda: page("<b>" * times + "</i>" * times))
    yield Hostile("emphasis.md", lambda: f"{GOOD}\n\n{'*a_' * times}".encode())
    yield Hostile("ticks.md", lambda: f"{GOOD}\n\n{' '.join('`' * (n % 300) for n in range(3000))}".encode())
    yield Hostile("links.md", lambda: f"{GOOD}\n\n{'[a](<b' * times}".encode())
    yield Hostile("references.md", lambda: f"{GOOD}\n\n{'[x' * times}".encode())
    yield Hostile("cells.md", lambda: f"{GOOD}\n\n|a|\n|-|\n{'|' * times}".encode())
    yield Hostile("cues.vtt", lambda: b"WEBVTT\n\n" + cue * 5000)
    yield Hostile("spaces.txt", lambda: f"{GOOD}\n\n{' ' * 100_000}x".encode())
    yield Hostile("one-line.txt", lambda: f"{GOOD} {'word ' * 40_000}".encode())
    yield Hostile("one-word.txt", lambda: f"{GOOD} {'w' * 150_000}".encode())
    yield Hostile("headers.eml", lambda: b"Subject: s\n" + b"X-A: b\n" * times + f"\n{GOOD}\n".encode())
    yield Hostile("parts.eml", lambda: mail_in_mail(300))
    yield Hostile("large.html", lambda: b"<p>" + b"a" * 100_000_000, "50 MB")


def mail_in_mail(times: int) -> bytes:
    opened = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(times))
    return f"Subject: s\nMIME-Version: 1.0\n{opened}Content-Type: text/plain\n\n{GOOD}\n".encode()


def odd_bytes() -> Iterator[Hostile]:
    yield Hostile("utf16.html", lambda: page("").decode().encode("utf-16"))
    yield Hostile("latin.txt", lambda: f"{GOOD} Café, naïve, Köln.".encode("latin-1"))
    yield Hostile("lying.html", lambda: b'<meta charset="utf-7">' + page("caf\xe9"))
    yield Hostile("nulls.txt", lambda: f"{GOOD}\n\0\0\0\n".encode())
    yield Hostile("nulls.html", lambda: page("\0<p>\0"))
    yield Hostile("broken.txt", lambda: GOOD.encode() + b"\n\xff\xfe\xfa\x80\n")
    yield Hostile("controls.md", lambda: f"{GOOD}\n\n\x1b[31mred\x1b[0m ‮evil\n".encode())


def every() -> list[Hostile]:
    return [one for kind in (bombs, damaged, lies, deep, long, odd_bytes) for one in kind()]
