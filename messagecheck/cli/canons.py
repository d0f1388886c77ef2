"""canon: the positioning document read back, and two of its versions compared."""

from __future__ import annotations

import sys
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from messagecheck.cli.options import write
from messagecheck.display import counted, visible
from messagecheck.nouns import Polarity
from messagecheck.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from messagecheck.changes import Changes
    from messagecheck.nouns import Canon, Message

DIFFERENT = 1
PAINTS = {"removed": partial(click.style, fg="red", bold=True), "added": partial(click.style, fg="green", bold=True)}


class FileOrCommand(click.Group):
    """A first argument that names no command is a file to read back."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        names_file = args and args[0] not in self.commands and not args[0].startswith("-")
        return super().parse_args(ctx, ["read", *args] if names_file else args)


@click.group(cls=FileOrCommand, subcommand_metavar="FILE | diff OLD NEW", short_help="Read the document back.")
def canon() -> None:
    """Read the positioning document FILE back: messages, terms, problems; or compare two versions of it."""


@canon.command(hidden=True)
@click.argument("file", type=click.Path(path_type=Path))
def read(file: Path) -> int:
    """Read the positioning document back: messages, terms, problems."""
    from messagecheck.positioning import load_canon

    click.echo("\n".join(_lines(load_canon(file))))
    return 0


@canon.command()
@click.argument("old")
@click.argument("new")
@click.option("-f", "--format", "form", type=click.Choice(("text", "json")), default="text", help="Default: text.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write what changed to this file.")
def diff(old: str, new: str, form: str, output: Path | None) -> int:
    """Show what changed between two versions: messages added, removed and reworded, their numbers, terms.

    OLD and NEW are files, or REVISION:PATH of a file that git has. Exit codes are those of diff: 0 the same messages
    and terms, 1 something changed, 2 a version can't be read.
    """
    from messagecheck import changes, pipeline
    from messagecheck.revisions import load_version

    documents = load_version(old), load_version(new)
    found = changes.compare(*documents, pipeline.load_encoder(load_settings(Path())))
    report = _rendered(found, form, coloured=sys.stdout.isatty() and output is None)
    if output:
        write(output, report)
    else:
        click.echo(report, nl=False)
    return DIFFERENT if found else 0


def _rendered(found: Changes, form: str, *, coloured: bool) -> str:
    from messagecheck.reports import changes

    if form == "json":
        return changes.json(found)
    return changes.text(found, lambda part, style: PAINTS[style](part)) if coloured else changes.text(found)


def _lines(read: Canon) -> Iterator[str]:
    names = ", ".join((read.name, *read.aliases))
    yield visible(f"{read.path}: {names}{f', version {read.version}' if read.version else ''}")
    for kind, number in Counter(message.kind for message in read.messages).items():
        yield f"\n{kind} ({number})"
        yield from (_message(message) for message in read.messages if message.kind is kind)
    yield f"\nterms ({len(read.terms)})"
    for term in read.terms:
        yield f"  {term.line or '-':>4}  {visible(term.use)}, not {visible(', '.join(term.avoid)) or '(nothing)'}"
    yield f"\ncompetitors ({len(read.competitors)})"
    yield from (f"        {visible(name)}" for name in read.competitors)
    yield f"\n{counted(len(read.messages), 'message')}, {counted(len(read.problems), 'problem')}"
    yield from (f"  {problem.line or '-':>4}  {visible(problem.text)}" for problem in read.problems)


def _message(message: Message) -> str:
    notes = " (excludes)" if message.polarity is Polarity.EXCLUDES else ""
    notes += f" (supports {message.supports})" if message.supports else ""
    return f"  {message.line or '-':>4}  {visible(f'{message.id}{notes}: {message.text}')}"
