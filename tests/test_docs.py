"""The pages under docs/ that are made from the code are up to date."""

import runpy
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"


def test_the_page_of_rules_is_what_the_rules_say():
    render = runpy.run_path(str(DOCS / "make_rules.py"))["render"]
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == render()
