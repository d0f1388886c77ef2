"""Buyer or seller, from speech alone: who asks what it costs and who offers to send the quote. Abstains unless a call is clear."""

from __future__ import annotations

import re
from collections.abc import Sequence

from messagecheck.nouns import Speaker

MIN_LEAN = 2
"""Signs that a speaker must have for one side over the other; with fewer, nothing is said."""
MIN_SPREAD = 4
"""What the clearest seller's and the clearest buyer's signs must differ by: without both, a call has no sides to tell."""

_SELLS = re.compile(
    r"\b(?:our (?:customers?|clients?|users|pricing|prices|plans?|price|product|platform|team will|crews?|technicians?|linguists?|navigators?)"
    r"|we(?:'ll| will| can|'d)? (?:charge|bill|offer|support|include|ship|build|install|quote|cover|measure|onboard|guarantee)\b"
    r"|I(?:'ll| will| can|'d) (?:send (?:you|it|that|the|over)|show you|walk you|get you|put (?:you|together)|email you|write (?:it|that) up)"
    r"|let me (?:show|share|pull up|walk|explain|send)|I'll share|can you see (?:my|a|the)"
    r"|(?:how many|what) .{1,40}\b(?:do you|are you|have you|you've got|you got)\b.{0,30}\?"
    r"|what (?:are you on|do you use|are you using)|if you sign|the contract|you'd (?:pay|get|see|be)|you get\b|your (?:team|people|agents|engineers)\b)",
    re.IGNORECASE,
)
_BUYS = re.compile(
    r"\b(?:(?:do|can|could|will|would|did) you (?:guys |folks |people |all )?(?:offer|do|have|support|charge|work with|integrate|handle|cover"
    r"|come|send|take|fix|install|guarantee|give|promise)\b"
    r"|how much (?:is|does|do|would|will)|what(?:'s| is| does| would)? (?:it|that|this|the)? ?(?:cost|price|run us|set us back)"
    r"|your (?:site|website|price|pricing|product|platform|company|competitors?|other customers|tool)\b"
    r"|is (?:it|that|there) (?:free|extra|a contract|included|a minimum)|who owns|what happens (?:if|when)"
    r"|(?:we're|we are|we've been) (?:on|using|with|at)\b|we (?:use|used to use|have|'ve got|run|pay|spend|get|sell|make|do)\b"
    r"|our (?:current|old|present|boss|board|budget|contract|vendor|agency|landlord|house|roof|kitchen|warehouse|finance)"
    r"|(?:I'd|we'd) (?:need|have to) (?:ask|check|run it)|I (?:read|saw) (?:on )?your)",
    re.IGNORECASE,
)


def lean(said: Sequence[tuple[str, str]]) -> dict[str, Speaker]:
    """Label → side, for the (label, all that they say) pairs that lean clearly; nobody where the call as a whole is not clear."""
    scores = {label: _score(text) for label, text in said}
    if not scores or max(scores.values()) < MIN_LEAN or max(scores.values()) - min(scores.values()) < MIN_SPREAD:
        return {}
    return {
        label: Speaker.US if score > 0 else Speaker.THEM for label, score in scores.items() if abs(score) >= MIN_LEAN
    }


def _score(text: str) -> int:
    """Signs of selling less signs of buying."""
    return len(_SELLS.findall(text)) - len(_BUYS.findall(text))
