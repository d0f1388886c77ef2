"""The second opinion and a judge of one's own as a user meets them: real files, the real encoder, a real endpoint."""

import json

import pytest

from messagecheck import cli
from messagecheck.own_model import read_calibration
from tests.second_opinion.server import agreeing, conflicting, judging, send, serve
from tests.test_own_model import tiny_bert

DOCUMENT = """---
name: Greenhand
---
## Pricing

- Starter: $49 per user per month {#starter}

## Boundaries

- We don't sell insurance
"""
PAGE = "# Plants\n\nOur plants stay alive. Of course we sell insurance as well.\n"
SECTION = """
[models]
judge = "rules"

[second_opinion]
base_url = "{}"
model = "small"
band = [0.3, 1]
timeout_s = 5
"""


@pytest.fixture
def site(tmp_path, monkeypatch):
    (tmp_path / "positioning.md").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "page.md").write_text(PAGE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys, command, *arguments):
    with pytest.raises(SystemExit) as end:
        cli.main([command, *arguments, *["--fail-on", "warning"] * (command == "scan")])
    printed = capsys.readouterr()
    return end.value.code, printed.out, printed.err


def choose(site, text):
    (site / "messagecheck.toml").write_text(text, encoding="utf-8")


def test_a_scan_reports_what_the_endpoint_says_and_who_said_it(site, capsys):
    with serve(judging(conflicting)) as endpoint:
        choose(site, SECTION.format(endpoint.url))
        code, out, _ = run(capsys, "scan", "content", "-f", "json")
    report = json.loads(out)
    assert code == 1
    assert [finding["explanation"] for finding in report["findings"]] == ["Another price."]
    assert report["tool"]["models"]["second_opinion"].startswith("small@prompt:")


def test_two_scans_give_the_same_bytes_and_the_second_asks_nobody(site, capsys):
    with serve(judging(agreeing)) as endpoint:
        choose(site, SECTION.format(endpoint.url))
        first = run(capsys, "scan", "content", "-f", "json")
    assert run(capsys, "scan", "content", "-f", "json") == first
    assert len(endpoint.requests) == 1
    assert first[0] == 0


def test_a_failing_endpoint_changes_no_report(site, capsys, caplog):
    choose(site, '[models]\njudge = "rules"\n')
    alone = json.loads(run(capsys, "scan", "content", "-f", "json")[1])
    with serve(lambda _, handler: send(handler, b"down", 500)) as endpoint:
        choose(site, SECTION.format(endpoint.url))
        code, out, _ = run(capsys, "scan", "content", "-f", "json")
    assert (code, json.loads(out)["findings"]) == (1, alone["findings"])
    assert ["status 500" in message for message in caplog.messages] == [True]


def test_a_dry_run_sends_nothing_and_prints_what_it_would(site, capsys):
    with serve(judging(conflicting)) as endpoint:
        choose(site, SECTION.format(endpoint.url))
        code, out, _ = run(capsys, "scan", "content", "--dry-run")
    assert (code, endpoint.requests) == (0, [])
    assert "Of course we sell insurance as well." in out
    assert "nothing was sent" in out


def test_a_dry_run_without_a_section_is_a_usage_error_of_one_line(site, capsys):
    choose(site, '[models]\njudge = "rules"\n')
    code, out, err = run(capsys, "scan", "content", "--dry-run")
    assert (code, out) == (2, "")
    assert "[second_opinion]" in err


def labelled(folder):
    """A company whose pages hold as many conflicts as other sentences."""
    (folder / "content").mkdir(parents=True)
    (folder / "positioning.md").write_text(DOCUMENT, encoding="utf-8")
    wrong = [f"Starter is ${price} per user per month." for price in range(30, 40)]
    right = [f"Starter in month {number} was founded in a garage." for number in range(10)]
    (folder / "content" / "page.md").write_text("\n\n".join(wrong + right) + "\n", encoding="utf-8")
    label = {"path": "content/page.md", "label": "conflict", "kind": "pricing", "message": "starter"}
    rows = [{**label, "text": text} for text in wrong]
    (folder / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (folder / "touchpoints.jsonl").write_text("", encoding="utf-8")
    return str(folder)


@pytest.mark.usefixtures("site")
def test_a_judge_of_ones_own_is_calibrated_and_then_judges(site, capsys):
    outputs = ["entailment", "neutral", "contradiction"]
    company, judge = labelled(site / "company"), tiny_bert(site / "judge", outputs)
    choose(site, f'[models]\njudge = "{judge}"\n')
    code, out, _ = run(capsys, "calibrate", company)
    if code == 2:  # random weights may as well score the wrong way round
        judge = tiny_bert(site / "turned", outputs[::-1])
        choose(site, f'[models]\njudge = "{judge}"\n')
        code, out, _ = run(capsys, "calibrate", company)
    assert code == 0
    assert "fitted on 20 sentences, 10 of them conflicts" in out
    assert read_calibration(site / ".messagecheck" / "judge-calibration.json").judge == judge
    code, out, _ = run(capsys, "scan", "content", "-f", "json")
    assert json.loads(out)["tool"]["models"]["judge"].startswith(judge)


def test_a_judge_without_a_calibration_says_what_to_run(site, capsys):
    choose(site, f'[models]\njudge = "{tiny_bert(site / "judge", ["entailment", "neutral", "contradiction"])}"\n')
    code, _, err = run(capsys, "scan", "content")
    assert code == 2
    assert "messagecheck calibrate" in err


def test_calibrate_without_a_judge_of_ones_own_is_an_error_of_one_line(site, capsys):
    choose(site, '[models]\njudge = "rules"\n')
    code, _, err = run(capsys, "calibrate", "company")
    assert code == 2
    assert err.count("\n") == 1
    assert "models.judge" in err
