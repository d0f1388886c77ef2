"""[crawl] of messagecheck.toml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from messagecheck.errors import SettingsError
from messagecheck.settings import values
from messagecheck.settings.sections import names
from messagecheck.settings.values import Table


@dataclass(frozen=True, slots=True)
class Crawl:
    """How a site is fetched, and how much of it. `hosts` are taken beside the start's own, `include` and `exclude` are
    globs of paths without their first slash.

    `contact` is a mail address or a page that stands in the User-Agent. `delay_ms` is the pause between two requests
    to a host, `page_mb` what a page may weigh unpacked, `page_s` what it may take. `ca` is a file with certificates
    that are trusted beside the system's, `browser` the Chromium that runs a page's scripts where `js` is set.
    """

    contact: str | None = None
    hosts: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    pages: int = 500
    depth: int = 5
    page_mb: int = 10
    page_s: int = 30
    delay_ms: int = 500
    allow_private: bool = False
    ca: Path | None = None
    js: bool = False
    browser: Path | None = None


def read_crawl(top: Table, path: Path) -> Crawl:
    table, usual = values.section(top, "crawl", names(Crawl), path), Crawl()
    return Crawl(
        contact=checked_contact(values.text(table, "contact", path), f"{path}: “contact”"),
        hosts=values.texts(table, "hosts", path),
        include=values.texts(table, "include", path),
        exclude=values.texts(table, "exclude", path),
        pages=values.whole(table, "pages", path, default=usual.pages),
        depth=values.whole(table, "depth", path, default=usual.depth),
        page_mb=values.whole(table, "page_mb", path, default=usual.page_mb),
        page_s=values.whole(table, "page_s", path, default=usual.page_s),
        delay_ms=values.whole(table, "delay_ms", path, default=usual.delay_ms),
        allow_private=values.switch(table, "allow_private", path),
        ca=values.file(table, "ca", path),
        js=values.switch(table, "js", path),
        browser=values.file(table, "browser", path),
    )


def checked_contact(contact: str | None, name: str) -> str | None:
    """Raises SettingsError for what can't stand in a header."""
    if contact is not None and not (contact.isascii() and contact.isprintable() and not set(contact) & set("()")):
        raise SettingsError(f"{name} must be a mail address or a URL in plain characters, not {contact!r}")
    return contact
