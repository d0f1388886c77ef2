"""A word of “Instead of” for a concept of the Terminology table, in the company's own voice.

Inflections count (plural, possessive, verb forms); the longest match wins. Silent in code, URLs, file names and
quotations, in the preferred term itself, in a phrase that the table's note quotes ("“API key” is fine") and in fixed
phrases that mean something else ("in case", "for instance"). Where the word has another sense or names somebody else's
thing (a competitor's, the reader's own), a small model over its neighbours, its sentence and the positioning document
tells, and the finding's confidence is that model's probability.
"""

from __future__ import annotations

from collections.abc import Iterator

from messagecheck.nouns import Canon, Example, Finding, Mode, Reading, Role, Sentence, Severity, Speaker
from messagecheck.senses import load_sense, read_features
from messagecheck.usages import Usage, find_usages

ID = "term/avoid"
TABLE = """## Facts
- Every case has one owner and one due date
- A customer finds the answer on a knowledge page
## Terminology
| Use | Instead of | Note |
|---|---|---|
| case | ticket, inquiry | |
| knowledge page | portal, help center | |
| kitchen | account, outlet | "bank account" is fine |
"""
EXAMPLES = (
    Example(TABLE, "Every ticket has an owner.", speaks=True),
    Example(TABLE, "Your tickets' owner never changes.", speaks=True),
    Example(TABLE, "Look it up in our help center.", speaks=True),
    Example(TABLE, "Every case has an owner.", speaks=False),
    Example(TABLE, "Call GET /ticket/42 for the details.", speaks=False),
    Example(TABLE, "One buyer called it “the ticket to sanity”.", speaks=False),
    Example(TABLE, "Do you have your ticket number?", speaks=True),
    Example(TABLE, "We send each account a list of what it still owes.", speaks=True),
    Example(TABLE, "The deposit goes back to the bank account it came from.", speaks=False),
    Example(TABLE, "What happens to your ticket when its owner is away?", speaks=True),
    Example(TABLE, "I left my train ticket on your desk.", speaks=False),
    Example(TABLE, "I picked up my opera ticket by the station.", speaks=False),
    Example(TABLE, "Plug it into any power outlet by the door.", speaks=False),
    Example(TABLE, "Shops take into account how late the cook comes in.", speaks=False),
)
SILENT_ROLES = {Role.CODE, Role.QUOTED_REPLY, Role.TESTIMONIAL, Role.COMMENT}


def check(reading: Reading, canon: Canon) -> Iterator[Finding]:
    if not is_our_voice(reading.sentence):
        return
    for usage in find_usages(reading.sentence, canon):
        sense = load_sense()
        confidence = sense(read_features(usage, canon))
        if confidence >= sense.speaks_from:
            yield _finding(usage, confidence)


def is_our_voice(sentence: Sentence) -> bool:
    return (
        sentence.block.speaker is Speaker.US
        and sentence.block.role not in SILENT_ROLES
        and sentence.mode is not Mode.QUOTES
    )


def _finding(usage: Usage, confidence: float) -> Finding:
    sentence = usage.sentence
    return Finding(
        rule=ID,
        severity=Severity.WARNING,
        confidence=round(confidence, 4),
        at=sentence.block.place(sentence.start + usage.start, sentence.start + usage.end),
        text=sentence.text,
        context=sentence.context,
        explanation=f"says “{usage.said}”; the document's word is “{usage.term.use}”",
        term=usage.avoided,
        suggestion=usage.term.use,
    )
