"""Audits by hand, so that a report's bytes depend on nothing else."""

from __future__ import annotations

from dataclasses import replace

from messagecheck.nouns import (
    Anchor,
    Audit,
    Block,
    Canon,
    Coverage,
    Evidence,
    Expression,
    Finding,
    Kind,
    Location,
    Message,
    Polarity,
    Role,
    Sentence,
    Severity,
    Standing,
    Term,
    Tier,
    Touchpoint,
    Unread,
)

FAST = Message("fast-close", Kind.VALUE, "Close the books in three days", 21)
PRICE = Message("price-starter", Kind.PRICING, "Starter: $49 per user per month", 44)
NO_TAX = Message("no-tax", Kind.BOUNDARY, "No tax advice", 52, Polarity.EXCLUDES)
CANON = Canon(
    "positioning.md",
    "Tidewell",
    ("TW",),
    "2026.3",
    (FAST, PRICE, NO_TAX),
    (Term("workspace", ("project",), "", 60),),
    (),
)
DECK = Touchpoint(
    "decks/pitch.pptx", "deck", "Pitch", (Block("Starter is $39 per user", Location("decks/pitch.pptx")),)
)
PAGE = Touchpoint("website/index.html", "website", "Home", (Block("We close fast", Location("website/index.html")),))
SLIDE = Location("decks/pitch.pptx", slide=4, shape="Content 2", heading=("Plans",))
LINE = Location("website/index.html", line=12, column=5, end_line=12, end_column=30)
TURN = Location("calls/demo.vtt", line=40, column=1, timestamp="0:04:10", speaker="Ana Ruiz")

CONFLICT = Finding(
    "conflict/pricing",
    Severity.ERROR,
    0.941234567,
    SLIDE,
    "Starter is $39 per user",
    "says $39 per user, the document says $49 per user",
    context="Plans",
    message=PRICE,
    suggestion=PRICE.text,
    id="mc-0123456789ab",
)
WRONG_WORD = Finding(
    "term/avoid",
    Severity.WARNING,
    0.9,
    LINE,
    "Open a project in a minute",
    "says “project”; the document's word is “workspace”",
    term="project",
    suggestion="workspace",
    id="mc-aaaaaaaaaaaa",
)
CROSS = Finding(
    "cross/conflict",
    Severity.WARNING,
    0.8,
    LINE,
    "Live in a week",
    "says a week, the call says a month",
    other=Sentence("Give it a month", 0, Block("Give it a month", TURN, Role.TURN)),
    id="mc-bbbbbbbbbbbb",
)
MISSING = Finding(
    "coverage/missing",
    Severity.INFO,
    1.0,
    Location("decks/pitch.pptx"),
    "",
    "never expresses the value proposition “Close the books in three days”",
    message=FAST,
    id="mc-cccccccccccc",
)
AUDIT = Audit(
    CANON,
    (
        Standing(
            DECK,
            0.61236,
            Tier.OFF_MESSAGE,
            (),
            (Expression(FAST, Coverage.MISSING),),
            (("conflicts", 1.23456), ("terms", 0.0), ("missing", 1.0)),
        ),
        Standing(
            PAGE,
            0.1,
            Tier.ON_MESSAGE,
            (("fast-close", 1.0),),
            (Expression(FAST, Coverage.EXPRESSED, (Evidence("We close fast", LINE, 0.83333),)),),
        ),
    ),
    (CONFLICT, MISSING, WRONG_WORD, CROSS),
    (Unread("decks/old.pptx", "password-protected"),),
    31,
    (("encoder", "encoder@sha256:00"),),
)
HOSTILE = "\x1b[2J\x1b]0;owned\x07 Free\u202eevil\u202c \x9b31m\u200b\ud800 end\r\nnext"
HOSTILE_AUDIT = Audit(
    CANON,
    (),
    (
        Finding(
            "conflict/value",
            Severity.ERROR,
            0.9,
            Location(f"a{HOSTILE}.md", line=1, column=1, speaker=HOSTILE, shape=HOSTILE),
            HOSTILE,
            HOSTILE,
            context=HOSTILE,
            message=Message(HOSTILE, Kind.VALUE, HOSTILE, 1),
            term=HOSTILE,
            suggestion=HOSTILE,
            id="mc-dddddddddddd",
        ),
    ),
    (Unread(HOSTILE, HOSTILE),),
    1,
)
EMPTY = Audit(CANON, (), (), (), 0)


def large_audit(touchpoints: int = 200, findings: int = 10) -> Audit:
    """A folder as big as a large company's: each statement of each touchpoint is a finding."""
    audits = [_large_touchpoint(number, findings) for number in range(touchpoints)]
    return replace(
        AUDIT,
        standings=tuple(standing for standing, _ in audits),
        findings=tuple(finding for _, found in audits for finding in found),
        unread=(),
        statements=touchpoints * findings,
    )


def _large_touchpoint(number: int, findings: int) -> tuple[Standing, list[Finding]]:
    path, kind = f"website/area-{number % 20}/page-{number}.md", ("website", "blog", "deck")[number % 3]
    blocks = tuple(
        Block(
            f"Page {number} says it {line} times. Starter is ${line} per user per month. Then it goes on at length.",
            Location(path, line=line, column=1),
            anchors=(Anchor(0, line, 1),),
        )
        for line in range(1, findings + 1)
    )
    found = [_large_finding(block, number) for block in blocks]
    drift = number % 100 / 100
    tier = Tier.ON_MESSAGE if drift < 0.2 else Tier.DRIFTING if drift < 0.5 else Tier.OFF_MESSAGE
    statuses = list(Coverage)
    standing = Standing(
        Touchpoint(path, kind, f"Page {number}", blocks),
        drift,
        tier,
        (),
        (Expression(FAST, statuses[number % len(statuses)]),),
    )
    return standing, found


def _large_finding(block: Block, number: int) -> Finding:
    line = block.at.line or 0
    text = f"Starter is ${line} per user per month."
    start = block.text.index(text)
    severity = list(Severity)[line % 3]
    return replace(
        CONFLICT,
        rule=("conflict/pricing", "conflict/fact", "conflict/scope")[line % 3],
        severity=severity,
        at=block.place(start, start + len(text)),
        text=text,
        id=f"mc-{number:06x}{line:06x}",
    )
