"""`python -m messagecheck.training standing`: the weights of drift and of what counts as expressed, fitted on the tiers
and the missing value propositions of labelled companies.

Companies are split whole, as for the judge: CALIBRATION fits what ships, DEVELOPMENT is only measured. The figures of
leaving a company out fit the judge's bands anew, too.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

from messagecheck import crossencoder, embedding, judge
from messagecheck.expression import Expressed, express, expression_features
from messagecheck.fusion import RELATIONS
from messagecheck.nouns import Canon, Coverage, Expression, Finding, Reading, Scale
from messagecheck.positioning import load_canon
from messagecheck.prose import is_canonical
from messagecheck.rules import conflict, term
from messagecheck.standing import Config, Measure, measure, to_drift, total
from messagecheck.training import calibration, ordinal
from messagecheck.training.calibration import CALIBRATION, DEVELOPMENT, Row
from messagecheck.training.companies import TouchpointLabel, load_company
from messagecheck.training.evaluate import TIERS
from messagecheck.training.overlap import spearman
from messagecheck.training.pairs import CONFLICT_KINDS

DIGITS = 5
STRENGTH = 0.5
"""scikit-learn's C: three features, each of which alone tells what is missing."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A company's rows before any band was put over them, and its wrong terms."""

    canon: Canon
    touchpoints: tuple[TouchpointLabel, ...]
    rows: tuple[Row, ...]
    terms: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A labelled touchpoint as the judge reads it."""

    company: str
    canon: Canon
    label: TouchpointLabel
    readings: tuple[Reading, ...]
    findings: tuple[Finding, ...]

    @property
    def tier(self) -> int:
        return TIERS[self.label.tier]


@dataclass(frozen=True, slots=True)
class Figures:
    """`rho` is Spearman's for one company; the others count missing value propositions: said, labelled, both."""

    rho: float
    said: int
    gold: int
    right: int


def main(arguments: Sequence[str]) -> int:
    options = _parse(arguments)
    companies = {name: _read(options.companies / name, options) for name in (*CALIBRATION, *DEVELOPMENT)}
    shipped = judge.read_config(options.judge)
    pages = {name: list(_pages(name, one, shipped)) for name, one in companies.items()}
    fitted = fit([page for name in CALIBRATION for page in pages[name]])
    write(fitted, options.out / "config.json")
    print(f"for docs/drift.md: {formula(fitted.scale)}")  # noqa: T201 (a command's own output)
    _show("as shipped, fitted on", [figures(pages[name], fitted) for name in CALIBRATION], CALIBRATION)
    _show("as shipped, measured only", [figures(pages[name], fitted) for name in DEVELOPMENT], DEVELOPMENT)
    _show("leaving a company out", [_left_out(name, companies) for name in companies], [*companies])
    return 0


def fit(pages: Sequence[Page]) -> Config:
    """First what counts as expressed, then the weights over the parts that follow from it."""
    expressed = _fit_expressed(pages)
    table = [{name: part.value for name, part in parts(page, expressed).items()} for page in pages]
    return Config(ordinal.fit(table, [page.tier for page in pages]), expressed)


def parts(page: Page, expressed: Expressed) -> dict[str, Measure]:
    return measure(page.readings, page.findings, page.canon, _coverage(page, expressed))


def _coverage(page: Page, expressed: Expressed) -> list[Expression]:
    """Of every value proposition: the companies' labels ask for all."""
    values = [value.id for value in page.canon.values]
    told = express(page.canon, page.readings, page.findings, values, expressed)
    return [one for one in told if one.message.id in values]


def figures(pages: Sequence[Page], config: Config) -> Figures:
    drift = [to_drift(total(parts(page, config.expressed), config.scale)) for page in pages]
    rho = spearman(drift, [float(page.tier) for page in pages])
    said = gold = right = 0
    for page in pages:
        missing = {one.message.id for one in _coverage(page, config.expressed) if one.status is Coverage.MISSING}
        said, gold = said + len(missing), gold + len(page.label.missing)
        right += len(missing & page.label.missing)
    return Figures(rho or 0.0, said, gold, right)


def formula(scale: Scale) -> str:
    """As a reader writes it: "drift = 1 − 2^−(0.07 · conflicts + …)"."""
    terms = " + ".join(f"{weight:.3f} · {name}" for name, weight in scale.weights)
    tiers = f"drifting from {scale.drifting_from:.3f}, off-message from {scale.off_message_from:.3f}"
    return f"drift = 1 − 2^−({terms}), {tiers}"


def write(config: Config, path: Path) -> None:
    model = config.expressed.model
    shape = {
        "weights": _rounded(dict(config.scale.weights)),
        "drifting_from": round(config.scale.drifting_from, DIGITS),
        "off_message_from": config.scale.off_message_from,
        "expressed": {
            "intercept": round(model.intercept, DIGITS),
            "weights": _rounded(model.weights),
            "speaks_from": round(config.expressed.speaks_from, DIGITS),
        },
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(shape, indent=1) + "\n", encoding="utf-8")


def _read(folder: Path, options: argparse.Namespace) -> Labelled:
    company = load_company(folder)
    score = crossencoder.load(options.judge, outputs=RELATIONS + len(CONFLICT_KINDS))
    rows = calibration.read_sentence_rows(company, embedding.load(options.encoder), score)
    canon = load_canon(folder / "positioning.md")
    told = [row.reading for row in rows if not is_canonical(row.reading.sentence, canon)]
    terms = tuple(finding for reading in told for finding in term.check(reading, canon))
    return Labelled(canon, company.touchpoints, tuple(rows), terms)


def _pages(name: str, company: Labelled, config: judge.Config) -> Iterator[Page]:
    labels = {label.path: label for label in company.touchpoints}
    for path, rows in groupby(company.rows, key=lambda row: row.reading.sentence.at.path):
        readings = [judge.with_verdicts(row.reading, row.judged, config) if row.judged else row.reading for row in rows]
        told = [reading for reading in readings if not is_canonical(reading.sentence, company.canon)]
        conflicts = (finding for reading in told for finding in conflict.check(reading, company.canon))
        terms = (finding for finding in company.terms if finding.at.path == path)
        yield Page(name, company.canon, labels[path], tuple(readings), (*conflicts, *terms))


def _left_out(name: str, companies: Mapping[str, Labelled]) -> Figures:
    others = {other: company for other, company in companies.items() if other != name}
    bands = calibration.fit([row for company in others.values() for row in company.rows if row.judged])
    config = judge.Config(CONFLICT_KINDS, bands.conflict, bands.aligned, bands.speaks_from, bands.error_from)
    fitted = fit([page for other, company in others.items() for page in _pages(other, company, config)])
    return figures(list(_pages(name, companies[name], config)), fitted)


def _fit_expressed(pages: Sequence[Page]) -> Expressed:
    """The threshold is the one that tells missing value propositions best (F1) on companies that were left out."""
    features, labels, groups = [], [], []
    for page in pages:
        for value in page.canon.values:
            features.append(expression_features(value, page.readings, page.canon))
            labels.append(value.id not in page.label.missing)
            groups.append(page.company)
    held_out = calibration.cross_probabilities(features, labels, groups, strength=STRENGTH)
    return Expressed(calibration.fit_logistic(features, labels, strength=STRENGTH), _best_threshold(held_out, labels))


def _best_threshold(likely: Sequence[float], expressed: Sequence[bool]) -> float:
    """Below which a value proposition is called missing; the middle of the gap, so that no row decides alone."""
    ordered = sorted(set(likely))
    gaps = [(low + high) / 2 for low, high in pairwise(ordered)]
    return max(gaps, key=lambda bar: _f1_of_missing(bar, likely, expressed))


def _f1_of_missing(bar: float, likely: Sequence[float], expressed: Sequence[bool]) -> float:
    said = [p < bar for p in likely]
    right = sum(below and not told for below, told in zip(said, expressed, strict=True))
    return 2 * right / (sum(said) + len(expressed) - sum(expressed))


def _show(title: str, found: Sequence[Figures], names: Sequence[str]) -> None:
    rho = sum(one.rho for one in found) / len(found)
    said, gold, right = (sum(getattr(one, key) for one in found) for key in ("said", "gold", "right"))
    each = ", ".join(f"{name} {one.rho:.2f}" for name, one in zip(names, found, strict=True))
    print(f"{title}: Spearman {rho:.3f} ({each}), F1 of missing {2 * right / (said + gold):.3f}")  # noqa: T201


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    return {name: round(weight, DIGITS) for name, weight in weights.items()}


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m messagecheck.training standing", description=__doc__)
    parser.add_argument("--judge", type=Path, default=Path("models/judge"))
    parser.add_argument("--encoder", type=Path, default=Path("models/gate"))
    parser.add_argument("--companies", type=Path, default=Path("corpora/companies"))
    parser.add_argument("--out", type=Path, default=Path("models/standing"))
    return parser.parse_args(arguments)
