"""drift: how each touchpoint has come to stand, over the runs that are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from messagecheck.cli.crawling import TARGETS_OR_HERE, last_fetched
from messagecheck.cli.keeping import moment_of, opened, scope_of
from messagecheck.cli.options import write
from messagecheck.cli.scanning import FOUND, NOT_ALL_CHECKED
from messagecheck.settings import Settings, kind_of, load_settings

if TYPE_CHECKING:
    from messagecheck.history.model import DriftReport

FORMATS = ("text", "json", "html")
NOBODY = "(no owner)"
LINES: dict[str, Callable[[Settings], Callable[[str, str], str]]] = {
    "touchpoint": lambda _: lambda path, _kind: path,
    "kind": lambda _: lambda _path, kind: kind,
    "folder": lambda _: lambda path, _kind: PurePosixPath(path).parent.as_posix(),
    "owner": lambda settings: lambda path, _kind: kind_of(path, settings.owners) or NOBODY,
}
"""What one line of the report stands for → how it is named, by path and kind."""


class Asked(TypedDict):
    """What click passes; None where the user said nothing."""

    by: str
    since: str | None
    product: str | None
    form: str
    output: Path | None
    fail_on_rise: float | None


@click.command(short_help="Show how each touchpoint drifts over the kept scans.")
@TARGETS_OR_HERE
@click.option("--by", type=click.Choice([*LINES]), default="touchpoint", show_default=True, help="What a line tells.")
@click.option("--since", metavar="DATE|RUN", help="Compare with the last run at that time. Default: the run before.")
@click.option("--product", help="Whose history, where the database holds that of several products.")
@click.option(
    "-f", "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="The report."
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the report to this file.")
@click.option("--fail-on-rise", type=click.FloatRange(0, 1), help="Exit with 1 if the drift of a line rose by more.")
def drift(targets: tuple[str, ...], **asked: Unpack[Asked]) -> int:
    """Show drift, coverage, emphasis and open findings over the scans that were kept, and what is new or resolved.

    PATH or URL is what was scanned, where that was more than one thing. Scans are kept with scan --record, or all of
    them with [history] record = true.
    """
    from messagecheck.reports.drift import REPORTS

    report = _compared(last_fetched(targets), asked)
    text = REPORTS[asked["form"]](report)
    if asked["output"]:
        write(asked["output"], text)
    else:
        click.echo(text, nl=False)
    if asked["fail_on_rise"] is not None and report.steepest > asked["fail_on_rise"]:
        return FOUND
    return NOT_ALL_CHECKED if report.newest.unread else 0


def _compared(paths: Sequence[Path], asked: Asked) -> DriftReport:
    from messagecheck.history.comparing import Question, compare
    from messagecheck.history.model import By

    settings = load_settings(paths[0] if paths else Path())
    scope = scope_of(paths, settings.root) if paths else None
    question = Question(asked["product"], scope, _since(asked["since"]), By(asked["by"]))
    return compare(opened(settings), question, LINES[question.by](settings))


def _since(text: str | None) -> int | datetime | None:
    return None if text is None else int(text) if text.isdecimal() else moment_of(text)
