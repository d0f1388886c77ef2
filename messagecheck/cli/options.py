"""The options that commands share, and the settings, the canon and the paths that they lead to."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypedDict, TypeVar

import click

from messagecheck.errors import SettingsError
from messagecheck.settings import CACHE, FailOn, Settings, load_settings

if TYPE_CHECKING:
    from messagecheck.nouns import Canon

P = ParamSpec("P")
R = TypeVar("R")

FORMATS = ("text", "json", "html", "markdown", "csv", "sarif", "junit", "github")
DOCUMENT_NAMES = ("positioning.md", "positioning.docx", "positioning.html")


class Options(TypedDict):
    """What click passes for the shared options; None where the user said nothing."""

    positioning: Path | None
    format: str
    output: Path | None
    fail_on: str | None
    min_confidence: float | None
    select: tuple[str, ...]
    extend_select: tuple[str, ...]
    ignore: tuple[str, ...]
    jobs: int | None
    quiet: bool
    no_cache: bool


def shared(command: Callable[P, R]) -> Callable[P, R]:
    """Gives a command all of the shared options."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


POSITIONING = click.option(
    "-p",
    "--positioning",
    type=click.Path(path_type=Path),
    help="The positioning document. Default: as in messagecheck.toml, else positioning.md beside or above the content.",
)
_SEVERITIES = [str(severity) for severity in FailOn]
_OPTIONS = (
    POSITIONING,
    click.option("-f", "--format", type=click.Choice(FORMATS), default="text", show_default=True, help="The report."),
    click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the report to this file."),
    click.option("--fail-on", type=click.Choice(_SEVERITIES), help="What makes the exit code 1. Default: error."),
    click.option("--min-confidence", type=click.FloatRange(0, 1), help="Leave out findings below this confidence."),
    click.option("--select", multiple=True, metavar="RULE", help="Only this rule or family (conflict, term/avoid …)."),
    click.option("--extend-select", multiple=True, metavar="RULE", help="This rule too, if it is off by default."),
    click.option("--ignore", multiple=True, metavar="RULE", help="Not this rule or family."),
    click.option("-j", "--jobs", type=click.IntRange(min=1), help="At most so many threads judge."),
    click.option("--no-cache", is_flag=True, help="Judge everything anew, and keep no verdicts for the next run."),
    click.option("-q", "--quiet", is_flag=True, help="No progress, and no report where nothing was found."),
)


def settings_of(paths: Sequence[Path], options: Options) -> Settings:
    """The settings of the nearest messagecheck.toml, with what the command line says instead. Raises SettingsError."""
    settings = load_settings(paths[0] if paths else Path())
    chosen = replace(
        settings,
        positioning=options["positioning"] or settings.positioning,
        fail_on=FailOn(options["fail_on"] or settings.fail_on),
        min_confidence=settings.min_confidence if options["min_confidence"] is None else options["min_confidence"],
        select=_rules(options["select"]) or settings.select,
        extend_select=_rules(options["extend_select"]) or settings.extend_select,
        ignore=_rules(options["ignore"]) or settings.ignore,
        jobs=options["jobs"] or settings.jobs,
        cache=None if options["no_cache"] else settings.root / CACHE,
    )
    _refuse_unknown_rules((*chosen.select, *chosen.extend_select, *chosen.ignore))
    return chosen


def canon_of(paths: Sequence[Path], settings: Settings) -> Canon:
    """Raises CanonError, and SettingsError where no document is found."""
    from messagecheck.positioning import load_canon

    named = settings.positioning and _shortest(settings.positioning.absolute())
    return load_canon(named or _found_document(paths[0] if paths else Path()))


def write(path: Path, text: str) -> None:
    """Raises SettingsError."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{path}: can't be written ({error.strerror}); name a file in a folder of yours") from error


def _found_document(start: Path) -> Path:
    """The nearest document beside or above `start`, relative to where we are if it is there."""
    for folder in (start.resolve(), *start.resolve().parents):
        for name in DOCUMENT_NAMES:
            if (folder / name).is_file():
                return _shortest(folder / name)
    raise SettingsError(
        f"{start}: no positioning.md beside or above; name one with -p, or begin with messagecheck init"
    )


def _shortest(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _rules(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def _refuse_unknown_rules(names: Sequence[str]) -> None:
    from messagecheck.rules import IDS

    known = {*IDS, *(rule.split("/")[0] for rule in IDS)}
    for name in names:
        if name.rstrip("/*") not in known:
            near = difflib.get_close_matches(name, sorted(known), n=1)
            hint = f"did you mean “{near[0]}”?" if near else f"known are {', '.join(sorted(known))}"
            raise SettingsError(f"unknown rule “{name}”; {hint}")
