"""Closed sets: what something can be."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a message of the positioning document is about."""

    CATEGORY = "category"
    AUDIENCE = "audience"
    VALUE = "value"
    DIFFERENTIATOR = "differentiator"
    FACT = "fact"
    PRICING = "pricing"
    BOUNDARY = "boundary"
    OTHER = "other"


class Polarity(StrEnum):
    STATES = "states"
    EXCLUDES = "excludes"


class Role(StrEnum):
    """What a block is for in its touchpoint."""

    TITLE = "title"
    HERO = "hero"
    HEADING = "heading"
    BODY = "body"
    BULLET = "bullet"
    CELL = "cell"
    CTA = "cta"
    NAV = "nav"
    FOOTER = "footer"
    TESTIMONIAL = "testimonial"
    ATTRIBUTION = "attribution"
    FAQ = "faq"
    PRICING = "pricing"
    META = "meta"
    ALT = "alt"
    FORM = "form"
    LEGAL = "legal"
    COOKIE = "cookie"
    NOTES = "notes"
    COMMENT = "comment"
    CODE = "code"
    TURN = "turn"
    QUOTED_REPLY = "quoted-reply"
    SIGNATURE = "signature"


class Speaker(StrEnum):
    """Whose voice a block is in. UNKNOWN where nothing tells: it is said, never guessed."""

    US = "us"
    THEM = "them"
    UNKNOWN = "unknown"


class Mode(StrEnum):
    """How a sentence is meant."""

    ASSERTS = "asserts"
    DENIES = "denies"
    ASKS = "asks"
    QUOTES = "quotes"
    SUPPOSES = "supposes"
    RECALLS = "recalls"


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Tier(StrEnum):
    ON_MESSAGE = "on-message"
    DRIFTING = "drifting"
    OFF_MESSAGE = "off-message"


class Coverage(StrEnum):
    """How a touchpoint stands to one message."""

    EXPRESSED = "expressed"
    WEAK = "weak"
    MISSING = "missing"
    CONTRADICTED = "contradicted"
