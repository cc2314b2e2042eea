"""The meetings that have been read, by day, as Qt's views want them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeAlias

from PySide6.QtCore import (
    QAbstractListModel,
    QLocale,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from granola_like.domain.home import HomeRow
from granola_like_ui.home import telling
from granola_like_ui.home.state import Running, Work

MIME = "application/x-granola-like-meetings"
"""Ids of meetings that are being dragged, one a line."""

Index: TypeAlias = QModelIndex | QPersistentModelIndex
DayNames: TypeAlias = Callable[..., str]
"""`telling.near_day` or `telling.full_day`."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a day, above its meetings."""

    text: str


Row: TypeAlias = Heading | Running | HomeRow


def by_day(
    meetings: Iterable[HomeRow], name: Callable[[datetime], str], *, running: Running | None = None
) -> list[Row]:
    """Put a heading above the meetings of each day; what is running comes first.

    `name` tells the day of a moment; for what is running it is asked as for any other.
    """
    rows: list[Row] = []
    heading = ""
    everything: Iterable[Running | HomeRow] = meetings if running is None else (running, *meetings)
    for meeting in everything:
        if (text := name(meeting.started_at)) != heading:
            heading = text
            rows.append(Heading(text))
        rows.append(meeting)
    return rows


class MeetingsModel(QAbstractListModel):
    """Rows for a list: days and their meetings. Asks for more when the end comes into sight."""

    more_asked = Signal()
    renamed = Signal(str, str)
    """A meeting's id, and the title that the person typed."""

    def __init__(self, name: DayNames, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._meetings: tuple[HomeRow, ...] = ()
        self._running: Running | None = None
        self._work: Mapping[str, Work] = {}
        self._rows: list[Row] = []
        self._places: dict[str, int] = {}
        self._has_more = False
        self._is_asking = False
        self._today = date.min
        self._told: dict[datetime, str] = {}
        self._locale = QLocale()

    # -- what there is -------------------------------------------------------------------------

    @property
    def meetings(self) -> tuple[HomeRow, ...]:
        """The meetings that have been read, newest first."""
        return self._meetings

    @property
    def today(self) -> date:
        """The day from which days are told."""
        return self._today

    def show(
        self,
        meetings: Sequence[HomeRow],
        *,
        has_more: bool,
        today: date,
        locale: QLocale | None = None,
    ) -> None:
        """Show these; what was selected or scrolled to stays so where it is still there."""
        locale = locale or QLocale()  # which may have become another since
        if (today, locale) != (self._today, self._locale):
            self._told.clear()
        self._meetings, self._today, self._locale = tuple(meetings), today, locale
        self._has_more, self._is_asking = has_more, False
        self._arrange()

    def add(self, meetings: Sequence[HomeRow], *, has_more: bool) -> None:
        """Show these behind the others."""
        self._has_more, self._is_asking = has_more, False
        if not meetings:
            return
        tail = self._rows_of(meetings, running=None)
        last = next((r for r in reversed(self._rows) if isinstance(r, Heading)), None)
        if last is not None and tail[0] == last:
            tail = tail[1:]
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(tail) - 1)
        self._meetings += tuple(meetings)
        self._rows += tail
        self._places |= {_key(row): first + at for at, row in enumerate(tail)}
        self.endInsertRows()

    def show_running(self, running: Running | None) -> None:
        """Put what is being recorded on top."""
        if running != self._running:
            self._running = running
            self._arrange()

    def show_work(self, work: Mapping[str, Work]) -> None:
        """Say what is being done to meetings, by their ids."""
        changed = {m for m in {*work, *self._work} if work.get(m) != self._work.get(m)}
        self._work = dict(work)
        for meeting in changed:
            if (index := self.find(meeting)).isValid():
                self.dataChanged.emit(index, index)

    def work(self, meeting: str) -> Work | None:
        """Say what is being done to a meeting."""
        return self._work.get(meeting)

    def at(self, row: int) -> Row:
        """Give a row of the list."""
        return self._rows[row]

    def meeting_at(self, index: Index) -> str:
        """Give the id of the meeting in a row; empty for a heading."""
        match self._rows[index.row()] if index.isValid() else None:
            case HomeRow(meeting=meeting) | Running(meeting=meeting):
                return meeting
        return ""

    def find(self, meeting: str) -> QModelIndex:
        """Say where a meeting stands; an invalid index when it has not been read."""
        at = self._places.get(meeting)
        return QModelIndex() if at is None else self.index(at)

    def retitle(self, meeting: str, title: str) -> None:
        """Show another title at once, before it has been written."""
        self._meetings = tuple(
            replace(one, title=title) if one.meeting == meeting else one for one in self._meetings
        )
        self._arrange()

    def leave_out(self, meetings: Iterable[str]) -> None:
        """Show these no longer, before they have been deleted."""
        gone = set(meetings)
        self._meetings = tuple(one for one in self._meetings if one.meeting not in gone)
        self._arrange()

    # -- what Qt asks --------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name
        """Count the rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the words of a row; delegates take the row itself (`at`)."""
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return row.text if isinstance(row, Heading) else row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
            case Qt.ItemDataRole.ToolTipRole if isinstance(row, HomeRow):
                return row.title
        return None

    def setData(  # noqa: N802 - Qt's name
        self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Tell of a title that was typed in its place."""
        title = " ".join(str(value).split())
        row = self._rows[index.row()]
        if not isinstance(row, HomeRow) or not title or title == row.title:
            return False
        self.renamed.emit(row.meeting, title)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let meetings be chosen, dragged and renamed, and days be only read."""
        if not index.isValid() or isinstance(self._rows[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if isinstance(self._rows[index.row()], HomeRow):
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def mimeTypes(self) -> list[str]:  # noqa: N802 - Qt's name
        """Name what is dragged."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802 - Qt's name
        """Take the meetings along."""
        made = QMimeData()
        made.setData(MIME, "\n".join(map(self.meeting_at, indexes)).encode())
        return made

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802 - Qt's name
        """Say whether there are meetings that have not been read."""
        return not parent.isValid() and self._has_more and not self._is_asking

    def fetchMore(self, parent: Index) -> None:  # noqa: N802 - Qt's name
        """Ask for the next page."""
        if self.canFetchMore(parent):
            self._is_asking = True
            self.more_asked.emit()

    # -- inside --------------------------------------------------------------------------------

    def _rows_of(self, meetings: Iterable[HomeRow], *, running: Running | None) -> list[Row]:
        return by_day(meetings, self._day_of, running=running)

    def _day_of(self, moment: datetime) -> str:
        """Tell a moment's day; told once, for there may be ten thousand of them."""
        told = self._told.get(moment)
        if told is None:
            day = telling.local_day(moment)
            told = self._told[moment] = self._name(day, today=self._today, locale=self._locale)
        return told

    def _arrange(self) -> None:
        """Make the rows again, and keep the views' places by what stands in them."""
        rows = self._rows_of(self._meetings, running=self._running)
        places = {_key(row): at for at, row in enumerate(rows)}
        if rows and list(places) == list(self._places):
            # The same rows, with other words in some: nothing moves.
            pairs = zip(rows, self._rows, strict=True)
            changed = [at for at, (new, old) in enumerate(pairs) if new is not old and new != old]
            self._rows = rows
            if changed:
                self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        keys = [_key(self._rows[index.row()]) for index in held]
        self._rows, self._places = rows, places
        self.changePersistentIndexList(
            held, [self.find(key) if key in self._places else QModelIndex() for key in keys]
        )
        self.layoutChanged.emit()

    def _spoken(self, row: Row) -> str:
        match row:
            case Heading(text):
                return text
            case Running():
                return self.tr("{title}, being recorded").format(title=row.title)
        day = telling.full_day(
            telling.local_day(row.started_at), today=self._today, locale=self._locale
        )
        parts = [
            row.title,
            day,
            telling.time_of_day(row.started_at, locale=self._locale),
            telling.length(row.duration_ms),
            row.snippet,
            work.trouble or work.step if (work := self._work.get(row.meeting)) else "",
        ]
        return ", ".join(part for part in parts if part)


def _key(row: Row) -> str:
    return f"\n{row.text}" if isinstance(row, Heading) else row.meeting
