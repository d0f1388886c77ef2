"""terms: competing names for one concept, as suggestions for the Terminology table."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from messagecheck.cli.options import POSITIONING, canon_of, settings_of, write
from messagecheck.cli.scanning import NOT_ALL_CHECKED, PATHS, UNCHOSEN
from messagecheck.display import counted, place, shortened, visible
from messagecheck.nouns import Touchpoint, Unread

if TYPE_CHECKING:
    from messagecheck.emerging import Mention, Suggestion, Usage
    from messagecheck.nouns import Canon
    from messagecheck.settings import Settings

SCHEMA_VERSION = 1
QUOTE = 160
SHARED = 3
EXAMPLES = 2
"""Sentences shown of each word, from different files where there are some."""


@click.command(short_help="Suggest rows for the Terminology table.")
@PATHS
@POSITIONING
@click.option("-f", "--format", "form", type=click.Choice(("text", "json")), default="text", help="Default: text.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the suggestions to this file.")
def terms(paths: tuple[Path, ...], positioning: Path | None, form: str, output: Path | None) -> int:
    """List words that compete for one concept across the content, surest first.

    What the positioning document's Terminology table settles already is left out. The suggestions are for a person to
    judge; nothing is changed.
    """
    settings = settings_of(paths, {**UNCHOSEN, "positioning": positioning})
    read = _read(paths, canon := canon_of(paths, settings), settings)
    unread = [item for item in read if isinstance(item, Unread)]
    found = _suggestions([item for item in read if isinstance(item, Touchpoint)], canon, settings)
    report = _as_json(found, unread) if form == "json" else "\n".join([*_as_text(found, unread), ""])
    if output:
        write(output, report)
    else:
        click.echo(report, nl=False)
    return NOT_ALL_CHECKED if unread else 0


def _read(paths: Sequence[Path], canon: Canon, settings: Settings) -> list[Touchpoint | Unread]:
    from messagecheck import content

    return list(content.read_touchpoints(content.find_files(paths, settings, Path(canon.path)), canon, settings))


def _suggestions(touchpoints: Sequence[Touchpoint], canon: Canon, settings: Settings) -> list[Suggestion]:
    from messagecheck import embedding, emerging, english
    from messagecheck.prose import read_sentences

    sentences = [sentence for touchpoint in touchpoints for sentence in read_sentences(touchpoint.blocks)]
    return emerging.suggest(sentences, canon, english.load(settings.models.english), embedding.load())


def _as_text(found: Sequence[Suggestion], unread: Sequence[Unread]) -> Iterator[str]:
    for suggestion in found:
        yield _heading(suggestion)
        for usage in (suggestion.use, *(rival.usage for rival in suggestion.rivals)):
            yield f"  {visible(usage.term)}: {_extent(usage)}"
            yield from (
                f"    {_where(mention)}  “{_quote(mention)}”" for mention in examples(usage, _shared(suggestion))
            )
        yield ""
    if found:
        yield "Rows for the table, if the words do mean one thing:"
        yield from (_row(suggestion) for suggestion in found)
        yield ""
    yield from (f"{visible(item.path)}: not checked: {visible(item.reason)}" for item in unread)
    yield f"{counted(len(found), 'suggestion')}"


def _heading(suggestion: Suggestion) -> str:
    words = " or ".join(f"“{visible(term)}”" for term in _terms(suggestion))
    known = f", “{visible(suggestion.use.term)}” is in the table" if suggestion.known else ""
    places = ", ".join(f"“{visible(place)}”" for place in _shared(suggestion)[:SHARED])
    return f"{words}?  score {max(rival.score for rival in suggestion.rivals):.2f}{known}; shared: {places}"


def _row(suggestion: Suggestion) -> str:
    use, *rest = (visible(term).replace("|", "\\|") for term in _terms(suggestion))
    return f"| {use} | {', '.join(rest)} | |"


def _terms(suggestion: Suggestion) -> list[str]:
    return [suggestion.use.term, *(rival.usage.term for rival in suggestion.rivals)]


def _extent(usage: Usage) -> str:
    return f"{counted(len(usage.mentions), 'time')} in {counted(len(usage.paths), 'file')}"


def examples(usage: Usage, shared: Collection[str]) -> list[Mention]:
    """EXAMPLES mentions: those beside what is shared before others, those of other files before the same file's."""
    told = sorted(usage.mentions, key=lambda mention: mention.frames.isdisjoint(shared))
    first = {mention.sentence.block.at.path: mention for mention in reversed(told)}
    return sorted(told, key=lambda mention: first[mention.sentence.block.at.path] is not mention)[:EXAMPLES]


def _shared(suggestion: Suggestion) -> list[str]:
    return list(dict.fromkeys(place for rival in suggestion.rivals for place in rival.places))


def _where(mention: Mention) -> str:
    at = mention.sentence.at
    return " ".join(part for part in (visible(at.path), place(at)) if part)


def _quote(mention: Mention) -> str:
    return shortened(mention.sentence.text, QUOTE)


def _as_json(found: Sequence[Suggestion], unread: Sequence[Unread]) -> str:
    shape = {
        "schema_version": SCHEMA_VERSION,
        "suggestions": [
            {
                **_usage_shape(one.use, _shared(one)),
                "known": one.known,
                "instead_of": [
                    {**_usage_shape(rival.usage, rival.places), "score": rival.score, "shared": list(rival.places)}
                    for rival in one.rivals
                ],
            }
            for one in found
        ],
        "unread": [{"path": item.path, "reason": item.reason} for item in unread],
    }
    return json.dumps(shape, indent=1) + "\n"


def _usage_shape(usage: Usage, shared: Collection[str]) -> dict[str, object]:
    return {
        "term": usage.term,
        "count": len(usage.mentions),
        "files": list(usage.paths),
        "examples": [
            {"text": mention.sentence.text, "path": mention.sentence.at.path, "place": place(mention.sentence.at)}
            for mention in examples(usage, shared)
        ],
    }
