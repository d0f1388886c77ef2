"""A required value proposition that a touchpoint never expresses."""

from __future__ import annotations

from collections.abc import Iterator

from messagecheck.nouns import Canon, Coverage, Finding, Location, Severity, Standing

ID = "coverage/missing"


def check(standing: Standing, canon: Canon) -> Iterator[Finding]:
    del canon
    for expression in standing.coverage:
        if expression.status is Coverage.MISSING:
            message = expression.message
            yield Finding(
                rule=ID,
                severity=Severity.INFO,
                confidence=1.0,
                at=Location(standing.touchpoint.path),
                text="",
                explanation=f"never expresses the value proposition “{message.text}”",
                message=message,
            )
