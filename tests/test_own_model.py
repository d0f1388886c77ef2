import json
import math
import random
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from messagecheck import own_model
from messagecheck.errors import ModelError
from messagecheck.nouns import Block, Canon, Kind, Location, Match, Message, Mode, Polarity, Reading, Sentence, Severity
from messagecheck.own_model import Calibration, calibrate, read_calibration, write_calibration
from messagecheck.own_model.scoring import log_odds

PRICE = Message("price", Kind.PRICING, "Acme costs $49 per month", 3)
LORE = Message("lore", Kind.OTHER, "Acme was founded in a garage", 4)
NO_PAYROLL = Message("payroll", Kind.BOUNDARY, "Payroll", 5, Polarity.EXCLUDES, section="Out of scope")
CANON = Canon("positioning.md", "Acme", (), None, (PRICE, LORE, NO_PAYROLL), (), ())
PLATT = Calibration(1.0, 0.0, 0.5, 0.9)
WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] we cost costs $ 49 39 per month was founded in a garage payroll scope : ."


def reading(text, messages=(PRICE, LORE), *, mode=Mode.ASSERTS, headers="", similarity=0.7):
    block = Block(text, Location("page.md", line=1), context=headers)
    return Reading(Sentence(text, 0, block, mode, headers), tuple(Match(message, similarity) for message in messages))


def scored(*rows):
    """A model that gives these rows of log-odds, one a pair."""
    return lambda pairs: np.array(rows[: len(pairs)], dtype=np.float64).reshape(-1, 2)


def tiny_bert(folder, labels):
    """A cross-encoder with random weights, of two layers and a vocabulary of a few words."""
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer, set_seed

    set_seed(0)
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(dict.fromkeys(WORDS.split())) + "\n", encoding="utf-8")
    config = BertConfig(
        vocab_size=len(set(WORDS.split())),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
        id2label=dict(enumerate(labels)),
        label2id={label: number for number, label in enumerate(labels)},
        initializer_range=0.5,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    return str(folder)


@pytest.fixture(scope="module")
def nli(tmp_path_factory):
    return tiny_bert(tmp_path_factory.mktemp("own") / "nli", ["CONTRADICTION", "Neutral", "entailment"])


# A real model


def test_a_model_of_ones_own_judges_every_claim(nli):
    judge = own_model.load(nli, PLATT)
    asked = [reading("Acme costs $39 per month."), reading("Does it cost $39?", mode=Mode.ASKS), reading("A garage.")]
    judged = judge(asked, CANON)
    assert judged[1] == asked[1]
    for one in (judged[0], judged[2]):
        [price, lore] = [match.verdict for match in one.matches]
        assert 0 < price.conflict < 1
        assert price.kind == "pricing"
        assert (lore.conflict, lore.kind, lore.band) == (0.0, "", None)


def test_the_order_of_the_outputs_is_read_from_the_model(nli, tmp_path):
    swapped = tiny_bert(tmp_path / "swapped", ["entailment", "neutral", "contradiction"])
    pairs = [("we cost $ 49", "we cost $ 39"), ("payroll", "in a garage")]
    assert np.allclose(own_model.load_score(nli)(pairs), own_model.load_score(swapped)(pairs)[:, ::-1])


def test_two_outputs_of_consistency_will_do(tmp_path):
    name = tiny_bert(tmp_path / "consistency", ["Inconsistent", "Consistent"])
    odds = own_model.load_score(name)([("we cost $ 49", "we cost $ 39")])
    assert odds.shape == (1, 2)
    assert odds[0, 0] == -odds[0, 1] != 0


def test_a_score_does_not_depend_on_what_stands_beside_it(nli):
    score = own_model.load_score(nli)
    pairs = [("we cost $ 49", "we cost $ 39"), ("payroll", "in a garage . " * 9), ("payroll", "$"), ("payroll", "$")]
    alone = [score([pair])[0].tolist() for pair in pairs]
    assert score(pairs).tolist() == alone
    assert score(pairs[::-1]).tolist() == alone[::-1]


def test_no_text_has_no_scores(nli):
    assert own_model.load_score(nli)([]).shape == (0, 2)
    assert own_model.load(nli, PLATT)([], CANON) == []


@pytest.mark.parametrize(
    "labels",
    [["LABEL_0", "LABEL_1", "LABEL_2"], ["entailment", "not_entailment"], ["odd", "entailment", "neutral"], ["x"]],
)
def test_outputs_whose_order_cannot_be_told_are_an_error_that_names_them(tmp_path, labels):
    name = tiny_bert(tmp_path / "odd", labels)
    with pytest.raises(ModelError, match="id2label") as raised:
        own_model.load_score(name)
    assert labels[0] in str(raised.value)


def test_a_folder_without_a_model_is_an_error_of_one_line(tmp_path):
    with pytest.raises(ModelError) as raised:
        own_model.load(str(tmp_path), PLATT)
    assert "\n" not in str(raised.value)
    assert str(tmp_path) in str(raised.value)


def test_weights_that_are_no_safetensors_are_never_opened(nli, tmp_path):
    from shutil import copytree

    folder = copytree(nli, tmp_path / "pickled")
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(ModelError, match="safetensors"):
        own_model.load_score(str(folder))


def test_naming_own_model_loads_no_torch():
    code = "import sys, messagecheck.own_model; print(*{'torch', 'sklearn', 'transformers'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


# Verdicts


def test_log_odds_are_against_all_other_outputs():
    logits = np.log([[0.2, 0.3, 0.5]])
    expected = [math.log(0.5 / 0.5), math.log(0.2 / 0.8)]
    assert log_odds(logits, (2, 0))[0].tolist() == [round(x, 3) for x in expected]


@pytest.mark.parametrize(
    ("odds", "band"), [(math.log(0.4 / 0.6), None), (math.log(0.6 / 0.4), Severity.WARNING), (3.0, Severity.ERROR)]
)
def test_the_calibration_decides_how_serious_a_conflict_is(odds, band):
    [judged] = own_model.make_judge(scored([-2, odds], [0, 0]), PLATT)([reading("Acme costs $39 per month.")], CANON)
    assert judged.matches[0].verdict.band is band


def test_the_likeliest_message_alone_carries_the_conflict():
    judge = own_model.make_judge(scored([-2, 1], [0, 9], [-2, 3]), PLATT)
    [judged] = judge([reading("We run payroll.", (PRICE, LORE, NO_PAYROLL))], CANON)
    assert [bool(match.verdict.band) for match in judged.matches] == [False, False, True]
    assert judged.matches[2].verdict.kind == "scope"


@pytest.mark.parametrize("mode", [Mode.SUPPOSES, Mode.RECALLS])
def test_what_only_may_be_or_once_was_is_no_conflict(mode):
    judge = own_model.make_judge(scored([-2, 9], [0, 9]), PLATT)
    [judged] = judge([reading("It used to cost $39.", mode=mode)], CANON)
    assert [match.verdict.conflict for match in judged.matches] == [0.0, 0.0]


def test_a_text_about_something_else_is_consistent_but_not_aligned():
    near, far = (
        own_model.make_judge(scored([5, -5], [5, -5]), PLATT)([reading("A garage.", similarity=s)], CANON)[0]
        for s in (0.9, 0.1)
    )
    assert near.matches[0].verdict.aligned > 0.9
    assert far.matches[0].verdict.aligned == 0.0


def test_the_model_reads_plain_words_with_what_gives_them_meaning():
    seen = []

    def score(pairs):
        seen.extend(pairs)
        return np.zeros((len(pairs), 2))

    own_model.make_judge(score, PLATT)([reading("$39", (PRICE, NO_PAYROLL), headers="Acme Starter | Price")], CANON)
    cell = "we Starter | Price: $39"
    assert seen == [("we costs $49 per month", cell), ("Out of scope: Payroll", cell)]


def test_readings_without_matches_are_left_alone():
    judge = own_model.make_judge(scored([0, 0]), PLATT)
    assert judge([reading("Hello.", ())], CANON) == [reading("Hello.", ())]


# Calibration


def drawn(shift, *, number=600, seed=1):
    """Scores of sentences of which one in five conflicts, `shift` higher in the mean."""
    rng = random.Random(seed)
    labels = [rng.random() < 0.2 for _ in range(number)]
    return [rng.gauss(shift if label else 0.0, 1.0) for label in labels], labels


def test_calibrated_probabilities_are_as_often_right_as_they_say():
    fitted = calibrate(*drawn(2.0))
    scores, labels = drawn(2.0, seed=2)
    chances = [fitted(score) for score in scores]
    for low, high in ((0.0, 0.2), (0.2, 0.6), (0.6, 1.0)):
        inside = [(chance, label) for chance, label in zip(chances, labels, strict=True) if low <= chance < high]
        said, was = (sum(column) / len(inside) for column in zip(*inside, strict=True))
        assert said == pytest.approx(was, abs=0.1)


def test_few_clean_sentences_reach_a_band():
    scores, labels = drawn(3.0)
    fitted = calibrate(scores, labels)
    clean = [fitted(score) for score, label in zip(scores, labels, strict=True) if not label]
    assert 0.5 <= fitted.speaks_from <= fitted.error_from <= 1
    assert sum(chance >= fitted.speaks_from for chance in clean) <= 0.01 * len(clean)
    assert sum(chance >= fitted.error_from for chance in clean) <= 0.002 * len(clean)
    assert sum(fitted(score) >= fitted.speaks_from for score in scores) > 10


@pytest.mark.parametrize("labels", [[True] * 4, [False] * 4, []])
def test_a_calibration_needs_both_kinds_of_sentences(labels):
    with pytest.raises(ModelError, match="name more companies"):
        calibrate([0.5] * len(labels), labels)


def test_a_model_that_scores_conflicts_low_is_refused():
    with pytest.raises(ModelError, match="another model"):
        calibrate([0, 1, 2, 3], [True, True, False, False])


def test_a_calibration_comes_back_as_it_was_written(tmp_path):
    path = tmp_path / "kept" / "judge.json"
    fitted = calibrate(*drawn(2.0), judge="mine")
    write_calibration(fitted, path)
    assert read_calibration(path) == fitted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        json.dumps({"scale": 1, "offset": 0, "speaks_from": 0.5}),
        json.dumps({"scale": True, "offset": 0, "speaks_from": 0.5, "error_from": 0.9}),
        json.dumps({"scale": -1, "offset": 0, "speaks_from": 0.5, "error_from": 0.9}),
        json.dumps({"scale": 1, "offset": 0, "speaks_from": 0.9, "error_from": 0.5}),
        '{"scale": NaN, "offset": 0, "speaks_from": 0.5, "error_from": 0.9}',
        '{"scale": 1e999, "offset": 0, "speaks_from": 0.5, "error_from": 0.9}',
        '{"scale": 1' + "0" * 400 + ', "offset": 0, "speaks_from": 0.5, "error_from": 0.9}',
    ],
)
def test_a_calibration_that_is_none_is_an_error_that_says_what_to_do(tmp_path, text):
    path = tmp_path / "judge.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="messagecheck calibrate") as raised:
        read_calibration(path)
    assert str(path) in str(raised.value)


def test_a_missing_calibration_says_what_to_do(tmp_path):
    with pytest.raises(ModelError, match="messagecheck calibrate"):
        read_calibration(tmp_path / "none.json")


def test_a_calibration_of_another_model_does_not_count(nli):
    with pytest.raises(ModelError, match="is not calibrated, other is"):
        own_model.load(nli, replace(PLATT, judge="other"))


def test_sentences_are_calibrated_on_by_their_highest_score():
    asked = [reading("It costs $39.", (PRICE, LORE, NO_PAYROLL)), reading("What is it?", mode=Mode.ASKS)]
    assert own_model.highest_odds(asked, CANON, scored([0, 1], [0, 9], [0, 2])) == [2.0, None]
