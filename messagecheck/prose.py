"""Blocks → sentences: where a statement ends, how it is meant, and what a reader has just read or heard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from messagecheck.nouns import Block, Canon, Mode, Role, Sentence, Speaker

_END = re.compile(r"(?:[.!?…]+|[.!?…]+[\"”’'»)\]]+)(?=\s+[\"“‘'«(\[]?[A-Z0-9$£€À-Þ¿¡]|\s*$)|\s+[•·]\s+|\s*\n\s*")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:Mr|Mrs|Ms|Messrs|Dr|Prof|Rev|Hon|Gen|Sen|St|Ave|Blvd|vs|etc|Inc|Ltd|Co|Corp|Jr|Sr|al|cf|e\.g|i\.e"
    r"|U\.S|U\.K|[A-Z](?:\.[A-Z])*|a\.m|p\.m|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|incl|excl|dept|ext)\.$"
)
_NUMBER_SIGN = re.compile(
    r"(?:^|[\s(\"“])(?:Nos?|[Ff]igs?|[Ss]ec|[Vv]ol|[Cc]h|[Aa]rt|pp?|[Mm]in|[Mm]ax|[Aa]pprox|[Ee]st)\.$"
)
"""Abbreviations before a figure; after them anything else is a new sentence: “In ten min. We mean it”."""
_MERIDIEM = re.compile(r"[ap]\.m\.$")
_NUMBERING = re.compile(r"^\(?\d{1,2}[.)]$")
_ID = re.compile(r"\s*\{#[^}\s]+\}")
_QUOTED = re.compile(r"“[^”]+”|\"[^\"]+\"|(?<!\w)‘[^’]+’(?!\w)")
_ASKS = re.compile(r"\?[\"”’')\]]*\s*$")
_SUPPOSES = re.compile(
    r"\b(?:imagine|suppose|what if|roadmap|some ?day|one day|are exploring|looking into|no promises?|no date|not yet"
    r"|(?:would|'d) (?:love|like) to (?:see|have)|if only|in theory|hypothetical\w*|let's say|in another life)\b",
    re.IGNORECASE,
)
_RECALLS = re.compile(
    r"\b(?:before (?:we|us|that|then|they|she|he|the switch|the move)|used to|back then|previously|formerly"
    r"|at (?:his|her|my|their) (?:last|old|former|previous)|until (?:then|last|19\d\d|20\d\d)"
    r"|the old (?:way|days|tool|system|vendor|provider)|years ago|in the past|once upon|had been|at the time)\b",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:not|never|no|nor|neither|none|nobody|nothing|nowhere|without|cannot|won't|can't|don't|doesn't|isn't|aren't|didn't"
    r"|wasn't|weren't|wouldn't|shouldn't|couldn't|ain't|refuse|decline|nope)\b|n't\b",
    re.IGNORECASE,
)
MOSTLY_QUOTED = 0.6
"""Share of a sentence's characters inside quotation marks from which on the words are somebody else's."""
LONGEST_CONTEXT = 240
_LEADS = frozenset({Role.BODY, Role.HERO, Role.PRICING})
UNASSERTED = frozenset(
    {Role.NAV, Role.LEGAL, Role.COOKIE, Role.CODE, Role.QUOTED_REPLY, Role.SIGNATURE, Role.COMMENT, Role.TESTIMONIAL}
    | {Role.ATTRIBUTION}
)
"""Roles whose text the company doesn't claim: compared for terms at most."""


def read_sentences(blocks: Sequence[Block]) -> Iterator[Sentence]:
    """The sentences of a touchpoint in reading order, each with its mode and context; code holds no statements."""
    previous: Block | None = None
    lead = ""
    for block in blocks:
        if block.role is not Role.BULLET:
            lead = block.text if block.role in _LEADS and block.text.endswith(":") else ""
        if block.role is not Role.CODE:
            yield from _read_block(block, previous, lead if block.role is Role.BULLET else "")
        previous = block


def split(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each sentence. Abbreviations, initials, prices, URLs and list numbers don't end one."""
    ends = [match for match in _END.finditer(text) if _is_end(text, match.end(), match.group())]
    cuts = [0, *(match.end() for match in ends), len(text)]
    spans = (_trim(text, start, end) for start, end in pairwise(cuts))
    return tuple((start, end) for start, end in spans if any(map(str.isalnum, text[start:end])))


def mode_of(text: str) -> Mode:
    """Rules over the words, most decisive first. A denial asserts too, but in the negative."""
    if _ASKS.search(text):
        return Mode.ASKS
    if _quoted_share(text) >= MOSTLY_QUOTED:
        return Mode.QUOTES
    if _SUPPOSES.search(text):
        return Mode.SUPPOSES
    if _RECALLS.search(text):
        return Mode.RECALLS
    return Mode.DENIES if _DENIES.search(text) else Mode.ASSERTS


def is_claim(sentence: Sentence) -> bool:
    """Whether the company itself asserts it: nobody else's words, no question, no quotation, no furniture of a page."""
    ours = sentence.block.speaker is Speaker.US and sentence.block.role not in UNASSERTED
    return ours and sentence.mode not in {Mode.ASKS, Mode.QUOTES}


def fold_wording(text: str) -> str:
    """A text without its case, ids, marks at its ends and doubled spaces, to tell the document's own wording."""
    return " ".join(_ID.sub("", text).casefold().split()).strip(' .:;!*_"“”')


def is_canonical(sentence: Sentence, canon: Canon) -> bool:
    """Whether the sentence, or the block that it stands in, repeats the positioning document word for word."""
    return fold_wording(sentence.text) in canon.wording or fold_wording(sentence.block.text) in canon.wording


def quotations(text: str) -> tuple[tuple[int, int], ...]:
    """The spans inside quotation marks."""
    return tuple(match.span() for match in _QUOTED.finditer(text))


def in_our_voice(text: str, names: Sequence[str]) -> str:
    """The company's name and aliases become “we”, so that no judgement depends on who the company is."""
    pattern = _names(tuple(names))
    return pattern.sub(lambda match: "our" if match.group().endswith(("'s", "’s")) else "we", text) if names else text


def _read_block(block: Block, previous: Block | None, lead: str) -> Iterator[Sentence]:
    """`lead` is what a list begins under: “We will never:”."""
    spans = split(block.text)
    for number, (start, end) in enumerate(spans):
        before = block.text[slice(*spans[number - 1])] if number else lead
        text = block.text[start:end]
        yield Sentence(text, start, block, mode_of(text), _context(block, before, previous))


def _context(block: Block, before: str, previous: Block | None) -> str:
    if block.context:
        return block.context[:LONGEST_CONTEXT]
    if (
        block.role is Role.TURN
        and previous is not None
        and previous.role is Role.TURN
        and len(before) < len("Yeah, sure.")
    ):
        spans = split(previous.text)
        last = previous.text[slice(*spans[-1])] if spans else previous.text
        return f"{(previous.at.speaker or '').split(' ')[0]}: {last}"[:LONGEST_CONTEXT]
    return (before or (block.at.heading[-1] if block.at.heading else ""))[:LONGEST_CONTEXT]


def _is_end(text: str, end: int, mark: str) -> bool:
    if not mark.strip().startswith("."):
        return True
    head = text[:end].rstrip("\"”’'»)]")
    if _MERIDIEM.search(head):
        return bool(re.match(r"\s+[\"“]?(?:We|You|The|It|Our|On|And|That|They)\b|\s*$", text[end:]))
    if _NUMBER_SIGN.search(head):
        return not re.match(r"\s*[\d$£€]", text[end:])
    return not _ABBREVIATION.search(head[-12:]) and not _NUMBERING.match(head)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(" \t\n•·"))
    return start, max(start, end - (len(piece) - len(piece.rstrip(" \t\n•·"))))


def _quoted_share(text: str) -> float:
    return sum(end - start for start, end in quotations(text)) / max(1, len(text))


@lru_cache(maxsize=64)
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w.@-])(?:{longest_first})(?:['’]s)?(?![\w@-])", re.IGNORECASE)
