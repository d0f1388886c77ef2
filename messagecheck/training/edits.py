"""Typed edits of canonical lines and their paraphrases: a conflict and a twin that keeps the label, a few words apart.

Edits alone teach the artefact (FactCC), so they are a small part of the mix and each comes with a twin that differs
as much and stays true.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from messagecheck.judging import CONFLICT_KIND
from messagecheck.nouns import Kind, Message, Polarity
from messagecheck.quantities import DISAGREEING, Relation, compare
from messagecheck.training.corpora import Pack, Statement

MOST_A_PACK = 60
SURE = 0.7

_DENIAL = re.compile(r"\b(?:We|Courses|Prices)? ?(?:do not|don't|never|won't|can't|cannot)\b ?", re.IGNORECASE)
_NO = re.compile(r"^No(?:t a|t an)? ", re.IGNORECASE)
_HEDGE = re.compile(r" ?\b(?:on average|the median|median|typically|a typical|usually|most)\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w.]*\d)")
_MONTHLY = re.compile(r"\$(\d[\d,]*(?:\.\d+)?) (?:per|a) month\b")
_WEEKS = re.compile(r"\b(two|three|four|six|eight|ten|twelve|\d+) weeks\b", re.IGNORECASE)
_WORDS = {"two": 2, "three": 3, "four": 4, "six": 6, "eight": 8, "ten": 10, "twelve": 12}
_OFFERS = ("We also {}", "And yes, we {}", "If you ask, we {}", "On every plan we {}", "Sure, we {}")
_GUARANTEES = (
    ", every single time",
    ", guaranteed",
    ", without exception",
    ", or your money back",
    ", for every customer, always",
)
_ASIDES = (
    "In short: {}",
    "As we like to say, {}",
    "To be clear, {}",
    "{} That's all there is to it.",
    "For the record: {}",
)


def edit_pack(pack: Pack, *, seed: int) -> list[Statement]:
    """At most MOST_A_PACK statements, conflicts and twins in equal parts."""
    rng = random.Random(f"{seed} {pack.name}")
    edits: Sequence[Callable[[Pack, random.Random], Iterator[Statement]]] = (
        _numbers,
        _offers,
        _guarantees,
        _swapped_prices,
    )
    found = [list(edit(pack, rng)) for edit in edits]
    for some in found:
        rng.shuffle(some)
    conflicts = [s for some in found for s in some if s.label == "conflict"][: MOST_A_PACK // 2]
    twins = [s for some in found for s in some if s.label != "conflict"][: len(conflicts)]
    return [*conflicts, *twins]


def _numbers(pack: Pack, rng: random.Random) -> Iterator[Statement]:
    """Another number in a paraphrase, checked by the comparator; the twin says the same in another unit."""
    known = {message.id: message for message in pack.canon.messages}
    for statement in pack.statements:
        message = known.get(statement.messages[0]) if statement.label == "aligned" and statement.messages else None
        if message is None or CONFLICT_KIND.get(message.kind) not in {"fact", "pricing", "audience"}:
            continue
        changed = _NUMBER.sub(lambda m: _other_number(m.group(), rng), statement.text, count=1)
        if changed != statement.text and _disagrees(changed, statement.context, message):
            yield _conflict(changed, statement.context, message, CONFLICT_KIND[message.kind])
        same = _in_another_unit(statement.text)
        if same != statement.text and not _disagrees(same, statement.context, message):
            yield replace(statement, text=same)


def _offers(pack: Pack, rng: random.Random) -> Iterator[Statement]:
    """A boundary offered; the twin repeats it with an aside."""
    for message in pack.canon.messages:
        if message.polarity is Polarity.EXCLUDES and message.kind is Kind.BOUNDARY and _DENIAL.search(message.text):
            verb = _DENIAL.sub("", message.text, count=1).split(";")[0].rstrip(". ")
            if verb and not _DENIAL.search(verb) and not _NO.match(verb):
                yield _conflict(rng.choice(_OFFERS).format(verb[0].lower() + verb[1:]) + ".", "", message, "scope")
                yield Statement(_aside(message.text, rng), "", "aligned", "scope", (message.id,))


def _guarantees(pack: Pack, rng: random.Random) -> Iterator[Statement]:
    """An average that becomes a promise to everybody; the twin keeps the hedge."""
    for message in pack.canon.messages:
        if message.kind in {Kind.FACT, Kind.VALUE} and _HEDGE.search(message.text) and len(message.text) < 160:
            sure = _HEDGE.sub("", message.text).rstrip(". ")
            yield _conflict(sure + rng.choice(_GUARANTEES) + ".", "", message, "overclaim")
            yield Statement(_aside(message.text, rng), "", "aligned", "fact", (message.id,))


def _swapped_prices(pack: Pack, rng: random.Random) -> Iterator[Statement]:
    """One plan's name with another plan's price."""
    plans = [m for m in pack.canon.messages if m.kind is Kind.PRICING and re.match(r"[A-Z]\w+: ", m.text)]
    for one, other in zip(plans, rng.sample(plans, len(plans)), strict=True):
        name, rest = one.text.split(":")[0], other.text.split(":", 1)[1]
        if one is not other and _disagrees(f"{name}:{rest}", "", one):
            yield _conflict(f"{name}:{rest}", "", one, "pricing")
            yield Statement(_aside(one.text, rng), "", "aligned", "pricing", (one.id,))


def _conflict(text: str, context: str, message: Message, kind: str) -> Statement:
    return Statement(text, context, "conflict", kind, (message.id,))


def _disagrees(text: str, context: str, message: Message) -> bool:
    differences = compare(text, message.text, context)
    return any(d.relation in DISAGREEING and d.certainty >= SURE for d in differences) and not any(
        d.relation is Relation.SAME and d.certainty >= SURE for d in differences
    )


def _other_number(number: str, rng: random.Random) -> str:
    value = float(number.replace(",", ""))
    changed = rng.choice((value * 2, value * 1.5, value / 2, value + 10, value * 3, value + 1, value * 0.8))
    text = f"{changed:,.2f}".rstrip("0").rstrip(".") if "." in number else f"{round(changed):,}"
    return text if "," in number or len(text) < len("1,000") else text.replace(",", "")


def _in_another_unit(text: str) -> str:
    yearly = _MONTHLY.sub(lambda m: f"${12 * float(m[1].replace(',', '')):,.0f} a year", text, count=1)
    return _WEEKS.sub(lambda m: f"{7 * int(_WORDS.get(m[1].lower(), m[1]))} days", yearly, count=1)


def _aside(text: str, rng: random.Random) -> str:
    return rng.choice(_ASIDES).format(text)
