"""Sums of standings → the lines of a drift report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from messagecheck.history.model import Change, Judged, Point, Run, Span
from messagecheck.history.reading import Detail, Stood

DIGITS = 4

Name = Callable[[str, str], str]
"""(path, kind) → the line that a touchpoint belongs to."""
Line = Mapping[int, Sequence[Stood]]
"""What a line holds, by span."""


def tell_points(
    spans: Sequence[Span], over_time: Iterable[Stood], name_of: Name
) -> dict[str, tuple[Point | None, ...]]:
    """A point a span for every line."""
    numbered = list(enumerate(spans, 1))
    return {
        name: tuple(point_of(line.get(number, ()), span.runs) for number, span in numbered)
        for name, line in lines_of(over_time, name_of).items()
    }


def lines_of(stood: Iterable[Stood], name_of: Name) -> Mapping[str, Line]:
    lines: dict[str, dict[int, list[Stood]]] = defaultdict(lambda: defaultdict(list))
    for row in stood:
        lines[name_of(row.path, row.kind)][row.span].append(row)
    return lines


def point_of(stood: Sequence[Stood], runs: int) -> Point | None:
    """The mean over touchpoints and runs; of open findings the number in a run."""
    if not stood:
        return None
    number, drift, coverage, covered, emphasis, stressed, found = (
        sum(values) for values in zip(*((row.standings, *row[4:]) for row in stood), strict=True)
    )
    return Point(
        round(drift / number, DIGITS), _mean(coverage, covered), _mean(emphasis, stressed), round(found / runs, 1)
    )


def judged_of(details: Iterable[Detail], newest: Run) -> dict[str, Judged]:
    """By path."""
    return {row.path: Judged(row.tier, (row.low, row.high), row.too_short) for row in details if row.run == newest.id}


def changes_of(details: Iterable[Detail], newest: Run, since: Run | None) -> dict[str, tuple[Change, ...]]:
    """By path: what touchpoints that both runs read say of a value proposition otherwise than before."""
    told = {(row.run, row.path): row.statuses for row in details}
    return {
        path: tuple(_changes(told[since.id, path], now))
        for (run, path), now in told.items()
        if since and run == newest.id and (since.id, path) in told
    }


def _changes(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Change]:
    for message in dict.fromkeys((*now, *before)):
        if before.get(message) != now.get(message):
            yield Change(message, before.get(message, ""), now.get(message, ""))


def _mean(total: float, number: int) -> float | None:
    return round(total / number, DIGITS) if number else None
