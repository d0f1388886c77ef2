"""Build corpora/demo, which `messagecheck demo` scans, from the readable and labelled sources in corpora/demo-source.

    python corpora/make_demo.py
"""

import shutil
from pathlib import Path

from messagecheck.training.companies import build

SOURCE = Path(__file__).parent / "demo-source"
DEMO = Path(__file__).parent / "demo"


def make(out: Path) -> int:
    """Writes positioning.md and content/ in real formats to `out`; returns the number of files."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    shutil.copyfile(SOURCE / "positioning.md", out / "positioning.md")
    return build(SOURCE, out / "content") + 1


if __name__ == "__main__":
    make(DEMO)
