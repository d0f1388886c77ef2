"""A touchpoint's text with its findings marked in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from messagecheck.nouns import Block, Finding, Touchpoint


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a block's text; `findings` are those that quote it."""

    text: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A block in stretches; joined, they are its text."""

    block: Block
    stretches: tuple[Stretch, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for stretch in self.stretches for finding in stretch.findings)


@dataclass(frozen=True, slots=True)
class _Quote:
    start: int
    end: int
    findings: tuple[Finding, ...]


def passages(touchpoint: Touchpoint, findings: Sequence[Finding]) -> tuple[Passage, ...]:
    """Every block in reading order; each finding that quotes something stands in one of them."""
    quotes: dict[int, list[_Quote]] = {}
    for finding in findings:
        number = _block_of(finding, touchpoint)
        if number is not None:
            start = _start(touchpoint.blocks[number], finding)
            quotes.setdefault(number, []).append(_Quote(start, start + len(finding.text), (finding,)))
    return tuple(
        Passage(block, _stretches(block.text, quotes.get(number, []))) for number, block in enumerate(touchpoint.blocks)
    )


def _block_of(finding: Finding, touchpoint: Touchpoint) -> int | None:
    """The number of the block that holds the quoted text, best one at the finding's own place; None where it quotes
    nothing."""
    blocks = touchpoint.blocks
    holding = [number for number, block in enumerate(blocks) if finding.text and finding.text in block.text]
    there = (number for number in holding if _stands_at(blocks[number], finding))
    return next(there, holding[0] if holding else None)


def _stands_at(block: Block, finding: Finding) -> bool:
    whole, at = block.place(0, len(block.text)), finding.at
    if not block.anchors:
        return whole == at
    return (
        _position(whole.line, whole.column)
        <= _position(at.line, at.column)
        <= _position(whole.end_line, whole.end_column)
    )


def _start(block: Block, finding: Finding) -> int:
    """The last occurrence that does not begin after the finding's place: a sentence may stand in a block twice."""
    wanted = _position(finding.at.line, finding.at.column)
    found = start = block.text.find(finding.text)
    while block.anchors and (start := block.text.find(finding.text, start + 1)) >= 0:
        begins = block.place(start, start + 1)
        found = start if _position(begins.line, begins.column) <= wanted else found
    return found


def _position(line: int | None, column: int | None) -> tuple[int, int]:
    return line or 0, column or 0


def _stretches(text: str, quotes: Sequence[_Quote]) -> tuple[Stretch, ...]:
    done, out = 0, []
    for quote in _merged(quotes):
        out += [Stretch(text[done : quote.start]), Stretch(text[quote.start : quote.end], quote.findings)]
        done = quote.end
    return tuple(stretch for stretch in (*out, Stretch(text[done:])) if stretch.text)


def _merged(quotes: Sequence[_Quote]) -> list[_Quote]:
    """Quotes that overlap become one."""
    merged: list[_Quote] = []
    for quote in sorted(quotes, key=lambda quote: (quote.start, quote.end)):
        if merged and quote.start < merged[-1].end:
            last = merged.pop()
            quote = _Quote(last.start, max(last.end, quote.end), (*last.findings, *quote.findings))
        merged.append(quote)
    return merged
