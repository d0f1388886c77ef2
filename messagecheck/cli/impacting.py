"""impact: what must change when a message changes."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from messagecheck.cli.options import POSITIONING, canon_of, settings_of, write
from messagecheck.cli.scanning import NOT_ALL_CHECKED, PATHS_OR_HERE, UNCHOSEN
from messagecheck.errors import MessagecheckError

if TYPE_CHECKING:
    from messagecheck.nouns import Canon, Message


@click.command(short_help="List what must change when a message changes.")
@click.argument("id_", metavar="MESSAGE-ID")
@PATHS_OR_HERE
@POSITIONING
@click.option("-f", "--format", "form", type=click.Choice(("text", "json")), default="text", help="Default: text.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the places to this file.")
def impact(id_: str, paths: tuple[Path, ...], positioning: Path | None, form: str, output: Path | None) -> int:
    """List every place in PATH that contradicts, expresses or names a message of the positioning document.

    MESSAGE-ID is as `messagecheck canon FILE` prints it; without PATH the current folder is read.
    """
    from messagecheck import impact as found_in
    from messagecheck import pipeline
    from messagecheck.reports import impact as report

    paths = paths or (Path(),)
    settings = settings_of(paths, {**UNCHOSEN, "positioning": positioning})
    canon = canon_of(paths, settings)
    message = _named(id_, canon)
    readings, unread = pipeline.read_statements(paths, canon, settings)
    places = found_in.places(message, readings, canon)
    told = report.json(message, places, unread) if form == "json" else report.text(message, canon, places, unread)
    if output:
        write(output, told)
    else:
        click.echo(told, nl=False)
    return NOT_ALL_CHECKED if unread else 0


def _named(id_: str, canon: Canon) -> Message:
    known = {message.id: message for message in canon.messages}
    if id_ not in known:
        near = difflib.get_close_matches(id_, known, n=1)
        hint = f"did you mean “{near[0]}”?" if near else f"messagecheck canon {canon.path} lists them"
        raise MessagecheckError(f"“{id_}” is no message of {canon.path}; {hint}")
    return known[id_]
