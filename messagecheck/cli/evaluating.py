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

    COMPANY is a folder with positioning.md, content, gold.jsonl and touchpoints.jsonl. The models are those of the
    messagecheck.toml where you are, if there is one.
    """
    from messagecheck import pipeline
    from messagecheck.positioning import load_canon
    from messagecheck.settings import Settings, load_settings
    from messagecheck.training import companies as labelled
    from messagecheck.training import evaluate as scoring
    from messagecheck.training import figures

    golds = [labelled.load_company(company) for company in companies]
    settings = Settings(models=load_settings(Path()).models)
    models = pipeline.load_models(settings)
    tallies = []
    for gold in golds:
        with TemporaryDirectory(prefix="messagecheck-") as folder:
            labelled.build(gold.folder, Path(folder))
            canon = load_canon(gold.folder / "positioning.md")
            tallies.append(scoring.score(gold, pipeline.audit([Path(folder)], canon, settings, models=models)))
        click.echo(figures.row(gold.folder.name, tallies[-1]))
    click.echo(figures.table(figures.added(tallies), errors))
    if output:
        write(output, figures.as_json(figures.added(tallies)))
    return 0
