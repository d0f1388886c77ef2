"""What a number counts: the head noun after it, folded to the singular."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from messagecheck.quantities.lexicon import STOP, words
from messagecheck.quantities.tokens import Token

_REACH = 5
_IRREGULAR = {
    "people": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "staff": "employee",
    "criteria": "criterion",
    "feet": "foot",
    "teeth": "tooth",
    "geese": "goose",
    "media": "medium",
    "folks": "person",
    "heads": "person",
    "headcount": "employee",
    "lives": "life",
    "knives": "knife",
    "wives": "wife",
    "shelves": "shelf",
    "halves": "half",
    "loaves": "loaf",
    "buses": "bus",
    "gases": "gas",
    "aircraft": "aircraft",
    "series": "series",
    "species": "species",
}
_NOT_PLURAL = words(
    "plus always perhaps across towards besides thus business address process access this was has is does less "
    "unless as us yes lens gas bus status"
    " takes costs comes goes gets works runs makes means starts ends says wants needs pays buys gives keeps "
    "stays lets sits becomes lasts includes"
    " covers leaves reads sends saves stops sees holds turns asks answers"
)


def counted(tokens: Sequence[Token], at: int, value: float) -> tuple[str, int]:
    """The folded noun that a number before token `at` counts ("" for none) and the index after it."""
    here = at
    if here < len(tokens) and tokens[here].text == "-" and tokens[here].glued:
        return _compound(tokens, here + 1)
    last = ""
    while here < min(at + _REACH, len(tokens)):
        token = tokens[here]
        if token.text == "-" and token.glued and here > at:
            here += 1
            continue
        if (token.text in STOP and not _inside_compound(tokens, here)) or not token.raw[0].isalpha():
            break
        if is_plural(token.text):
            return singular(token.text), here + 1
        last = token.text
        here += 1
    if last and ((value == 1 and here - at <= 2) or not set(last) & set("aeiou")):
        return last, here
    return "", at


def _compound(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """As in "a 5-person team": what stands behind the hyphen."""
    if at < len(tokens) and tokens[at].text == "odd":
        return counted(tokens, at + 1, 2.0)
    if at < len(tokens) and tokens[at].glued and tokens[at].raw.isalpha():
        return singular(tokens[at].text), at + 1
    return "", at - 1


def _inside_compound(tokens: Sequence[Token], at: int) -> bool:
    """As in "point-of-sale": the "of" is no function word here."""
    return at > 0 and tokens[at - 1].text == "-" and tokens[at].glued


def is_plural(text: str) -> bool:
    if text in _IRREGULAR:
        return True
    return (
        len(text) > 3
        and text.endswith("s")
        and not text.endswith(("ss", "us", "is", "'s"))
        and text not in _NOT_PLURAL
        and text not in STOP
    )


@lru_cache(maxsize=8192)
def singular(text: str) -> str:
    """The singular of an English noun, by its ending: "agencies" → "agency"."""
    text = text.removesuffix("'s").removesuffix("'")
    if text in _IRREGULAR:
        return _IRREGULAR[text]
    if text.endswith("ies") and len(text) > 4:
        return text[:-3] + "y"
    if text.endswith(("ches", "shes", "xes", "sses", "zes")):
        return text[:-2]
    if text.endswith("s") and len(text) > 3 and not text.endswith(("ss", "us", "is")):
        return text[:-1]
    return text
