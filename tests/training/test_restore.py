"""What ships can be trained on: the way back from int8."""

from pathlib import Path

import numpy as np
import onnxruntime
import torch
from tokenizers import Tokenizer
from transformers import AutoModelForSequenceClassification

from messagecheck.training.encoder import packaged_weights
from messagecheck.training.restore import restore

JUDGE = Path(__file__).parent.parent.parent / "models" / "judge"


def test_the_restored_judge_answers_like_the_shipped_one(tmp_path: Path):
    restore(JUDGE, packaged_weights(), tmp_path)
    told = Tokenizer.from_file(str(JUDGE / "tokenizer.json")).encode("Starter is $39", "pricing: Starter: $49 a month")
    feed = {"input_ids": np.array([told.ids]), "token_type_ids": np.array([told.type_ids])}
    (shipped,) = onnxruntime.InferenceSession(JUDGE / "model.onnx").run(None, feed)
    restored = AutoModelForSequenceClassification.from_pretrained(tmp_path).eval()
    with torch.no_grad():
        logits = restored(**{name: torch.tensor(value) for name, value in feed.items()}).logits.numpy()
    assert np.abs(logits - shipped).max() < 0.15
    assert np.corrcoef(logits[0], shipped[0])[0, 1] > 0.999
