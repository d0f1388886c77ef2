"""An audit → rows: the run whole, in one transaction, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Column, Connection, Engine, Table, bindparam, insert, select, update

import messagecheck
from messagecheck.display import place
from messagecheck.history.model import Occasion
from messagecheck.history.schema import findings, runs, series, sightings, standings, touchpoints
from messagecheck.history.store import writing
from messagecheck.nouns import Audit, Finding, Kind, Standing

Row = dict[str, object]
DIGITS = 4
"""Decimals, as in the JSON report."""
FIRST = ("first_run", "first_seen")


def record(store: Engine, audit: Audit, occasion: Occasion) -> int:
    """Keeps the audit; the run's id. Raises HistoryError."""
    with writing(store) as connection:
        kept_in = _series_id(connection, audit.canon.name, occasion.scope)
        run = _new_id(connection, runs, _run_row(audit, occasion) | {"series_id": kept_in})
        paths = _keep(connection, touchpoints.c.path, kept_in, [_touchpoint_row(one) for one in audit.standings])
        found = Counter(finding.at.path for finding in audit.findings)
        _insert(
            connection,
            standings,
            [
                _standing_row(one, found[one.touchpoint.path])
                | {"run_id": run, "touchpoint_id": paths[storable(one.touchpoint.path)]}
                for one in audit.standings
            ],
        )
        rows = [_finding_row(one) | dict(zip(FIRST, (run, occasion.at), strict=True)) for one in audit.findings]
        names = _keep(connection, findings.c.name, kept_in, rows)
        _insert(connection, sightings, [{"finding_id": id_, "run_id": run} for id_ in names.values()])
    return run


def storable(text: str) -> str:
    """Text as both databases take it: NUL and lone surrogates are written as escapes."""
    return text.replace("\0", "\\x00").encode("utf-8", "backslashreplace").decode("utf-8")


def _series_id(connection: Connection, product: str, scope: str) -> int:
    row: Row = {"product": storable(product), "scope": storable(scope)}
    known = connection.scalar(select(series.c.id).filter_by(**row))
    return known or _new_id(connection, series, row)


def _new_id(connection: Connection, table: Table, row: Row) -> int:
    id_: int = connection.execute(insert(table).values(row).returning(table.c.id)).scalar_one()
    return id_


def _keep(connection: Connection, key: Column[str], kept_in: int, rows: Sequence[Row]) -> dict[str, int]:
    """The ids of these rows by `key`: known rows brought up to date (but for when they were first seen), others
    added."""
    table = key.table
    known = _ids(connection, key, kept_in)
    old = [_without_first(row) | {"known": known[str(row[key.name])]} for row in rows if row[key.name] in known]
    if old:
        connection.execute(update(table).where(table.c.id == bindparam("known")), old)
    _insert(connection, table, [row | {"series_id": kept_in} for row in rows if row[key.name] not in known])
    asked = {row[key.name] for row in rows}
    return {name: id_ for name, id_ in _ids(connection, key, kept_in).items() if name in asked}


def _ids(connection: Connection, key: Column[str], kept_in: int) -> dict[str, int]:
    table = key.table
    rows = connection.execute(select(key, table.c.id).where(table.c.series_id == kept_in))
    return dict(rows.all())


def _without_first(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in FIRST}


def _insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _run_row(audit: Audit, occasion: Occasion) -> Row:
    return {
        "at": occasion.at,
        "canon_version": audit.canon.version and storable(audit.canon.version),
        "canon_digest": occasion.canon_digest,
        "models": dict(audit.models),
        "revision": occasion.revision,
        "tool": messagecheck.__version__,
        "statements": audit.statements,
        "unread": list(dict.fromkeys(storable(unread.path) for unread in audit.unread)),
    }


def _touchpoint_row(standing: Standing) -> Row:
    return {"path": storable(standing.touchpoint.path), "kind": storable(standing.touchpoint.kind)}


def _standing_row(standing: Standing, found: int) -> Row:
    parts = {name: round(value, DIGITS) for name, value in standing.parts}
    low, high = standing.interval
    return {
        "drift": round(standing.drift, DIGITS),
        "coverage": round(1 - parts["missing"], DIGITS) if "missing" in parts else None,
        "emphasis": parts.get("emphasis"),
        "open": found,
        "tier": standing.tier,
        "low": round(low, DIGITS),
        "high": round(high, DIGITS),
        "too_short": standing.too_short,
        "parts": parts,
        "shares": {storable(name): share for name, share in standing.emphasis},
        "statuses": {
            storable(one.message.id): one.status for one in standing.coverage if one.message.kind is Kind.VALUE
        },
    }


def _finding_row(finding: Finding) -> Row:
    return {
        "name": finding.id,
        "path": storable(finding.at.path),
        "rule": finding.rule,
        "severity": finding.severity,
        "confidence": round(finding.confidence, DIGITS),
        "place": place(finding.at),
        "text": storable(finding.text),
        "message": storable(finding.message.id) if finding.message else "",
        "explanation": storable(finding.explanation),
    }
