"""What became of a finding between two runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from messagecheck.history.model import Run, State, Tracked
from messagecheck.history.reading import Seen
from messagecheck.nouns import Severity

STATES, SEVERITIES = [*State], [*Severity]


def track(seen: Sequence[Seen], runs: Mapping[int, Run], newest: Run, since: Run | None) -> tuple[Tracked, ...]:
    """Each finding that one of the two runs saw, once: new ones first, then by severity and path."""
    saw: dict[str, set[int]] = defaultdict(set)
    for row in seen:
        saw[row.name].add(row.run)
    once = {row.name: row for row in seen}.values()
    tracked = (_tracked(row, state_of(row, saw[row.name], newest, since), runs[row.last]) for row in once)
    return tuple(sorted(tracked, key=_order))


def state_of(row: Seen, saw: set[int], newest: Run, since: Run | None) -> State:
    """A file that could not be read says nothing of its findings: they are neither resolved nor back."""
    if since is None or {newest.id, since.id} <= saw:
        return State.OPEN
    if newest.id not in saw:
        return State.UNCHECKED if row.path in newest.unread else State.RESOLVED
    if row.first_run > since.id:
        return State.NEW
    return State.OPEN if row.path in since.unread else State.BACK


def _tracked(row: Seen, state: State, last: Run) -> Tracked:
    return Tracked(
        row.name, state, row.rule, row.severity, row.confidence, row.path, row.place, row.text, row.message,
        row.explanation, row.first_seen, last.at,
    )  # fmt: skip


def _order(one: Tracked) -> tuple[int, int, str, str]:
    return STATES.index(one.state), SEVERITIES.index(Severity(one.severity)), one.path, one.id
