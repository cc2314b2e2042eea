"""The meeting's page in every state."""

from dataclasses import replace
from datetime import date

from granola_like.domain.enhanced import Detail
from granola_like.domain.note import NoteLine
from granola_like.domain.recording import Gap
from granola_like_ui.gallery import Shot
from granola_like_ui.note.conflicts import ShownConflict
from granola_like_ui.note.page import MeetingPage
from granola_like_ui.note.shown import Quote, ShownLine
from granola_like_ui.note.state import (
    About,
    CallState,
    Caption,
    CaptionsState,
    Meter,
    Trouble,
    VersionChoice,
    Writing,
)
from granola_like_ui.note.versions import DiffLine

ACME = About(
    title="Acme — pricing call",
    when="Tue 3 Mar, 10:00",
    people=("Anna", "Boris"),
    folder="Sales",
)
AFTER = replace(
    ACME,
    when="Tue 3 Mar, 10:00–10:42",
    folder="",
    receipt="42 min, both sides heard, 1 gap of 28 s",
    details=(
        "You: 42 min recorded, speech in 15 min of it",
        "The others: 41 min recorded, speech in 22 min of it",
        "28 s of the others not heard: headset switched, 21:40",
        "It ended: you stopped it",
    ),
)
LONG = "Acme and its three subsidiaries — second round on pricing, hiring plan and the data clause"
TYPED = (
    NoteLine(id="n1", text="120k", typed_at_ms=62_000),
    NoteLine(id="n2", text="hire Q3?", typed_at_ms=125_000),
    NoteLine(id="n3", text="- Boris owns", indent=1, typed_at_ms=131_000),
    NoteLine(id="n4", text="discount no", typed_at_ms=402_000),
)
HABITS = (
    NoteLine(id="h1", text="# Pricing"),
    NoteLine(
        id="h2",
        text="- 120k for the pilot, up from **90k**, and whoever signs has to do so"
        " before the end of March",
    ),
    NoteLine(id="h3", text="- signature before 31 March", indent=1),
    NoteLine(id="h4", text="- discount: **no**"),
    NoteLine(id="h5", text="# To do"),
    NoteLine(id="h6", text="[ ] revised offer to Anna"),
    NoteLine(id="h7", text="[x] ask legal about the data clause"),
    NoteLine(id="h8", text="1. hire in Q3"),
    NoteLine(id="h9", text="2. Boris owns"),
)
CALL = CallState(
    elapsed_ms=761_000,
    me=Meter(level=0.5),
    them=Meter(level=0.7),
)
SAID = CaptionsState(
    lines=(
        Caption(
            id="c1",
            channel="them",
            speaker="Anna",
            firm="So for the pilot we have a hundred and twenty thousand, that is up from ninety.",
        ),
        Caption(
            id="c2",
            channel="me",
            firm="And you would need the signature before the end of March?",
        ),
        Caption(
            id="c3",
            channel="them",
            speaker="Anna",
            firm="Yes, before the thirty-first, otherwise",
            tentative="it moves into the next",
        ),
    )
)


def _quote(name: str, at_s: int, length_s: int, text: str, speaker: str) -> Quote:
    return Quote(
        utterance=name,
        start_ms=at_s * 1000,
        end_ms=(at_s + length_s) * 1000,
        text=text,
        speaker=speaker,
    )


ROLES = ShownLine(
    id="b3",
    kind="point",
    note="n3",
    indent=1,
    text="Boris opens two roles in the third quarter if the pilot starts in April.",
    finding="changed",
    details=(Detail("number", "two", "one or two"),),
    quotes=(
        _quote(
            "u5",
            1272,
            9,
            "If the pilot starts in April I would open one or two roles in the third quarter.",
            "Boris",
        ),
    ),
)
WRITTEN = (
    ShownLine(id="b0", kind="note", note="n1", text="120k", is_ink=True),
    ShownLine(
        id="b1",
        kind="point",
        note="n1",
        text="Acme has 120,000 dollars for the pilot, up from 90,000. Anna needs the signature"
        " before 31 March.",
        quotes=(
            _quote("u1", 61, 14, "for the pilot we have a hundred and twenty thousand", "Anna"),
        ),
    ),
    ShownLine(id="b2", kind="note", note="n2", text="hire Q3?", is_ink=True),
    ShownLine(id="b2n", kind="note", note="n3", text="- Boris owns", indent=1, is_ink=True),
    ROLES,
    ShownLine(id="b4", kind="note", note="n4", text="discount no", is_ink=True),
    ShownLine(
        id="b5",
        kind="point",
        note="n4",
        text="No discount this year; Anna may revisit it with the renewal in autumn.",
        quotes=(_quote("u9", 1328, 11, "On the discount, not this year.", "Anna"),),
    ),
    ShownLine(id="s1", kind="heading", text="Action items", is_ink=True),
    ShownLine(
        id="a1",
        kind="action",
        text="send the revised offer",
        owner="Anna",
        due=date(2026, 3, 6),
        quotes=(_quote("u12", 2400, 6, "I will send you the revised offer on Friday.", "Anna"),),
    ),
    ShownLine(
        id="a2",
        kind="action",
        text="ask legal about the data clause",
        owner="You",
        due=date(2026, 3, 9),
        is_done=True,
        quotes=(_quote("u13", 2420, 8, "I ask legal by Monday.", "You"),),
    ),
)
GAP = Gap("them", 1_300_000, 1_328_000, "headset switched")
GAPS = tuple(replace(line, gaps=(GAP,)) if line.id == "b3" else line for line in WRITTEN)
RUSSIAN = (
    ShownLine(id="r0", kind="note", note="r0", text="бюджет 120 тыс.", is_ink=True),
    ShownLine(
        id="r1",
        kind="point",
        note="r0",
        text="На пилот выделено 120 000 долларов вместо 90 000. Анне нужна подпись до 31 марта.",
        quotes=(_quote("u1", 61, 14, "на пилот у нас сто двадцать тысяч", "Анна"),),
    ),
    ShownLine(id="r2", kind="note", note="r2", text="нанимаем в 3 кв.?", is_ink=True),
    ShownLine(
        id="r3",
        kind="point",
        note="r2",
        text="Борис откроет две вакансии в третьем квартале, если пилот начнётся в апреле.",
        finding="changed",
        details=(Detail("number", "две", "одну-две"),),
        quotes=(_quote("u5", 1272, 9, "я бы открыл одну-две вакансии", "Борис"),),
    ),
    ShownLine(id="r4", kind="heading", text="Задачи", is_ink=True),
    ShownLine(
        id="r5",
        kind="action",
        text="отправить новое предложение",
        owner="Анна",
        due=date(2026, 3, 6),
        quotes=(_quote("u12", 2400, 6, "отправлю в пятницу", "Анна"),),
    ),
)
VERSIONS = (
    VersionChoice(number=3, name="Today 11:02, sales call"),
    VersionChoice(number=2, name="Today 10:44, general"),
)
DIFF = (
    DiffLine(what="same", text="120k", is_ink=True),
    DiffLine(
        what="removed",
        text="Acme has 120,000 dollars for the pilot. Anna needs the signature in March.",
        words=((65, 73),),
    ),
    DiffLine(
        what="added",
        text="Acme has 120,000 dollars for the pilot, up from 90,000. Anna needs the signature"
        " before 31 March.",
        words=((38, 54), (81, 96)),
    ),
    DiffLine(what="same", text="discount no", is_ink=True),
    DiffLine(what="same", text="No discount this year."),
    DiffLine(what="added", text="Anna may revisit it with the renewal in autumn."),
    DiffLine(what="added", text="Action items", is_heading=True, is_ink=True),
    DiffLine(what="added", text="Anna — send the revised offer — Fri 6 Mar"),
)


def _page(about: About = ACME, call: CallState | None = None) -> MeetingPage:
    page = MeetingPage()
    page.show_about(about)
    page.show_call(call)
    if call is not None:
        for me, them in ((0.35, 0.2), (0.75, 0.45), (0.55, 0.95)):  # what was heard just before
            page.bar.show_state(
                replace(call, me=replace(call.me, level=me), them=replace(call.them, level=them))
            )
        page.bar.show_state(call)
    return page


def _empty() -> MeetingPage:
    return _page(About(when="Tue 3 Mar, 10:00"))


def _typing(call: CallState = CALL, *, has_captions: bool = False) -> MeetingPage:
    page = _page(call=call)
    page.notepad.set_lines((*TYPED, NoteLine(id="n5", text="")))
    if has_captions:
        page.show_captions(SAID)
        page.open_captions()
    return page


def _habits() -> MeetingPage:
    page = _page(call=CALL)
    page.notepad.set_lines(HABITS)
    return page


def _late() -> MeetingPage:
    page = _typing(has_captions=True)
    page.show_captions(replace(SAID, lag_s=14))
    return page


def _note(
    lines: tuple[ShownLine, ...] = WRITTEN, about: About = AFTER, *, versions: int = 2
) -> MeetingPage:
    page = _page(about)
    page.buttons.show_for(has_note=True, can_write=True, versions=versions)
    page.show_note(lines, anew=True)
    return page


def _writing() -> MeetingPage:
    page = _page(AFTER)
    page.show_note(
        tuple(line for line in WRITTEN if line.kind == "note" or line.id == "b1"), anew=True
    )
    page.show_writing(Writing(step="Writing: 1 of 4 lines", fraction=0.25, left_s=42))
    return page


def _beside() -> MeetingPage:
    page = _note()
    page.note.findings.boxes["b3"].compare(shown=True)
    return page


def _edited() -> MeetingPage:
    page = _note()
    page.note.go_to("b5")
    cursor = page.note.textCursor()
    cursor.movePosition(cursor.MoveOperation.EndOfBlock)
    page.note.setTextCursor(cursor)
    cursor.insertText(" We come back to it in September.")
    return page


def _receipt() -> MeetingPage:
    page = _note(GAPS)
    page.header.receipt.setChecked(True)
    return page


def _diff() -> MeetingPage:
    page = _note()
    page.versions.show_versions(VERSIONS, 2, 3)
    page.show_versions()
    page.versions.show_diff(DIFF)
    return page


def _conflicts() -> MeetingPage:
    page = _note()
    page.conflicts.show_conflicts(
        (
            ShownConflict(
                edit="e1",
                mine="Acme has 120k for the pilot",
                now="Acme has 120,000 dollars for the pilot, up from 90,000.",
            ),
            ShownConflict(edit="e2", mine="Anna asks her board first", now=""),
        )
    )
    return page


def _no_engine() -> MeetingPage:
    page = _page(replace(AFTER, receipt="42 min, both sides heard"))
    page.notepad.set_lines(TYPED)
    page.show_trouble(
        Trouble(
            text="The speech model is not on this machine, so there is no transcript yet."
            " Your lines and the sound are safe.",
            button="Choose a model",
            action="models",
        )
    )
    return page


PAGE = (1044, 720)
"""As wide as the page is beside the sidebar."""
NARROW = (484, 480)
"""The smallest window, beside the sidebar."""
SMALL = (664, 560)
"""Beside sidebar and transcript, or in a small window."""
STATES: dict[str, Shot] = {
    "empty": Shot(make=_empty, size=PAGE),
    "typing": Shot(make=_typing, size=PAGE),
    "habits": Shot(make=_habits, size=PAGE),
    "captions": Shot(make=lambda: _typing(has_captions=True), size=PAGE),
    "captions-late": Shot(make=_late, size=SMALL),
    "silent": Shot(make=lambda: _typing(replace(CALL, them=Meter(silent_s=20))), size=PAGE),
    "countdown": Shot(make=lambda: _typing(replace(CALL, countdown_s=12)), size=PAGE),
    "paused": Shot(make=lambda: _typing(replace(CALL, step="paused")), size=PAGE),
    "off-the-record": Shot(
        make=lambda: _typing(
            replace(CALL, said="The last 60 seconds are deleted; the place is marked.")
        ),
        size=SMALL,
    ),
    "narrow": Shot(make=lambda: _typing(has_captions=True), size=NARROW),
    "little-disk": Shot(make=lambda: _typing(replace(CALL, minutes_of_disk=34)), size=SMALL),
    "recorder-trouble": Shot(
        make=lambda: _typing(
            replace(
                CALL,
                trouble="The recorder had stopped and was started again; 2 s are missing.",
            )
        ),
        size=SMALL,
    ),
    "writing": Shot(make=_writing, size=PAGE),
    "written": Shot(make=_note, size=PAGE),
    "written-small": Shot(make=_note, size=SMALL),
    "side-by-side": Shot(make=_beside, size=PAGE),
    "edited": Shot(make=_edited, size=PAGE),
    "gaps": Shot(make=_receipt, size=PAGE),
    "versions": Shot(make=_diff, size=PAGE),
    "conflicts": Shot(make=_conflicts, size=PAGE),
    "no-engine": Shot(make=_no_engine, size=PAGE),
    "long-title": Shot(make=lambda: _note(about=replace(AFTER, title=LONG)), size=PAGE),
    "russian": Shot(
        make=lambda: _note(
            RUSSIAN,
            replace(
                AFTER,
                title="Acme — разговор о цене",
                when="вт 3 мар., 10:00–10:42",
                people=("Анна", "Борис"),
                receipt="42 мин, слышны обе стороны",
            ),
        ),
        size=PAGE,
    ),
}
