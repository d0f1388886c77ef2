"""An audit as text for people and programs; one row of the table a format."""

from __future__ import annotations

from collections.abc import Callable

from messagecheck.nouns import Audit
from messagecheck.reports import csv, github, html, json, junit, markdown, sarif, text

REPORTS: dict[str, Callable[[Audit], str]] = {
    "text": text.render,
    "json": json.render,
    "html": html.render,
    "markdown": markdown.render,
    "csv": csv.render,
    "sarif": sarif.render,
    "junit": junit.render,
    "github": github.render,
}
