"""canon and init: the positioning document read back, and a new one to fill in."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from messagecheck.cli.templates import POSITIONING, SETTINGS
from messagecheck.display import counted, visible
from messagecheck.errors import SettingsError
from messagecheck.nouns import Polarity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from messagecheck.nouns import Canon, Message


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def canon(file: Path) -> int:
    """Read the positioning document back: messages, terms, problems."""
    from messagecheck.positioning import load_canon

    click.echo("\n".join(_lines(load_canon(file))))
    return 0


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
def init(folder: Path) -> int:
    """Write messagecheck.toml and a positioning.md to fill in."""
    files = {folder / "messagecheck.toml": SETTINGS, folder / "positioning.md": POSITIONING}
    for path in files:
        if path.exists():
            raise SettingsError(f"{path}: exists already; nothing was written")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in files.items():
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{folder}: can't be written to ({error.strerror}); name a folder of yours") from error
    click.echo(f"Wrote {' and '.join(map(str, files))}. Fill in positioning.md, then: messagecheck scan FOLDER")
    return 0


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
