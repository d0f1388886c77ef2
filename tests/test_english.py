"""The English pipeline: positions hold, sentences end where people end them, and torch stays out."""

from __future__ import annotations

import gzip
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from messagecheck import english
from messagecheck.errors import ModelError
from messagecheck.training.__main__ import main as train
from messagecheck.training.english import treebank

LETTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
PIECES = st.sampled_from(["We don't sell to banks. ", "What does it cost? ", "$49/user, ", "e.g. ", "“No,” ", "\n\n"])


@pytest.fixture(scope="module")
def parse() -> english.Parse:
    return english.load()


def sentences(parsed: english.Parsed) -> list[str]:
    cuts = [*parsed.sentence_starts, len(parsed.text)]
    return [parsed.text[start:end].strip() for start, end in pairwise(cuts)]


@settings(max_examples=60, deadline=None)
@given(text=st.one_of(LETTERS, st.lists(PIECES, max_size=8).map("".join)))
def test_a_token_is_a_slice_of_its_text_and_has_a_head_in_it(parse: english.Parse, text: str) -> None:
    (parsed,) = parse([text])
    assert parsed.text == text
    assert all(text[token.start : token.start + len(token.text)] == token.text for token in parsed.tokens)
    assert all(0 <= token.head < len(parsed.tokens) for token in parsed.tokens)
    assert [token.start for token in parsed.tokens] == sorted({token.start for token in parsed.tokens})
    assert not parsed.tokens or parsed.tokens[0].opens_sentence


def test_texts_are_parsed_each_on_its_own_and_in_order(parse: english.Parse) -> None:
    texts = ["We sell tea.", "", "They don't."]
    assert parse(texts) == [parse([text])[0] for text in texts]
    assert [len(parsed.tokens) for parsed in parse(texts)] == [4, 0, 4]


def test_written_copy_is_cut_where_its_sentences_end(parse: english.Parse) -> None:
    written = ["Starter costs $49 per user.", "Dr. Lee runs it, e.g. in Ohio.", "Is that all?", "Yes, it is."]
    assert sentences(parse([" ".join(written)])[0]) == written


def test_a_contraction_is_two_words_and_its_negation_is_seen(parse: english.Parse) -> None:
    (parsed,) = parse(["We don’t store your invoices."])
    we, do, negation, store, *_ = parsed.tokens
    assert (we.dep, do.upos, store.dep) == ("nsubj", "AUX", "ROOT")
    assert (negation.text, negation.lemma, negation.head) == ("n’t", "not", 3)
    assert "Polarity=Neg" in negation.morph


def test_tense_and_passive_are_seen(parse: english.Parse) -> None:
    (parsed,) = parse(["The invoices were checked by hand before we arrived."])
    by_text = {token.text: token for token in parsed.tokens}
    assert "Tense=Past" in by_text["arrived"].morph
    assert by_text["invoices"].dep == "nsubj:pass"
    assert by_text["checked"].lemma == "check"


def test_a_pipeline_that_is_not_installed_is_named() -> None:
    with pytest.raises(ModelError, match="en_core_web_nope: no spaCy pipeline"):
        english.load("en_core_web_nope")


def test_a_pipeline_without_a_parser_is_refused(tmp_path: Path) -> None:
    import spacy

    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(ModelError, match="has no parser and no tagger"):
        english.load(str(tmp_path))


def test_parsing_imports_no_torch_and_leaves_it_importable() -> None:
    script = (
        "import sys; from messagecheck import english; english.load()(['We sell tea.']); "
        "print([name for name in sys.modules if name.partition('.')[0] == 'torch']); import torch; print('torch')"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[]", "torch"]


CONTRACTION = """# newpar
# text = I don't.
1\tI\tI\tPRON\tPRP\tNumber=Sing\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
2\tdo\tdo\tAUX\tVBP\t_\t0\troot\t_\t_
3\tn't\tnot\tPART\tRB\tPolarity=Neg\t2\tadvmod\t_\t_
4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

# text = No.
1\tNo\tno\tINTJ\tUH\t_\t0\troot\t_\tSpaceAfter=No
2\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_

# newpar
1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_
"""


def test_the_treebanks_contractions_become_the_words_of_real_text(tmp_path: Path) -> None:
    import spacy

    part = tmp_path / "part.conllu.gz"
    part.write_bytes(gzip.compress(CONTRACTION.encode()))
    first, second = treebank.documents(part, spacy.blank("en").vocab)
    assert first.text == "I don't. No. "
    assert [sentence.text for sentence in first.sents] == ["I don't.", "No."]
    assert [token.head.i for token in first] == [3, 1, 1, 1, 4, 4]
    assert second.text.strip() == "Yes"


def test_a_missing_treebank_is_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert train(["english", "--treebank", str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "en_ewt-ud-train.conllu.gz: no such treebank file" in error


def test_an_unknown_training_command_is_told_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert train(["nope"]) == 2
    assert "encoder|english" in capsys.readouterr().err
