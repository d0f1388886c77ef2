"""sitemap.xml and .txt (https://www.sitemaps.org/protocol.html): what a site says it has; packed and nested too."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from messagecheck.crawler.errors import FetchError, NoPageError
from messagecheck.crawler.urls import absolute

MOST = 50
"""Sitemaps of one site; the protocol's own limit for an index is 50,000."""
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Sitemap:
    """`broken` says what is wrong with one of which only a part could be read."""

    pages: tuple[str, ...]
    sitemaps: tuple[str, ...]
    broken: str = ""


Fetch = Callable[[str], bytes]
Without = Callable[[str, FetchError], None]
"""Told of each sitemap that can't be read."""


def walk(starts: Sequence[str], fetch: Fetch, most: int, without: Without) -> Iterator[str]:
    """The pages of these sitemaps and of those that they name, each sitemap read once."""
    queue, seen = list(starts), set(starts)
    for number, url in enumerate(queue):  # grows as sitemaps name others
        if number >= MOST:
            without(url, FetchError(f"{MOST} sitemaps were read and {len(queue) - MOST} left"))
            return
        try:
            sitemap = parse(fetch(url), url, most)
        except FetchError as error:
            without(url, error)
            continue
        if sitemap.broken:
            without(url, FetchError(sitemap.broken))
        yield from sitemap.pages
        queue += [one for one in dict.fromkeys(sitemap.sitemaps) if one not in seen]
        seen.update(sitemap.sitemaps)


def parse(data: bytes, url: str, most: int) -> Sitemap:
    """At most `most` bytes are unpacked. Raises NoPageError for what is no sitemap, FetchError for a damaged one."""
    data = _unpacked(data, most) if data.startswith(_GZIP) else data
    if data.lstrip().startswith(b"http"):
        lines = data.decode("utf-8", "replace").split()
        return Sitemap(tuple(filter(None, map(absolute, lines))), ())
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NoPageError("is no sitemap: it is no XML") from error
    kind = etree.QName(root).localname if root is not None else ""
    if kind not in {"urlset", "sitemapindex"} or b"<!DOCTYPE" in data[:1000]:
        raise NoPageError("is no sitemap: it must be an XML file with urlset or sitemapindex, without a DOCTYPE")
    found = tuple(_locations(root, url))
    wrong = next((entry.line for entry in parser.error_log), None)
    broken = "" if wrong is None else f"is broken in line {wrong}; what could be read of it was used"
    return Sitemap(found, (), broken) if kind == "urlset" else Sitemap((), found, broken)


def _locations(root: etree._Element, base: str) -> Iterator[str]:
    for location in root.iter("{*}loc"):
        url = absolute(location.text or "", base)
        if url:
            yield url


def _unpacked(data: bytes, most: int) -> bytes:
    unpacker = zlib.decompressobj(wbits=31)
    try:
        text = unpacker.decompress(data, most)
    except zlib.error as error:
        raise FetchError("is a damaged gzip file") from error
    if unpacker.unconsumed_tail:
        raise FetchError(f"is larger than {most // 1_000_000} MB; raise crawl.page_mb")
    return text
