"""A reading and an opinion of it → the reading with its verdicts moved to the edges of the band."""

from __future__ import annotations

from dataclasses import replace

from messagecheck.nouns import Match, Reading, Severity, Verdict
from messagecheck.second_opinion.answers import Opinion
from messagecheck.second_opinion.items import likelihood


def settle(reading: Reading, opinion: Opinion, band: tuple[float, float]) -> Reading:
    """The opinion's message carries the conflict, as likely as the band's upper edge, above which nobody would ask;
    every other message falls to the lower edge and is silent."""
    judged = [match for match in reading.matches if match.verdict]
    worst = max(judged, key=likelihood, default=None)
    own = worst.verdict.band if worst and worst.verdict else None
    severity = own or Severity.WARNING
    return replace(reading, matches=tuple(_settled(match, opinion, band, severity) for match in reading.matches))


def _settled(match: Match, opinion: Opinion, band: tuple[float, float], severity: Severity) -> Match:
    verdict = match.verdict or Verdict(0.0, 0.0)
    if opinion.conflict and match.message.id == opinion.message:
        aligned = round(min(verdict.aligned, 1 - band[1]), 4)
        return replace(match, verdict=Verdict(band[1], aligned, opinion.kind, opinion.reason, severity))
    return replace(match, verdict=replace(verdict, conflict=min(verdict.conflict, band[0]), band=None))
