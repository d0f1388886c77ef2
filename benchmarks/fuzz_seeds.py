"""What fuzzing starts from: the samples of the tests, the files beside them, and what neither holds."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE

from benchmarks.fuzz_zip import packed
from tests.loaders.samples import CSV, MARKDOWN, YAML, all_samples

TESTS = Path(__file__).parent.parent / "tests"
COMPONENTS = b"""import Hero from './hero'
export const a = { b: "Close `fast`" }

<Hero title="In five days" size={3} {...a}>
  Text **b** {a.b} [x]: <i>y</i>
</Hero>

{/* no */}
> quoted[^1]

| a | b |
|---|---|
| `1` | 2\\| |

[^1]: ![alt](x.png "Title")
"""
MAIL = b"""From: =?utf-8?q?Caf=C3=A9?= <a@x.example>
Subject: =?iso-8859-1?b?Q2Fm6Q==?= fast
Date: Mon, 22 Nov 2026 10:00:00 +0000
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: multipart/alternative; boundary="c d"

--c d
Content-Type: text/plain; charset=windows-1252; format=flowed
Content-Transfer-Encoding: quoted-printable

We close=20
fast =96 in five days.

> Yours?
--c d
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64

PHA+V2UgY2xvc2UgPGI+ZmFzdDwvYj4uPC9wPg==
--c d--
--b
Content-Type: message/rfc822

Subject: Inner

Text.
--b
Content-Type: application/pdf; name="a.pdf"
Content-Disposition: attachment; filename*=utf-8''a%C3%A9.pdf

JVBERi0=
--b--
"""
MARKUP = b"""Title
=====

:Author: Ana

.. |x| replace:: fast
.. _link: http://x.y
.. include:: other.rst
.. raw:: html

   <b>raw</b>

.. csv-table:: Plans
   :header: "Plan", "Price"

   "Starter", "$49"

+------+------+
| a    | *b*  |
+======+======+
| |x|  | link_|
+------+------+

term : class
   Defined [1]_ at :ref:`here <there>` with ``code``.

.. [1] A note.

1. one

   a. two

::

   literal
"""
KEYS = b"""# copy
a: &x {title: "Close \\u00e9 \\x41", n: 1.5, when: 2026-11-22, no: ~}
b: [*x, 'it''s', plain words
  folded, !!str 5, !local z]
? complex
: |2-
    kept
     more
<<: *x
---
second: >+
  folded

  text
...
"""
PARTIAL = b"""+++
title = "Close fast"
+++
{{- with .Params }}<h1>{{ .t | safeHTML }} fast</h1>{{ else }}<p title="{{ i18n `a` }}">None</p>{{ end -}}
{{< figure src="a.png" caption="In five days" >}} {%- raw %}{{ x }}{% endraw -%} {{/* no */}} <% erb %>
"""
TEMPLATE = b"{% if x %}<h1>{{ t }} fast</h1>{% endif %}\n<p>In {# five #} days.</p>\n"


def seeds(suffixes: tuple[str, ...]) -> list[bytes]:
    """Valid files of the suffixes."""
    beside = (file for folder in ("files", "pages") for file in sorted((TESTS / folder).rglob("*.*")))
    made = [
        (".pptx", _deck()),
        (".mdx", COMPONENTS),
        (".eml", MAIL),
        (".tmpl", PARTIAL),
        (".rst", MARKUP),
        (".yaml", KEYS),
        *_samples().items(),
    ]
    named = [*made, *((file.suffix, file.read_bytes()) for file in beside if file.suffix in suffixes)]
    return [data for suffix, data in named if suffix in suffixes]


@cache
def _samples() -> dict[str, bytes]:
    samples = all_samples()
    inner = packed({"a.md": MARKDOWN, "b/c.csv": CSV})
    return samples | {
        ".yaml": YAML,
        ".j2": TEMPLATE,
        ".mbox": b"From ana@x.example Mon Nov 22 10:00:00 2026\n" + samples[".eml"],
        ".zip": packed({"page.html": samples[".html"], "inner.zip": inner}),
    }


def _deck() -> bytes:
    deck = Presentation()
    shapes = deck.slides.add_slide(deck.slide_layouts[1]).shapes
    shapes.title.text = "What it costs"
    table = shapes.add_table(2, 2, 0, 0, 99, 99).table
    for cell, text in zip(table.iter_cells(), ("", "Us", "Seats", "10"), strict=True):
        cell.text = text
    shapes.add_group_shape().shapes.add_textbox(0, 0, 9, 9).text_frame.text = "In a group"
    uptake = CategoryChartData()
    uptake.categories = ["2024", "2025"]
    uptake.add_series("Uptake", (22, 34))
    shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, 999, 999, uptake)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()
