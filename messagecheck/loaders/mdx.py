"""MDX on top of Markdown: imports, expressions and tags become spaces of one length, string attributes blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from messagecheck.loaders.source import Source, place, span
from messagecheck.nouns import Block, Role, Speaker

_MODULE = re.compile(r"^(?:import|export)\b[^\n]*(?:\n(?!\s*\n)[^\n]*)*", re.MULTILINE)
_EXPRESSION = re.compile(r"\{/\*.{0,2000}?\*/\}|\{[^{}\n]*\}", re.DOTALL)
_TAG = re.compile(r"""</?[A-Za-z](?:"[^"]*"|'[^']*'|\{[^{}]*\}|[^<>"'{}])*+>|</?>""")
ATTRIBUTE = re.compile(r"""\b([A-Za-z]+)=(?:\{\s*)?(?:"([^"]+)"|'([^']+)')""")
ROLES = {
    **dict.fromkeys(
        ("title", "heading", "headline", "description", "subtitle", "summary", "text", "content"), Role.BODY
    ),
    **dict.fromkeys(("caption", "question", "answer", "tagline"), Role.BODY),
    **dict.fromkeys(("label", "cta", "button"), Role.CTA),
    "alt": Role.ALT,
    "placeholder": Role.FORM,
    "quote": Role.TESTIMONIAL,
}


JOINER = "\u2060"
"""A character that is no text and no white space: a tag within a word doesn't cut it in two."""
_BARE_LINE = re.compile(rf"^[ \t{JOINER}]*{JOINER}[ \t{JOINER}]*$", re.MULTILINE)


def masked(text: str) -> str:
    """The text without what is code; lines and columns stay."""
    for code in (_MODULE, _EXPRESSION, _TAG):
        text = code.sub(lambda found: re.sub(r"[^\n]", JOINER, found[0]), text)
    return spaced(text)


def spaced(text: str) -> str:
    """The text with white space on lines that hold nothing else but joiners, so that they are blank."""
    return _BARE_LINE.sub(lambda found: " " * len(found[0]), text)


def strings(of: Source) -> Iterator[Block]:
    """A block for each attribute that readers see: `<Card title="Fast close">`."""
    yield from attributes(of, _TAG)


def attributes(of: Source, tags: re.Pattern[str]) -> Iterator[Block]:
    """A block for each attribute of these tags that readers see, with the role that its name gives."""
    for tag in tags.finditer(of.text):
        for found in ATTRIBUTE.finditer(tag[0]):
            group = 2 if found[2] is not None else 3
            if found[1] in ROLES:
                start = tag.start() + found.start(group)
                for block in place(of, span(of, start, start + len(found[group])), ROLES[found[1]]):
                    quoted = block.role is Role.TESTIMONIAL
                    speaker = Speaker.THEM if quoted else Speaker.US
                    yield replace(block, speaker=speaker, reason=f"attribute {found[1]}")
