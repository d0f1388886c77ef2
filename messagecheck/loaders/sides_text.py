"""Buyer or seller, from speech alone: who asks what it costs, who says what you get, who answers whom. Abstains unless
it is clear."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from messagecheck.nouns import Speaker

MIN_LEAN = 3
"""Signs that a speaker must have for one side over the other; with fewer, nothing is said of them."""
MIN_SPREAD = 5
"""What the clearest seller's signs and the clearest buyer's must differ by: without both, a call has no sides to tell.
Both numbers are chosen so that no speaker of the twelve labelled companies' calls is put on the wrong side."""
MIN_ANSWERS = 4
"""Questions of a speaker, every one answered by the same side, that put the speaker on the other; people of one side
seldom ask each other in front of a guest. Chosen on polyglyph's calls, where an engineer's five are answered so."""

_SELLS = (
    r"\bour (?:customers?|clients?|users|folks|pricing|plans?|platform|own people|guys|engineers|team will)\b",
    r"\bour (?:crews?|technicians?)\b",
    r"\b(?:account (?:executive|manager)|solutions? (?:engineer|consultant)|sales (?:engineer|rep))\b",
    r"\blet me (?:just )?(?:say|tell you|show you|share|explain|walk you)\b|\blet me, let me\b",
    r"\bnext step\b|\bone-pager\b",
    r"\bI'll (?:send|set up|put (?:you|it|that|together)|write (?:up|down)|draw up|email)\b",
    r"\b(?:once|when|after|before) you (?:sign|kick off)\b|\bfrom (?:kick-?off|when you sign|signing)\b",
    r"\byou(?:'d|'ll| will| would)? (?:get|never|pay|connect|press|just|only|don't (?:have|need|open|pay|wait))\b",
    r"\b(?:a|per) (?:month|user|seat|employee|word|head|unit|piece|conversation)\b(?![^.?!]{0,200}\?)",
    r"\bwe (?:don't|won't|do|can't|never|also)\b(?! (?:know|have|like|want|need|use|remember))(?![^.?!]{0,200}\?)",
    r"\bI can (?:tell|promise|show|get|send|offer) you\b",
    r"\b(?:most|some) (?:of (?:them|you)|people|teams|companies|brands)\b",
    r"\bwhat (?:are you (?:on|using)|do you use|brought you)\b",
    r"\bhow many (?:of you|folks|people|\w+) (?:are|would|on|do you|you)\b",
)
_BUYS = (
    r"\bwhat(?:'s| is| does| would) (?:that|this|it|all that)(?: all)? (?:cost|run|come to|set us back)\b",
    r"\bhow much (?:is|does|do)\b",
    r"\b(?:do|can|could|will|would|are) (?:you|you guys|you folks|you all|y'all) (?:do|offer|support|just|also)\b",
    r"\b(?:do|can|could|will|would|are) (?:you|you guys|you folks|you all|y'all) (?:come|cover|give|fix|take)\b",
    r"\bhow (?:long|many)\b[^.?!]{0,30}\b(?:have|do|are) you (?:folks |guys |all )?(?:been|have)\b",
    r"\b(?:could|can|do) (?:we|I) (?:see|get|try|switch|just|keep|have|pay|cancel|leave)\b",
    r"\bI(?:'d| would)? (?:need|want|have|'ve got) (?:that in writing|to (?:ask|check|take|think|talk|run))\b",
    r"\bI(?:'ll|'d) have to (?:ask|check|take|think|talk|run)\b",
    r"\bI(?:'d| would) (?:need|want|obviously want)\b|\bI gotta (?:take|ask|talk)\b|\bwe(?:'d| would) (?:need|want)\b",
    r"\bwe(?:'re|'ve been| are)? (?:on|using|use|used|looked at|had|tried|were told|got quoted|pay|spend)\b",
    r"\b(?:charged|quoted|told|sold) us\b",
    r"\bour (?:last|current|old|present|previous|boss|auditors?|budget|landlord|board)\b",
    r"\bis (?:it|that|there) (?:free|extra|a contract|included|a minimum|coming|a new)\b",
    r"\bwhat (?:about|happens) (?:when|if|at|on)\b",
    r"\bso you(?:'re| are) (?:a|an|the|like)\b|\btalk to me about\b",
    r"\byour (?:site|website|price|competitors?|other customers)\b",
)
_SELLING = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _SELLS)
_BUYING = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _BUYS)


def lean(said: Mapping[frozenset[str], str], told: Mapping[str, Speaker]) -> dict[frozenset[str], Speaker]:
    """Group of labels → side, for (group, all that it says) pairs that lean clearly and of whom nothing is told yet.

    Nobody where the call as a whole is not clear.
    """
    scores = {group: score(text) for group, text in said.items()}
    if not told and (
        max(scores.values(), default=0) < MIN_LEAN or max(scores.values()) - min(scores.values()) < MIN_SPREAD
    ):
        return {}
    unknown = {group: one for group, one in scores.items() if told.keys().isdisjoint(group) and abs(one) >= MIN_LEAN}
    return {group: Speaker.US if one > 0 else Speaker.THEM for group, one in unknown.items()}


def score(text: str) -> int:
    """Signs of selling less signs of buying."""
    return sum(len(one.findall(text)) for one in _SELLING) - sum(len(one.findall(text)) for one in _BUYING)


def answered(turns: Sequence[tuple[str, str]], told: Mapping[str, Speaker]) -> dict[str, Speaker]:
    """Label → the side over against the one that answers all of its questions, for those of whom nothing is told."""
    answers: dict[str, Counter[Speaker]] = defaultdict(Counter)
    for (label, words), (next_label, _) in pairwise(turns):
        if label not in told and words.endswith("?"):
            answers[label][told.get(next_label, Speaker.UNKNOWN)] += 1
    clear = {label: next(iter(sides)) for label, sides in answers.items() if len(sides) == 1}
    return {
        label: Speaker.THEM if side is Speaker.US else Speaker.US
        for label, side in clear.items()
        if side is not Speaker.UNKNOWN and answers[label].total() >= MIN_ANSWERS
    }
