"""transcript: how a call was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from messagecheck.cli.options import POSITIONING, canon_of, settings_of, write
from messagecheck.cli.scanning import NOT_ALL_CHECKED, UNCHOSEN
from messagecheck.display import counted, json_text, shortened, visible
from messagecheck.errors import MessagecheckError
from messagecheck.nouns import Block, Role, Speaker, Touchpoint, Unread

if TYPE_CHECKING:
    from messagecheck.nouns import Canon
    from messagecheck.settings import Settings

SCHEMA_VERSION = 1
QUOTE = 100
SIDES = {Speaker.US: "ours", Speaker.THEM: "theirs", Speaker.UNKNOWN: "unknown"}


@click.command(short_help="Show how a call was read.")
@click.argument("file", type=click.Path(path_type=Path))
@POSITIONING
@click.option("-f", "--format", "form", type=click.Choice(("text", "json")), default="text", help="Default: text.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write what was read to this file.")
def transcript(file: Path, positioning: Path | None, form: str, output: Path | None) -> int:
    """Show how a call was read: who speaks on whose side and what tells it, each turn with its time and its words.

    Names, mail domains and companies of ours that the positioning document doesn't hold stand in [calls] of
    messagecheck.toml.
    """
    settings = settings_of((file,), {**UNCHOSEN, "positioning": positioning})
    read = _read(file, canon_of((file,), settings), settings)
    calls = [one for one in read if isinstance(one, Touchpoint)]
    unread = [one for one in read if isinstance(one, Unread)]
    report = json_text(_shape(calls, unread)) if form == "json" else "\n".join([*_lines(calls, unread), ""])
    if output:
        write(output, report)
    else:
        click.echo(report, nl=False)
    return NOT_ALL_CHECKED if unread else 0


def _read(file: Path, canon: Canon, settings: Settings) -> list[Touchpoint | Unread]:
    """The call, or the calls of a zip. Raises MessagecheckError for what can be read but is no call."""
    from messagecheck import content

    read = list(content.read_touchpoints(content.find_files((file,), settings, Path(canon.path)), canon, settings))
    for one in read:
        if isinstance(one, Touchpoint) and not _turns(one):
            raise MessagecheckError(
                f"{one.path}: is read, but not as a call; lines of a call open with “Name:” or a time"
            )
    return read


def _turns(call: Touchpoint) -> list[Block]:
    return [block for block in call.blocks if block.role is Role.TURN]


def _speakers(call: Touchpoint) -> Iterator[list[Block]]:
    """Each speaker's turns, in the order in which they first speak."""
    turns = _turns(call)
    order = list(dict.fromkeys(block.attributed_to for block in turns))
    ranked = sorted(turns, key=lambda block: order.index(block.attributed_to))
    return (list(group) for _, group in groupby(ranked, lambda block: block.attributed_to))


def _words(blocks: Sequence[Block]) -> int:
    return sum(len(block.text.split()) for block in blocks)


def _lines(calls: Sequence[Touchpoint], unread: Sequence[Unread]) -> Iterator[str]:
    for call in calls:
        turns = _turns(call)
        speakers = list(_speakers(call))
        times = " to ".join(dict.fromkeys(t for one in (turns[0], turns[-1]) if (t := one.at.timestamp)))
        yield visible(f"{call.path}: {counted(len(turns), 'turn')} of {counted(len(speakers), 'speaker')}, {times}")
        yield ""
        yield from (_speaker(one) for one in speakers)
        yield ""
        yield from (_turn(one) for one in turns)
    yield from (f"{visible(item.path)}: not read: {visible(item.reason)}" for item in unread)


def _speaker(said: Sequence[Block]) -> str:
    one = said[0]
    amount = f"{counted(len(said), 'turn')}, {counted(_words(said), 'word')}"
    return f"  {SIDES[one.speaker]:7}  {visible(one.attributed_to or 'nobody named')}: {amount}; {visible(one.reason)}"


def _turn(turn: Block) -> str:
    name = turn.at.speaker or "nobody named"
    head = f"{turn.at.line or '-':>5}  {turn.at.timestamp or '-':>7}  {SIDES[turn.speaker]:7}"
    return f"{head}  {visible(name)}: {shortened(turn.text, QUOTE)}"


def _shape(calls: Sequence[Touchpoint], unread: Sequence[Unread]) -> object:
    return {
        "schema_version": SCHEMA_VERSION,
        "calls": [_call(call) for call in calls],
        "unread": [{"path": item.path, "reason": item.reason} for item in unread],
    }


def _call(call: Touchpoint) -> object:
    return {
        "path": call.path,
        "speakers": [
            {
                "name": said[0].at.speaker,
                "label": said[0].attributed_to,
                "side": said[0].speaker,
                "evidence": said[0].reason,
                "turns": len(said),
                "words": _words(said),
            }
            for said in _speakers(call)
        ],
        "turns": [
            {
                "line": turn.at.line,
                "end_line": turn.at.end_line,
                "timestamp": turn.at.timestamp,
                "speaker": turn.at.speaker,
                "side": turn.speaker,
                "text": turn.text,
            }
            for turn in _turns(call)
        ],
    }
