"""Lines in a QTextDocument: how one is laid out, read, and changed with as little as that takes."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from PySide6.QtGui import (
    QFontMetricsF,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from granola_like_ui.note.lines import Row
from granola_like_ui.theme import Size, Type, font

LINE = round(Type.BODY * Type.LINE_HEIGHT)
"""Height of a line of text, in pixels."""
PAD = 4
"""Air between two lines: of two margins that meet, Qt takes the larger."""
_INDENT = QTextFormat.Property.UserProperty.value + 1

FormatOf = Callable[[int, Row], QTextBlockFormat]


def line_format(
    indent: int,
    *,
    left: int | None = None,
    hang: float = 0,
    first: float = 0,
    top: int = PAD,
    bottom: int = PAD,
    right: int = 0,
) -> QTextBlockFormat:
    """Make the format of a line; `left` in pixels is where it stands, if not at its indent.

    `hang` is by how many pixels its first line reaches out to the left of the others, `first` by
    how many it begins further to the right.
    """
    made = QTextBlockFormat()
    made.setProperty(_INDENT, indent)
    made.setLeftMargin((indent * Size.INDENT if left is None else left) + hang)
    made.setTextIndent(first - hang)
    made.setTopMargin(top)
    made.setBottomMargin(bottom)
    made.setRightMargin(right)
    # A fixed height would put the caret of an empty line too high.
    made.setLineHeight(leading(), QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value)
    return made


@cache
def leading() -> float:
    """Say how much is between two rows of a line, in pixels."""
    return max(0.0, LINE - round(QFontMetricsF(font("body")).height()))


def row_of(block: QTextBlock) -> Row:
    """Read a line."""
    return Row(block.text(), block.blockFormat().intProperty(_INDENT))


def blocks(
    document: QTextDocument, first: int = 0, last: int | None = None
) -> Iterator[QTextBlock]:
    """Give the lines [first, last)."""
    block = document.findBlockByNumber(first)
    while block.isValid() and (last is None or block.blockNumber() < last):
        yield block
        block = block.next()


def write(document: QTextDocument, wanted: Sequence[Row], format_of: FormatOf) -> int:
    """Make the document say `wanted`, which is at least one line; return the last line changed."""
    here = [row_of(block) for block in blocks(document)]
    first, last = same_ends(here, wanted)
    old, new = here[first : len(here) - last], wanted[first : len(wanted) - last]
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for at, row in enumerate(new):
        if at < len(old):
            cursor.setPosition(document.findBlockByNumber(first + at).position())
            _retype(cursor, old[at].text, row.text)
            cursor.setBlockFormat(format_of(first + at, row))
        else:
            _open(cursor, document, first + at, format_of(first + at, row))
            cursor.insertText(row.text)
    for _ in old[len(new) :]:
        _remove(cursor, document, first + len(new))
    cursor.endEditBlock()
    return min(first + max(len(new) - 1, 0), len(wanted) - 1)


def lay_out(document: QTextDocument, first: int, last: int | None, format_of: FormatOf) -> None:
    """Give the lines [first, last) the formats that they should have."""
    cursor = None
    for block in blocks(document, first, last):
        wanted = format_of(block.blockNumber(), row_of(block))
        if block.blockFormat() != wanted:
            if cursor is None:
                cursor = QTextCursor(document)
                cursor.beginEditBlock()
            cursor.setPosition(block.position())
            cursor.setBlockFormat(wanted)
    if cursor is not None:
        cursor.endEditBlock()


def rows_between(document: QTextDocument, start: int, end: int) -> list[Row]:
    """Read what stands between two positions, line by line."""
    rows = []
    last = document.findBlock(end).blockNumber() + 1
    for block in blocks(document, document.findBlock(start).blockNumber(), last):
        cursor = QTextCursor(block)
        cursor.setPosition(max(start, block.position()))
        stop = min(end, block.position() + block.length() - 1)
        cursor.setPosition(stop, QTextCursor.MoveMode.KeepAnchor)
        rows.append(Row(cursor.selectedText(), row_of(block).indent))
    return rows


def same_ends(old: Sequence[object], new: Sequence[object]) -> tuple[int, int]:
    """Count what is the same at the beginning of both, and at the end behind that."""
    shortest, first, last = min(len(old), len(new)), 0, 0
    while first < shortest and old[first] == new[first]:
        first += 1
    while last < shortest - first and old[-1 - last] == new[-1 - last]:
        last += 1
    return first, last


def _retype(cursor: QTextCursor, old: str, new: str) -> None:
    """Change the line at whose start the cursor stands; the caret keeps its place where it can."""
    if old == new:
        return
    first, last = same_ends(old, new)
    start = cursor.position()
    cursor.setPosition(start + units(old[:first]))
    cursor.setPosition(start + units(old[: len(old) - last]), QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(new[first : len(new) - last])


def _open(
    cursor: QTextCursor, document: QTextDocument, number: int, wanted: QTextBlockFormat
) -> None:
    if number == 0:
        cursor.setPosition(0)
        cursor.insertBlock(document.firstBlock().blockFormat())
        cursor.setPosition(0)
        cursor.setBlockFormat(wanted)
        return
    before = document.findBlockByNumber(number - 1)
    cursor.setPosition(before.position() + before.length() - 1)
    cursor.insertBlock(wanted)


def _remove(cursor: QTextCursor, document: QTextDocument, number: int) -> None:
    block = document.findBlockByNumber(number)
    start = block.position() - 1 if number else 0
    end = block.position() + block.length() - (1 if number else 0)
    kept = block.previous().blockFormat() if number else block.next().blockFormat()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    cursor.setBlockFormat(kept)


def units(text: str) -> int:
    """Count as Qt does: in UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
