"""Small valid files of every format, and what the tests ask of a block's anchors."""

# ruff: noqa: E501 - a sample of a file stands in one piece
from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import docx
from pptx import Presentation
from reportlab.pdfgen.canvas import Canvas

from messagecheck.nouns import Block

OFFICE = Path(__file__).parents[1] / "files" / "office"

HTML = b"""<!doctype html><html><head><title>Tidewell &amp; you</title><meta name=description content="Benefits, explained.">
</head><body><nav><a href="/">Home</a><a href="/p">Plans</a></nav>
<section class=hero><h1>One number to call</h1><p>A person&nbsp;answers
  within <b>a minute</b>.</p><a class=btn href="/t">Book a call</a></section>
<table><tr><th>Plan<th>Price</tr><tr><td>Starter<td>$49</tr></table><ul><li>One<li>Two</ul></body></html>"""
MARKDOWN = (
    b"---\ntitle: Why\n---\n# One *big* thing\n\nWe said & meant [it](http://a.b).\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
)
TXT = b"A first paragraph that\nis wrapped.\n\n- one\n- two\n  more\n"
VTT = b"WEBVTT\n\n1\n00:00:04.000 --> 00:00:07.000\nAna Ruiz: Hello,\nall &amp; sundry.\n\n00:00:08.000 --> 00:00:09.000\n<v Bo>Hi.\n"
SRT = b"1\n00:00:01,200 --> 00:00:03,395\nAna: Morning.\n\n2\n00:00:03,749 --> 00:00:10,106\nBo: Hi. I'm Bo.\n"
JSON = b'[{"speaker": "Ana", "start": 2.0, "text": "We \\"close\\" at nine."}, {"speaker": "Bo", "start": 7.5, "text": "Fine."}]'
RST = b"=====\nTitle\n=====\n\nWe **close** the\nbooks in `five days <http://x.y>`_.\n\n* One\n  two\n\n.. tip:: Do it *now*.\n"
YAML = b'hero:\n  title: "Close \\"fast\\""\n  text: >\n    In five\n    days.\n'
CSV = b'Campaign,Headline,Description 1\nSpring,"Close ""fast""",In five days\n'
EML = (
    b"From: Ana <ana@tidewell.example>\nTo: bo@x.example\nSubject: A short note\nContent-Type: text/plain; charset=utf-8\n\n"
    b"Dear Bo,\n\nwe close the books\nin five days.\n\n* One\n* Two\n\n-- \nAna\n"
)


@cache
def docx_bytes() -> bytes:
    document = docx.Document()
    document.add_heading("The proposal", 0)
    document.add_heading("Price", 1)
    document.add_paragraph("Twelve people pay $49.")
    document.add_paragraph("No set-up fee", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells], ["Plan", "Price", "Starter", "$49"], strict=True
    ):
        cell.text = text
    return _saved(document)


@cache
def pptx_bytes() -> bytes:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "What it costs"
    slide.placeholders[1].text_frame.text = "Starter is $49"
    slide.notes_slide.notes_text_frame.text = "Do not show this before the demo."
    return _saved(deck)


@cache
def pdf_bytes() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawString(72, 760, "Data sheet")
    canvas.setFont("Helvetica", 10)
    canvas.drawString(72, 700, "We answer in a minute and keep")
    canvas.drawString(72, 688, "the question until it is solved.")
    canvas.save()
    return out.getvalue()


def _saved(document: docx.document.Document | Presentation) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def all_samples() -> dict[str, bytes]:
    """Suffix → a valid file."""
    return {
        ".html": HTML,
        ".md": MARKDOWN,
        ".mdx": MARKDOWN,
        ".txt": TXT,
        ".vtt": VTT,
        ".srt": SRT,
        ".json": JSON,
        ".eml": EML,
        ".rst": RST,
        ".csv": CSV,
        ".docx": docx_bytes(),
        ".pptx": pptx_bytes(),
        ".odt": (OFFICE / "note.odt").read_bytes(),
        ".odp": (OFFICE / "deck.odp").read_bytes(),
        ".pdf": pdf_bytes(),
    }


def misplaced(block: Block, source: str) -> list[tuple[str, str]]:
    """(character of the block, character of the source at its place) pairs that differ, white space, tags and escapes aside."""
    lines = source.split("\n")
    pairs = []
    for number, character in enumerate(block.text):
        at = block.place(number, number + 1)
        assert at.line is not None
        assert at.column is not None
        found = lines[at.line - 1][at.column - 1 : at.column] or " "
        if (
            found != character
            and not (character == " " and (found.isspace() or found in '<"{*|`'))
            and found not in "&\\"
        ):
            pairs.append((character, found))
    return pairs
