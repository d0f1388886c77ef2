"""A drift report as text for people and programs; one row of the table a format."""

from __future__ import annotations

from collections.abc import Callable

from messagecheck.history.model import DriftReport
from messagecheck.reports.drift import html, json, text

REPORTS: dict[str, Callable[[DriftReport], str]] = {"text": text.render, "json": json.render, "html": html.render}
