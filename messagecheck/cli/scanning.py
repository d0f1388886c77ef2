"""scan, check, baseline and demo: the commands that audit content."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Unpack

import click

from messagecheck.baseline import FILE_NAME as BASELINE_NAME
from messagecheck.baseline import load_baseline, render_baseline, without_accepted
from messagecheck.cli.asking import show_requests
from messagecheck.cli.crawling import TARGETS, fetched, last_fetched
from messagecheck.cli.keeping import is_kept, keep, with_past
from messagecheck.cli.options import POSITIONING, Options, canon_of, settings_of, shared, write
from messagecheck.settings import FailOn, Settings, at_or_above

if TYPE_CHECKING:
    from messagecheck.nouns import Audit, Canon

FOUND, NOT_ALL_CHECKED = 1, 3
PAINTS = {
    "error": partial(click.style, fg="red", bold=True),
    "warning": partial(click.style, fg="yellow"),
    "info": partial(click.style, fg="cyan"),
    "path": partial(click.style, bold=True),
    "dim": partial(click.style, dim=True),
}
UNCHOSEN: Options = {
    "positioning": None,
    "format": "text",
    "output": None,
    "fail_on": None,
    "min_confidence": None,
    "select": (),
    "extend_select": (),
    "ignore": (),
    "jobs": None,
    "quiet": False,
    "no_cache": False,
}
PATHS_OR_HERE = click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))


@click.command()
@TARGETS
@click.option("--record/--no-record", default=None, help="Keep this scan in the history. Default: [history] record.")
@click.option("--dry-run", is_flag=True, help="Print what the second opinion would be asked, and send nothing.")
@shared
def scan(
    targets: tuple[str, ...],
    dry_run: bool,  # noqa: FBT001  -- click's
    record: bool | None,  # noqa: FBT001  -- click's
    **options: Unpack[Options],
) -> int:
    """Check the content in folders and files, or that of a site."""
    paths = fetched(targets, quiet=options["quiet"])
    settings = settings_of(paths, options)
    if dry_run:
        return show_requests(paths, settings)
    kept = is_kept(record, options, settings)
    audit = audited(paths, canon_of(paths, settings), settings, quiet=options["quiet"])
    code = _finish(with_past(audit, paths, settings) if options["format"] == "html" else audit, options, settings)
    if kept:
        keep(audit, paths, settings)
    return code


@click.command(short_help="Check single files before they are published.")
@click.argument("paths", nargs=-1, required=True, metavar="FILE...|-", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--stdin-filename", default="stdin.md", help="The name that the text from standard input will have.")
@shared
def check(paths: tuple[Path, ...], stdin_filename: str, **options: Unpack[Options]) -> int:
    """Check single files before they are published: one line a finding, made for hooks."""
    from messagecheck import content, pipeline

    stdin = Path("-") in paths
    if stdin and len(paths) > 1:
        raise click.UsageError("“-” stands alone: check either standard input or files")
    paths = (Path(stdin_filename),) if stdin else paths
    settings = settings_of(paths, options)
    canon = canon_of(paths, settings)
    if stdin:
        data = sys.stdin.buffer.read()
        audit = _with_baseline(pipeline.audit_bytes(data, stdin_filename, canon, settings), settings)
    elif content.find_files(paths, settings, Path(canon.path)):
        audit = audited(paths, canon, settings, quiet=options["quiet"])
    else:
        return 0  # pictures, or the positioning document alone: a hook passes whatever a commit holds
    return _finish(audit, options, settings, brief=True)


@click.command()
@TARGETS
@POSITIONING
@click.option("-o", "--output", type=click.Path(path_type=Path), help=f"Default: {BASELINE_NAME} by messagecheck.toml.")
def baseline(targets: tuple[str, ...], positioning: Path | None, output: Path | None) -> int:
    """Accept today's findings, so that only new ones fail."""
    paths = last_fetched(targets)
    settings = settings_of(paths, {**UNCHOSEN, "positioning": positioning})
    audit = _audited_anew(paths, canon_of(paths, settings), settings)
    target = output or _baseline_path(settings)
    write(target, render_baseline(audit.findings))
    click.echo(f"{target}: {len(audit.findings)} findings accepted")
    return NOT_ALL_CHECKED if audit.unread else 0


@click.command(short_help="Scan the demo company and print the report.")
def demo() -> int:
    """Scan the demo company that comes with messagecheck, print the report and write it as HTML."""
    from messagecheck import places
    from messagecheck.positioning import load_canon
    from messagecheck.reports import REPORTS

    folder = places.demo()
    settings = Settings(root=folder, fail_on=FailOn.NEVER)
    canon = replace(load_canon(folder / "positioning.md"), path="positioning.md")
    audit = _audited_anew([folder / "content"], canon, settings)
    _finish(audit, UNCHOSEN, settings)
    page = Path(mkdtemp(prefix="messagecheck-")) / "demo.html"
    write(page, REPORTS["html"](audit))
    click.echo(f"The demo company's files lie in {folder}")
    click.echo(f"The same report to look at lies in {page}")
    return 0


def audited(paths: Sequence[Path], canon: Canon, settings: Settings, *, quiet: bool) -> Audit:
    """The audit of these paths without what the baseline accepts, with progress on a terminal."""
    return _with_baseline(_audited_anew(paths, canon, settings, quiet=quiet), settings)


def _audited_anew(paths: Sequence[Path], canon: Canon, settings: Settings, *, quiet: bool = False) -> Audit:
    from messagecheck import pipeline

    watched = sys.stderr.isatty() and not quiet
    try:
        return pipeline.audit(paths, canon, settings, progress=_show if watched else None)
    finally:
        if watched:
            click.echo("\r\x1b[K", nl=False, err=True)


def _show(phase: str, done: int, total: int) -> None:
    click.echo(f"\r\x1b[K{phase} {done}/{total}", nl=False, err=True)


def _with_baseline(audit: Audit, settings: Settings) -> Audit:
    path = _baseline_path(settings)
    if settings.baseline is None and not path.exists():
        return audit
    return without_accepted(audit, load_baseline(path))


def _baseline_path(settings: Settings) -> Path:
    return settings.baseline or settings.root / BASELINE_NAME


def _finish(audit: Audit, options: Options, settings: Settings, *, brief: bool = False) -> int:
    """Prints or writes the report; the exit code tells what was found."""
    report = _rendered(audit, options, brief=brief)
    if options["output"]:
        write(options["output"], report)
    elif not options["quiet"] or audit.findings or audit.unread or options["format"] != "text":
        click.echo(report, nl=False)
    if any(at_or_above(finding.severity, settings.fail_on) for finding in audit.findings):
        return FOUND
    return NOT_ALL_CHECKED if audit.unread else 0


def _rendered(audit: Audit, options: Options, *, brief: bool) -> str:
    from messagecheck.reports import REPORTS, text

    if options["format"] != "text":
        return REPORTS[options["format"]](audit)
    if brief:
        return text.brief(audit)
    if sys.stdout.isatty() and not options["output"]:
        return text.render(audit, lambda part, style: PAINTS[style](part))
    return text.render(audit)
