"""Floors under what ships, on companies that nothing was trained or calibrated on. They are only ever raised."""

from pathlib import Path

import pytest

from messagecheck import pipeline
from messagecheck.positioning import load_canon
from messagecheck.settings import Settings
from messagecheck.training.calibration import CALIBRATION, DEVELOPMENT
from messagecheck.training.companies import build, load_company
from messagecheck.training.evaluate import score
from messagecheck.training.figures import added, totals

COMPANIES = Path("corpora/companies")
FLOORS = {
    "conflict_f1": 0.36, "conflict_precision": 0.60, "term_f1": 0.80, "place_right": 0.95, "aligned_recall": 0.60,
    "missing_f1": 0.62, "drift_spearman": 0.72,
}  # fmt: skip


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    models = pipeline.load_models(Settings())
    tallies = []
    for name in DEVELOPMENT:
        folder, built = COMPANIES / name, tmp_path_factory.mktemp(name)
        build(folder, built)
        audit = pipeline.audit([built], load_canon(folder / "positioning.md"), Settings(), models=models)
        assert audit.unread == ()
        tallies.append(score(load_company(folder), audit))
    return totals(added(tallies))


@pytest.mark.parametrize(("figure", "floor"), FLOORS.items())
def test_no_figure_falls_below_its_floor(figures: dict[str, float], figure: str, floor: float):
    assert figures[figure] >= floor


def test_no_company_is_both_calibrated_and_measured_on():
    assert not set(CALIBRATION) & set(DEVELOPMENT)
