"""What a scan makes of content: readings, findings, standings, an audit."""

from __future__ import annotations

from dataclasses import dataclass

from messagecheck.nouns.canon import Canon, Message
from messagecheck.nouns.content import Location, Sentence, Touchpoint, Unread
from messagecheck.nouns.kinds import Coverage, Severity, Tier


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a sentence stands to one message: probabilities in 0..1, the conflict's kind and what disagrees, in words.

    `band` is how seriously a finding is to be taken; None where the conflict is too unlikely to be shown.
    """

    conflict: float
    aligned: float
    kind: str = ""
    why: str = ""
    band: Severity | None = None


@dataclass(frozen=True, slots=True)
class Match:
    message: Message
    similarity: float
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with its candidate messages, nearest first."""

    sentence: Sentence
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """`text` is the quoted statement and `at` its place; `message` or `other` (a second place) is what it disagrees
    with."""

    rule: str
    severity: Severity
    confidence: float
    at: Location
    text: str
    explanation: str
    context: str = ""
    message: Message | None = None
    other: Sentence | None = None
    term: str | None = None
    suggestion: str | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    text: str
    at: Location
    similarity: float


@dataclass(frozen=True, slots=True)
class Expression:
    """Whether a touchpoint expresses one message, how likely that is, and where."""

    message: Message
    status: Coverage
    evidence: tuple[Evidence, ...] = ()
    probability: float = 0.0


@dataclass(frozen=True, slots=True)
class Standing:
    """A touchpoint's drift (0 says what the document says, 1 does not), its tier and its parts.

    `interval` holds the drift nine times in ten; `too_short` says why the tier is a guess, "" where it is none.
    `past` is the drift in earlier scans that were kept, oldest first; None where one did not read the touchpoint.
    """

    touchpoint: Touchpoint
    drift: float
    tier: Tier
    emphasis: tuple[tuple[str, float], ...]
    coverage: tuple[Expression, ...]
    parts: tuple[tuple[str, float], ...] = ()
    interval: tuple[float, float] = (0.0, 1.0)
    too_short: str = ""
    past: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Scale:
    """How drift is made of a standing's parts: 1 − 2^−Σ weight · part. The other two tiers begin at these drifts."""

    weights: tuple[tuple[str, float], ...]
    drifting_from: float
    off_message_from: float


@dataclass(frozen=True, slots=True)
class Audit:
    """What one scan found. `models` are (part, "name@sha256:…") pairs; `accepted` are findings that the baseline
    hides."""

    canon: Canon
    standings: tuple[Standing, ...]
    findings: tuple[Finding, ...]
    unread: tuple[Unread, ...]
    statements: int
    models: tuple[tuple[str, str], ...] = ()
    accepted: tuple[Finding, ...] = ()
    scale: Scale | None = None
