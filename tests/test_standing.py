"""Drift, its interval and its tier; what is expressed, hinted at, missing and contradicted."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from messagecheck import places, standing
from messagecheck.errors import ModelError
from messagecheck.nouns import (
    Block,
    Canon,
    Coverage,
    Finding,
    Location,
    Match,
    Reading,
    Sentence,
    Severity,
    Standing,
    Tier,
    Touchpoint,
    Verdict,
)
from messagecheck.standing import load_config, tier, to_drift
from tests.canons import make_canon

BODY = """## Value propositions
### Fast {#fast}
- Proof: three days {#days}
### Calm {#calm}
## Pricing
- Starter costs nine {#price}
"""
WORDS = "One two three four five six seven eight nine ten."


@pytest.fixture
def canon(tmp_path: Path) -> Canon:
    return make_canon(tmp_path, BODY)


def said(canon: Canon, id_: str, *, aligned: float = 0.0, conflict: float = 0.0, text: str = WORDS) -> Reading:
    message = next(message for message in canon.messages if message.id == id_)
    band = Severity.ERROR if conflict > 0.5 else None
    block = Block(text, Location("a.md", line=1))
    return Reading(Sentence(text, 0, block), (Match(message, 0.7, Verdict(conflict, aligned, "value", "", band)),))


def weighed(canon: Canon, *readings: Reading, required: tuple[str, ...] = ("fast", "calm")) -> Standing:
    touchpoint = Touchpoint("a.md", "blog", "A", tuple(reading.sentence.block for reading in readings))
    findings = [
        Finding("conflict/value", Severity.ERROR, 0.9, reading.sentence.at, WORDS, "", message=match.message)
        for reading in readings
        for match in reading.matches
        if match.verdict and match.verdict.band
    ]
    return standing.weigh(touchpoint, readings, findings, canon, required)


def statuses(stands: Standing) -> dict[str, Coverage]:
    return {one.message.id: one.status for one in stands.coverage}


def test_a_reader_can_compute_drift_anew(canon: Canon):
    stands = weighed(canon, said(canon, "fast", aligned=0.8), said(canon, "price", conflict=0.7))
    parts, scale = dict(stands.parts), load_config().scale
    total = sum(weight * parts[name] for name, weight in scale.weights)
    assert stands.drift == pytest.approx(1 - 2**-total, abs=2e-4)
    assert stands.tier is tier(stands.drift, scale)


def test_conflicts_are_expected_ones_per_thousand_words_of_ours(canon: Canon):
    stands = weighed(canon, *[said(canon, "price", conflict=0.3)] * 15)
    assert dict(stands.parts)["conflicts"] == pytest.approx(15 * 0.3 * 1000 / (15 * 10 + standing.SOFT_WORDS), abs=1e-3)


def test_the_missing_part_is_the_expected_share_of_what_is_required(canon: Canon):
    stands = weighed(canon, said(canon, "fast", aligned=0.9))
    likely = [one.probability for one in stands.coverage if one.message.id in {"fast", "calm"}]
    assert dict(stands.parts)["missing"] == pytest.approx(sum(1 - p for p in likely) / 2, abs=1e-4)


def test_where_nothing_is_required_nothing_is_missing(canon: Canon):
    stands = weighed(canon, said(canon, "price", aligned=0.9), required=())
    assert dict(stands.parts)["missing"] == dict(stands.parts)["emphasis"] == 0
    assert Coverage.MISSING not in statuses(stands).values()


def test_a_value_proposition_is_expressed_by_its_proof(canon: Canon):
    told = [said(canon, "days", aligned=0.95), said(canon, "days", aligned=0.9)]
    assert statuses(weighed(canon, *told)) == {
        "fast": Coverage.EXPRESSED,
        "days": Coverage.EXPRESSED,
        "calm": Coverage.MISSING,
    }


def test_hints_alone_are_weak(canon: Canon):
    assert statuses(weighed(canon, *[said(canon, "price", aligned=0.4)] * 3))["price"] is Coverage.WEAK


def test_what_a_finding_contradicts_is_contradicted_though_it_is_expressed_elsewhere(canon: Canon):
    stands = weighed(canon, *[said(canon, "fast", aligned=0.9)] * 2, said(canon, "fast", conflict=0.9))
    assert statuses(stands)["fast"] is Coverage.CONTRADICTED
    assert len(next(one for one in stands.coverage if one.message.id == "fast").evidence) == 2


def test_what_is_missing_shows_no_evidence(canon: Canon):
    stands = weighed(canon, said(canon, "price", aligned=0.9))
    assert [one.evidence for one in stands.coverage if one.status is Coverage.MISSING] == [(), ()]


def test_a_short_touchpoint_is_told_apart_unless_its_whole_interval_is_one_tier(canon: Canon):
    assert weighed(canon, said(canon, "fast", aligned=0.9, conflict=0.3)).too_short == "1 of 15 statements"
    assert weighed(canon).too_short == "no statement of ours"
    assert weighed(canon, *[said(canon, "price", conflict=0.99)] * 12).too_short == ""
    assert weighed(canon, *[said(canon, "fast", aligned=0.9, conflict=0.05)] * 15).too_short == ""


shares = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=12)


@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shares, st.floats(0.05, 1))
def test_a_likelier_conflict_never_lowers_drift_and_the_interval_holds_it(
    canon: Canon, told: list[tuple[float, float]], more: float
):
    readings = [said(canon, "fast", aligned=a, conflict=c) for a, c in told]
    stands = weighed(canon, *readings, said(canon, "price", conflict=0.0))
    worse = weighed(canon, *readings, said(canon, "price", conflict=more))
    assert worse.drift >= stands.drift
    for one in (stands, worse):
        assert 0 <= one.interval[0] <= one.drift + 1e-4
        assert one.drift - 1e-4 <= one.interval[1] <= 1


def test_a_longer_touchpoint_of_the_same_rate_has_a_narrower_interval(canon: Canon):
    few, many = (weighed(canon, *[said(canon, "price", conflict=0.2)] * times) for times in (20, 200))
    assert many.interval[1] - many.interval[0] < few.interval[1] - few.interval[0]


def test_the_shipped_weights_are_not_negative_and_the_tiers_in_order():
    scale = load_config().scale
    assert [name for name, _ in scale.weights] == ["conflicts", "terms", "missing", "emphasis"]
    assert all(weight >= 0 for _, weight in scale.weights)
    assert 0 < scale.drifting_from < scale.off_message_from == to_drift(1) == 0.5
    assert [tier(drift, scale) for drift in (0.0, scale.drifting_from, 0.5)] == [*Tier]


@pytest.mark.parametrize("text", ["{}", "[]", "no", '{"weights": {"conflicts": "many"}}'])
def test_a_config_of_another_form_names_the_command_that_writes_it(tmp_path: Path, text: str):
    (tmp_path / "config.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=r"config\.json: holds no weights of drift; write them with python -m"):
        load_config.__wrapped__(tmp_path)


def test_the_shipped_config_is_what_the_command_writes(tmp_path: Path):
    from messagecheck.training.standing import write

    shipped = places.model("standing") / "config.json"
    write(load_config(), tmp_path / "config.json")
    assert json.loads((tmp_path / "config.json").read_text(encoding="utf-8")) == json.loads(
        shipped.read_text(encoding="utf-8")
    )


def test_the_documents_own_words_are_no_conflict(canon: Canon):
    own = said(canon, "price", conflict=0.9, text="Starter costs nine")
    assert dict(weighed(canon, own).parts)["conflicts"] == 0
    assert dict(weighed(replace(canon, wording=frozenset()), own).parts)["conflicts"] > 0


def test_the_documented_formula_is_the_shipped_one():
    from messagecheck.training.standing import formula

    page = (Path(__file__).parent.parent / "docs" / "drift.md").read_text(encoding="utf-8")
    assert f"> {formula(load_config().scale)}\n" in page
