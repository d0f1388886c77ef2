"""A statement that can't be believed together with the positioning document, or that offers what it rules out.

Only what the company itself asserts can conflict: not a prospect's words, a question, a quotation or a statement
about somebody else. The finding names the message that disagrees most and quotes it as the suggestion.
"""

from __future__ import annotations

from collections.abc import Iterator

from messagecheck.nouns import Canon, Example, Finding, Match, Reading, Severity, Verdict
from messagecheck.prose import is_claim

IDS = tuple(f"conflict/{kind}" for kind in ("category", "audience", "value", "fact", "pricing", "scope", "overclaim"))
EXAMPLES = (
    Example("## Pricing\n- Starter: $49 per user per month", "Starter is $39 per user per month.", speaks=True),
    Example("## Pricing\n- Starter: $49 per user per month", "Starter is $588 per user per year.", speaks=False),
    Example(
        "## Facts\n- Launch takes six weeks from signature", "Launch takes four weeks from signature.", speaks=True
    ),
    Example(
        "## Facts\n- Launch takes six weeks from signature",
        "Launch takes about a month and a half from signature.",
        speaks=False,
    ),
    Example("## Facts\n- Uptime is 99.9%", "Our uptime is three nines.", speaks=False),
    Example("## Boundaries\n- We don't sell insurance", "Of course we sell insurance as well.", speaks=True),
    Example("## Boundaries\n- We don't sell insurance", "We don't sell insurance.", speaks=False),
    Example("## Boundaries\n- We don't sell insurance", "Do you sell insurance?", speaks=False),
)


def check(reading: Reading, canon: Canon) -> Iterator[Finding]:
    """At most one finding a sentence: the message with the likeliest conflict."""
    del canon
    if not is_claim(reading.sentence):
        return
    worst = max(reading.matches, key=_likelihood, default=None)
    if worst and worst.verdict and worst.verdict.band:
        yield _finding(reading, worst, worst.verdict, worst.verdict.band)


def _finding(reading: Reading, match: Match, verdict: Verdict, severity: Severity) -> Finding:
    return Finding(
        rule=f"conflict/{verdict.kind}",
        severity=severity,
        confidence=verdict.conflict,
        at=reading.sentence.at,
        text=reading.sentence.text,
        explanation=verdict.why,
        context=reading.sentence.context,
        message=match.message,
        suggestion=match.message.text,
    )


def _likelihood(match: Match) -> float:
    return match.verdict.conflict if match.verdict else 0.0
