"""What a page links to, and a hash of its words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from messagecheck.crawler.urls import normal
from messagecheck.errors import LoadError
from messagecheck.loaders.encodings import decode
from messagecheck.loaders.html_tokens import Is, Token, tokens

LINKS = 5_000
"""Links of one page that are looked at; a whole site's index has fewer."""
_TARGETS = {"a": "href", "area": "href", "iframe": "src", "frame": "src"}
_MUTE = {"script", "style"}
_DESCRIPTIONS = {"description", "og:title", "og:description", "twitter:title", "twitter:description"}


def links(data: bytes, url: str) -> list[str]:
    """The addresses that a page leads to, in order, each once; none for what is no text."""
    base, found = url, dict[str, None]()
    for token in tokens(_decoded(data, url)):
        if token.kind is not Is.START:
            continue
        if token.name == "base" and token.get("href"):
            base = normal(token.get("href"), url) or base
        target = _target(token)
        link = normal(target, base) if target else None
        if link and link != url:
            found[link] = None
        if len(found) >= LINKS:
            break
    return list(found)


def words_hash(data: bytes, url: str) -> str:
    """Of what a reader can read: a page is the same page if only its scripts, tokens and links are others."""
    text = " ".join(" ".join(_words(_decoded(data, url))).split())
    return hashlib.sha256(text.encode("utf-8", "replace") or data).hexdigest()


def _target(token: Token) -> str:
    if token.name == "meta" and token.get("http-equiv").lower() == "refresh":
        return token.get("content").partition("=")[2].strip(" '\"")
    return token.get(_TARGETS[token.name]) if token.name in _TARGETS else ""


def _words(text: str) -> Iterator[str]:
    mute = False
    for token in tokens(text):
        if token.kind is Is.TEXT:
            if not mute:
                yield text[token.start : token.end]
            continue
        mute = token.kind is Is.START and token.name in _MUTE
        if token.kind is Is.START:
            yield token.get("alt")
            if {token.get("name"), token.get("property")} & _DESCRIPTIONS:
                yield token.get("content")


def _decoded(data: bytes, url: str) -> str:
    """What can't be decoded has no links; that it can't be read is said when it is scanned."""
    try:
        return decode(data, url)
    except LoadError:
        return ""
