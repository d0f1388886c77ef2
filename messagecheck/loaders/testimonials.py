"""Whose words a quotation is: a quoted paragraph with a name is a customer's, not the company's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from messagecheck.nouns import Block, Role, Speaker

MIN_QUOTED_WORDS = 8
"""Shorter quotations are words that a company puts in quotation marks itself (“Close” comes back as a verb)."""
MIN_QUOTED_SHARE = 0.55
"""Share of a paragraph's characters inside quotation marks; the rest is “says Ana Ruiz, who runs the desk”."""
MAX_ATTRIBUTION_WORDS = 14
MAX_ATTRIBUTION = 200
"""Characters of an attribution."""

_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"|„[^„“”]*[“”]|«[^«»]*»")
_OPENS = re.compile(r"[\"“„«]")
_CAPITALISED = r"[^\W\d_a-z][\w.'’-]{0,40}"
_NAME = rf"{_CAPITALISED}(?: (?:{_CAPITALISED}|de|van|von|der|la|bin|al)){{0,5}}"
_VERB = r"(?:says|said|tells|told|adds|added|recalls|explains|remembers|writes|wrote|laughs|admits)"
_SAYS = re.compile(rf"\b{_VERB} (?:us )?({_NAME})|\b({_NAME}|he|she|they),? {_VERB}\b")
_TRAILING = re.compile(rf"[\s(\[,]*[-–—~]*\s*({_NAME}.*?)[)\].\s]*$")
_PERSON = re.compile(
    rf"(?:@\w{{2,}}|{_CAPITALISED}(?: (?:{_CAPITALISED}|de|van|von|der|la|bin|al|of|the|and|&)){{1,5}}"
    rf"|{_CAPITALISED}(?=, [^\W\d_a-z]))(?:\s?[,/|·(–—-].*)?"
)
_FIRM = re.compile(r"\b(?:Co|Inc|Ltd|[A-Z])\.$")
_ENDS_SENTENCE = re.compile(r"[.!?:…]$")
_SUITABLE = frozenset({Role.BODY, Role.BULLET, Role.HERO, Role.TESTIMONIAL})
_NAMES = frozenset({Role.BODY, Role.ATTRIBUTION, Role.TESTIMONIAL, Role.BULLET})


def mark(blocks: Iterable[Block]) -> Iterator[Block]:
    """The same blocks in order, with quotations as TESTIMONIAL of THEM and the names under them as ATTRIBUTION.

    What a loader already calls TESTIMONIAL (a block quote) stays one only with a name or quotation marks, for companies
    set their own sentences so too; what it calls ATTRIBUTION stays one only under a quotation.
    """
    rows = [*blocks]
    speaking: str | None = None
    for number, block in enumerate(rows):
        following = rows[number + 1] if number + 1 < len(rows) else None
        if block.speaker is Speaker.THEM:
            yield block
        elif block.role in _SUITABLE and _is_quotation(block, following):
            who = inline_name(block.text) or (bare_name(following.text) if following and _is_name(following) else None)
            yield replace(
                block, role=Role.TESTIMONIAL, speaker=Speaker.THEM, attributed_to=who, reason=block.reason or "quoted"
            )
            speaking = who or "?"
        elif speaking and (block.role is Role.ATTRIBUTION or _is_name(block)) and block.role in _NAMES:
            yield replace(
                block, role=Role.ATTRIBUTION, speaker=Speaker.THEM, reason=block.reason or "under a quotation"
            )
        else:
            yield replace(block, role=Role.BODY) if block.role in {Role.TESTIMONIAL, Role.ATTRIBUTION} else block
            speaking = None


def is_quoted(text: str) -> bool:
    """Whether a paragraph is mostly a quotation and long enough to be somebody's."""
    quoted = [match[0] for match in _QUOTED.finditer(text)] if _OPENS.match(text) else []
    enough = sum(len(part.split()) for part in quoted) >= MIN_QUOTED_WORDS
    return enough and sum(map(len, quoted)) >= MIN_QUOTED_SHARE * len(text)


def is_person(text: str) -> bool:
    """Whether a line is a name and what follows one: “Ana Ruiz”, “— Ana Ruiz, Kettle Co.”, “@ana”."""
    return is_short_line(text) and bool(_PERSON.fullmatch(bare_name(text)))


def is_short_line(text: str) -> bool:
    """Whether a text has the shape of an attribution: a few words, a capital first, no stop at the end."""
    told = bare_name(text)
    if not re.match(rf"@|{_CAPITALISED}", told) or _OPENS.match(told) or len(told) > MAX_ATTRIBUTION:
        return False
    return len(told.split()) <= MAX_ATTRIBUTION_WORDS and not _ENDS_SENTENCE.search(_FIRM.sub("", told))


def bare_name(text: str) -> str:
    """An attribution without the dash before it."""
    return text.strip("-–—~ ")


def _is_quotation(block: Block, following: Block | None) -> bool:
    if block.role is Role.TESTIMONIAL:
        return bool(_OPENS.match(block.text)) or bool(following and following.role is Role.ATTRIBUTION)
    if not is_quoted(block.text):
        return False
    return inline_name(block.text) is not None or bool(following and _is_name(following))


def inline_name(text: str) -> str | None:
    """Who is named in the quotation's own paragraph: “…,” says Ana Ruiz; “…” (Ana Ruiz, Kettle Co.); “…” – Ana Ruiz."""
    outside = _QUOTED.sub(" ", text).strip()
    said = _SAYS.search(outside)
    if said:
        return (said[1] or said[2]).rstrip(".,")
    if not _OPENS.match(text) or len(outside) > MAX_ATTRIBUTION:
        return None
    trailing = _TRAILING.fullmatch(outside)
    return trailing[1] if trailing and len(outside.split()) <= MAX_ATTRIBUTION_WORDS else None


def _is_name(block: Block) -> bool:
    """Whether a block is a short line that names somebody: “Ana Ruiz, Head of CX, Kettle Co.”"""
    if block.role is Role.ATTRIBUTION:
        return True
    return block.role in _NAMES and is_short_line(block.text) and len(bare_name(block.text).split()) > 1
