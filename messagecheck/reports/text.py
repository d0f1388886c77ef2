"""The report for people: touchpoint by touchpoint, a finding in three or four lines; `brief` is one line a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from messagecheck.display import message_place, place, shortened, tally, visible
from messagecheck.nouns import Audit, Canon, Finding, Severity, Standing

QUOTE = 240
"""Characters of a quoted statement: three lines of a terminal; the whole is in the JSON report."""

FRAGMENT_WORDS = 4
"""The longest cells of the labelled companies' price tables."""

Paint = Callable[[str, str], str]
"""(text, style) → the text in that style. Styles: a severity's name, "path", "dim"."""


def render(audit: Audit, paint: Paint = lambda text, style: text) -> str:
    standings = {standing.touchpoint.path: standing for standing in audit.standings}
    lines: list[str] = []
    for path, run in groupby(_by_touchpoint(audit), key=lambda finding: finding.at.path):
        lines += [_heading(path, standings.get(path), paint), ""]
        shown = list(run)
        for finding in shown:
            if finding.text:
                lines += [*_finding(finding, audit.canon, paint), ""]
        lines += _missing([finding for finding in shown if not finding.text], paint)
    lines += _unread(audit, paint)
    return "\n".join([*lines, tally(audit), ""])


def brief(audit: Audit) -> str:
    """One line a finding, with its place first as compilers print it; what could not be checked; the tally."""
    lines = [_line(finding, audit.canon) for finding in _by_touchpoint(audit)]
    lines += [f"{visible(unread.path)}: not checked: {visible(unread.reason)}" for unread in audit.unread]
    return "\n".join([*lines, tally(audit), ""])


def _by_touchpoint(audit: Audit) -> list[Finding]:
    """Findings in the order of the touchpoints' paths; the order inside a touchpoint stays."""
    return sorted(audit.findings, key=lambda finding: finding.at.path)


def _heading(path: str, standing: Standing | None, paint: Paint) -> str:
    stands = f"  {visible(standing.touchpoint.kind)}, drift {standing.drift:.2f}, {_tier(standing)}" if standing else ""
    url = f"  {visible(standing.touchpoint.url)}" if standing and standing.touchpoint.url else ""
    return f"{paint(visible(path), 'path')}{paint(url + stands, 'dim')}"


def _tier(standing: Standing) -> str:
    return f"too short to say ({standing.too_short})" if standing.too_short else standing.tier


def _finding(finding: Finding, canon: Canon, paint: Paint) -> Iterator[str]:
    severity = paint(finding.severity, finding.severity)
    yield f"  {severity} {finding.rule}  {place(finding.at)}  {paint(finding.id, 'dim')}".rstrip()
    yield f"    “{shortened(finding.text, QUOTE)}”{_fragment(finding, paint)}"
    if finding.message:
        source = f"{message_place(finding.message, canon)} {visible(finding.message.id)}"
        yield f"    {paint(source, 'dim')}  “{shortened(finding.message.text, QUOTE)}”"
    if finding.other:
        source = f"{visible(finding.other.at.path)} {place(finding.other.at)}".strip()
        yield f"    {paint(source, 'dim')}  “{shortened(finding.other.text, QUOTE)}”"
    yield f"    {_advice(finding)}"


def _fragment(finding: Finding, paint: Paint) -> str:
    """What a table's cell or a half-sentence stands under: "£250" alone says nothing."""
    if not finding.context or len(finding.text.split()) > FRAGMENT_WORDS:
        return ""
    return paint(f"  ({shortened(finding.context, QUOTE)})", "dim")


def _advice(finding: Finding) -> str:
    """What is wrong, and what to write where that isn't the message just quoted."""
    repeats = finding.message is not None and finding.suggestion == finding.message.text
    use = "" if finding.suggestion is None or repeats else f" → write “{shortened(finding.suggestion, QUOTE)}”"
    return f"{shortened(finding.explanation, QUOTE)}{use}"


def _missing(findings: list[Finding], paint: Paint) -> Iterator[str]:
    """Findings about a whole touchpoint, which quote nothing: the ids in one line a rule."""
    for rule, run in groupby(findings, key=lambda finding: finding.rule):
        ids = ", ".join(visible(finding.message.id) for finding in run if finding.message)
        yield f"  {paint(Severity.INFO, Severity.INFO)} {rule}  {ids}"
        yield ""


def _unread(audit: Audit, paint: Paint) -> Iterator[str]:
    if audit.unread:
        yield paint("Not checked", Severity.WARNING)
        yield from (f"  {visible(unread.path)}: {visible(unread.reason)}" for unread in audit.unread)
        yield ""


def _line(finding: Finding, canon: Canon) -> str:
    where = ":".join(part for part in (visible(finding.at.path), place(finding.at)) if part)
    message = finding.message
    against = f" against {message_place(message, canon)} “{shortened(message.text, QUOTE)}”" if message else ""
    said = f" “{shortened(finding.text, QUOTE)}”" if finding.text else ""
    use = f" → “{visible(finding.suggestion or '')}”" if finding.term else ""
    return f"{where}: {finding.severity} {finding.rule}{said}{against}{use}"
