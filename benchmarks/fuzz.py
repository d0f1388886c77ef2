"""Fuzzing a loader: `python benchmarks/fuzz.py LOADER [--runs N] [--seconds S] [--seed N] [--again FILE]`.

Any bytes are blocks or a LoadError, within `SECONDS` of processor time a run, and where a format's text stands in the
source as it is read, anchors point at it. Stops at the first input that breaks this, with a traceback and a status
that is not 0, and keeps it in .fuzz/LOADER beside the inputs that reached new code.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks import fuzz_json, fuzz_zip
from benchmarks.fuzz_seeds import seeds
from messagecheck.errors import LoadError
from messagecheck.loaders import FORMATS, bundle, read_whole
from messagecheck.loaders.encodings import decode
from messagecheck.nouns import Block
from tests.loaders.samples import misplaced

ROOT = Path(__file__).parent.parent
FOUND = ROOT / ".fuzz"
SECONDS = 2.0
"""The slowest seed takes a tenth of it, its loader instrumented."""
HANGS_AFTER = 30
"""Seconds of the clock until libFuzzer ends a run that doesn't come back."""
MEMORY_MB = 2048
ZIPS = ("docx", "pptx", "odt", "odp", "bundle")
MOST_BYTES = {"json": 20_000, **dict.fromkeys(ZIPS, 100_000)}
TEXT_BYTES = 2_000
"""Sizes that inputs grow to: large files are for tests/hostile, small ones make many runs."""
ANCHORED = ("html", "markdown", "txt")
KEYS = ("**",)
BROKEN = 11
"""One text in so many may be no UTF-8, whose encoding takes longer to guess than most take to read."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("loader", choices=FORMATS, metavar="LOADER", help=", ".join(FORMATS))
    parser.add_argument("--runs", type=int, default=1_000_000, help="inputs to try (default: a million)")
    parser.add_argument("--seconds", type=int, default=0, help="when to stop before that (default: never)")
    parser.add_argument("--seed", type=int, default=0, help="the same one tries the same inputs first")
    parser.add_argument("--again", type=Path, metavar="FILE", help="try a kept input and no other")
    options = parser.parse_args()
    if options.again:
        check(options.loader, options.again.read_bytes())
    else:
        flags = {"runs": options.runs, "max_total_time": options.seconds, "seed": options.seed}
        fuzz(options.loader, flags)


def fuzz(loader: str, flags: dict[str, int]) -> None:
    """Fuzz with some of libFuzzer's flags. Never returns: libFuzzer ends the process."""
    try:
        import atheris
    except ModuleNotFoundError:
        sys.exit("fuzz: atheris is not installed; pip install 'messagecheck[fuzz]'")
    folder = _seeded(loader)
    with atheris.instrument_imports(include=["messagecheck.loaders"]):
        for seed in sorted(folder.glob("seed-*")):  # loaders import what they need when they first read
            check(loader, seed.read_bytes())
    ours = {
        "max_len": MOST_BYTES.get(loader, TEXT_BYTES),
        "timeout": HANGS_AFTER,
        "rss_limit_mb": MEMORY_MB,
        "artifact_prefix": f"{folder}/",
    }
    arguments = [sys.argv[0], *(f"-{name}={value}" for name, value in (flags | ours).items()), str(folder)]
    within = {"json": fuzz_json.mutated, **dict.fromkeys(ZIPS, fuzz_zip.mutated)}.get(loader)
    inside = {"custom_mutator": lambda *known: within(*known, atheris.Mutate)} if within else {}
    atheris.Setup(arguments, lambda data: check(loader, data), **inside)
    atheris.Fuzz()


def check(loader: str, data: bytes) -> None:
    """Raises AssertionError, or what the loader should not have raised."""
    pick = zlib.crc32(data)
    suffix = FORMATS[loader][pick % len(FORMATS[loader])]
    if loader not in (*ZIPS, "pdf") and pick % BROKEN:
        data = data.decode("utf-8", "replace").encode()
    began = time.process_time()
    blocks = _read_zip(data) if loader == "bundle" else _read(data, f"x{suffix}")
    took = time.process_time() - began
    assert took < SECONDS, f"{took:.1f} s for {len(data)} bytes named {suffix}"
    assert all(block.text for block in blocks)
    source = decode(data, "x") if loader in ANCHORED and blocks else "\0"
    if all(character.isprintable() or character in "\n\t" for character in source):
        wrong = [(block, pairs) for block in blocks if (pairs := misplaced(block, source))]
        assert not wrong, f"{suffix}: {wrong[0]}"


def _read(data: bytes, path: str) -> tuple[Block, ...]:
    try:
        return read_whole(data, path, KEYS)[0]
    except LoadError as error:
        reason = str(error)
    assert reason.startswith(f"{path}: ")
    assert "\n" not in reason, reason
    return ()


def _read_zip(data: bytes) -> tuple[Block, ...]:
    """A zip is read from the disk, a file in it at a time."""
    with tempfile.NamedTemporaryFile(suffix=".zip") as file:
        file.write(data)
        file.flush()
        for name in bundle.members(Path(file.name)):
            try:
                bundle.extract(Path(file.name), Path(name), "x.zip")
            except LoadError:
                continue
    return _read(data, "x.zip")


def _seeded(loader: str) -> Path:
    """The folder of a loader's inputs, its seeds among them."""
    folder = FOUND / loader
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(FORMATS[loader])):
        (folder / f"seed-{number}").write_bytes(seed)
    return folder


if __name__ == "__main__":
    main()
