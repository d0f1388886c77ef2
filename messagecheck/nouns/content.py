"""What a buyer meets: files, their blocks, the sentences in them, and where all of it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from messagecheck.nouns.kinds import Mode, Role, Speaker


@dataclass(frozen=True, slots=True)
class Location:
    """A place that a reader can go to. Lines, columns, pages, slides and paragraphs count from 1; `path` is relative,
    with `/`.

    `timestamp` is "h:mm:ss" as the reader of a call sees it; `heading` is the path of headings above the text,
    outermost first.
    """

    path: str
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    page: int | None = None
    slide: int | None = None
    shape: str | None = None
    notes: bool = False
    paragraph: int | None = None
    timestamp: str | None = None
    speaker: str | None = None
    heading: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Anchor:
    """From character `start` of a block's text on, characters stand at this line and column of the file, one by one."""

    start: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, bullet, heading, cell or turn: `text` has its white space folded to single spaces and is never
    empty.

    `anchors` (ascending, the first at 0) lead from characters to lines in text formats; `context` is what gives a
    fragment its meaning and is not in `heading`: a cell's row and column header ("Starter | Storage"). `reason` names
    the rule that gave the role.
    """

    text: str
    at: Location
    role: Role = Role.BODY
    speaker: Speaker = Speaker.US
    context: str = ""
    anchors: tuple[Anchor, ...] = ()
    attributed_to: str | None = None
    hidden: bool = False
    reason: str = ""

    def place(self, start: int, end: int) -> Location:
        """Where characters `start` to `end` (exclusive) stand; the block's own place where the format has no lines."""
        if not self.anchors:
            return self.at
        line, column = self._position(start)
        end_line, end_column = self._position(max(start, end - 1))
        return replace(self.at, line=line, column=column, end_line=end_line, end_column=end_column + 1)

    def _position(self, offset: int) -> tuple[int, int]:
        anchor = max((a for a in self.anchors if a.start <= offset), key=lambda a: a.start, default=self.anchors[0])
        return anchor.line, anchor.column + offset - anchor.start


@dataclass(frozen=True, slots=True)
class Unread:
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """One file that a buyer meets. `kind` is website, deck, case-study, proposal, email, call, blog … (the folder's
    name decides). `unread` are parts of it that can't be read: a scanned page, a broken shape. `url` is where a crawl
    fetched it from."""

    path: str
    kind: str
    title: str
    blocks: tuple[Block, ...]
    unread: tuple[Unread, ...] = ()
    url: str | None = None

    @property
    def words(self) -> int:
        return sum(len(block.text.split()) for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement: `text` is `block.text[start:start + len(text)]`. `context` is what a reader has just read or heard
    (header, previous turn)."""

    text: str
    start: int
    block: Block
    mode: Mode = Mode.ASSERTS
    context: str = ""

    @property
    def at(self) -> Location:
        return self.block.place(self.start, self.start + len(self.text))
