"""The words that numbers, units, periods and bounds are said in."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a list that is easier read as a line than as literals."""
    return frozenset(text.split())


_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
ONES = {word: float(value) for value, word in enumerate(_ONES.split())}
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS = {word: 10.0 * value for value, word in enumerate(_TENS.split(), 2)}
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "grand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "lakh": 1e5,
    "crore": 1e7,
    "hundreds": 1e2,
}
SUFFIXES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9}
COLLECTIVES = {"dozen": 12.0, "couple": 2.0}
FRACTIONS = {
    "half": 2,
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fifth": 5,
    "fifths": 5,
    "sixth": 6,
    "sixths": 6,
    "eighth": 8,
    "eighths": 8,
    "tenth": 10,
    "tenths": 10,
    "twentieth": 20,
}
TIMES = {"once": 1.0, "twice": 2.0, "thrice": 3.0}

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
YEAR = 365.25 * DAY
MONTH = YEAR / 12
PERIODS = {
    "second": 1.0,
    "minute": MINUTE,
    "hour": HOUR,
    "day": DAY,
    "week": 7 * DAY,
    "fortnight": 14 * DAY,
    "month": MONTH,
    "quarter": YEAR / 4,
    "year": YEAR,
}
PERIOD_WORDS = {
    **{period: period for period in PERIODS},
    **{f"{period}s": period for period in PERIODS},
    "mo": "month",
    "mth": "month",
    "yr": "year",
    "annum": "year",
    "wk": "week",
    "hr": "hour",
    "min": "minute",
    "sec": "second",
    "night": "day",
    "weekday": "day",
    "season": "season",
    "term": "term",
}
ADVERBS = {
    "hourly": "hour",
    "daily": "day",
    "nightly": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
    "annually": "year",
    "annual": "year",
}
DURATIONS = {
    **PERIODS,
    **{f"{period}s": seconds for period, seconds in PERIODS.items()},
    "sec": 1.0,
    "secs": 1.0,
    "s": 1.0,
    "ms": 1e-3,
    "millisecond": 1e-3,
    "milliseconds": 1e-3,
    "min": MINUTE,
    "mins": MINUTE,
    "hr": HOUR,
    "hrs": HOUR,
    "h": HOUR,
    "night": DAY,
    "nights": DAY,
    "fortnight": 14 * DAY,
    "fortnights": 14 * DAY,
    "decade": 10 * YEAR,
    "decades": 10 * YEAR,
    "yr": YEAR,
    "yrs": YEAR,
    "century": 100 * YEAR,
    "weekend": 2 * DAY,
}
DURATIONS.pop("quarter")
BUSINESS = frozenset({"business", "working", "work", "banking"})
CALENDAR = frozenset(
    {"calendar", "full", "whole", "straight", "consecutive", "short", "long", "solid", "clear", "more", "extra"}
)

SYMBOLS = {
    "$": "usd",
    "us$": "usd",
    "a$": "aud",
    "au$": "aud",
    "c$": "cad",
    "ca$": "cad",
    "nz$": "nzd",
    "s$": "sgd",
    "hk$": "hkd",
    "€": "eur",
    "£": "gbp",
    "¥": "jpy",
    "₹": "inr",
}
CODES = {code: code for code in words("usd aud cad nzd sgd hkd eur gbp jpy inr chf sek nok dkk")}
CURRENCY_WORDS = {
    **dict.fromkeys(("dollar", "dollars", "buck", "bucks"), ("usd", 1.0)),
    **dict.fromkeys(("euro", "euros"), ("eur", 1.0)),
    **dict.fromkeys(("pound", "pounds", "quid"), ("gbp", 1.0)),
    **dict.fromkeys(("rupee", "rupees"), ("inr", 1.0)),
    **dict.fromkeys(("yen",), ("jpy", 1.0)),
    **dict.fromkeys(("franc", "francs"), ("chf", 1.0)),
    **dict.fromkeys(("pence", "penny", "p"), ("gbp", 0.01)),
    **dict.fromkeys(("cent", "cents"), ("money", 0.01)),
    **{code: (code, 1.0) for code in CODES},
}
MONEY = frozenset({*SYMBOLS.values(), *CODES, "money"})
DOLLARS = frozenset({"usd", "aud", "cad", "nzd", "sgd", "hkd"})

SIZES = {
    **{name: 1024.0**power for power, name in enumerate(("b", "kb", "mb", "gb", "tb", "pb")) if power},
    **{
        f"{name}byte{plural}": 1024.0 ** (power + 1)
        for power, name in enumerate(("kilo", "mega", "giga", "tera", "peta"))
        for plural in ("", "s")
    },
    "gigs": 1024.0**3,
    "gig": 1024.0**3,
    "megs": 1024.0**2,
    "gib": 1024.0**3,
    "mib": 1024.0**2,
    "tib": 1024.0**4,
}
MEASURES = {
    **dict.fromkeys(("g", "gram", "grams"), ("gram", 1.0)),
    **dict.fromkeys(("kg", "kilo", "kilos", "kilogram", "kilograms"), ("gram", 1e3)),
    **dict.fromkeys(("tonne", "tonnes"), ("gram", 1e6)),
    **dict.fromkeys(("km", "kilometre", "kilometres", "kilometer", "kilometers"), ("metre", 1e3)),
    **dict.fromkeys(("metre", "metres", "meter", "meters"), ("metre", 1.0)),
    **dict.fromkeys(("mile", "miles"), ("metre", 1609.344)),
    **dict.fromkeys(("foot", "feet", "ft"), ("metre", 0.3048)),
    **dict.fromkeys(("inch", "inches"), ("metre", 0.0254)),
    **dict.fromkeys(("µm", "micron", "microns"), ("metre", 1e-6)),
    **dict.fromkeys(("mm", "millimetre", "millimetres"), ("metre", 1e-3)),
    **dict.fromkeys(("cm", "centimetre", "centimetres"), ("metre", 1e-2)),
    **dict.fromkeys(("acre", "acres"), ("acre", 1.0)),
    **dict.fromkeys(("ha", "hectare", "hectares"), ("acre", 2.4710538)),
    **dict.fromkeys(("kwh",), ("kwh", 1.0)),
    **dict.fromkeys(("kw", "kilowatt", "kilowatts"), ("watt", 1e3)),
}
PERCENT = frozenset({"%", "percent", "pct", "percentage"})

DAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tue tues",
            "wednesday wed",
            "thursday thu thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        ),
        1,
    )
    for name in (*names.split(), names.split()[0] + "s")
}
_MONTHS = (
    "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept"
    " october/oct november/nov december/dec"
)
MONTHS = {name: number for number, names in enumerate(_MONTHS.split(), 1) for name in names.split("/")}

LOW, HIGH, ABOUT = "low", "high", "about"
_BEFORE = {
    LOW: "at least|a minimum of|minimum of|minimum|min|no less than|no fewer than|not less than|not fewer than|"
    "more than|over|above|upwards of"
    "|upward of|beyond|exceeding|greater than|better than|well over|just over|from|starting at|starts at|"
    "starting from|start at|starts from|begins at|>|≥|past|longer than|older than"
    "|not under|never less than|never fewer than|north of",
    HIGH: "up to|at most|no more than|not more than|never more than|maximum of|a maximum of|maximum|max|under|"
    "below|less than|fewer than|within"
    "|inside|in under|as many as|as much as|no longer than|not over|capped at|limited to|limit of|a limit of|"
    "just under|well under|<|≤|shorter than"
    "|younger than|smaller than|in less than|no later than|largest|cap of|a cap of|not even",
    ABOUT: "about|around|roughly|approximately|approx|some|nearly|almost|circa|~|call it|close to|getting on for|"
    "give or take|say|near|ca|more or less"
    "|not quite|or so|nearer|like",
}
_AFTER = {
    LOW: "or more|or above|or over|or older|or longer|or larger|or later|and up|and over|and above|and more|plus|"
    "+|upwards|minimum|at least|at minimum|is the minimum"
    "|is the floor|is where that starts|is where it starts|up",
    HIGH: "or less|or fewer|or under|or below|or smaller|or younger|or sooner|and under|and below|at most|tops|"
    "max|maximum|at the most|or better|is the limit|is the maximum"
    "|is the cap|is the ceiling|is where it ends|at maximum",
    ABOUT: "or so|give or take|or thereabouts|roughly|ish|approximately",
}


def _phrases(table: dict[str, str]) -> dict[tuple[str, ...], str]:
    return {tuple(phrase.split()): bound for bound, phrases in table.items() for phrase in phrases.split("|")}


BOUNDS_BEFORE = _phrases(_BEFORE)
BOUNDS_AFTER = _phrases(_AFTER)
CHANGES = words(
    "fell fall falls fallen rose rise rises risen dropped drop drops dropping went go goes grew grow grown cut "
    "cuts cutting reduced reduce reduces"
    " reducing increased increase climbed climb down up moved improved slipped shrank halved brought came come"
)

STOP = words(
    "a an the this that these those it its it's of in on at to from for by with without within and or but nor so "
    "as than then if is are was were be been"
    " being am do does did done has have had having can could will would shall should may might must not no "
    "never n't i you he she we they me him her us"
    " them my your his our their mine yours ours theirs who whom whose which what when where why how all any "
    "both each every few more most other some"
    " such only own same too very just also about up down out over under again once here there off per into onto "
    "between among across during before"
    " after above below through until till while because since least less fewer plus minus i'm you're we're "
    "they're he's she's that's there's don't"
    " doesn't didn't isn't aren't wasn't won't can't you'd we'd they'd i'd you'll we'll they'll it'll i'll "
    "you've we've they've i've let let's get gets"
    " around near beyond behind against along despite toward towards alone got go goes yes yeah well okay ok oh "
    "um uh like now still even ever always already yet"
)
CERTIFICATES = words(
    "soc iso iec http https sha aes tls ssl rsa rfc pci hipaa gdpr nist type tier level phase step stage section "
    "article clause chapter page pages slide"
    " figure table appendix annex version release part form route room suite unit no nr number building gate "
    "track grade edition item line question"
    " option schedule lot note exhibit act en din bs ifrs asc edi rule rev mark mk vol volume layer web ipv usb "
    "mp gpt windows office flight bus highway interstate"
    " policy order ticket row column day week month year quarter season point"
)
STREETS = words("street st road rd avenue ave lane ln drive dr boulevard blvd square way court place plaza row floor")
