import io
import re
import tempfile
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from messagecheck.errors import CanonError
from messagecheck.nouns import Canon, Kind, Message, Polarity, Term
from messagecheck.positioning import load_canon

CORPORA = Path(__file__).parent.parent / "corpora"
DOCUMENTS = sorted(CORPORA.glob("*/*/positioning.md"))
DOCUMENT = """---
name: Tidewell
aliases: [Tidewell Benefits, Tidewell App]
version: 2026.3
owner: Ana
---
# Tidewell positioning

Ask Ana before you change a line.

## What Tidewell is

Tidewell is a benefits guide for employees. {#category}
It is no insurer.

## Who it's for

- Employers with 200 to 5,000 people {#size}

### Not for

- Insurance brokers {#not-brokers}

## Value propositions

Four reasons:

### Benefits get used {#use}

People find what they already have.
They stop asking HR.

- Proof: 61% of employees log in every month
- Works on any phone

### One person to the end

A case stays with one guide. {#guide}

## Why us

- We answer in a day

## Proof points

- 310 employers {#employers}

## Pricing

| Plan | Price | Seats |
|---|---|---|
| Starter {#starter} | $4 | 200 |
| Growth | $3 | |

## Out of scope

* No tax advice

## Words we use

| Use | Instead of | Note |
|---|---|---|
| guide | agent; "bot", chat bot | people, not software |
| `case` | ticket | |

## Competitors

- Benefix (brokers only)
- Wellport: an app
- Cut-Rate Care - cheap

## Roadmap

- Dental in spring
"""


def canon_of(tmp_path: Path, text: str, name: str = "positioning.md") -> Canon:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return load_canon(path)


@pytest.fixture
def canon(tmp_path: Path) -> Canon:
    return canon_of(tmp_path, DOCUMENT)


def message(canon: Canon, id_: str) -> Message:
    return next(one for one in canon.messages if one.id == id_)


def test_front_matter_gives_name_aliases_version_and_free_keys(canon: Canon):
    assert canon.name == "Tidewell"
    assert canon.aliases == ("Tidewell Benefits", "Tidewell App")
    assert canon.version == "2026.3"
    assert canon.meta == (("owner", "Ana"),)


def test_aliases_may_be_one_text(tmp_path: Path):
    text = DOCUMENT.replace("[Tidewell Benefits, Tidewell App]", "Tidewell Benefits, TW")
    assert canon_of(tmp_path, text).aliases == ("Tidewell Benefits", "TW")


def test_an_id_ends_a_message_even_inside_a_paragraph(canon: Canon):
    assert message(canon, "category") == Message(
        "category", Kind.CATEGORY, "Tidewell is a benefits guide for employees.", 13, section="What Tidewell is"
    )
    assert message(canon, "it-is-no-insurer").line == 14


def test_a_not_for_part_excludes(canon: Canon):
    assert message(canon, "size").polarity is Polarity.STATES
    assert message(canon, "not-brokers").kind is Kind.AUDIENCE
    assert message(canon, "not-brokers").polarity is Polarity.EXCLUDES


def test_boundaries_exclude(canon: Canon):
    boundary = message(canon, "no-tax-advice")
    assert (boundary.kind, boundary.polarity) == (Kind.BOUNDARY, Polarity.EXCLUDES)


def test_a_headline_and_its_paragraphs_are_one_value_proposition(canon: Canon):
    use = message(canon, "use")
    assert use.text == "Benefits get used. People find what they already have. They stop asking HR."
    assert (use.kind, use.line, use.supports) == (Kind.VALUE, 28, None)


def test_a_paragraph_names_a_headline_that_has_no_id(canon: Canon):
    assert message(canon, "guide").text == "One person to the end. A case stays with one guide."


def test_a_proof_is_a_fact_that_supports_its_value_proposition(canon: Canon):
    proof = message(canon, "61-of-employees-log-in")
    assert proof.text == "61% of employees log in every month"
    assert (proof.kind, proof.supports, proof.line) == (Kind.FACT, "use", 33)


def test_another_bullet_under_a_headline_supports_it(canon: Canon):
    bullet = message(canon, "works-on-any-phone")
    assert (bullet.kind, bullet.supports) == (Kind.VALUE, "use")


def test_a_sentence_that_leads_to_the_headlines_is_no_value_proposition(canon: Canon):
    assert message(canon, "four-reasons").kind is Kind.OTHER


def test_sections_give_their_kind(canon: Canon):
    assert message(canon, "we-answer-in-a-day").kind is Kind.DIFFERENTIATOR
    assert message(canon, "employers").kind is Kind.FACT


def test_a_row_of_a_table_is_one_message(canon: Canon):
    assert message(canon, "starter").text == "Starter: Price $4; Seats 200"
    assert message(canon, "starter").kind is Kind.PRICING
    assert message(canon, "growth-price-3").text == "Growth: Price $3"


def test_a_table_without_headers_is_read_by_rows(tmp_path: Path):
    plans = [f"{plan} as it was sold before the summer of last year" for plan in "SML"]
    cells = "".join(f"<tr><td>{plan}</td><td>$4</td></tr>" for plan in plans)
    canon = canon_of(tmp_path, f"<p>name: X</p><h2>Prices</h2><table>{cells}</table>", "positioning.html")
    assert [one.text for one in canon.messages][2:] == [f"{plan}: $4" for plan in plans[1:]]
    assert [one.text for one in canon.messages][:2] == [plans[0], "$4"]


def test_terms_are_read_from_the_table(canon: Canon):
    assert canon.terms == (
        Term("guide", ("agent", "bot", "chat bot"), "people, not software", 63),
        Term("case", ("ticket",), "", 64),
    )


def test_competitors_are_names_without_explanations(canon: Canon):
    assert canon.competitors == ("Benefix", "Wellport", "Cut-Rate Care")


def test_an_unknown_section_is_kept_and_reported(canon: Canon):
    assert message(canon, "dental-in-spring").kind is Kind.OTHER
    assert [problem.line for problem in canon.problems] == [72]
    assert "“Roadmap” is no known section" in canon.problems[0].text


def test_words_above_the_first_section_are_no_message(canon: Canon):
    assert not [one for one in canon.messages if "Ana" in one.text]


def test_slugs_are_unique_and_avoid_written_ids(tmp_path: Path):
    text = "---\nname: X\n---\n## Facts\n\n- We are fast\n- We are fast!\n- Something else {#we-are-fast-2}\n"
    ids = [one.id for one in canon_of(tmp_path, text).messages]
    assert ids == ["we-are-fast", "we-are-fast-3", "we-are-fast-2"]


def test_headings_may_be_numbered_and_explained(tmp_path: Path):
    text = "---\nname: X\n---\n## 1. Boundaries (what we leave to others)\n\n- None\n\n## 2) Money – prices\n\n- $4\n"
    assert [one.kind for one in canon_of(tmp_path, text).messages] == [Kind.BOUNDARY, Kind.PRICING]


def test_sections_may_stand_at_the_first_level(tmp_path: Path):
    text = "---\nname: X\n---\n# Facts\n\n- We are fast\n\n# Prices\n\n- $4\n"
    assert [one.kind for one in canon_of(tmp_path, text).messages] == [Kind.FACT, Kind.PRICING]


def test_a_title_that_sounds_like_a_section_is_a_title(tmp_path: Path):
    text = "---\nname: X\n---\n# Key messages\n\n## Facts\n\n- We are fast\n\n## Prices\n\n- $4\n"
    assert [one.kind for one in canon_of(tmp_path, text).messages] == [Kind.FACT, Kind.PRICING]


def test_an_unknown_heading_over_proofs_holds_value_propositions(tmp_path: Path):
    text = "---\nname: X\n---\n## Joy\n\n### Fast\n\n- Proof: 2 s\n\n## Facts\n\n- Old\n"
    canon = canon_of(tmp_path, text)
    assert [(one.kind, one.supports) for one in canon.messages] == [
        (Kind.VALUE, None),
        (Kind.FACT, "fast"),
        (Kind.FACT, None),
    ]
    assert canon.problems[0].text.endswith("it is read as value")


FRONT = "---\nname: X\n---\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("## Facts\n\n- We are fast\n", ":1: no name"),
        ("---\nversion: 1\n---\n## Facts\n\n- We are fast\n", ":1: no name"),
        (FRONT + "# Title\n\nHello\n", ": holds no message"),
        (FRONT + "## Facts\n\n- A {#x}\n- B {#x}\n", ":7: id “x” is given twice; it already stands on line 6"),
        (
            FRONT + "## Facts\n\n- A\n\n## Terms\n\n| Use | Not |\n|-|-|\n| | bot |\n",
            ":12: a row of the terminology has no",
        ),
        (
            FRONT + "## Facts\n\n- A\n\n## Terms\n\n| Use | Not |\n|-|-|\n| guide | bot |\n| Bot | x |\n",
            ":12: “bot” is to be avoided, but it is the word to use on line 13",
        ),
        ("---\nname: [\n---\n", "front matter"),
    ],
)
def test_an_error_names_file_and_line_and_what_is_wrong(tmp_path: Path, text: str, says: str):
    with pytest.raises(CanonError) as error:
        canon_of(tmp_path, text)
    assert "positioning.md" in str(error.value)
    assert says in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_document_may_have_any_encoding_and_line_ends(tmp_path: Path, encoding: str):
    text = "---\nname: Café\n---\n## Facts\n\n- We are fast – très {#x}\n"
    (tmp_path / "positioning.md").write_bytes(text.replace("\n", "\r\n").encode(encoding))
    canon = load_canon(tmp_path / "positioning.md")
    assert (canon.name, canon.messages[0].text, canon.messages[0].line) == ("Café", "We are fast – très", 6)


PIECES = [
    "---",
    "name: X",
    "name: [",
    "a: &a [*a]",
    "# T",
    "## Facts",
    "## Terms",
    "### V {#v}",
    "- A {#a}",
    "- Proof: 2",
]
PIECES += [
    "| Use | Not |",
    "|---|---|",
    "| a | b |",
    "| | b |",
    "> q",
    "{#x}",
    "text {#y} more",
    "## Not for",
    "```",
    "",
    "\x00",
]


@given(st.lists(st.sampled_from(PIECES), max_size=20), st.sampled_from([".md", ".html", ".docx", ".txt"]))
def test_any_document_is_read_or_refused_in_one_line(lines: list[str], suffix: str):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"positioning{suffix}"
        path.write_text("\n".join(["---", "name: X", "---", *lines]), encoding="utf-8")
        try:
            ids, refusal = [one.id for one in load_canon(path).messages], ""
        except CanonError as error:
            ids, refusal = ["refused"], str(error)
    assert len(set(ids)) == len(ids) > 0
    assert "\n" not in refusal


def test_a_document_that_is_not_there_is_an_error(tmp_path: Path):
    with pytest.raises(CanonError, match="can't be read"):
        load_canon(tmp_path / "none.md")


def test_a_document_that_no_loader_reads_is_an_error(tmp_path: Path):
    with pytest.raises(CanonError):
        canon_of(tmp_path, "x", "positioning.xyz")


HTML = """<html><head><title>Positioning</title></head><body>
<p>Name: Tidewell</p><p>aliases: TW, Tidewell App</p>
<h1>Tidewell positioning</h1>
<h2>Audience</h2><ul><li>Employers {#size}</li></ul>
<h3>Not for</h3><ul><li>Brokers {#not-brokers}</li></ul>
<h2>Benefits</h2><h3>Benefits get used {#use}</h3><p>People find them.</p><ul><li>Proof: 61% log in {#p}</li></ul>
<h2>Glossary</h2><table><tr><th>Say</th><th>Don't say</th></tr><tr><td>guide</td><td>bot, agent</td></tr></table>
</body></html>"""


def expected(canon: Canon) -> list[tuple[str, Kind, Polarity, str | None]]:
    return [(one.id, one.kind, one.polarity, one.supports) for one in canon.messages]


SMALL = [
    ("size", Kind.AUDIENCE, Polarity.STATES, None),
    ("not-brokers", Kind.AUDIENCE, Polarity.EXCLUDES, None),
    ("use", Kind.VALUE, Polarity.STATES, None),
    ("p", Kind.FACT, Polarity.STATES, "use"),
]


def test_the_same_headings_work_in_html(tmp_path: Path):
    canon = canon_of(tmp_path, HTML, "positioning.html")
    assert (canon.name, canon.aliases) == ("Tidewell", ("TW", "Tidewell App"))
    assert expected(canon) == SMALL
    assert canon.terms == (Term("guide", ("bot", "agent"), "", 7),)
    assert message(canon, "use").text == "Benefits get used. People find them."


def test_the_same_headings_work_in_docx(tmp_path: Path):
    document = docx.Document()
    for text in ("name: Tidewell", "version: 3"):
        document.add_paragraph(text)
    document.add_heading("Tidewell positioning", 0)
    document.add_heading("Audience", 1)
    document.add_paragraph("Employers {#size}", style="List Bullet")
    document.add_heading("Not for", 2)
    document.add_paragraph("Brokers {#not-brokers}", style="List Bullet")
    document.add_heading("Benefits", 1)
    document.add_heading("Benefits get used {#use}", 2)
    document.add_paragraph("People find them.")
    document.add_paragraph("Proof: 61% log in {#p}", style="List Bullet")
    document.add_heading("Glossary", 1)
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((*table.rows[0].cells, *table.rows[1].cells), ("Use", "Avoid", "guide", "bot"), strict=True):
        cell.text = text
    held = io.BytesIO()
    document.save(held)
    (tmp_path / "positioning.docx").write_bytes(held.getvalue())
    canon = load_canon(tmp_path / "positioning.docx")
    assert (canon.name, canon.version) == ("Tidewell", "3")
    assert expected(canon) == SMALL
    assert [(term.use, term.avoid) for term in canon.terms] == [("guide", ("bot",))]


def test_the_corpora_are_there():
    assert len(DOCUMENTS) >= 40


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.parent.name)
def test_every_written_id_of_the_corpora_is_a_message(path: Path):
    canon = load_canon(path)
    assert set(re.findall(r"\{#([^}]+)\}", path.read_text())) <= {one.id for one in canon.messages}
    assert not [one for one in canon.messages if "{#" in one.text]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.parent.name)
def test_every_section_of_the_corpora_is_understood(path: Path):
    canon = load_canon(path)
    kinds = {one.kind for one in canon.messages} - {Kind.OTHER}
    assert len(kinds) == len(Kind) - 1
    assert any(one.kind is Kind.AUDIENCE and one.polarity is Polarity.EXCLUDES for one in canon.messages)
    rivals = {"Competitors", "9. Competitors", "The others", "Others in the field", "Others in the area"}
    assert {one.section for one in canon.messages if one.kind is Kind.OTHER} <= rivals


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.parent.name)
def test_every_row_of_the_corpora_is_a_term_and_every_rival_a_name(path: Path):
    canon = load_canon(path)
    table = [line for line in path.read_text().splitlines() if line.startswith("|")]
    assert len(canon.terms) == len(table) - 2
    assert all(term.avoid for term in canon.terms)
    assert len(canon.competitors) >= 2
    assert all(len(name.split()) <= 4 for name in canon.competitors)
