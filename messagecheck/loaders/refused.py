"""Formats that hold a company's words and are not read: each is named with the way out, never skipped in silence."""

from __future__ import annotations

_KINDS = (
    ("a Word document of before 2007", "save it as .docx", (".doc", ".dot", ".wps")),
    ("a PowerPoint deck of before 2007", "save it as .pptx", (".ppt", ".pps", ".pot")),
    ("an Excel sheet", "save the copy in it as .csv", (".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".numbers")),
    ("a Keynote deck", "export it as .pptx or .pdf", (".key",)),
    ("a Pages document", "export it as .docx or .pdf", (".pages",)),
    ("an RTF document", "save it as .docx", (".rtf",)),
    ("an OpenDocument file in one piece of XML", "save it as .odt or .odp", (".fodt", ".fodp")),
    ("a WordPerfect document", "save it as .docx", (".wpd",)),
    ("a Visio drawing", "export it as .pdf", (".vsd", ".vsdx")),
    ("a Publisher file", "export it as .pdf", (".pub",)),
    ("an InDesign file", "export it as .pdf", (".indd", ".idml")),
    (
        "an AsciiDoc document",
        "convert it with “asciidoctor -b html5 FILE” and scan the page",
        (".adoc", ".asciidoc", ".asc"),
    ),
    ("an Outlook message", "save it as .eml", (".msg",)),
)
REASONS = {
    suffix: f"is {what}, which is not read; {way_out}" for what, way_out, suffixes in _KINDS for suffix in suffixes
}
"""Suffix → why, and what to do."""
