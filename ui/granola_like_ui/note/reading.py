"""From what the product knows to what the page shows. Nothing here touches a widget or a disk."""

from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from granola_like.app import App, page
from granola_like.app.desk import MeetingNews
from granola_like.app.now_values import Now
from granola_like.domain.bundle import Bundle
from granola_like.domain.edits import Conflict, Insert, Reassign, Reschedule, Reword
from granola_like.domain.enhanced import EXTRACTIVE, Block
from granola_like.domain.recording import Channel
from granola_like.errors import GranolaError, ModelMissing
from granola_like_ui.note.conflicts import ShownConflict
from granola_like_ui.note.shown import ShownLine, shown_lines
from granola_like_ui.note.state import (
    About,
    CallState,
    Meter,
    TemplateChoice,
    Trouble,
    VersionChoice,
    Writing,
)
from granola_like_ui.note.versions import DiffLine
from granola_like_ui.note.words import day, moment, receipt_details, receipt_line
from granola_like_ui.widgets.meter import level_of

SILENT_AFTER_S = 20
DEAD_SILENCE_DB = -100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A stored meeting, made ready on the reader's thread."""

    stored: page.Page
    lines: tuple[ShownLine, ...] = ()
    """Of the note; empty while there is none."""
    kinds: tuple[page.Kind, ...] = ()

    @property
    def has_note(self) -> bool:
        """Whether a note was written."""
        return self.stored.note is not None


def read(app: App, meeting: str, *, language: str) -> Read:
    """Read a meeting; `language` is the window's, for the names of templates. Raises NotFound."""
    found = page.read(app.library, meeting)
    lines: tuple[ShownLine, ...] = ()
    if found.note is not None:
        bundle = found.bundle
        lines = shown_lines(
            found.note.blocks,
            bundle.transcript,
            notes=bundle.notes,
            gaps=bundle.recording.gaps,
            accepted=found.accepted,
            reworded=found.reworded,
            done=found.done,
        )
    return Read(stored=found, lines=lines, kinds=page.kinds(app, language))


def about_of(bundle: Bundle) -> About:
    """Say what stands over a stored meeting."""
    meeting, receipt = bundle.meeting, bundle.receipt
    return About(
        title=meeting.title,
        when=moment(meeting.started_at.astimezone(), meeting.duration_ms),
        people=tuple(person.name for person in meeting.people),
        folder=meeting.folder or "",
        receipt=receipt_line(meeting.duration_ms, receipt, bundle.recording.gaps),
        details=receipt_details(receipt) if receipt is not None else (),
    )


def about_now(now: Now, people: tuple[str, ...], folder: str | None) -> About:
    """Say what stands over a meeting that goes on."""
    when = moment(now.started_at.astimezone())
    return About(title=now.title, when=when, people=people, folder=folder or "")


def call_of(now: Now, *, said: str = "") -> CallState | None:
    """Say how the bar shows a meeting; None once it has ended."""
    if now.state == "ended":
        return None
    trouble = now.trouble
    countdown = now.countdown
    return CallState(
        step=now.state,
        elapsed_ms=now.elapsed_ms,
        me=_meter(now, "me"),
        them=_meter(now, "them"),
        countdown_s=None if countdown is None else max(0, round(countdown.seconds_left)),
        countdown_why="" if countdown is None else countdown.reason,
        minutes_of_disk=now.minutes_of_disk if now.channels else None,
        trouble="" if trouble is None else f"{trouble} {trouble.hint}",
        said=said,
    )


def _meter(now: Now, channel: Channel) -> Meter:
    look = now.channels.get(channel)
    if look is None:
        return Meter()
    # Whoever listens says nothing for long; a microphone that works is never quite still.
    is_silent = look.quiet_s >= SILENT_AFTER_S and (
        channel == "them" or look.level_db <= DEAD_SILENCE_DB
    )
    return Meter(
        level=level_of(look.level_db),
        silent_s=int(look.quiet_s) if is_silent else 0,
        warning=look.warning or "",
    )


def writing_of(news: MeetingNews | None) -> Writing | None:
    """Say how far the desk is with a meeting; None when it does nothing with it."""
    if news is None or news.state not in ("waiting", "working"):
        return None
    waiting = QCoreApplication.translate("NoteReading", "Waiting for its turn")
    return Writing(step=news.step or waiting, fraction=news.fraction, left_s=news.seconds_left)


def trouble_of(error: GranolaError | None) -> Trouble | None:
    """Say what went wrong, and which button helps."""
    if error is None:
        return None
    text = f"{error} {error.hint}"
    if isinstance(error, ModelMissing):
        choose = QCoreApplication.translate("NoteReading", "Choose a model")
        return Trouble(text=text, button=choose, action="models")
    again = QCoreApplication.translate("NoteReading", "Try again")
    return Trouble(text=text, button=again, action="again")


def streaming(found: Read | None, news: MeetingNews) -> tuple[ShownLine, ...]:
    """Put what is written so far under the person's lines."""
    if found is None:
        return ()
    bundle = found.stored.bundle
    blocks: list[Block] = []
    for line in bundle.notes:
        blocks.append(
            Block(id=line.id, kind="note", text=line.text, note=line.id, indent=line.indent)
        )
        blocks += news.written.get(line.id, ())
    lines = shown_lines(blocks, bundle.transcript, notes=bundle.notes)
    # Doubts can be settled once the note is stored.
    return tuple(replace(line, finding=None, details=()) for line in lines)


def versions_of(found: Read) -> tuple[VersionChoice, ...]:
    """Name the versions of a note."""
    return tuple(
        VersionChoice(number=one.number, name=_version_name(one.engine, one.created_at))
        for one in found.stored.versions
    )


def templates_of(found: Read) -> tuple[TemplateChoice, ...]:
    """List the templates; the note's own is marked."""
    now = found.stored.note.template if found.stored.note else ""
    return tuple(
        TemplateChoice(id=kind.id, name=kind.name, is_now=kind.id == now) for kind in found.kinds
    )


def writers() -> tuple[TemplateChoice, ...]:
    """List who may write a note."""
    translate = QCoreApplication.translate
    return (
        TemplateChoice(
            id="extractive", name=translate("NoteReading", "In the words that were said")
        ),
        TemplateChoice(id="local", name=translate("NoteReading", "By the model on this machine")),
        TemplateChoice(
            id="endpoint", name=translate("NoteReading", "By the server that you chose")
        ),
    )


def conflicts_of(found: Read) -> tuple[ShownConflict, ...]:
    """Say of each edit that does not fit what the person wanted, and what is there now."""
    return tuple(
        ShownConflict(edit=one.edit.id, mine=_wish(one), now=one.now.text if one.now else "")
        for one in found.stored.conflicts
    )


def diff_of(changes: tuple[page.BlockChange, ...]) -> tuple[DiffLine, ...]:
    """Turn what is different between two versions into lines."""
    lines: list[DiffLine] = []
    for change in changes:
        if change.what == "same" and change.after is not None:
            lines.append(_diff_line("same", change.after))
            continue
        if change.before is not None:
            lines.append(_diff_line("removed", change.before, _parts(change, of="before")))
        if change.after is not None:
            lines.append(_diff_line("added", change.after, _parts(change, of="after")))
    return tuple(lines)


def _diff_line(what: str, block: Block, words: tuple[tuple[int, int], ...] = ()) -> DiffLine:
    under = block.note is not None and block.kind not in ("note", "heading")
    due = f" — {day(block.due)}" if block.due else ""
    owner = f" — {block.owner}" if block.owner and block.kind == "action" else ""
    return DiffLine(
        what=what,  # type: ignore[arg-type]
        text=f"{block.text}{owner}{due}",
        indent=max(0, block.indent - 1) if under else block.indent,
        is_heading=block.kind == "heading",
        is_ink=block.kind in ("note", "heading"),
        words=words,
    )


def _parts(change: page.BlockChange, *, of: str) -> tuple[tuple[int, int], ...]:
    """Say where the words stand that are not in the other version."""
    found, at = [], 0
    for piece in change.pieces:
        text: str = getattr(piece, of)
        if piece.before != piece.after and text.strip():
            found.append((at, at + len(text)))
        at += len(text)
    return tuple(found)


def _wish(conflict: Conflict) -> str:
    match conflict.edit.change:
        case Reword(text) | Insert(text):
            return text
        case Reassign(owner):
            return owner or QCoreApplication.translate("NoteReading", "nobody")
        case Reschedule(due):
            none = QCoreApplication.translate("NoteReading", "no day")
            return none if due is None else day(due)
    return conflict.edit.on.text if conflict.edit.on else ""


def _version_name(engine: str, created_at: datetime | None) -> str:
    if engine == EXTRACTIVE:
        engine = QCoreApplication.translate("NoteReading", "words that were said")
    return engine if created_at is None else f"{moment(created_at.astimezone())}, {engine}"
