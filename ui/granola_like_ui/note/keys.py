"""Everything that can be done on the meeting's page, each with a key."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from granola_like_ui.commands import Command

Act = Callable[[], object]


def commands_of_call(acts: dict[str, Act]) -> tuple[Command, ...]:
    """Give what can be done while a call is recorded."""
    translate = QCoreApplication.translate
    return (
        Command(
            id="note.captions",
            text=translate("NoteKeys", "Show or hide captions"),
            run=acts["captions"],
            key="Ctrl+J",
        ),
        Command(
            id="note.pause",
            text=translate("NoteKeys", "Pause or resume the recording"),
            run=acts["pause"],
            key="Ctrl+Shift+P",
        ),
        Command(
            id="note.off",
            text=translate("NoteKeys", "Off the record: delete the last 60 seconds"),
            run=acts["off"],
            key="Ctrl+Shift+O",
        ),
        Command(
            id="note.stop",
            text=translate("NoteKeys", "Stop the recording"),
            run=acts["stop"],
            key="Ctrl+Shift+S",
        ),
        Command(
            id="note.keep_recording",
            text=translate("NoteKeys", "Keep recording"),
            run=acts["keep_recording"],
        ),
    )


def commands_of_line(acts: dict[str, Act]) -> tuple[Command, ...]:
    """Give what can be done with the line in which the caret is."""
    translate = QCoreApplication.translate
    return (
        Command(
            id="note.source",
            text=translate("NoteKeys", "Play what the line comes from"),
            run=acts["source"],
            key="Ctrl+L",
        ),
        Command(
            id="note.next",
            text=translate("NoteKeys", "Go to the next thing to check"),
            run=acts["next"],
            key="F8",
        ),
        Command(
            id="note.previous",
            text=translate("NoteKeys", "Go to the thing to check before"),
            run=acts["previous"],
            key="Shift+F8",
        ),
        Command(
            id="note.accept",
            text=translate("NoteKeys", "Keep the line as it is"),
            run=acts["accept"],
            key="Ctrl+Return",
        ),
        Command(
            id="note.fix",
            text=translate("NoteKeys", "Fix the line: say what was said"),
            run=acts["fix"],
            key="Ctrl+.",
        ),
        Command(
            id="note.drop",
            text=translate("NoteKeys", "Drop the line"),
            run=acts["drop"],
            key="Ctrl+Shift+Backspace",
        ),
        Command(
            id="note.compare",
            text=translate("NoteKeys", "Compare the line with what was said"),
            run=acts["compare"],
            key="Ctrl+Shift+D",
        ),
        Command(
            id="note.tick",
            text=translate("NoteKeys", "Tick the action item off"),
            run=acts["tick"],
            key="Ctrl+D",
        ),
        Command(
            id="note.details",
            text=translate("NoteKeys", "Change who has it to do, and until when"),
            run=acts["details"],
            key="Ctrl+Shift+A",
        ),
        Command(
            id="note.give_back",
            text=translate("NoteKeys", "Take my changes of the line back"),
            run=acts["give_back"],
            key="Ctrl+Shift+R",
        ),
    )


def commands_of_note(acts: dict[str, Act]) -> tuple[Command, ...]:
    """Give what can be done with a note as a whole."""
    translate = QCoreApplication.translate
    return (
        Command(
            id="note.write",
            text=translate("NoteKeys", "Write the note again"),
            run=acts["write"],
            key="Ctrl+Shift+W",
        ),
        Command(
            id="note.versions",
            text=translate("NoteKeys", "Compare versions of the note"),
            run=acts["versions"],
            key="Ctrl+Shift+G",
        ),
        Command(
            id="note.export",
            text=translate("NoteKeys", "Export the meeting"),
            run=acts["export"],
            key="Ctrl+E",
        ),
        Command(
            id="note.copy",
            text=translate("NoteKeys", "Copy the note as Markdown"),
            run=acts["copy"],
            key="Ctrl+Shift+C",
        ),
    )


IDS = (
    "note.captions",
    "note.pause",
    "note.off",
    "note.stop",
    "note.keep_recording",
    "note.source",
    "note.next",
    "note.previous",
    "note.accept",
    "note.fix",
    "note.drop",
    "note.compare",
    "note.tick",
    "note.details",
    "note.give_back",
    "note.write",
    "note.versions",
    "note.export",
    "note.copy",
)
