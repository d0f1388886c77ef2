"""Where a statement's numbers disagree with a message's, and where they only look as if they did."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messagecheck.nouns import Polarity
from messagecheck.quantities import DISAGREEING, Relation, compare, describe, parse_quantities


def relation(statement: str, message: str, context: str = "") -> Relation | None:
    found = compare(statement, message, context)
    return max(found, key=lambda difference: difference.certainty).relation if found else None


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("$588 a year per user", "$49 per user per month"),
        ("forty-nine bucks a seat each month", "$49 per user per month"),
        ("up for three nines", "Uptime is 99.9%"),
        ("about a month and a half", "It takes six weeks"),
        ("Two fortnights of notice", "28 days' notice"),
        ("seventy-two hours", "three days"),
        ("Nearly nine in ten rents", "88% of rents"),
        ("about nineteen thousand shops", "18,600 shops"),
        ("31 of 32 plants were healthy", "97% of our plants are healthy"),
        ("300 pupils at £21, so £6,300", "£21 per pupil per year"),
        ("48 cents a day per user", "$14.60 per user per month"),
        ("Open 9 to 5, Monday to Friday", "Open 9 am to 5 pm on weekdays"),
    ],
)
def test_the_same_figure_in_another_dress_agrees(statement: str, message: str) -> None:
    found = compare(statement, message)
    assert found
    assert not [difference for difference in found if difference.relation in DISAGREEING]


@pytest.mark.parametrize(
    ("statement", "message", "expected"),
    [
        ("Starter is $39 per user per month", "Starter: $49 per user per month", Relation.DIFFERENT),
        ("Starter is $49 per user per year", "Starter: $49 per user per month", Relation.OTHER_PERIOD),
        ("No limit on tiles", "Up to 40 tiles on a board", Relation.WIDER),
        ("Up to 60 tiles", "Up to 40 tiles on a board", Relation.WIDER),
        ("12 engineers", "Teams of 5 to 150 engineers", Relation.NARROWER),
        ("500 engineers", "Teams of 5 to 150 engineers", Relation.WIDER),
        ("Over 200 importers", "210 importers", Relation.NARROWER),
        ("Founded in 2014", "Founded in 2016", Relation.DIFFERENT),
        ("Phones until midnight: 7 am to midnight", "Phones: 7 am to 7 pm", Relation.WIDER),
        ("Four weeks to the first call", "4 business days to the first call", Relation.DIFFERENT),
        ("Billed monthly", "Billed quarterly", Relation.OTHER_PERIOD),
    ],
)
def test_figures_of_one_thing_are_told_apart(statement: str, message: str, expected: Relation) -> None:
    assert relation(statement, message) is expected


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("310 employers served", "Companies with 200 to 5,000 employees"),
        ("14 languages", "40 connectors"),
        ("$20 a month", "20 GB of storage"),
        ("The other 12% are looked at by a person", "88% of rents are matched automatically"),
    ],
)
def test_figures_of_other_things_are_not_compared(statement: str, message: str) -> None:
    assert not [difference for difference in compare(statement, message) if difference.relation in DISAGREEING]


def test_a_figure_that_was_repeated_is_not_contradicted_by_the_next_one() -> None:
    assert relation("140 in all, 31 of them for tills", "140 connectors in all.") is Relation.SAME
    assert len(compare("140 in all, 31 of them for tills", "140 connectors in all.")) == 1


def test_another_plan_makes_it_less_certain() -> None:
    (same_plan,) = compare("Desk: $190 a month", "Desk: $199 a month with 150 calls")
    (other_plan,) = compare("Suite: $449 a month", "Desk: $199 a month with 150 calls")
    assert same_plan.certainty > other_plan.certainty


def test_a_difference_is_told_in_the_texts_own_words() -> None:
    (difference,) = compare("Starter is $39 per user per month", "Starter: $49 per user per month")
    assert describe(difference) == "says $39 per user per month, the document says $49 per user per month"


NUMBERS = st.integers(2, 5000)
PHRASES = st.one_of(
    NUMBERS.map(lambda n: f"{n} shops"),
    NUMBERS.map(lambda n: f"${n} per user per month"),
    NUMBERS.map(lambda n: f"up to {n} users"),
    NUMBERS.map(lambda n: f"{n % 99 + 1} percent of rents"),
    NUMBERS.map(lambda n: f"within {n} hours"),
    st.tuples(NUMBERS, NUMBERS).map(lambda pair: f"{min(pair)} to {max(pair)} engineers"),
    st.integers(1990, 2030).map(lambda year: f"since {year}"),
    st.tuples(st.integers(1, 11), st.integers(1, 11)).map(lambda hours: f"{hours[0]} am to {hours[1]} pm"),
)


@given(st.lists(PHRASES, min_size=1, max_size=4).map(", ".join))
def test_nothing_disagrees_with_itself(text: str) -> None:
    assert not [difference for difference in compare(text, text) if difference.relation in DISAGREEING]


@given(st.text(), st.text())
def test_any_two_texts_are_compared(statement: str, message: str) -> None:
    for difference in compare(statement, message):
        assert difference.ours in parse_quantities(statement)
        assert difference.theirs in parse_quantities(message)
        assert 0 <= difference.certainty <= 1


@given(NUMBERS)
def test_conversion_twins_agree(number: int) -> None:
    twins = [
        (f"${number * 12} per user per year", f"${number} per user per month"),
        (f"{number * 7} days", f"{number} weeks"),
        (f"{number * 24} hours", f"{number} days"),
        (f"{number} GB", f"{number * 1024} MB"),
        (f"{number * 100} cents", f"${number}"),
        (f"{number * 1000:,} shops", f"{number} thousand shops"),
    ]
    for statement, message in twins:
        assert relation(statement, message) is Relation.SAME
        assert relation(message, statement) is Relation.SAME


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("Made for brokerages of 5 agents", Relation.DIFFERENT),
        ("Made for brokerages of 20 to 600 agents", Relation.NARROWER),
    ],
)
def test_what_is_excluded_is_disagreed_with_from_inside(statement: str, expected: Relation) -> None:
    (difference,) = compare(statement, "Brokerages under 20 agents.", polarity=Polarity.EXCLUDES)
    assert difference.relation is expected


@pytest.mark.parametrize(
    ("statement", "message", "context"),
    [
        ("It's $4,800 a month, GST on top.", "Site: $480 per live site per month.", "Mick: And for 10 sites?"),
        ("Phones from 3 am to 6 pm, your time", "Phones from 6 am to 9 pm Eastern", "You're in Seattle"),
        ("Nothing has less than 30 days to go", "At least 30 days left", ""),
        ("More than one site", "Two or more sites", ""),
        ("Deleted after fourteen days, not sixty", "Deleted after 14 days", ""),
        ("The office opens at three", "The office opens at 3 pm", ""),
        ("0.5 GB a file", "Files up to 500 MB", ""),
        ("In 2025 we served 96 technicians", "96 technicians (January 2026)", ""),
        ("For eighty pence more a home", "£2.40 per home per month", ""),
        ("Two in a hundred needed help", "98% needed no help", ""),
    ],
)
def test_a_fact_told_from_another_side_does_not_disagree(statement: str, message: str, context: str) -> None:
    assert not [d for d in compare(statement, message, context) if d.relation in DISAGREEING]


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("There is no minimum", "Minimum order: ten seats"),
        ("There is no minimum", "Minimum bill: $210 a month"),
        ("By 4% at least", "By 4% at most"),
        ("C$28,000 tops", "From C$28,000 per event"),
        ("$21 per file", "$21 per agent per month"),
        ("15 calendar days", "15 business days"),
        ("within four working days", "within four working hours"),
        ("between 600 and 12,000 rpm", "between 60 and 12,000 rpm"),
        ("Three users included, each further one $5", "Unlimited users"),
        ("three ninety a day", "£490 a day"),
        ("Monday through Friday", "The chat is open daily"),
    ],
)
def test_bounds_bases_and_spoken_prices_disagree(statement: str, message: str) -> None:
    assert [difference for difference in compare(statement, message) if difference.relation in DISAGREEING]


def test_shared_words_make_it_more_certain() -> None:
    message = "Support desk: the median first answer arrives in 14 minutes."
    (close,) = compare("The median first answer of the support desk arrives in 41 minutes.", message)
    (far,) = compare("Median queue at the coffee machine in our Oslo kitchen: 41 minutes.", message)
    assert close.certainty > 0.5 > far.certainty


def test_what_is_paid_monthly_may_come_weekly() -> None:
    assert compare("The gardener comes once a week", "Visits are in the monthly fee") == ()
    assert compare("30 of 32 plants were healthy", "97% of our plants are healthy")[0].relation is Relation.DIFFERENT
