from pathlib import Path

import pytest

from messagecheck.errors import SettingsError
from messagecheck.settings import Crawl, parse_settings

WHERE = Path("somewhere/messagecheck.toml")
EVERYTHING = """
[crawl]
contact = "web@tidewell.example"
hosts = ["blog.tidewell.example"]
include = ["product/**"]
exclude = ["legal/**"]
pages = 10
depth = 2
page_mb = 1
page_s = 3
delay_ms = 100
allow_private = true
ca = "ca.pem"
js = true
browser = "bin/chromium"
"""


def test_every_key_is_read():
    assert parse_settings(EVERYTHING, WHERE).crawl == Crawl(
        contact="web@tidewell.example",
        hosts=("blog.tidewell.example",),
        include=("product/**",),
        exclude=("legal/**",),
        pages=10,
        depth=2,
        page_mb=1,
        page_s=3,
        delay_ms=100,
        allow_private=True,
        ca=Path("somewhere/ca.pem"),
        js=True,
        browser=Path("somewhere/bin/chromium"),
    )


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("pages = 0", "“pages” must be a whole number from 1 up"),
        ('allow_private = "yes"', "“allow_private” must be true or false"),
        ('contact = "a\\nb"', "“contact” must be a mail address or a URL in plain characters"),
        ("contacts = 1", "unknown key “crawl.contacts”; did you mean “contact”?"),
    ],
)
def test_a_wrong_value_is_named(line: str, says: str):
    with pytest.raises(SettingsError, match=says.replace("(", r"\(").replace("?", r"\?")):
        parse_settings(f"[crawl]\n{line}", WHERE)
