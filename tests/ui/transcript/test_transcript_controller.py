from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from granola_like.app import wording
from granola_like.domain.enhanced import Evidence
from granola_like.domain.transcript import Transcript, Utterance
from granola_like_ui.transcript.state import Line
from granola_like_ui.watchdog import Watchdog
from tests.strategies import small_bundle


def button(of: QWidget, text: str) -> QPushButton:
    return next(b for b in of.findChildren(QPushButton) if text in b.text() and b.isVisible())


def line(place: Any, row: int) -> Line:
    found = place.view.rows[row]
    assert isinstance(found, Line)
    return found


def point_of(place: Any, row: int, word: int) -> QPoint:
    place.view.reveal(row)
    at = line(place, row).words[word]
    box = place.view._layout.boxes(row, at.start, at.end)[0]
    down = place.view.verticalScrollBar().value()
    return QPoint(round(box.center().x()), round(box.center().y() - down))


def click_word(qtbot: QtBot, place: Any, row: int, word: int) -> None:
    where = point_of(place, row, word)
    qtbot.mouseClick(place.view.viewport(), Qt.MouseButton.LeftButton, pos=where)


def edit(qtbot: QtBot, place: Any, row: int, text: str) -> None:
    place.view.setFocus()
    place.view.choose(row)
    qtbot.keyClick(place.view, Qt.Key.Key_Return)
    place.panel.editor.selectAll()
    qtbot.keyClicks(place.panel.editor, text)
    qtbot.keyClick(place.panel.editor, Qt.Key.Key_Return)


def test_a_click_on_a_word_plays_from_it_and_underlines_what_is_heard(
    qtbot: QtBot, place: Any, watchdog: Watchdog
) -> None:
    wanted = line(place, 1).words[2]
    click_word(qtbot, place, 1, 2)
    qtbot.waitUntil(lambda: place.transcript.playback.state.is_playing)
    qtbot.waitUntil(lambda: place.view.marks.heard is not None)
    assert place.transcript.playback.state.position_ms >= wanted.start_ms
    assert place.view.marks.heard.row == 1
    qtbot.keyClick(place.view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not place.transcript.playback.state.is_playing)


def test_steps_and_speed_by_keys(qtbot: QtBot, place: Any) -> None:
    place.view.setFocus()
    playback = place.transcript.playback
    for _ in range(2):
        qtbot.keyClick(place.view, Qt.Key.Key_Right)
        qtbot.wait(120)
    qtbot.waitUntil(lambda: playback.state.position_ms == 10_000)
    qtbot.keyClick(place.view, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: playback.state.position_ms == 5_000)
    qtbot.keyClicks(place.view, ">")
    qtbot.waitUntil(lambda: playback.state.speed == 1.25)
    assert not playback._timer.isActive() or playback._quiet > 0
    qtbot.waitUntil(lambda: not playback._timer.isActive())  # nothing is watched in silence


def test_a_source_is_lit_and_its_seconds_play(qtbot: QtBot, place: Any) -> None:
    third = line(place, 2)
    place.transcript.show_source([Evidence(third.utterance, 0, 2)])
    assert place.view.marks.lit == {third.utterance: ((0, 2),)}
    assert place.view.chosen() == [third.utterance]
    qtbot.waitUntil(lambda: place.transcript.playback.state.is_playing)
    assert place.transcript.playback._player.look().until_ms == third.end_ms


def test_the_transcript_follows_until_the_person_scrolls(qtbot: QtBot, place: Any) -> None:
    place.frame.resize(1280, 480)
    last = max(n for n, row in enumerate(place.view.rows) if isinstance(row, Line))
    place.transcript.playback.play(line(place, last).start_ms)
    qtbot.waitUntil(lambda: place.view.verticalScrollBar().value() > 0)
    place.view.keys._view.scrolled_away.emit()
    qtbot.waitUntil(lambda: not place.transcript.playback.state.is_following)
    place.view.verticalScrollBar().setValue(0)
    qtbot.wait(100)
    assert place.view.verticalScrollBar().value() == 0
    qtbot.mouseClick(button(place.panel, "Follow"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: place.transcript.playback.state.is_following)


def test_words_are_typed_anew_and_taken_back(qtbot: QtBot, place: Any, watchdog: Watchdog) -> None:
    first = line(place, 0)
    edit(qtbot, place, 0, "Something else was said.")
    qtbot.waitUntil(lambda: line(place, 0).text == "Something else was said.")
    assert place.text(first.utterance) == "Something else was said."
    assert place.view.hasFocus()
    qtbot.keyClick(place.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: line(place, 0).text == first.text)
    assert place.text(first.utterance) == first.text


def test_escape_leaves_the_words_as_they_were(qtbot: QtBot, place: Any) -> None:
    before = line(place, 0).text
    qtbot.mouseDClick(place.view.viewport(), Qt.MouseButton.LeftButton, pos=point_of(place, 0, 1))
    qtbot.waitUntil(place.panel.editor.isVisible)
    qtbot.keyClicks(place.panel.editor, "never mind")
    qtbot.keyClick(place.panel.editor, Qt.Key.Key_Escape)
    assert not place.panel.editor.isVisible()
    assert place.text(line(place, 0).utterance) == before
    assert not place.panel.isHidden()


def test_several_lines_are_given_to_another_speaker(qtbot: QtBot, place: Any) -> None:
    place.view.setFocus()
    place.view.choose(0)
    qtbot.keyClick(place.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    chosen = place.view.chosen()
    assert len(chosen) == 2
    menu = place.panel.speaker_menu(chosen)
    next(entry for entry in menu.actions() if "Somebody else" in entry.text()).trigger()
    field = place.panel.speakers.findChild(QLineEdit)
    qtbot.keyClicks(field, "Irina")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: {line(place, 0).name, line(place, 1).name} == {"Irina"})


def test_a_speaker_is_renamed_everywhere_and_back(qtbot: QtBot, place: Any) -> None:
    name = line(place, 0).name
    place.ask(lambda app: app.library.save(other(name, "Good morning.")))
    menu = place.panel.speaker_menu([line(place, 0).utterance])
    next(entry for entry in menu.actions() if "Rename" in entry.text()).trigger()
    card = place.panel.speakers
    qtbot.keyClicks(card.findChild(QLineEdit), "Doctor Quinn")
    card.findChild(QCheckBox).setChecked(True)
    qtbot.mouseClick(button(card, "Save"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: line(place, 0).name == "Doctor Quinn")

    def named() -> object:
        return place.ask(lambda app: app.library.load("other").transcript.utterances[0].speaker)

    assert named() == "Doctor Quinn"
    qtbot.waitUntil(lambda: "Doctor Quinn" in place.frame.messages.text)
    place.transcript.edits.undo()
    qtbot.waitUntil(lambda: line(place, 0).name == name)
    assert named() == name


def test_find_and_replace_with_a_preview_of_which_one_is_left_out(qtbot: QtBot, place: Any) -> None:
    before = {row.utterance: row.text for row in place.view.rows if isinstance(row, Line)}
    having = [name for name, text in before.items() if "the " in text.casefold()]
    assert len(having) >= 2
    place.frame.commands.run("transcript.replace")
    finder = place.panel.finder
    find, put = finder.findChildren(QLineEdit)
    qtbot.keyClicks(find, "the ")
    qtbot.keyClicks(put, "THE")
    qtbot.keyClick(put, Qt.Key.Key_Return)
    changes = finder._changes.changes
    assert changes.rowCount() == len(changes.taken)
    changes.turn(changes.index(0))
    left_out = changes.at(changes.index(0))[0].utterance
    qtbot.mouseClick(button(finder, "Replace in"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any("THE" in row.text for row in place.view.rows))
    assert place.text(left_out) == before[left_out]
    assert all("THE" in place.text(name) for name in having if name != left_out)
    qtbot.mouseClick(button(place.frame.messages, "Undo"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: all(row.text == before[row.utterance] for row in place.view.rows))


def other(speaker: str, text: str) -> Any:
    from dataclasses import replace

    said = Utterance(id="u1", speaker=speaker, start_ms=0, end_ms=900, text=text)
    return replace(
        small_bundle(id="other", title="Board prep"),
        transcript=Transcript(utterances=(said,)),
        enhanced=None,
    )


def test_a_name_is_corrected_once_and_the_same_mistake_elsewhere_after_review(
    qtbot: QtBot, place: Any
) -> None:
    place.ask(lambda app: app.library.save(other("Boris", "We meet Acmee and Kestrall again.")))
    first = line(place, 0)
    wording_was = first.text
    edit(qtbot, place, 0, f"{first.text} Kestrall is late.")
    qtbot.waitUntil(lambda: "Kestrall" in line(place, 0).text)
    edit(qtbot, place, 0, f"{wording_was} Kestrel is late.")
    qtbot.waitUntil(place.panel.review.isVisible)
    qtbot.mouseClick(button(place.panel.review, "Review"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(place.panel.review, "Correct 1"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: (
            place.ask(lambda a: a.library.load("other").transcript.utterances[0].text)
            == "We meet Acmee and Kestrel again."
        )
    )
    assert not place.panel.review.isVisible()


def test_a_newer_transcript_that_speaks_against_a_correction(qtbot: QtBot, place: Any) -> None:
    first = line(place, 0)
    edit(qtbot, place, 0, "Quite another thing.")
    qtbot.waitUntil(lambda: line(place, 0).text == "Quite another thing.")

    def hear_again(app: Any) -> None:
        from dataclasses import replace

        old = app.library.load("sample").machine_transcript
        newer = tuple(
            replace(one, text="Something third entirely.", words=())
            if one.id == first.utterance
            else one
            for one in old.utterances
        )
        app.library.add_transcript("sample", replace(old, utterances=newer, engine="better"))

    place.ask(hear_again)
    assert place.ask(lambda app: len(wording.conflicts(app, "sample"))) == 1
    qtbot.waitUntil(place.panel.clashes.isVisible)
    qtbot.mouseClick(button(place.panel.clashes, "Keep mine"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not place.panel.clashes.isVisible())
    assert place.text(first.utterance) == "Quite another thing."


def test_lines_are_copied_with_who_said_them(qtbot: QtBot, place: Any) -> None:
    place.view.setFocus()
    place.view.choose(0)
    qtbot.keyClick(place.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    first = line(place, 0)
    assert QGuiApplication.clipboard().text() == f"{first.name}: {first.text}"


def test_a_screen_reader_hears_the_line_that_is_chosen(qtbot: QtBot, place: Any) -> None:
    place.view.setFocus()
    qtbot.keyClick(place.view, Qt.Key.Key_End)
    last = [row for row in place.view.rows if isinstance(row, Line)][-1]
    assert last.text in place.view.accessibleDescription()


def test_escape_closes_the_panel_and_its_commands_go(qtbot: QtBot, place: Any) -> None:
    assert "transcript.find" in [c.id for c in place.frame.commands.possible()]
    place.view.setFocus()
    with qtbot.waitSignal(place.transcript.shown) as told:
        qtbot.keyClick(place.view, Qt.Key.Key_Escape)
    assert told.args == [False]
    assert "transcript.find" not in [c.id for c in place.frame.commands.possible()]


def test_a_meeting_without_sound_has_no_player(qtbot: QtBot, place: Any) -> None:
    place.ask(lambda app: app.library.save(other("Boris", "Hello.")))
    place.transcript.take("other")
    qtbot.waitUntil(lambda: len(place.view.rows) == 1)
    assert not place.panel.player.isVisible()
    place.transcript.playback.play(0)
    qtbot.waitUntil(lambda: "no sound" in place.frame.messages.text)


@pytest.mark.parametrize("meeting", ["", "nobody"])
def test_a_meeting_that_is_not_there(qtbot: QtBot, place: Any, meeting: str) -> None:
    place.transcript.take(meeting)
    qtbot.waitUntil(lambda: not place.view.rows)
    if meeting:
        qtbot.waitUntil(lambda: "nobody" in place.frame.messages.text)


def test_words_may_go_while_they_are_heard_and_found(qtbot: QtBot, place: Any) -> None:
    first = line(place, 0)
    place.panel.finder.begin(first.text.split()[-1])
    place.view.show_playing(first.words[-1].start_ms, follow=False)
    assert place.view.marks.heard.word == len(first.words) - 1
    edit(qtbot, place, 0, "Yes.")
    qtbot.waitUntil(lambda: line(place, 0).text == "Yes.")
    place.view.viewport().repaint()
    place.view.show_playing(first.words[-1].start_ms, follow=False)
    place.view.viewport().repaint()
    assert place.view.marks.heard.word in (None, 0)
