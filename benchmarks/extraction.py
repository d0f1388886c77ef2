"""How much of a file's text our loaders read, beside other extractors, on files that nobody here made:
`python benchmarks/extraction.py [FORMAT…] [--samples FOLDER] [--files]`.

A row a format and extractor: files read, recall (share of the file's words that the extractor gives, each as often as
it stands in the file), invented (share of the extractor's words that the file does not hold) and seconds. What a file
holds is told by the format itself: the XML's text nodes, a browser's text, or the extractor that agrees most with the
others (PDF). Samples come from source distributions on the package index and from LibreOffice and Pandoc, as far as
those are installed; `--samples` keeps them. `--files` adds a row a file where a word is lost or invented.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import re
import tempfile
import time
import unicodedata
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from messagecheck import loaders
from messagecheck.errors import LoadError

OURS = "messagecheck"
MODULES = {
    "pptx": "extraction_office",
    "docx": "extraction_office",
    "odp": "extraction_office",
    "odt": "extraction_office",
    "pdf": "extraction_pdf",
    "html": "extraction_html",
    "md": "extraction_text",
    "rst": "extraction_text",
    "vtt": "extraction_text",
    "srt": "extraction_text",
}
SHOWN_WORDS = 8

Extract = Callable[[Path], str]
"""A file's text; any exception means that the extractor can't read it."""


@dataclass(frozen=True, slots=True)
class Format:
    """Where a format's samples come from (the folder to keep them in → files), all the text that a file holds, and who
    is measured beside us."""

    samples: Callable[[Path], Sequence[Path]]
    expected: Extract
    others: Mapping[str, Extract]


@dataclass(frozen=True, slots=True)
class Score:
    files: int = 0
    expected: int = 0
    given: int = 0
    shared: int = 0
    seconds: float = 0.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.files + other.files,
            self.expected + other.expected,
            self.given + other.given,
            self.shared + other.shared,
            self.seconds + other.seconds,
        )

    @property
    def recall(self) -> float:
        return self.shared / max(1, self.expected)

    @property
    def invented(self) -> float:
        return (self.given - self.shared) / max(1, self.given)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help=f"of {', '.join(MODULES)} (all)")
    parser.add_argument("--samples", type=Path, help="folder that keeps the samples")
    parser.add_argument("--files", action="store_true", help="show each file that lost or gained a word")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable()
    print(f"{'format':7}{'extractor':16}{'files':>9}{'words':>9}{'recall':>9}{'invented':>10}{'seconds':>9}")
    with tempfile.TemporaryDirectory() as scratch:
        for name in options.formats or MODULES:
            form: Format = importlib.import_module(MODULES[name]).FORMATS[name]
            show(name, form, form.samples(options.samples or Path(scratch)), each=options.files)


def show(name: str, form: Format, files: Sequence[Path], *, each: bool) -> None:
    texts = {file: words(form.expected(file)) for file in files}
    for extractor, extract in {OURS: ours, **form.others}.items():
        total = Score()
        for file, expected in texts.items():
            score, given = measured(extract, file, expected)
            total += score
            if each and extractor == OURS:
                print("".join(differences(file, expected, given)), end="")
        print(
            f"{name:7}{extractor:16}{total.files:>5}/{len(files):<3}{total.expected:9}{total.recall:9.2%}"
            f"{total.invented:10.2%}{total.seconds:9.1f}"
        )


def measured(extract: Extract, file: Path, expected: Counter[str]) -> tuple[Score, Counter[str]]:
    start = time.perf_counter()
    try:
        given, read = words(extract(file)), 1
    except Exception:  # noqa: BLE001 - whatever another program raises, its reader gets nothing
        given, read = Counter(), 0
    seconds = time.perf_counter() - start
    return Score(read, expected.total(), given.total(), (expected & given).total(), seconds), given


def differences(file: Path, expected: Counter[str], given: Counter[str]) -> Iterator[str]:
    for what, some in (("lost", expected - given), ("invented", given - expected)):
        if some:
            yield f"  {file.name}: {what} {some.total()}: {', '.join([*some][:SHOWN_WORDS])}\n"


def ours(path: Path) -> str:
    try:
        return "\n".join(block.text for block in loaders.read(path.read_bytes(), path.name))
    except LoadError as error:
        if str(error).endswith("holds no text"):
            return ""
        raise


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


if __name__ == "__main__":
    main()
