"""evaluate: precision and recall on labelled companies."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from messagecheck.cli.options import write


@click.command()
@click.argument("companies", nargs=-1, required=True, metavar="COMPANY...", type=click.Path(path_type=Path))
@click.option("--errors", type=click.IntRange(min=0), default=0, help="List up to so many misses and false alarms.")
@click.option("--json", "output", type=click.Path(path_type=Path), help="Write the totals to this file.")
def evaluate(companies: tuple[Path, ...], errors: int, output: Path | None) -> int:
    """Scan labelled companies and print precision and recall.

    COMPANY is a folder with positioning.md, content, gold.jsonl and touchpoints.jsonl.
    """
    from messagecheck import pipeline
    from messagecheck.positioning import load_canon
    from messagecheck.settings import Settings
    from messagecheck.training import companies as labelled
    from messagecheck.training import evaluate as scoring
    from messagecheck.training import figures

    settings = Settings()
    models = pipeline.load_models(settings)
    tallies = []
    for company in companies:
        gold = labelled.load_company(company)
        with TemporaryDirectory(prefix="messagecheck-") as folder:
            labelled.build(company, Path(folder))
            audit = pipeline.audit([Path(folder)], load_canon(company / "positioning.md"), settings, models=models)
        tallies.append(scoring.score(gold, audit))
        click.echo(figures.row(company.name, tallies[-1]))
    click.echo(figures.table(figures.added(tallies), errors))
    if output:
        write(output, figures.as_json(figures.added(tallies)))
    return 0
