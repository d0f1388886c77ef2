"""Labelled companies: their labels, and their content built from readable sources into the formats that people have."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from messagecheck.errors import SettingsError

NOTES = re.compile(r"^(?:Speaker notes|Notes):[ \t]*", re.MULTILINE)
_POINT = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+(.*)")


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled statement. `source` is its file as it is written, `path` as it is built, under the content folder."""

    source: str
    path: str
    text: str
    label: str
    kind: str
    message: str
    term: str


@dataclass(frozen=True, slots=True)
class TouchpointLabel:
    """`missing` are the value propositions that the file never expresses."""

    path: str
    tier: str
    missing: frozenset[str]


@dataclass(frozen=True, slots=True)
class Company:
    folder: Path
    labels: tuple[Label, ...]
    touchpoints: tuple[TouchpointLabel, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a Markdown source: heading (with its level), paragraph, bullet, or table (with its rows)."""

    kind: str
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


def load_company(folder: Path) -> Company:
    """Raises SettingsError where a labelled company's file is missing or holds a row that is not a label."""
    labels = [
        Label(
            source=_text(row, "path"),
            path=built_path(_text(row, "path")),
            text=_text(row, "text"),
            label=_text(row, "label"),
            kind=_text(row, "kind"),
            message=_text(row, "message"),
            term=_text(row, "term"),
        )
        for row in _rows(folder / "gold.jsonl")
    ]
    touchpoints = [
        TouchpointLabel(built_path(_text(row, "path")), _text(row, "tier"), frozenset(_texts(row, "missing")))
        for row in _rows(folder / "touchpoints.jsonl")
    ]
    return Company(folder, tuple(labels), tuple(touchpoints))


def built_path(source: str) -> str:
    """The path under the content folder after the build: "content/decks/a.deck.md" → "decks/a.pptx"."""
    path = re.sub(r"^(\./)?content/", "", source)
    for old, (new, _) in BUILDERS.items():
        if path.endswith(old):
            return path.removesuffix(old) + new
    return path


def build(company: Path, out: Path) -> int:
    """Writes the company's content to `out` in real formats; returns the number of files. Raises SettingsError."""
    content = company / "content"
    sources = [path for path in sorted(content.rglob("*")) if path.is_file()]
    if not sources:
        raise SettingsError(f"{content}: holds no file; a labelled company has its content there")
    for source in sources:
        target = out / built_path(source.relative_to(content).as_posix())
        target.parent.mkdir(parents=True, exist_ok=True)
        _builder(source.name)(source, target)
    return len(sources)


def parts(markdown: str) -> Iterator[Part]:
    """The headings, paragraphs, bullets and tables of a source, without inline marks."""
    lines = markdown.splitlines()
    held: list[str] = []
    at = 0
    while at < len(lines):
        part, at_next = _part(lines, at)
        if (part or not lines[at].strip()) and held:
            yield Part("paragraph", plain(" ".join(held)))
            held = []
        if part:
            yield part
        elif lines[at].strip():
            held.append(re.sub(r"^>\s?", "", lines[at].strip()))
        at = at_next
    if held:
        yield Part("paragraph", plain(" ".join(held)))


def plain(text: str) -> str:
    """Inline marks off: **bold**, *it*, `code`, [text](url)."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"(\*\*|__|`|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w))", "", text).strip()


def _part(lines: Sequence[str], at: int) -> tuple[Part | None, int]:
    """The heading, table or bullet that begins on this line, and the line after it; None for a paragraph's line."""
    heading = re.match(r"(#{1,6})\s+(.*)", lines[at])
    if heading:
        return Part("heading", plain(re.sub(r"\s*\{#.*?\}\s*$", "", heading[2])), len(heading[1])), at + 1
    if _POINT.match(lines[at]):
        return _bullet(lines, at)
    if lines[at].strip().startswith("|"):
        return _table(lines, at)
    return None, at + 1


def _bullet(lines: Sequence[str], at: int) -> tuple[Part, int]:
    end = at + 1
    while end < len(lines) and re.match(r"\s{2,}\S", lines[end]) and not _POINT.match(lines[end]):
        end += 1
    text = " ".join([_POINT.sub(r"\1", lines[at]), *(line.strip() for line in lines[at + 1 : end])])
    return Part("bullet", plain(text)), end


def _table(lines: Sequence[str], at: int) -> tuple[Part, int]:
    end = at
    while end < len(lines) and lines[end].strip().startswith("|"):
        end += 1
    rows = [tuple(plain(cell) for cell in line.strip().strip("|").split("|")) for line in lines[at:end]]
    return Part("table", rows=tuple(row for row in rows if not all(_is_rule(cell) for cell in row))), end


def _is_rule(cell: str) -> bool:
    return re.fullmatch(r":?-{2,}:?", cell.strip() or "--") is not None


def build_pptx(source: Path, out: Path) -> None:
    """A slide a `---` part: title, text, one table, speaker notes."""
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    for part in re.split(r"^---\s*$", _body(source), flags=re.MULTILINE):
        if not part.strip():
            continue
        body, _, notes = NOTES.sub("\x00", part).partition("\x00")
        pieces = list(parts(body))
        title = next((piece for piece in pieces if piece.kind == "heading"), None)
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        frames = [shape.text_frame for shape in slide.placeholders]
        frames[0].text = title.text if title else ""
        frames[1].text = "\n".join(piece.text for piece in pieces if piece is not title and piece.kind != "table")
        for rows in [piece.rows for piece in pieces if piece.kind == "table"][-1:]:
            shape = slide.shapes.add_table(len(rows), max(map(len, rows)), Inches(1), Inches(4), Inches(8), Inches(2))
            for row, cells in enumerate(rows):
                for column, text in enumerate(cells):
                    shape.table.cell(row, column).text = text
        if notes.strip():
            lines = notes.replace("\x00", "").strip().splitlines()
            slide.notes_slide.notes_text_frame.text = "\n".join(plain(line) for line in lines)
    deck.save(str(out))


def build_docx(source: Path, out: Path) -> None:
    from docx import Document

    document = Document()
    for part in parts(_body(source)):
        if part.kind == "heading":
            document.add_heading(part.text, part.level - 1)
        elif part.kind == "table":
            table = document.add_table(rows=0, cols=max(map(len, part.rows)))
            for row in part.rows:
                for cell, text in zip(table.add_row().cells, row, strict=False):
                    cell.text = text
        else:
            document.add_paragraph(part.text, style="List Bullet" if part.kind == "bullet" else None)
    document.save(str(out))


def build_pdf(source: Path, out: Path) -> None:
    """Needs reportlab; raises SettingsError without it."""
    try:
        from reportlab.lib.styles import getSampleStyleSheet
        from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table
    except ImportError as error:
        raise SettingsError(f"{source}: a PDF is built with reportlab; pip install 'messagecheck[test]'") from error
    styles, story = getSampleStyleSheet(), list[Flowable]()
    for part in parts(_body(source)):
        if part.kind == "table":
            story.append(Table([[Paragraph(escape(cell), styles["Normal"]) for cell in row] for row in part.rows]))
        elif part.kind == "heading":
            story.append(Paragraph(escape(part.text), styles[f"Heading{min(part.level, 4)}"]))
        else:
            bullet = "•" if part.kind == "bullet" else None
            story.append(Paragraph(escape(part.text), styles["Normal"], bulletText=bullet))
        story.append(Spacer(1, 6))
    SimpleDocTemplate(str(out), invariant=1).build(story)


BUILDERS: Mapping[str, tuple[str, Callable[[Path, Path], None]]] = {
    ".deck.md": (".pptx", build_pptx),
    ".docx.md": (".docx", build_docx),
    ".pdf.md": (".pdf", build_pdf),
}
"""End of a source's name → the end of the built file's, and what builds it; any other file is copied."""


def _builder(name: str) -> Callable[[Path, Path], object]:
    return next((builder for end, (_, builder) in BUILDERS.items() if name.endswith(end)), shutil.copyfile)


def _body(source: Path) -> str:
    """A source without its front matter."""
    return re.sub(r"\A---\n.*?\n---\n", "", source.read_text(encoding="utf-8"), flags=re.DOTALL)


def _rows(path: Path) -> Iterator[Mapping[str, object]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise SettingsError(f"{path}: can't be read ({error.strerror}); name a labelled company's folder") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row: object = json.loads(line)
        except ValueError as error:
            raise SettingsError(f"{path}:{number}: is not JSON; a row is one object") from error
        if not isinstance(row, dict):
            raise SettingsError(f"{path}:{number}: is no JSON object; a row is one")
        yield row


def _text(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    return value if isinstance(value, str) else ""


def _texts(row: Mapping[str, object], key: str) -> list[str]:
    value = row.get(key)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
