from dataclasses import replace

from messagecheck.display import UNSAFE
from messagecheck.history.model import By
from messagecheck.reports.drift import text
from tests.reports.drift.samples import FIRST_RUN, HOSTILE_REPORT, REPORT

SHOWN = """\
Tidewell, content: 3 runs from run 1 on
run 3 of 2026-01-19 09:30 UTC against run 2 of 2026-01-12 09:30 UTC
The positioning document has changed: version 2026.3 → 2026.4

drift        coverage  emphasis   open        trend  touchpoint
 0.61 +0.21       50%      0.30      3 +2     ▂▄▅  decks/pitch.pptx  deck
 0.05 -0.05         –         –      0         ▁▁  website/index.html  website
not checked                                   ██   decks/old.pptx  deck

Value propositions
  decks/pitch.pptx: fast-close expressed → missing, audit – → weak

Files that could not be checked
  decks/old.pptx

New (1)
  error conflict/pricing  decks/pitch.pptx slide 4  mc-000000000000  since 2026-01-05
    “Starter is $39”
    says $39, the document says $49

Back again (1)
  error conflict/pricing  decks/pitch.pptx slide 4  mc-000000000001  since 2026-01-05
    “Starter is $39”
    says $39, the document says $49

Not checked this time (1)
  error conflict/pricing  decks/pitch.pptx slide 4  mc-000000000004  since 2026-01-05
    “Starter is $39”
    says $39, the document says $49

Resolved (1)
  error conflict/pricing  decks/pitch.pptx slide 4  mc-000000000003  since 2026-01-05, last seen 2026-01-12
    “Starter is $39”
    says $39, the document says $49

1 new, 1 back, 1 open, 1 resolved, 1 unchecked
"""


def test_the_report_is_this():
    assert text.render(REPORT) == SHOWN


def test_the_first_run_says_that_there_is_nothing_to_compare_with():
    assert "run 1 of 2026-01-05 09:30 UTC; no earlier run to compare with" in text.render(FIRST_RUN)


def test_a_group_has_no_kind_beside_its_name():
    assert "decks/pitch.pptx  deck" not in text.render(replace(REPORT, by=By.FOLDER))


def test_other_models_are_told():
    models = (("encoder", "two"),)
    shown = text.render(replace(REPORT, newest=replace(REPORT.newest, models=models)))
    assert "The models have changed: drift may differ where no file does" in shown


def test_nothing_in_a_file_acts_on_the_terminal():
    assert not UNSAFE.search(text.render(HOSTILE_REPORT).replace("\n", ""))
