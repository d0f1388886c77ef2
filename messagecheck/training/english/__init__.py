"""The English pipeline, trained on the treebank: what cuts sentences, tags and parses them on every scan."""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from messagecheck.errors import ModelError
from messagecheck.training.english import treebank

CONFIG = Path(__file__).with_name("config.cfg")
PARTS = ("train", "dev", "test")
LICENCE = "CC BY-SA 4.0"
SOURCE = {"name": "UD_English-EWT", "url": "https://github.com/UniversalDependencies/UD_English-EWT"}
SPACY = ">=3.8.0,<3.9.0"


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m messagecheck.training english", description=__doc__)
    parser.add_argument("--treebank", type=Path, default=Path("corpora/treebank"), help="the .conllu.gz files")
    parser.add_argument("--out", type=Path, default=Path("models/english"))
    chosen = parser.parse_args(arguments)
    train(chosen.treebank, chosen.out)


def train(source: Path, out: Path) -> None:
    """Train on the treebank in `source` and leave the best pipeline in `out`, with its figures on the test part.

    The seed is fixed: the same machine makes the same model. Raises ModelError where a part of the treebank is missing.
    """
    from spacy.cli.train import train as train_spacy

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for part in PARTS:
            convert(source / f"en_ewt-ud-{part}.conllu.gz", folder / f"{part}.spacy")
        paths = {f"paths.{part}": str(folder / f"{part}.spacy") for part in ("train", "dev")}
        train_spacy(CONFIG, folder / "run", overrides=paths)
        shelve(folder / "run" / "model-best", out)
        evaluate(out, folder / "test.spacy")


def convert(part: Path, out: Path) -> None:
    """One gzipped CoNLL-U file → spaCy's own corpus format, a document a paragraph."""
    from spacy.lang.en import English
    from spacy.tokens import DocBin

    if not part.is_file():
        raise ModelError(f"{part}: no such treebank file; --treebank names the folder that holds it")
    DocBin(docs=treebank.documents(part, English().vocab), store_user_data=False).to_disk(out)


def shelve(made: Path, out: Path) -> None:
    """Put a trained pipeline where the old one lay, without the paths of this training; the card stays."""
    import spacy

    pipeline = spacy.load(made)
    pipeline.config["paths"] |= dict.fromkeys(PARTS[:2])
    pipeline.meta |= {"name": "english", "version": "1", "license": LICENCE, "spacy_version": SPACY}
    pipeline.meta["sources"] = [SOURCE | {"license": LICENCE}]
    for old in [path for path in out.glob("*") if path.name != "card.md"]:
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    pipeline.to_disk(out)


def evaluate(pipeline: Path, corpus: Path) -> None:
    """Write the pipeline's figures on a converted corpus to its `test.json`, rounded to four places."""
    from spacy.cli.evaluate import evaluate as evaluate_spacy

    scores = evaluate_spacy(str(pipeline), corpus, silent=True)
    figures = {name: value for name, value in scores.items() if isinstance(value, float) and name != "speed"}
    kept = {name: round(value, 4) for name, value in sorted(figures.items())}
    (pipeline / "test.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
