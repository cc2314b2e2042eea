"""How a line of the finished note is laid out."""

from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QFontMetricsF, QTextBlockFormat

from granola_like.domain.enhanced import WRITTEN
from granola_like_ui.note import paper
from granola_like_ui.note.shown import ShownLine
from granola_like_ui.note.words import day
from granola_like_ui.theme import Size, Space, font

SOURCE_WIDTH = 72
"""Kept free at the right, for where a line comes from."""
BOX_WIDTH = 22
"""Kept free at the left of an action item, for its box."""
GAP_HEIGHT = 30
DOUBT_AIR = 10
"""Over and under the box of a doubt together, in pixels."""
_BEFORE_GROUP = 18
_BEFORE_HEADING = 24
_AFTER_HEADING = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Distances in pixels."""

    left: int = 0
    right: int = 0
    first: float = 0.0
    """How far the first row begins to the right, behind the owner's name."""
    top: int = paper.PAD
    bottom: int = paper.PAD
    below: int = 0
    """Of the bottom, what stands under the line: a doubt, a gap."""

    def format(self, indent: int) -> QTextBlockFormat:
        """Say it as Qt does."""
        return paper.line_format(
            indent,
            left=self.left,
            first=self.first,
            top=self.top,
            bottom=self.bottom + self.below,
            right=self.right,
        )


def look_of(
    line: ShownLine | None,
    before: ShownLine | None,
    *,
    indent: int,
    after: ShownLine | None = None,
    doubt: int = 0,
) -> Look:
    """Lay a line out. `doubt` is how high the box of its finding is; 0 without one."""
    left = indent * Size.INDENT
    if line is None:  # the person has just begun it
        return Look(left=left, top=paper.PAD)
    if line.kind == "heading":
        return Look(left=left, top=_top(line, before), bottom=_AFTER_HEADING)
    top = _top(line, before)
    below = (doubt + DOUBT_AIR if doubt else 0) + GAP_HEIGHT * len(line.gaps)
    if below and after is not None:
        below += _top(after, line) - paper.PAD
    if line.kind == "note":
        return Look(left=left, top=top, below=below)
    right = SOURCE_WIDTH if line.quotes or line.due else Space.XL
    if line.due is not None:
        right += round(_small().horizontalAdvance(day(line.due))) + Space.M
    first = 0.0
    if line.kind == "action":
        left += BOX_WIDTH
        first = _body().horizontalAdvance(owner_before(line))
    return Look(left=left, right=right, first=first, top=top, below=below)


def _top(line: ShownLine, before: ShownLine | None) -> int:
    if before is None:
        return 0
    if line.kind == "heading":
        return _BEFORE_HEADING
    begins_group = line.kind == "note" and before.kind in WRITTEN and line.indent <= before.indent
    return _BEFORE_GROUP if begins_group else paper.PAD


def owner_before(line: ShownLine) -> str:
    """Give what is painted before an action item: its owner, unless the words begin so."""
    if not line.owner or line.text.lower().startswith(line.owner.lower()):
        return ""
    return f"{line.owner} — "


@cache
def _body() -> QFontMetricsF:
    return QFontMetricsF(font("body"))


@cache
def _small() -> QFontMetricsF:
    return QFontMetricsF(font("small"))
