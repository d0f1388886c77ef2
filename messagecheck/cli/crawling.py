"""crawl, and what scan does with a URL: a site fetched into a folder."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from messagecheck.cli.options import write
from messagecheck.display import counted, shortened, visible
from messagecheck.errors import MessagecheckError
from messagecheck.settings import Crawl, Settings, load_settings
from messagecheck.settings.crawl import checked_contact

if TYPE_CHECKING:
    from messagecheck.crawled import Record

NOT_ALL_FETCHED = 3
SITES = Path(".messagecheck/sites")
"""Where scan keeps what it fetched, beside the settings."""
SHOWN = 10
"""URLs of a list that are printed; crawl.json has them all."""
TARGETS = click.argument("targets", nargs=-1, required=True, metavar="PATH|URL...")
TARGETS_OR_HERE = click.argument("targets", nargs=-1, metavar="[PATH|URL]...")


class Choices(TypedDict):
    """What click passes to crawl beside the start and the folder; None or () where the user said nothing."""

    host: tuple[str, ...]
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    pages: int | None
    contact: str | None
    allow_private: bool
    ca: Path | None
    js: bool
    quiet: bool


@click.command(short_help="Fetch a site into a folder that scan can read.")
@click.argument("start", metavar="URL|SITEMAP")
@click.option("-o", "--output", "folder", required=True, type=click.Path(path_type=Path), help="Write the pages here.")
@click.option("--host", multiple=True, help="Pages of this host too, e.g. blog.example.com.")
@click.option("--include", multiple=True, metavar="GLOB", help="Only paths like this: 'product/**'.")
@click.option("--exclude", multiple=True, metavar="GLOB", help="No paths like this: 'legal/**'.")
@click.option("--pages", type=click.IntRange(min=1), help="At most so many pages. Default: 500.")
@click.option("--contact", help="A mail address or a URL for the User-Agent, so that the site's owner can reach you.")
@click.option("--allow-private", is_flag=True, help="Private and loopback addresses too, for an intranet.")
@click.option("--ca", type=click.Path(path_type=Path), help="Trust this certificate authority (PEM) too.")
@click.option("--js", is_flag=True, help="Run the pages' scripts in Chromium: pip install 'messagecheck[js]'.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, and no report where all went well.")
def crawl(start: str, folder: Path, **choices: Unpack[Choices]) -> int:
    """Fetch what a page or a sitemap leads to: politely, and nothing that robots.txt forbids.

    A start that ends in / takes the pages beneath it, any other the pages of its folder. A crawl that was interrupted
    goes on; a later one asks only for what has changed, and tells which pages were added, changed or are gone.
    """
    config = _chosen(load_settings(Path()).crawl, choices)
    record = _crawled(start, folder, config, quiet=choices["quiet"])
    if not choices["quiet"] or record.missed:
        click.echo("\n".join(_lines(record, folder)))
    return NOT_ALL_FETCHED if record.missed else 0


def fetched(targets: Sequence[str], *, quiet: bool) -> tuple[Path, ...]:
    """The paths, and for each URL the folder of what is there now."""
    return tuple(_fetched(target, quiet=quiet) if _is_url(target) else Path(target) for target in targets)


def last_fetched(targets: Sequence[str]) -> tuple[Path, ...]:
    """The paths, and for each URL the folder of what the last scan fetched."""
    return tuple(_kept(target) if _is_url(target) else Path(target) for target in targets)


def _is_url(target: str) -> bool:
    return target.lower().startswith(("http://", "https://"))


def _fetched(start: str, *, quiet: bool) -> Path:
    settings = load_settings(Path())
    folder = _folder(start, settings)
    _crawled(start, folder, settings.crawl, quiet=quiet)
    write(folder.parent / ".gitignore", "*\n")
    return folder


def _kept(start: str) -> Path:
    folder = _folder(start, load_settings(Path()))
    if not folder.exists():
        raise MessagecheckError(f"{start}: was not fetched yet; begin with messagecheck scan {start}")
    return folder


def _folder(start: str, settings: Settings) -> Path:
    """A folder for each start, so that one crawl never removes what another has fetched."""
    name = re.sub(r"[^\w.-]+", "_", start.partition("://")[2])[:40].strip("_.")
    return settings.root / SITES / f"{name}-{hashlib.sha256(start.encode()).hexdigest()[:8]}"


def _chosen(config: Crawl, choices: Choices) -> Crawl:
    """The settings with what the command line says instead."""
    return replace(
        config,
        hosts=choices["host"] or config.hosts,
        include=choices["include"] or config.include,
        exclude=choices["exclude"] or config.exclude,
        pages=choices["pages"] or config.pages,
        contact=checked_contact(choices["contact"], "--contact") or config.contact,
        allow_private=choices["allow_private"] or config.allow_private,
        ca=choices["ca"] or config.ca,
        js=choices["js"] or config.js,
    )


def _crawled(start: str, folder: Path, config: Crawl, *, quiet: bool) -> Record:
    from messagecheck.crawler import crawl as fetch

    if config.contact is None and not quiet:
        click.echo("messagecheck: no contact is named; with --contact a site's owner can reach you", err=True)
    watched = sys.stderr.isatty() and not quiet
    try:
        return fetch(start, folder, config, tell=_show if watched else _silent)
    finally:
        if watched:
            click.echo("\r\x1b[K", nl=False, err=True)


def _show(pages: int, left: int, url: str) -> None:
    click.echo(f"\r\x1b[K{counted(pages, 'page')}, {left} to go  {shortened(url, 60)}", nl=False, err=True)


def _silent(pages: int, left: int, url: str) -> None:
    """Nobody is watching."""


def _lines(record: Record, folder: Path) -> Iterator[str]:
    changes, again = record.changes, len(record.changes.added) < len(record.pages) or record.changes.gone
    told = {"added": changes.added, "changed": changes.changed, "gone": changes.gone} if again else {}
    counts = f": {', '.join(f'{len(urls)} {name}' for name, urls in told.items())}" if told else ""
    yield f"{folder}: {counted(len(record.pages), 'page')}{counts}"
    for name, urls in told.items():
        yield from _some(f"  {name} {visible(url)}" for url in urls)
    yield from _some(f"  not fetched {visible(one.url)}: {visible(one.reason)}" for one in record.missed)
    yield from (f"  left out {one.count}: {one.reason}, e.g. {visible(one.examples[0])}" for one in record.left_out)


def _some(lines: Iterator[str]) -> Iterator[str]:
    rows = list(lines)
    yield from rows[:SHOWN]
    if len(rows) > SHOWN:
        yield f"  … and {len(rows) - SHOWN} more in crawl.json"
