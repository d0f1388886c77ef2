"""What changed between two versions of a positioning document, for people and for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from messagecheck.changes import Changes, Rewording
from messagecheck.display import counted, json_text, visible
from messagecheck.nouns import Canon, Message, Polarity, Term
from messagecheck.reports.html.differing import Run, differing

SCHEMA_VERSION = 1

Paint = Callable[[str, str], str]
"""(text, style) → the text in that style. Styles: "removed", "added"."""
Shape = dict[str, object]


def text(changes: Changes, paint: Paint = lambda part, style: f"[{part}]" if style else part) -> str:
    """Words that differ stand in brackets, or in colour."""
    lines = [f"{_named(changes.old)} → {_named(changes.new)}"]
    for title, found, sign in (("removed", changes.removed, "-"), ("added", changes.added, "+")):
        lines += _section(f"messages {title}", [[f"  {sign} {_message(one)}"] for one in found])
    lines += _section("messages reworded", [list(_reworded(one, paint)) for one in changes.reworded])
    lines += _section("terms", [[f"  {line}" for line in _term_lines(*pair)] for pair in changes.terms])
    lines += _section("other", [[f"  {what}: {_or_none(then)} → {_or_none(now)}"] for what, then, now in changes.rest])
    return "\n".join([*lines, "", _tally(changes), ""])


def json(changes: Changes) -> str:
    return json_text(
        {
            "schema_version": SCHEMA_VERSION,
            "old": _document(changes.old),
            "new": _document(changes.new),
            "removed": [_shape(message) for message in changes.removed],
            "added": [_shape(message) for message in changes.added],
            "reworded": [_rewording(one) for one in changes.reworded],
            "terms": [{"old": _term(then), "new": _term(now)} for then, now in changes.terms],
            "other": [{"what": what, "old": then, "new": now} for what, then, now in changes.rest],
        }
    )


def _section(title: str, items: Sequence[Sequence[str]]) -> Iterator[str]:
    if items:
        yield ""
        yield f"{title} ({len(items)})"
        yield from (line for item in items for line in item)


def _reworded(one: Rewording, paint: Paint) -> Iterator[str]:
    before, after = differing(visible(one.old.text), visible(one.new.text))
    yield f"  ~ {visible(one.new.id)}{_moves(one)}"
    if one.old.text != one.new.text:
        yield f"    - {_marked(before, paint, 'removed')}"
        yield f"    + {_marked(after, paint, 'added')}"
    for then, now in one.numbers:
        yield f"    number: {visible(then)} → {visible(now)}"


def _moves(one: Rewording) -> str:
    """What beside its words a message changed."""
    pairs = (
        ("id", one.old.id, one.new.id),
        ("kind", _kind(one.old), _kind(one.new)),
        ("supports", one.old.supports or "", one.new.supports or ""),
    )
    told = ", ".join(f"{what} {_or_none(then)} → {_or_none(now)}" for what, then, now in pairs if then != now)
    return f" ({told})" if told else ""


def _marked(runs: Sequence[Run], paint: Paint, style: str) -> str:
    return "".join(paint(run.text, style) if run.differs else run.text for run in runs)


def _term_lines(then: Term | None, now: Term | None) -> Iterator[str]:
    if then:
        yield f"- {_row(then)}"
    if now:
        yield f"+ {_row(now)}"


def _row(term: Term) -> str:
    note = f" ({visible(term.note)})" if term.note else ""
    return f"{visible(term.use)}, not {visible(', '.join(term.avoid)) or '(nothing)'}{note}"


def _message(message: Message) -> str:
    return f"{visible(message.id)} ({_kind(message)}): {visible(message.text)}"


def _kind(message: Message) -> str:
    return f"{message.kind}, excludes" if message.polarity is Polarity.EXCLUDES else str(message.kind)


def _named(canon: Canon) -> str:
    return visible(f"{canon.path}{f', version {canon.version}' if canon.version else ''}")


def _or_none(value: str) -> str:
    return visible(value) or "(none)"


def _tally(changes: Changes) -> str:
    if not changes:
        return "the same messages and terms"
    return (
        f"{counted(len(changes.removed), 'message')} removed, {len(changes.added)} added,"
        f" {len(changes.reworded)} reworded; {counted(len(changes.terms), 'term')} changed"
    )


def _document(canon: Canon) -> Shape:
    return {"path": canon.path, "name": canon.name, "version": canon.version}


def _rewording(one: Rewording) -> Shape:
    before, after = differing(one.old.text, one.new.text)
    return {
        "old": {**_shape(one.old), "words": _words(before)},
        "new": {**_shape(one.new), "words": _words(after)},
        "numbers": [{"old": then, "new": now} for then, now in one.numbers],
    }


def _words(runs: Sequence[Run]) -> list[Shape]:
    return [{"text": run.text, "differs": run.differs} for run in runs]


def _shape(message: Message) -> Shape:
    return {
        "id": message.id,
        "kind": message.kind,
        "polarity": message.polarity,
        "supports": message.supports,
        "text": message.text,
        "line": message.line,
    }


def _term(term: Term | None) -> Shape | None:
    return None if term is None else {"use": term.use, "avoid": list(term.avoid), "note": term.note, "line": term.line}
