"""explain: one finding or one rule in full."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from messagecheck.cli.crawling import TARGETS_OR_HERE, last_fetched
from messagecheck.cli.options import POSITIONING, canon_of, settings_of
from messagecheck.cli.scanning import UNCHOSEN, audited
from messagecheck.display import message_place, place, visible
from messagecheck.errors import MessagecheckError

if TYPE_CHECKING:
    from types import ModuleType

    from messagecheck.nouns import Audit, Canon, Example, Finding, Location


@click.command(short_help="Show one finding or one rule in full.")
@click.argument("id_", metavar="ID")
@TARGETS_OR_HERE
@POSITIONING
def explain(id_: str, targets: tuple[str, ...], positioning: Path | None) -> int:
    """Show one finding of the content in PATH, or one rule, in full.

    ID is a rule (conflict/pricing) or a finding's id (mc-4f1c…; its first characters are enough). PATH is what was
    scanned; without one it is the current folder.
    """
    from messagecheck.rules import IDS

    if id_ in IDS:
        lines = _rule(id_, import_module(f"messagecheck.rules.{id_.split('/')[0]}"))
    elif id_.startswith("mc-"):
        paths = last_fetched(targets or (".",))
        settings = settings_of(paths, {**UNCHOSEN, "positioning": positioning})
        audit = audited(paths, canon_of(paths, settings), settings, quiet=False)
        lines = _finding(_named(id_, audit), audit)
    else:
        raise MessagecheckError(f"“{id_}” is no finding's id (mc-…) and no rule; rules are {', '.join(IDS)}")
    click.echo("\n".join(lines))
    return 0


def _rule(id_: str, module: ModuleType) -> Iterator[str]:
    yield id_
    yield ""
    yield (module.__doc__ or "").strip()
    examples: tuple[Example, ...] = getattr(module, "EXAMPLES", ())
    for example in examples:
        yield ""
        yield f"The rule {'speaks' if example.speaks else 'is silent'}:"
        yield from (f"    {line}" for line in example.canon.splitlines())
        yield f"  → “{example.text}”"
    yield ""
    yield f'Silence it with --ignore {id_}, or with ignore = ["{id_}"] in messagecheck.toml.'


def _named(id_: str, audit: Audit) -> Finding:
    found = [finding for finding in audit.findings if finding.id.startswith(id_)]
    if not found:
        raise MessagecheckError(f"{id_}: no finding of this scan has that id; scan again, with the same paths")
    if len(found) > 1:
        raise MessagecheckError(f"{id_}: {len(found)} findings begin so; give more of the id")
    return found[0]


def _finding(finding: Finding, audit: Audit) -> Iterator[str]:
    canon = audit.canon
    urls = {one.touchpoint.path: one.touchpoint.url for one in audit.standings}
    yield f"{finding.id}  {finding.severity} {finding.rule}, confidence {finding.confidence:.2f}"
    yield from _quote("The content says", _where(finding.at), finding.text)
    if url := urls.get(finding.at.path):
        yield f"  at {visible(url)}"
    if finding.at.heading:
        yield f"  under {visible(' › '.join(finding.at.heading))}"
    if finding.context:
        yield f"  after “{visible(finding.context)}”"
    if finding.message:
        source = f"{message_place(finding.message, canon)}, {finding.message.kind} {visible(finding.message.id)}"
        yield from _quote("The document says", source, finding.message.text)
    if finding.other:
        yield from _quote("Elsewhere it says", _where(finding.other.at), finding.other.text)
    yield ""
    yield f"Why: {visible(finding.explanation)}"
    if finding.term:
        yield f"Write “{visible(finding.suggestion or '')}” instead of “{visible(finding.term)}”."
    yield ""
    yield from _silencers(finding, canon)


def _quote(title: str, where: str, text: str) -> Iterator[str]:
    yield ""
    yield f"{title} ({where}):"
    yield f"  “{visible(text)}”" if text else "  (nothing: this is about the whole file)"


def _where(at: Location) -> str:
    return ", ".join(part for part in (visible(at.path), place(at)) if part)


def _silencers(finding: Finding, canon: Canon) -> Iterator[str]:
    yield "What would silence it:"
    yield "  the content says what the document says;"
    if finding.message:
        yield f"  the document changes at {message_place(finding.message, canon)}, if that is what is wrong;"
    yield "  it is accepted as it is: messagecheck baseline PATH;"
    yield f"  the rule is ignored: --ignore {finding.rule};"
    yield f"  a higher bar: --min-confidence above {finding.confidence:.2f}."
