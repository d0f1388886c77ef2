"""Keeping scans, and the history command: what is kept, and forgetting it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import click

from messagecheck.cli.options import Options
from messagecheck.display import counted, moment, visible
from messagecheck.errors import HistoryError
from messagecheck.settings import Settings, load_settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from messagecheck.history.model import Run
    from messagecheck.nouns import Audit


def is_kept(record: bool | None, options: Options, settings: Settings) -> bool:  # noqa: FBT001  -- click's
    """Whether this scan is recorded. What the command line leaves out would look resolved, so that is never kept."""
    narrowed = bool(options["select"] or options["extend_select"] or options["ignore"] or options["min_confidence"])
    if record and narrowed:
        raise click.UsageError("--record keeps whole scans; choose rules and confidence in messagecheck.toml instead")
    return settings.history.record and not narrowed if record is None else record


def keep(audit: Audit, paths: Sequence[Path], settings: Settings) -> None:
    """Raises HistoryError."""
    from messagecheck.history.model import Occasion
    from messagecheck.history.recording import record
    from messagecheck.history.store import open_store

    occasion = Occasion(
        datetime.now(UTC),
        scope_of(paths, settings.root),
        sha256(Path(audit.canon.path).read_bytes()).hexdigest(),
        git_revision(settings.root),
    )
    record(open_store(settings.history.database, settings.root), audit, occasion)


def with_past(audit: Audit, paths: Sequence[Path], settings: Settings) -> Audit:
    """The audit with the drift that kept scans saw; itself where none is kept. Raises HistoryError."""
    from messagecheck.history.comparing import past_drifts
    from messagecheck.history.model import Series
    from messagecheck.history.recording import storable
    from messagecheck.history.store import has_store, open_store

    if not has_store(settings.history.database, settings.root):
        return audit
    store = open_store(settings.history.database, settings.root)
    past = past_drifts(store, Series(storable(audit.canon.name), storable(scope_of(paths, settings.root))))
    standings = (replace(one, past=past.get(storable(one.touchpoint.path), ())) for one in audit.standings)
    return replace(audit, standings=tuple(standings))


def scope_of(paths: Sequence[Path], root: Path) -> str:
    """The paths as the history names them: beside the settings, so that a colleague's checkout has the same."""
    return ", ".join(sorted(Path(os.path.relpath(path.resolve(), root.resolve())).as_posix() for path in paths))


def git_revision(folder: Path) -> str | None:
    """The commit that is checked out; None outside of git."""
    try:
        done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def opened(settings: Settings) -> Engine:
    """The store with what was kept; HistoryError where there is none."""
    from messagecheck.history.store import has_store, open_store

    if not has_store(settings.history.database, settings.root):
        raise HistoryError(f"{settings.root}: no run is kept; keep one with messagecheck scan PATH --record")
    return open_store(settings.history.database, settings.root)


def moment_of(text: str) -> datetime:
    """A date or a time, in UTC where no zone is named."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.UsageError(f"{text!r} is no date; write one like 2026-03-31") from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


@click.group()
def history() -> None:
    """List the scans that are kept, or forget old ones."""


HERE = click.argument("path", required=False, default=Path(), type=click.Path(path_type=Path))


@history.command("list")
@HERE
def list_(path: Path) -> int:
    """Print a line for each run that is kept, oldest first. PATH leads to the settings; default: here."""
    from messagecheck.history.reading import read_runs
    from messagecheck.history.store import reading

    with reading(opened(load_settings(path))) as connection:
        runs = read_runs(connection)
    for run in runs:
        click.echo(_line(run))
    click.echo(counted(len(runs), "run"))
    return 0


@history.command()
@HERE
@click.option("--keep", "kept", type=click.IntRange(min=0), help="Keep so many of the newest runs of each history.")
@click.option("--before", metavar="DATE", help="Forget only what is older.")
def prune(path: Path, kept: int | None, before: str | None) -> int:
    """Forget old runs, and findings that no kept run saw.

    With both options a run goes only if it is older than DATE and not among the newest.
    """
    from messagecheck.history import pruning

    if kept is None and before is None:
        raise click.UsageError("say what goes: --keep N, --before DATE or both")
    limit = moment_of(before) if before else None
    removed = pruning.prune(opened(load_settings(path)), keep=kept or 0, before=limit)
    click.echo(f"{counted(removed, 'run')} forgotten")
    return 0


def _line(run: Run) -> str:
    parts = (
        f"{run.id:5}  {moment(run.at)}  {visible(str(run.series))}",
        f"version {visible(run.canon_version)}" if run.canon_version else "",
        f"commit {run.revision[:12]}" if run.revision else "",
        f"{counted(len(run.unread), 'file')} not checked" if run.unread else "",
    )
    return "  ".join(part for part in parts if part)
