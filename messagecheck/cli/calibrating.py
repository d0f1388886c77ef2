"""calibrate: what the scores of a judge of the user's own mean."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from messagecheck.errors import SettingsError
from messagecheck.settings import CALIBRATION, FILE_NAME, load_settings


@click.command(short_help="Fit the calibration of a judge of your own.")
@click.argument("companies", nargs=-1, required=True, metavar="COMPANY...", type=click.Path(path_type=Path))
def calibrate(companies: tuple[Path, ...]) -> int:
    """Fit the calibration of the cross-encoder that models.judge names, on labelled companies.

    COMPANY is a folder with positioning.md, content, gold.jsonl and touchpoints.jsonl. The calibration is written to
    models.judge_calibration, by default .messagecheck/judge-calibration.json beside messagecheck.toml.
    """
    from messagecheck import own_model, pipeline
    from messagecheck.training.companies import load_company
    from messagecheck.training.own_judge import labelled_odds

    settings = load_settings(Path())
    named = settings.models.judge
    if named is None or named == pipeline.RULES:
        raise SettingsError(f"no judge of yours to calibrate; name its folder or id as models.judge in {FILE_NAME}")
    score = own_model.load_score(named)
    by_rules = replace(settings, models=replace(settings.models, judge=pipeline.RULES), second_opinion=None)
    encode = pipeline.load_models(by_rules).encode
    rows = [row for company in companies for row in labelled_odds(load_company(company), encode, score)]
    fitted = own_model.calibrate([odds for odds, _ in rows], [conflict for _, conflict in rows], named)
    path = settings.models.judge_calibration or settings.root / CALIBRATION
    own_model.write_calibration(fitted, path)
    click.echo(f"{path}: fitted on {len(rows)} sentences, {sum(conflict for _, conflict in rows)} of them conflicts")
    click.echo(f"It warns from a probability of {fitted.speaks_from:g} on; errors begin at {fitted.error_from:g}.")
    return 0
