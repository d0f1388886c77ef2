"""Templates: tags are no text and move nothing, the words between them and in their attributes are read."""

from __future__ import annotations

import time

import pytest

from messagecheck.errors import LoadError
from messagecheck.loaders import read
from messagecheck.nouns import Block, Role

JINJA = (
    '{% extends "base.html" %}\n{# a note #}\n{% block body %}<h1>Hello {{ name|default("you") }}, close fast</h1>\n'
    '<p class="{% if big %}lead{% endif %}">In {{ days }} days.</p>{% endblock %}\n'
)
HUGO = (
    '---\ntitle: Why\n---\n{{< hero title="Close in five days" image="a.png" >}}\n\nText {{% ref "x.md" %}}here.\n\n'
    "{{/* never shown */}}\n\n{{< note >}}\nMind the gap.\n{{< /note >}}\n"
)
LIQUID = (
    "{% comment %}never shown{% endcomment %}<p>{{ product.title }} ships in <b>two</b> days.</p>"
    "{% schema %}{}{% endschema %}\n"
)


def texts(text: str, path: str) -> list[str]:
    return [block.text for block in read(text.encode(), path)]


def test_tags_of_jinja_are_no_text() -> None:
    heading, body = read(JINJA.encode(), "page.html.j2")
    assert (heading.text, body.text) == ("Hello , close fast", "In days.")
    at = heading.place(heading.text.index("close"), len(heading.text))
    assert (at.line, JINJA.splitlines()[at.line - 1][at.column - 1 :][:5]) == (3, "close")


def test_shortcodes_of_hugo_are_no_text_but_their_words_are() -> None:
    found = read(HUGO.encode(), "why.md")
    assert [(block.text, block.at.line) for block in found] == [
        ("Why", 2), ("Close in five days", 4), ("Text here.", 6), ("Mind the gap.", 11),
    ]  # fmt: skip
    assert found[1].reason == "attribute title"


@pytest.mark.parametrize("path", ["page.liquid", "page.html", "page.html.liquid"])
def test_what_liquid_never_shows_is_no_text(path: str) -> None:
    assert texts(LIQUID, path) == ["ships in two days."]


def test_the_front_matter_of_a_page_is_no_paragraph() -> None:
    title, body = read(b"---\ntitle: Why\nlayout: x\n---\n<p>We wait.</p>\n", "why.html")
    assert (title.text, title.role, body.text, body.at.line) == ("Why", Role.TITLE, "We wait.", 5)


def test_a_template_of_text_is_text() -> None:
    assert texts("Dear {{ name }},\n\nwe close in five days.\n", "mail.txt.jinja2") == [
        "Dear ,",
        "we close in five days.",
    ]


def test_an_id_in_braces_is_no_comment() -> None:
    block: Block = read(b"# Close {#close}\n", "a.md")[0]
    assert block.text == "Close {#close}"


def test_a_template_of_something_else_is_refused() -> None:
    with pytest.raises(LoadError, match=r"nginx\.conf\.j2: is a template of \.conf, which is not read"):
        read(b"server {{ name }}", "nginx.conf.j2")


@pytest.mark.parametrize(
    "text", ["{{" * 50_000, "{%" * 50_000, "{# " * 50_000, "{% comment %}" * 20_000, "{{a" * 50_000]
)
def test_tags_that_never_end_cost_little_time(text: str) -> None:
    start = time.process_time()
    texts(f"Words. {text}", "a.txt.j2")
    assert time.process_time() - start < 2
