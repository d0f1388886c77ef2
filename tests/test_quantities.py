"""What is read as a quantity, and what is not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messagecheck.quantities import Quantity, parse_quantities

HOUR = 3600.0
DAY = 24 * HOUR
MONTH = 365.25 * DAY / 12


def only(text: str) -> Quantity:
    (quantity,) = parse_quantities(text)
    return quantity


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,250 shops", 1250),
        ("2.3 million shops", 2.3e6),
        ("40k shops", 40e3),
        ("ninety-four shops", 94),
        ("a dozen shops", 12),
        ("half a million shops", 5e5),
        ("a couple of shops", 2),
        ("forty-two hundred shops", 4200),
        ("three hundred and ninety shops", 390),
        ("six thousand four hundred eighty shops", 6480),
        ("a hundred and forty shops", 140),
        ("two and a half thousand shops", 2500),
    ],
)
def test_a_number_is_read_in_digits_and_in_words(text: str, value: float) -> None:
    quantity = only(text)
    assert (quantity.low, quantity.high, quantity.unit, quantity.noun) == (value, value, "count", "shop")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("38 percent", 38),
        ("38 per cent", 38),
        ("38%", 38),
        ("half of it", 50),
        ("two fifths", 40),
        ("three nines", 99.9),
        ("ninety-four times out of a hundred", 94),
        ("7 in 10", 70),
        ("nine of ten", 90),
        ("one rent in fifty", 2),
        ("ninety-nine point nine seven percent", 99.97),
    ],
)
def test_a_share_is_read_as_percent(text: str, value: float) -> None:
    quantity = only(text)
    assert (quantity.low, quantity.unit) == (pytest.approx(value), "percent")


@pytest.mark.parametrize(
    ("text", "value", "unit", "per"),
    [
        ("$49 per user per month", 49, "usd", ("user", "month")),
        ("$49/user/month", 49, "usd", ("user", "month")),
        ("£9 a seat", 9, "gbp", ("seat",)),
        ("forty-nine bucks", 49, "usd", ()),
        ("$588 a year", 588, "usd", ("year",)),
        ("C$1.9k per event", 1900, "cad", ("event",)),
        ("€0.90 per 1,000 profiles per month", 0.0009, "eur", ("profile", "month")),
        ("seven euros forty", 7.4, "eur", ()),
        ("two cents each", 0.02, "money", ()),
        ("fifty quid every other", 50, "gbp", ()),
        ("at no cost", 0, "money", ()),
    ],
)
def test_money_has_a_currency_and_what_it_is_for(text: str, value: float, unit: str, per: tuple[str, ...]) -> None:
    quantity = only(text)
    assert (quantity.low, quantity.unit, quantity.per) == (pytest.approx(value), unit, per)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("six weeks", 42 * DAY),
        ("a month and a half", 1.5 * MONTH),
        ("48 hours", 48 * HOUR),
        ("half an hour", HOUR / 2),
        ("one hour and ten minutes", 70 * 60),
        ("a 90-second film", 90),
        ("two and a half hours", 2.5 * HOUR),
    ],
)
def test_a_duration_is_in_seconds(text: str, seconds: float) -> None:
    quantity = only(text)
    assert (quantity.low, quantity.unit) == (pytest.approx(seconds), "second")


def test_business_days_are_kept_apart_from_days() -> None:
    assert only("four business days").unit == "business-day"
    assert only("next business day").unit == "business-day"
    assert only("one working week").low == 5
    assert only("four days").unit == "second"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("200 to 5,000 shops", 200, 5000),
        ("between 5 and 150 shops", 5, 150),
        ("from 40 up to 400 shops", 40, 400),
        ("at least 5 shops", 5, None),
        ("more than 5 shops", 5, None),
        ("5+ shops", 5, None),
        ("five or more shops", 5, None),
        ("a minimum of 5 shops", 5, None),
        ("up to 5 shops", None, 5),
        ("no more than five shops", None, 5),
        ("fewer than 5 shops", None, 5),
        ("unlimited shops", None, None),
        ("no limit on shops", None, None),
    ],
)
def test_bounds_and_ranges_open_the_ends(text: str, low: float | None, high: float | None) -> None:
    quantity = only(text)
    assert (quantity.low, quantity.high, quantity.noun) == (low, high, "shop")


def test_a_change_from_one_figure_to_another_is_no_range() -> None:
    first, second = parse_quantities("remakes fell from 3.1 to 1.2 per 100 covers")
    assert (first.low, second.low) == (pytest.approx(0.031), pytest.approx(0.012))


@pytest.mark.parametrize(
    ("text", "unit", "low", "high"),
    [
        ("7 a.m. to 9 p.m.", "clock", 7 * HOUR, 21 * HOUR),
        ("office phones: 7:30 am to 5:30 pm", "clock", 7.5 * HOUR, 17.5 * HOUR),
        ("6:00 to 22:00", "clock", 6 * HOUR, 22 * HOUR),
        ("half past seven in the morning", "clock", 7.5 * HOUR, 7.5 * HOUR),
        ("around the clock", "clock", 0, DAY),
        ("Monday to Friday", "weekday", 1, 5),
        ("seven days a week", "weekday", 1, 7),
        ("weekdays", "weekday", 1, 5),
    ],
)
def test_hours_and_days_are_spans(text: str, unit: str, low: float, high: float) -> None:
    quantity = only(text)
    assert (quantity.unit, quantity.low, quantity.high) == (unit, low, high)


def test_twenty_four_seven_is_hours_and_days() -> None:
    assert [quantity.unit for quantity in parse_quantities("We answer 24/7.")] == ["clock", "weekday"]


@pytest.mark.parametrize("text", ["since 2016", "in twenty-sixteen", "in twenty sixteen"])
def test_a_year_is_all_of_its_days(text: str) -> None:
    quantity = only(text)
    assert quantity.unit == "date"
    assert (quantity.high or 0) - (quantity.low or 0) == 365


def test_a_rating_is_no_share() -> None:
    assert (only("rated 4.8 out of 5").unit, only("rated 4.8 out of 5").low) == ("rating", 4.8)


@pytest.mark.parametrize(
    ("text", "period", "times"),
    [
        ("billed monthly", "month", 1),
        ("updated every 6 hours", "hour", 1 / 6),
        ("twice a year", "year", 2),
        ("once every two years", "year", 0.5),
    ],
)
def test_a_rhythm_is_times_in_a_period(text: str, period: str, times: float) -> None:
    quantity = only(text)
    assert (quantity.noun, quantity.per, quantity.low) == ("time", (period,), pytest.approx(times))


def test_a_list_shares_its_last_unit() -> None:
    assert [quantity.unit for quantity in parse_quantities("at 10, 30 and 60 cm")] == ["metre"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "SOC 2 Type II",
        "certified to ISO 27001",
        "it answers HTTP 404",
        "AES-256 everywhere",
        "an 834 file",
        "see page 12",
        "slide 4",
        "1. First of all",
        "3.2 Operating range",
        "call +1 555 010 4477",
        "release 2.3.1",
        "v2.2 of the protocol",
        "400 Clark Street",
        "write to team4@example.com",
        "the third office",
        "no one else, and this one too",
        "feel free to ask",
        "B2B sales in Q3",
    ],
)
def test_names_and_numberings_are_no_quantities(text: str) -> None:
    assert parse_quantities(text) == ()


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    for quantity in parse_quantities(text):
        assert quantity.text == text[quantity.start : quantity.end]
        assert quantity.text


NUMBER_WORDS = """
    an,half,and,two,twenty,forty-nine,hundred,million,7,10,99.9,1250,percent,out of,in,per user,a
    month,months,hours,to,%,$
    between,at least,up to,more than,am,p.m.,o'clock,Monday,Friday,every,six,weeks,business
    days,2016,May,24/7,free,for,:,(,£
    no limit,point,nine,third,'s,once,twice,times,an hour,quarter past,a dollar,no minimum,three ninety,-,–,+,/,)
"""
WORDS = st.sampled_from(
    [word.strip() for line in NUMBER_WORDS.splitlines() for word in line.split(",") if word.strip()]
)


@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_any_row_of_number_words_is_read_in_order(text: str) -> None:
    found = parse_quantities(text)
    assert all(quantity.text == text[quantity.start : quantity.end] and quantity.text for quantity in found)
    spans = list(dict.fromkeys((quantity.start, quantity.end) for quantity in found))
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(q.low <= q.high for q in found if q.low is not None and q.high is not None)
