"""Plain text and mail: paragraphs unwrapped, bullets, quoted replies and signatures, with exact lines."""

# ruff: noqa: E501 - a sample of a file stands in one piece
from __future__ import annotations

import base64

import pytest

from messagecheck.display import place
from messagecheck.errors import LoadError
from messagecheck.loaders import eml, mbox, txt
from messagecheck.loaders.sides import tell_sides
from messagecheck.nouns import Block, Role, Speaker, Unread

HEAD = "From: Ana Ruiz <ana@tidewell.example>\nTo: bo@x.example\nSubject: {}\nMIME-Version: 1.0\n"
PLAIN = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"


def mail(text: str) -> list[Block]:
    return list(eml.read(text.encode(), "a.eml"))


def test_paragraphs_are_unwrapped_and_bullets_stand_alone() -> None:
    found = list(txt.read(b"One\ntwo.\n\n* a\n  b\n* c\nafter\n---\nlast\n", "a.txt"))
    assert [(block.text, block.role, block.at.line) for block in found] == [
        ("One two.", Role.BODY, 1), ("a b", Role.BULLET, 4), ("c", Role.BULLET, 6), ("after", Role.BODY, 7), ("last", Role.BODY, 9),
    ]  # fmt: skip
    assert found[0].place(4, 8).line == 2


def test_a_mail_has_its_subject_its_body_and_the_files_lines() -> None:
    subject, hello, body = mail(HEAD.format("A short note") + PLAIN + "Hi Bo,\n\nwe close\nin five days.\n")
    assert (subject.text, subject.role, subject.at.line, subject.at.column) == ("A short note", Role.TITLE, 3, 10)
    assert (hello.text, hello.at.line) == ("Hi Bo,", 8)
    assert (body.place(9, 11).line, body.place(9, 11).column) == (11, 1)
    assert body.attributed_to == "Ana Ruiz <ana@tidewell.example>"


def test_an_encoded_subject_is_read_at_its_line() -> None:
    subject = mail(HEAD.format("=?utf-8?q?Caf=C3=A9_=E2=80=93_six?=") + PLAIN + "Hi\n")[0]
    assert (subject.text, subject.at.line) == ("Café – six", 3)


def test_a_reply_and_a_signature_are_told_apart() -> None:
    found = mail(
        HEAD.format("Re: x") + PLAIN + "Ours.\n\n-- \nAna\n\nOn Monday, Bo wrote:\n> Yours costs\n> too much.\n"
    )
    assert [(block.text, block.role, block.speaker) for block in found[1:]] == [
        ("Ours.", Role.BODY, Speaker.US),
        ("Yours costs too much.", Role.QUOTED_REPLY, Speaker.THEM),
        ("Ana", Role.SIGNATURE, Speaker.US),
    ]
    assert found[2].place(6, 11).line == 14


def test_the_html_part_is_preferred_and_keeps_the_files_lines() -> None:
    parts = "--b\n" + PLAIN + "plain\n--b\nContent-Type: text/html\n\n<p>\n  rich</p>\n--b--\n"
    _, body = mail(HEAD.format("x") + "Content-Type: multipart/alternative; boundary=b\n\n" + parts)
    assert (body.text, body.at.line, body.at.column) == ("rich", 16, 3)


def test_a_part_that_is_encoded_has_no_lines() -> None:
    encoded = base64.b64encode("Hallo, wir schließen.".encode()).decode()
    head = HEAD.format("x") + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    body = mail(head + encoded + "\n")[1]
    assert (body.text, body.at.line, body.anchors) == ("Hallo, wir schließen.", None, ())
    assert place(body.at) == "text part, paragraph 1"


MAILBOX = (
    "From ana@tidewell.example Wed Feb 11 10:00:00 2026\n"
    + HEAD.format("First")
    + PLAIN
    + "Dear Bo,\n\n>From now on, five days.\n\n"
    "From bo@kettle.example Wed Feb 11 11:00:00 2026\nFrom: Bo <bo@kettle.example>\nSubject: Re: First\n"
    + PLAIN
    + "Tidewell is slow.\n\n"
    "From x Wed Feb 11 12:00:00 2026\nSubject: picture\nContent-Type: image/png\n\nxx\n"
)


def test_a_mailbox_is_mail_after_mail_with_its_own_lines() -> None:
    found = [part for part in mbox.read(MAILBOX.encode(), "a.mbox") if isinstance(part, Block)]
    assert [(block.text, block.at.line, block.at.heading) for block in found] == [
        ("First", 4, ()),
        ("Dear Bo,", 9, ("First",)),
        ("From now on, five days.", 11, ("First",)),
        ("Re: First", 15, ()),
        ("Tidewell is slow.", 19, ("Re: First",)),
    ]
    assert found[2].place(0, 4).line == 11


def test_a_mail_of_a_mailbox_that_cannot_be_read_costs_itself() -> None:
    (unread,) = [part for part in mbox.read(MAILBOX.encode(), "a.mbox") if isinstance(part, Unread)]
    assert unread.reason.startswith("the mail at line 21 is not a mail with a text or HTML part")


def test_a_guest_who_names_us_in_a_mailbox_is_not_us() -> None:
    told = tell_sides(
        [part for part in mbox.read(MAILBOX.encode(), "a.mbox") if isinstance(part, Block)], ("Tidewell",)
    )
    assert {block.text: block.speaker for block in told if block.role is Role.BODY} == {
        "Dear Bo,": Speaker.US,
        "From now on, five days.": Speaker.US,
        "Tidewell is slow.": Speaker.UNKNOWN,
    }


def test_a_mail_with_only_an_attachment_is_refused() -> None:
    with pytest.raises(LoadError, match="is not a mail with a text or HTML part"):
        mail(HEAD.format("x") + "Content-Type: application/pdf\n\nxx\n")


@pytest.mark.parametrize("name", ["utf-\N{REPLACEMENT CHARACTER}", "a\0b", "nonsense"])
def test_an_encoding_that_does_not_exist_is_read_as_it_is(name: str) -> None:
    subject = f"=?{name}?q?Fast?="
    found = mail(HEAD.format(subject) + f'Content-Type: text/plain; charset="{name}"\n\nIn five days.\n')
    assert [block.text.replace("\0", "") for block in found] == [subject.replace("\0", ""), "In five days."]
