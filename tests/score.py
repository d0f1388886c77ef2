#!/usr/bin/env python3
"""Score a checker's JSON report against a labelled company.

    python score.py COMPANY REPORT.json [COMPANY REPORT.json ...] [--json OUT] [--errors N]

COMPANY holds gold.jsonl and touchpoints.jsonl; REPORT.json is what
`messagecheck scan CONTENT --positioning COMPANY/positioning.md --format json` printed for the built content folder.

What is counted (a finding hits a gold row when both are in one file and their words overlap, see `hit`):
- conflict: precision, recall, F1 of all `conflict/*` findings, whatever their kind; `typed` asks for the right kind too;
  average precision over the findings' confidence; recall a kind and a file type.
- term: the same for `term/*` findings.
- benign: the share of hard negatives that some conflict/* or term/* finding hits (false alarms).
- false alarms per 1,000 words of content (conflict/* and term/* findings that hit no gold conflict or term row).
- aligned: the share of paraphrases of a canonical message that the report lists as evidence of that message.
- coverage: how well `coverage` tells which value propositions a touchpoint never expresses (F1 of "missing").
- drift: Spearman correlation of a touchpoint's drift with its tier (on-message 0, drifting 1, off-message 2).
- place: the share of hits whose location leads a reader to the words (line in a text file, slide in a deck,
  speaker and timestamp in a call, page in a PDF).
Prints a table and, last, one line of totals. Figures are micro-averages over all companies given.
"""

import argparse
import html
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "corpora"))
from build import built_path  # noqa: E402

TIERS = {"on-message": 0, "drifting": 1, "off-message": 2}
TEXT_SUFFIXES = {".html", ".htm", ".md", ".mdx", ".txt", ".vtt", ".srt"}


def fold(text: str) -> str:
    text = html.unescape(text).casefold()
    text = text.translate(str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "…": "..."}))
    text = re.sub(r"[*_`]+", "", text)
    return re.sub(r"\s+", " ", text).strip()


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9][a-z0-9.,%$'-]*[a-z0-9%]|[a-z0-9%$]", fold(text))


def hit(found: str, gold: str) -> bool:
    """One holds the other, or they share at least 60 % of the words of the shorter one and 40 % of the longer one."""
    a, b = fold(found).strip(" .!?\"'"), fold(gold).strip(" .!?\"'")
    if not a or not b:
        return False
    if b in a:
        return len(words(a)) <= 4 * len(words(b)) + 12
    if a in b:
        return len(words(a)) >= min(2, len(words(b)))
    wa, wb = set(words(a)), set(words(b))
    common = len(wa & wb)
    return common >= 0.6 * min(len(wa), len(wb)) and common >= 0.4 * max(len(wa), len(wb)) and common >= 3


def rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text().splitlines() if line.strip()]


def strip_content(path: str) -> str:
    return re.sub(r"^(\./)?content/", "", path)


def spearman(xs: list[float], ys: list[float]) -> float | None:
    def ranks(values):
        order = sorted(range(len(values)), key=values.__getitem__)
        out, i = [0.0] * len(values), 0
        while i < len(order):
            j = i
            while j + 1 < len(order) and values[order[j + 1]] == values[order[i]]:
                j += 1
            for k in range(i, j + 1):
                out[order[k]] = (i + j) / 2
            i = j + 1
        return out

    if len(xs) < 3:
        return None
    a, b = ranks(xs), ranks(ys)
    ma, mb = sum(a) / len(a), sum(b) / len(b)
    va, vb = sum((x - ma) ** 2 for x in a), sum((y - mb) ** 2 for y in b)
    return sum((x - ma) * (y - mb) for x, y in zip(a, b)) / (va * vb) ** 0.5 if va and vb else 0.0


def ratio(a: float, b: float) -> float:
    return a / b if b else 0.0


def f1(p: float, r: float) -> float:
    return 2 * p * r / (p + r) if p + r else 0.0


class Tally:
    def __init__(self):
        self.n = defaultdict(float)
        self.scored: list[tuple[float, bool, tuple]] = []
        self.kinds = defaultdict(lambda: [0, 0])
        self.types = defaultdict(lambda: [0, 0])
        self.rhos: list[float] = []
        self.misses: list[str] = []
        self.alarms: list[str] = []


def place_is_right(finding: dict, gold: dict, source: Path) -> bool:
    where = finding.get("location") or {}
    suffix = source.suffix
    if gold["path"].endswith(".deck.md"):
        return bool(where.get("slide"))
    if gold["path"].endswith(".pdf.md"):
        return bool(where.get("page"))
    if gold["path"].endswith(".docx.md"):
        return bool(where.get("paragraph") or where.get("heading") or where.get("line"))
    if "/calls/" in gold["path"] and not (where.get("speaker") and where.get("timestamp") is not None):
        return False
    if suffix in TEXT_SUFFIXES:
        line = where.get("line")
        lines = source.read_text(errors="replace").splitlines()
        if not isinstance(line, int) or not 1 <= line <= len(lines):
            return False
        near = fold(re.sub(r"<[^>]*>", " ", "\n".join(lines[line - 1 : line + 3])))
        start = words(finding.get("text") or gold["text"])[:3]
        return all(word in near for word in start)
    return True


def score_company(company: Path, report: dict, t: Tally) -> None:
    gold = rows(company / "gold.jsonl")
    by_file = defaultdict(list)
    for row in gold:
        by_file[strip_content(built_path(row["path"]))].append(row)
    findings = [f for f in report.get("findings", []) if re.match(r"(conflict|term)/", f.get("rule", ""))]
    hit_rows: dict[int, list[dict]] = defaultdict(list)
    for finding in findings:
        family = finding["rule"].split("/")[0]
        path = strip_content(finding["path"])
        matched = [row for row in by_file.get(path, []) if hit(finding.get("text") or "", row["text"])]
        for row in matched:
            hit_rows[id(row)].append(finding)
        good = [row for row in matched if row["label"] == family]
        either = [row for row in matched if row["label"] in ("conflict", "term")]
        if family == "conflict":
            t.n["conflict_found"] += 1
            t.n["conflict_right"] += bool(good)
            t.scored.append((float(finding.get("confidence") or 0), bool(good), (str(company), path, good[0]["text"] if good else id(finding))))
        else:
            wrong = str(finding.get("term") or finding.get("text") or "")
            good = [row for row in good if not row.get("term") or fold(row["term"]) in fold(wrong) or fold(wrong) in fold(row["term"]) or fold(row["term"]) in fold(finding.get("text") or "")]
            t.n["term_found"] += 1
            t.n["term_right"] += bool(good)
        if not either:
            t.n["false_alarms"] += 1
            t.alarms.append(f"{company.name} {path} [{finding['rule']} {finding.get('confidence')}] {finding.get('text')!r} vs {(finding.get('message') or {}).get('id')}")
    evidence = defaultdict(list)
    for touchpoint in report.get("touchpoints", []):
        for item in touchpoint.get("coverage", []):
            for proof in item.get("evidence") or []:
                evidence[strip_content(touchpoint["path"]), item["message"]].append(proof.get("text", ""))
    for row in gold:
        path = strip_content(built_path(row["path"]))
        mine = [f for f in hit_rows[id(row)] if f["rule"].split("/")[0] == row["label"]]
        if row["label"] == "conflict":
            kind_right = any(f["rule"] == f"conflict/{row.get('kind')}" for f in mine)
            t.n["conflict_gold"] += 1
            t.n["conflict_hit"] += bool(mine)
            t.n["conflict_typed"] += kind_right
            t.kinds[row.get("kind")][0] += bool(mine)
            t.kinds[row.get("kind")][1] += 1
            t.types[Path(path).suffix][0] += bool(mine)
            t.types[Path(path).suffix][1] += 1
            if not mine:
                t.misses.append(f"{company.name} {path} [{row.get('kind')}] {row['text']!r} vs {row.get('message')}")
        elif row["label"] == "term":
            t.n["term_gold"] += 1
            t.n["term_hit"] += bool(mine)
        elif row["label"] == "benign":
            t.n["benign"] += 1
            t.n["benign_hit"] += bool(hit_rows[id(row)])
        elif row["label"] == "aligned":
            t.n["aligned"] += 1
            t.n["aligned_hit"] += any(hit(text, row["text"]) for text in evidence[path, row.get("message")])
        if mine and row["label"] in ("conflict", "term"):
            t.n["place"] += 1
            t.n["place_right"] += any(place_is_right(f, row, company / row["path"]) for f in mine)
    for source in (company / "content").rglob("*"):
        if source.is_file():
            t.n["words"] += len(re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", source.read_text(errors="replace"), flags=re.S).split())
    drift, tiers = [], []
    reported = {strip_content(tp["path"]): tp for tp in report.get("touchpoints", [])}
    for row in rows(company / "touchpoints.jsonl"):
        path = strip_content(built_path(row["path"]))
        t.n["touchpoints"] += 1
        touchpoint = reported.get(path)
        if touchpoint is None:
            t.n["touchpoints_lost"] += 1
            continue
        drift.append(float(touchpoint.get("drift") or 0))
        tiers.append(TIERS[row["tier"]])
        values = {m["id"] for m in report.get("positioning", {}).get("messages", []) if m.get("kind") == "value"}
        said_missing = {c["message"] for c in touchpoint.get("coverage", []) if c.get("status") == "missing" and c["message"] in values}
        gold_missing = set(row.get("missing", []))
        t.n["missing_said"] += len(said_missing)
        t.n["missing_gold"] += len(gold_missing)
        t.n["missing_right"] += len(said_missing & gold_missing)
    rho = spearman(drift, tiers)
    if rho is not None:
        t.rhos.append(rho)


def average_precision(t: Tally) -> float:
    seen, right, total = set(), 0, 0.0
    for rank, (_, good, key) in enumerate(sorted(t.scored, key=lambda item: -item[0]), 1):
        if good and key not in seen:
            seen.add(key)
            right += 1
            total += right / rank
    return ratio(total, t.n["conflict_gold"])


def summary(t: Tally) -> dict:
    n = t.n
    p, r = ratio(n["conflict_right"], n["conflict_found"]), ratio(n["conflict_hit"], n["conflict_gold"])
    tp, tr = ratio(n["term_right"], n["term_found"]), ratio(n["term_hit"], n["term_gold"])
    mp, mr = ratio(n["missing_right"], n["missing_said"]), ratio(n["missing_right"], n["missing_gold"])
    out = {
        "conflict_precision": p, "conflict_recall": r, "conflict_f1": f1(p, r),
        "conflict_typed_recall": ratio(n["conflict_typed"], n["conflict_gold"]), "conflict_ap": average_precision(t),
        "term_precision": tp, "term_recall": tr, "term_f1": f1(tp, tr),
        "benign_flagged": ratio(n["benign_hit"], n["benign"]), "false_alarms_per_1000_words": 1000 * ratio(n["false_alarms"], n["words"]),
        "aligned_recall": ratio(n["aligned_hit"], n["aligned"]), "missing_f1": f1(mp, mr),
        "drift_spearman": ratio(sum(t.rhos), len(t.rhos)), "place_right": ratio(n["place_right"], n["place"]),
        "touchpoints_lost": n["touchpoints_lost"],
    }
    return {key: round(value, 4) for key, value in out.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", metavar="COMPANY REPORT.json")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="list up to N misses and N false alarms")
    args = parser.parse_args()
    if len(args.pairs) % 2:
        parser.error("give COMPANY REPORT.json in pairs")
    t = Tally()
    for company, report in zip(args.pairs[::2], args.pairs[1::2]):
        one = Tally()
        data = json.loads(Path(report).read_text())
        score_company(Path(company), data, one)
        score_company(Path(company), data, t)
        s = summary(one)
        print(f"{Path(company).name:22} conflict P {s['conflict_precision']:.2f} R {s['conflict_recall']:.2f} F1 {s['conflict_f1']:.2f} AP {s['conflict_ap']:.2f}"
              f" | term P {s['term_precision']:.2f} R {s['term_recall']:.2f} | benign {s['benign_flagged']:.2f} | aligned {s['aligned_recall']:.2f}"
              f" | missing {s['missing_f1']:.2f} | drift {s['drift_spearman']:.2f} | place {s['place_right']:.2f}")
    total = summary(t)
    print("recall a kind:", ", ".join(f"{k} {a}/{b}" for k, (a, b) in sorted(t.kinds.items(), key=lambda kv: str(kv[0]))))
    print("recall a file type:", ", ".join(f"{k} {a}/{b}" for k, (a, b) in sorted(t.types.items())))
    for title, items in (("missed", t.misses), ("false alarms", t.alarms)):
        if args.errors and items:
            print(f"-- {title} ({len(items)})")
            print("\n".join(items[: args.errors]))
    if args.json:
        args.json.write_text(json.dumps(total, indent=1))
    print(" ".join(f"{key}={value}" for key, value in total.items()))


if __name__ == "__main__":
    main()
