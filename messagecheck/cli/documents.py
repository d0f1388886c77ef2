"""init: settings and a positioning document to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from messagecheck.cli.templates import POSITIONING, SETTINGS
from messagecheck.errors import SettingsError


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
