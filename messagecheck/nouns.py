"""Every data type of the program on one page. Values only: frozen, slotted, tuples inside; imports nothing of ours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Encode = Callable[[Sequence[str]], NDArray[np.float32]]
    """Texts → unit vectors, shape (len(texts), dimensions); an empty matrix for no text."""


class Kind(StrEnum):
    """What a message of the positioning document is about."""

    CATEGORY = "category"
    AUDIENCE = "audience"
    VALUE = "value"
    DIFFERENTIATOR = "differentiator"
    FACT = "fact"
    PRICING = "pricing"
    BOUNDARY = "boundary"
    OTHER = "other"


class Polarity(StrEnum):
    STATES = "states"
    EXCLUDES = "excludes"


class Role(StrEnum):
    """What a block is for in its touchpoint."""

    TITLE = "title"
    HERO = "hero"
    HEADING = "heading"
    BODY = "body"
    BULLET = "bullet"
    CELL = "cell"
    CTA = "cta"
    NAV = "nav"
    FOOTER = "footer"
    TESTIMONIAL = "testimonial"
    ATTRIBUTION = "attribution"
    FAQ = "faq"
    PRICING = "pricing"
    META = "meta"
    ALT = "alt"
    FORM = "form"
    LEGAL = "legal"
    COOKIE = "cookie"
    NOTES = "notes"
    COMMENT = "comment"
    CODE = "code"
    TURN = "turn"
    QUOTED_REPLY = "quoted-reply"
    SIGNATURE = "signature"


class Speaker(StrEnum):
    """Whose voice a block is in. UNKNOWN where nothing tells: it is said, never guessed."""

    US = "us"
    THEM = "them"
    UNKNOWN = "unknown"


class Mode(StrEnum):
    """How a sentence is meant."""

    ASSERTS = "asserts"
    DENIES = "denies"
    ASKS = "asks"
    QUOTES = "quotes"
    SUPPOSES = "supposes"
    RECALLS = "recalls"


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Tier(StrEnum):
    ON_MESSAGE = "on-message"
    DRIFTING = "drifting"
    OFF_MESSAGE = "off-message"


class Coverage(StrEnum):
    """How a touchpoint stands to one message."""

    EXPRESSED = "expressed"
    WEAK = "weak"
    MISSING = "missing"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class Location:
    """A place that a reader can go to. Lines, columns, pages, slides and paragraphs count from 1; `path` is relative,
    with `/`.

    `timestamp` is "h:mm:ss" as the reader of a call sees it; `heading` is the path of headings above the text,
    outermost first.
    """

    path: str
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    page: int | None = None
    slide: int | None = None
    shape: str | None = None
    notes: bool = False
    paragraph: int | None = None
    timestamp: str | None = None
    speaker: str | None = None
    heading: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Anchor:
    """From character `start` of a block's text on, characters stand at this line and column of the file, one by one."""

    start: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, bullet, heading, cell or turn: `text` has its white space folded to single spaces and is never
    empty.

    `anchors` (ascending, the first at 0) lead from characters to lines in text formats; `context` is what gives a
    fragment its meaning and is not in `heading`: a cell's row and column header ("Starter | Storage"). `reason` names
    the rule that gave the role.
    """

    text: str
    at: Location
    role: Role = Role.BODY
    speaker: Speaker = Speaker.US
    context: str = ""
    anchors: tuple[Anchor, ...] = ()
    attributed_to: str | None = None
    hidden: bool = False
    reason: str = ""

    def place(self, start: int, end: int) -> Location:
        """Where characters `start` to `end` (exclusive) stand; the block's own place where the format has no lines."""
        if not self.anchors:
            return self.at
        line, column = self._position(start)
        end_line, end_column = self._position(max(start, end - 1))
        return replace(self.at, line=line, column=column, end_line=end_line, end_column=end_column + 1)

    def _position(self, offset: int) -> tuple[int, int]:
        anchor = max((a for a in self.anchors if a.start <= offset), key=lambda a: a.start, default=self.anchors[0])
        return anchor.line, anchor.column + offset - anchor.start


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """One file that a buyer meets. `kind` is website, deck, case-study, proposal, email, call, blog … (the folder's
    name decides). `unread` are parts of it that can't be read: a scanned page, a broken shape. `url` is where a crawl
    fetched it from."""

    path: str
    kind: str
    title: str
    blocks: tuple[Block, ...]
    unread: tuple[Unread, ...] = ()
    url: str | None = None

    @property
    def words(self) -> int:
        return sum(len(block.text.split()) for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Message:
    """One canonical statement. `supports` is the id of the value proposition that a proof belongs to; `section` its
    heading as written."""

    id: str
    kind: Kind
    text: str
    line: int | None
    polarity: Polarity = Polarity.STATES
    supports: str | None = None
    section: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    use: str
    avoid: tuple[str, ...]
    note: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something of the positioning document that was read but not understood."""

    line: int | None
    text: str


Required = tuple[tuple[str, tuple[str, ...]], ...]
"""Ids of the value propositions that a touchpoint must express, by its kind; the kind "" stands for every other."""


@dataclass(frozen=True, slots=True)
class Canon:
    """The positioning document, read. `meta` holds the front matter's free keys as text, `wording` every block of the
    document as `prose.fold_wording` writes it: whoever repeats it word for word can't be off message."""

    path: str
    name: str
    aliases: tuple[str, ...]
    version: str | None
    messages: tuple[Message, ...]
    terms: tuple[Term, ...]
    competitors: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()
    wording: frozenset[str] = frozenset()
    required: Required = ()

    @property
    def values(self) -> tuple[Message, ...]:
        return tuple(message for message in self.messages if message.kind is Kind.VALUE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement: `text` is `block.text[start:start + len(text)]`. `context` is what a reader has just read or heard
    (header, previous turn)."""

    text: str
    start: int
    block: Block
    mode: Mode = Mode.ASSERTS
    context: str = ""

    @property
    def at(self) -> Location:
        return self.block.place(self.start, self.start + len(self.text))


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
class Unread:
    path: str
    reason: str


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


@dataclass(frozen=True, slots=True)
class Example:
    """A rule's documentation and its test: a positioning document's lines, a statement, and whether the rule speaks."""

    canon: str
    text: str
    speaks: bool
    context: str = ""
