"""What stands around an avoided word: the words of its clause, what each of them does, and whose the thing is."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from messagecheck.usages import Usage
from messagecheck.words import Word

CLASSES = {
    "our": "our us we we're we've we'll we'd",
    "your": "your",
    "you": "you you're you'll you'd you've",
    "my": "my i i'm i've i'll i'd me mine",
    "their": "their his her its whose",
    "they": "they he she it who it's he's she's",
    "a": "a an another",
    "the": "the",
    "this": "this that these those such",
    "each": "each every all both either neither any no per",
    "some": "some most many more few fewer several enough",
    "to": "to",
    "modal": "can could will would should may might must shall do does did don't doesn't didn't won't can't cannot "
    "please",
    "be": "is are was were be been being isn't aren't wasn't weren't am there's that's",
    "have": "has have had having hasn't haven't",
    "of": "of",
    "preposition": "in on at for with by from into about as than through within without under over after before during "
    "between like until till onto across against behind beyond near via among around out up off down",
    "and": "and or but nor plus",
    "which": "that which who where when how why what if whether because while whoever",
    "not": "not never n't only just also still even already ever",
    "other": "other others own old older new current existing present former previous last next same different usual",
    "quality": "good better best bad great big small little large long short fine nice real whole full single free",
    "number": "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred "
    "thousand million dozen first second third half",
}
"""What a neighbouring word does, by its class; a word in two lists belongs to the later."""
_CLASS = {word: name for name, words in CLASSES.items() for word in words.split()}
_OWNERS = frozenset({"our", "your", "my", "their", "a", "the", "this", "each", "some", "number", "possessive"})
_BETWEEN = frozenset({"other", "quality", "content"})
"""What may stand between an owner and the thing: "our three old, cold branches"."""
REACH = 4
"""Words before the thing among which its owner is sought."""
_BREAK = re.compile(r"[^\s'’-]")
_OF_WHOM = re.compile(r"(?:[\s-]+[\w'’]+){0,2}\s+of (ours|yours|theirs|mine|his|hers)\b", re.IGNORECASE)


def clause(usage: Usage, step: int, limit: int) -> list[Word]:
    """Up to `limit` words before (step -1) or after (1), nearest first, that no punctuation parts from the word."""
    found: list[Word] = []
    at = usage.first - 1 if step < 0 else usage.last
    while 0 <= at < len(usage.words) and len(found) < limit:
        if _BREAK.search(gap(usage, at if step < 0 else at - 1)):
            break
        found.append(usage.words[at])
        at += step
    return found


def gap(usage: Usage, left: int) -> str:
    """What stands between word `left` and the next."""
    if not 0 <= left < len(usage.words) - 1:
        return ""
    return usage.sentence.text[usage.words[left].end : usage.words[left + 1].start]


def class_of(word: Word) -> str:
    """One of CLASSES, or number, possessive or content."""
    lower = word.text.casefold().replace("’", "'")
    if lower in _CLASS:
        return _CLASS[lower]
    if lower[0].isdigit():
        return "number"
    return "possessive" if lower.endswith("'s") else "content"


def owner_of(usage: Usage, names: Sequence[str]) -> str:
    """Whose the thing is: the class of its article, possessive or count; "us" where it is ours by name or "of ours"."""
    after = _OF_WHOM.match(usage.sentence.text, usage.end)
    if after:
        return after[1].casefold()
    own = _first_words(names)
    if _is_with(clause(usage, 1, 2), own):
        return "us"
    for word in clause(usage, -1, REACH):
        kind = class_of(word)
        if _bare(word) in own:
            return "us"
        if kind in _OWNERS:
            return kind
        if kind not in _BETWEEN:
            break
    return "nobody"


def _is_with(words: Sequence[Word], names: Collection[str]) -> bool:
    """ "A rental with Hearthside"."""
    return len(words) > 1 and class_of(words[0]) == "preposition" and _bare(words[1]) in names


def _first_words(names: Sequence[str]) -> set[str]:
    """ "Hearthside Kitchens" is mostly called Hearthside."""
    return {name.split()[0].casefold() for name in names if name.split()} - _CLASS.keys()


def _bare(word: Word) -> str:
    return re.sub(r"['’]s?$", "", word.text.casefold())
