"""scan --dry-run: what the second opinion would be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from messagecheck.cli.options import canon_of
from messagecheck.errors import SettingsError
from messagecheck.settings import FILE_NAME, Settings


def show_requests(paths: Sequence[Path], settings: Settings) -> int:
    """Scans with the judge alone and prints the requests that would follow. Raises SettingsError where none can."""
    from messagecheck import pipeline, second_opinion

    if settings.second_opinion is None:
        raise SettingsError(f"--dry-run shows what a second opinion is asked; {FILE_NAME} has no [second_opinion]")
    canon = canon_of(paths, settings)
    models = pipeline.load_models(replace(settings, second_opinion=None))
    judge = second_opinion.telling(models.judge, settings.second_opinion, partial(click.echo, nl=False))
    pipeline.audit(paths, canon, settings, models=replace(models, judge=judge))
    return 0
