"""Templates → one file that needs nothing else: style and script stand in it, and its policy lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from messagecheck.display import counted, inert, place, visible
from messagecheck.nouns import Location
from messagecheck.reports.html import quotes

TEMPLATES = Path(__file__).parent / "templates"


def render_page(template: str, values: Mapping[str, object]) -> str:
    """The template over these values. It extends page.html, which has the style, the script and the policy."""
    style, script = _source("page.css"), _source("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    shared = {"style": Markup(style), "script": Markup(script), "policy": policy}
    return _environment().get_template(template).render({**shared, **values}) + "\n"


def anchor(path: str) -> str:
    """The fragment under which a touchpoint's page is found; the same in each report."""
    return f"t-{hashlib.sha256(path.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"


def percent(share: float) -> str:
    return f"{share:.0%}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "advice": quotes.advice,
        "anchor": anchor,
        "fragment": quotes.fragment,
        "gutter": _gutter,
        "headline": quotes.headline,
        "percent": percent,
        "place": place,
        "query": _query,
        "sides": quotes.sides,
        "visible": visible,
        "why": quotes.why,
    }
    environment.globals |= {"counted": counted, "zip": zip}
    return environment


def _gutter(at: Location) -> str:
    """A place as short as a margin wants it: where a reader of the text is, not where its words begin."""
    if at.slide or at.page or at.timestamp:
        return place(replace(at, line=None, shape=None, paragraph=None, speaker=None))
    return f"line {at.line}" if at.line else place(at)


def _query(text: str) -> str:
    return quote(inert(text), safe="")


def _shown(value: object) -> object:
    """Whatever a template prints passes here before it is escaped, so that no template can forget it."""
    return inert(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _source(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _hash(source: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}"
