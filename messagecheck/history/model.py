"""What is kept of a scan and what is told of many: values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class By(StrEnum):
    """What one line of a drift report stands for."""

    TOUCHPOINT = "touchpoint"
    KIND = "kind"
    FOLDER = "folder"
    OWNER = "owner"


class State(StrEnum):
    """A finding of the newest run against an earlier one. UNCHECKED: its touchpoint could not be read this time."""

    NEW = "new"
    BACK = "back"
    OPEN = "open"
    RESOLVED = "resolved"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Series:
    """Runs that can be compared: one product's, over the same paths. `scope` is those paths beside the settings."""

    product: str
    scope: str

    def __str__(self) -> str:
        return f"{self.product}, {self.scope}"


@dataclass(frozen=True, slots=True)
class Occasion:
    """What an audit doesn't know of itself: when it was, over which paths, of which document and git revision."""

    at: datetime
    scope: str
    canon_digest: str
    revision: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One kept scan. Ids grow in the order of recording; `unread` are paths that could not be checked."""

    id: int
    at: datetime
    series: Series
    canon_version: str | None
    canon_digest: str
    models: tuple[tuple[str, str], ...]
    revision: str | None
    tool: str
    statements: int
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Consecutive runs that one point of a trend stands for; `at` is when the last of them was."""

    first: int
    last: int
    runs: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Point:
    """A touchpoint, or the mean of a group of them, in one run or on average over a span. `coverage` is the expected
    share of the required value propositions that are expressed, `emphasis` how far the stress lies from the document's
    (0 as there, 1 nothing in common); None where it was not measured. `open` counts findings, of a group all of
    them."""

    drift: float
    coverage: float | None
    emphasis: float | None
    open: float


@dataclass(frozen=True, slots=True)
class Change:
    """What a touchpoint says of a value proposition, then and now; "" where it wasn't asked for."""

    message: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Judged:
    """How sure the newest run is of a touchpoint: see Standing."""

    tier: str
    interval: tuple[float, float]
    too_short: str


@dataclass(frozen=True, slots=True)
class Trend:
    """A line of the report: a point a span, None where nothing of it was there. `kind` is that of all its
    touchpoints, "" where they differ; `judged` and `changes` are a touchpoint's, not a group's."""

    name: str
    kind: str
    points: tuple[Point | None, ...]
    now: Point | None
    before: Point | None
    judged: Judged | None = None
    changes: tuple[Change, ...] = ()

    @property
    def drifts(self) -> tuple[float | None, ...]:
        return tuple(point.drift if point else None for point in self.points)

    @property
    def rise(self) -> float | None:
        """By how much drift rose (negative: fell) since the earlier run; None where one of the two is missing."""
        return round(self.now.drift - self.before.drift, 4) if self.now and self.before else None


@dataclass(frozen=True, slots=True)
class Tracked:
    """A finding over the runs, as the last run that saw it tells it. `message` is the message's id, "" where there is
    none."""

    id: str
    state: State
    rule: str
    severity: str
    confidence: float
    path: str
    place: str
    text: str
    message: str
    explanation: str
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class DriftReport:
    """The newest of `kept` runs against an earlier one (None: there is none). `spans` are in order, the newest last;
    trends stand worst first."""

    by: By
    kept: int
    newest: Run
    since: Run | None
    spans: tuple[Span, ...]
    trends: tuple[Trend, ...]
    findings: tuple[Tracked, ...]

    @property
    def steepest(self) -> float:
        """The greatest rise of any line; 0 where none rose."""
        return max((trend.rise for trend in self.trends if trend.rise), default=0.0)

    @property
    def document_changed(self) -> bool:
        return self.since is not None and self.since.canon_digest != self.newest.canon_digest

    @property
    def models_changed(self) -> bool:
        """Then drift may differ though no file does."""
        return self.since is not None and self.since.models != self.newest.models

    def in_state(self, state: State) -> tuple[Tracked, ...]:
        return tuple(finding for finding in self.findings if finding.state is state)
