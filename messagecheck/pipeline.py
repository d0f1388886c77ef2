"""The whole program on one screen: content and canon in, an audit out."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from messagecheck import content, crawled, matching, places, repeats, standing
from messagecheck.errors import LoadError, MessagecheckError, SettingsError
from messagecheck.judging import Judge, judge_by_rules
from messagecheck.nouns import Audit, Canon, Finding, Reading, Sentence, Severity, Standing, Touchpoint, Unread
from messagecheck.older import recall
from messagecheck.prose import is_canonical, read_sentences
from messagecheck.requirements import complaint, required_of
from messagecheck.revisions import older_versions
from messagecheck.rules import DOCUMENT_RULES, FOLDER_RULES, OFF, SENTENCE_RULES
from messagecheck.settings import CALIBRATION, FILE_NAME, SecondOpinion, Settings

if TYPE_CHECKING:
    from messagecheck.crossencoder import Score
    from messagecheck.nouns import Encode

Progress = Callable[[str, int, int], None]
"""phase, done, total"""
RULES = "rules"
"""The setting of `models.judge` that leaves the trained judge out."""


@dataclass(frozen=True, slots=True)
class Models:
    """What judges: functions, so that a test can pass three lines. `names` are (part, "name@sha256:…") pairs."""

    encode: Encode
    judge: Judge = judge_by_rules
    names: tuple[tuple[str, str], ...] = ()


def load_models(settings: Settings) -> Models:
    """The models that the settings name, else those that messagecheck ships."""
    from messagecheck import embedding

    judge, name = _load_judge(settings)
    names = (("encoder", embedding.fingerprint(_gate(settings))), ("judge", name))
    models = Models(load_encoder(settings), judge, names)
    return _with_second_opinion(models, settings.second_opinion) if settings.second_opinion else models


def load_encoder(settings: Settings) -> Encode:
    from messagecheck import embedding

    return embedding.load(_gate(settings), threads=settings.jobs)


def _gate(settings: Settings) -> Path | str:
    return settings.models.encoder or places.model("gate")


def _load_judge(settings: Settings) -> tuple[Judge, str]:
    if settings.models.judge == RULES:
        return judge_by_rules, RULES
    from messagecheck import embedding, judge, own_model

    named = settings.models.judge
    if named and not embedding.is_ours(Path(named)):
        calibration = own_model.read_calibration(settings.models.judge_calibration or settings.root / CALIBRATION)
        return own_model.load(named, calibration), embedding.fingerprint(named)
    folder = Path(named) if named else places.model("judge")
    name = embedding.fingerprint(folder)
    return judge.load(folder, threads=settings.jobs, around=_cache(settings, name)), name


def _cache(settings: Settings, model: str) -> Callable[[Score], Score] | None:
    if settings.cache is None:
        return None
    from messagecheck import verdict_cache

    warn = logging.getLogger(__package__).warning
    return partial(verdict_cache.remember, folder=settings.cache, model=model, warn=warn)


def _with_second_opinion(models: Models, config: SecondOpinion) -> Models:
    from messagecheck import second_opinion

    judge = second_opinion.load(models.judge, config, os.environ, logging.getLogger(__package__).warning)
    return replace(models, judge=judge, names=(*models.names, ("second_opinion", second_opinion.fingerprint(config))))


def audit(
    paths: Sequence[Path],
    canon: Canon,
    settings: Settings,
    *,
    models: Models | None = None,
    progress: Progress | None = None,
) -> Audit:
    """Reads every touchpoint at `paths` and compares it with the canon. Raises MessagecheckError if nothing there can
    be read."""
    report = progress or _silent
    read = _read_content(paths, canon, settings, report)
    return _judge(read, canon, settings, models or load_models(settings), report)


def read_statements(
    paths: Sequence[Path], canon: Canon, settings: Settings, *, models: Models | None = None
) -> tuple[list[Reading], tuple[Unread, ...]]:
    """Every sentence at `paths` with its verdicts, and what could not be read. Raises MessagecheckError."""
    touchpoints, unread = _parted(_read_content(paths, canon, settings, _silent))
    return _judged(touchpoints, canon, settings, models or load_models(settings), _silent), unread


def _read_content(
    paths: Sequence[Path], canon: Canon, settings: Settings, report: Progress
) -> list[Touchpoint | Unread]:
    """Every touchpoint at `paths`, or why it can't be read. Raises MessagecheckError if nothing there can be read."""
    files = content.find_files(paths, settings, Path(canon.path))
    read = [
        _told(item, report, number, len(files))
        for number, item in enumerate(content.read_touchpoints(files, canon, settings), 1)
    ]
    if not any(isinstance(item, Touchpoint) for item in read):
        raise MessagecheckError(_nothing_read(paths, read))
    return crawled.with_urls(read, files, paths)


def audit_bytes(data: bytes, name: str, canon: Canon, settings: Settings, *, models: Models | None = None) -> Audit:
    """The same for one text that is no file (standard input), under the name that it will have."""
    try:
        touchpoints = [content.make_touchpoint(data, name, canon, settings)]
    except LoadError as error:
        return Audit(canon, (), (), (Unread(name, str(error).removeprefix(f"{name}: ")),), 0)
    return _judge(touchpoints, canon, settings, models or load_models(settings), _silent)


def _judge(
    read: Sequence[Touchpoint | Unread], canon: Canon, settings: Settings, models: Models, report: Progress
) -> Audit:
    _refuse_unknown_values(canon, settings)
    touchpoints, unread = _parted(read)
    readings = _judged(touchpoints, canon, settings, models, report)
    told: dict[str, list[Reading]] = {touchpoint.path: [] for touchpoint in touchpoints}
    for reading in readings:
        told[reading.sentence.block.at.path].append(reading)
    standings, findings = [], []
    across = named(_wanted((f for rule in FOLDER_RULES for f in rule(readings, canon, models.encode)), settings))
    for touchpoint in touchpoints:
        stands, found = check(touchpoint, told[touchpoint.path], canon, settings)
        standings.append(stands)
        findings += sorted([*found, *(f for f in across if f.at.path == touchpoint.path)], key=_order)
    scale = standing.load_config().scale
    merged = tuple(repeats.merge(findings, readings))
    return Audit(canon, tuple(standings), merged, unread, len(readings), models.names, scale=scale)


def _parted(read: Sequence[Touchpoint | Unread]) -> tuple[list[Touchpoint], tuple[Unread, ...]]:
    """What could be read, and what could not, parts of touchpoints among it."""
    unread = tuple(part for item in read for part in (item.unread if isinstance(item, Touchpoint) else (item,)))
    return [item for item in read if isinstance(item, Touchpoint)], unread


def _judged(
    touchpoints: Sequence[Touchpoint], canon: Canon, settings: Settings, models: Models, report: Progress
) -> list[Reading]:
    """Every sentence with its verdicts; those of a conflict tell in which older version of the canon it was true."""
    sentences = [sentence for touchpoint in touchpoints for sentence in read_sentences(touchpoint.blocks)]
    report("judging", 0, len(sentences))
    readings = _read(sentences, canon, models)
    older = older_versions(Path(canon.path), settings.versions)
    recalled = recall(readings, canon, older, partial(_read, models=models))
    report("judging", len(sentences), len(sentences))
    return recalled


def _read(sentences: Sequence[Sentence], canon: Canon, models: Models) -> list[Reading]:
    return models.judge(matching.match(sentences, canon, models.encode), canon)


def check(
    touchpoint: Touchpoint, readings: Sequence[Reading], canon: Canon, settings: Settings
) -> tuple[Standing, list[Finding]]:
    """One touchpoint's standing and its findings in reading order; no other touchpoint has a say in it."""
    told = [reading for reading in readings if not is_canonical(reading.sentence, canon)]
    found = [finding for rule in SENTENCE_RULES for reading in told for finding in rule(reading, canon)]
    required = required_of(touchpoint.kind, canon, settings.required)
    stands = standing.weigh(touchpoint, readings, found, canon, required)
    found += [finding for rule in DOCUMENT_RULES for finding in rule(stands, canon)]
    return stands, sorted(named(_wanted(found, settings)), key=_order)


def named(findings: Iterable[Finding]) -> list[Finding]:
    """Findings with their ids: a hash of rule, path, message and folded text, so that it stays when lines move."""
    seen: dict[str, int] = {}
    out = []
    for finding in findings:
        about = finding.message.id if finding.message else finding.term or ""
        key = "\0".join((finding.rule, finding.at.path, about, " ".join(finding.text.casefold().split())))
        seen[key] = seen.get(key, 0) + 1
        digest = hashlib.sha256(f"{key}\0{seen[key]}".encode()).hexdigest()
        out.append(replace(finding, id=f"mc-{digest[:12]}"))
    return out


def _wanted(findings: Iterable[Finding], settings: Settings) -> list[Finding]:
    return [
        f
        for f in findings
        if f.confidence >= settings.min_confidence
        and _is_selected(f.rule, settings)
        and not _named_by(f.rule, settings.ignore)
    ]


def _is_selected(rule: str, settings: Settings) -> bool:
    usual = _named_by(rule, settings.select) if settings.select else rule not in OFF
    return usual or _named_by(rule, settings.extend_select)


def _named_by(rule: str, names: Sequence[str]) -> bool:
    """`conflict` names all of its rules."""
    return any(rule == name or rule.startswith(f"{name.rstrip('/*')}/") for name in names)


def _order(finding: Finding) -> tuple[bool, int, int, int, int, str, str]:
    at = finding.at
    return (finding.severity is Severity.INFO, at.page or at.slide or 0, at.line or at.paragraph or 0, at.column or 0,
            len(at.timestamp or ""), at.timestamp or "", finding.id)  # fmt: skip


def _refuse_unknown_values(canon: Canon, settings: Settings) -> None:
    if wrong := complaint(settings.required, (value.id for value in canon.values)):
        raise SettingsError(f"{settings.root / FILE_NAME}: {wrong}")


def _told(item: Touchpoint | Unread, report: Progress, done: int, total: int) -> Touchpoint | Unread:
    report("reading", done, total)
    return item


def _nothing_read(paths: Sequence[Path], read: Sequence[Touchpoint | Unread]) -> str:
    where = ", ".join(map(str, paths))
    if not read:
        return f"{where}: holds no file that messagecheck reads (html, md, docx, pptx, pdf, eml, transcripts)"
    first = next(item for item in read if isinstance(item, Unread))
    return f"{where}: nothing could be read; the first of {len(read)}: {first.path}: {first.reason}"


def _silent(phase: str, done: int, total: int) -> None:
    """Nobody is watching."""
