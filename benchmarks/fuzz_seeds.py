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
TEMPLATE = b"{% if x %}<h1>{{ t }} fast</h1>{% endif %}\n<p>In {# five #} days.</p>\n"


def seeds(suffixes: tuple[str, ...]) -> list[bytes]:
    """Valid files of the suffixes."""
    beside = (file for folder in ("files", "pages") for file in sorted((TESTS / folder).rglob("*.*")))
    made = [(".pptx", _deck()), *_samples().items()]
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
