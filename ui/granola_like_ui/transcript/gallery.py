"""The transcript at the side, in every state."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from granola_like.domain.bundle import Bundle
from granola_like.domain.meeting import Meeting
from granola_like.domain.recording import Gap, Recording
from granola_like.domain.transcript import Transcript, Utterance, Word
from granola_like_ui.frame import Frame
from granola_like_ui.gallery import Shot
from granola_like_ui.home.gallery import FOLDERS, MEETINGS, window
from granola_like_ui.home.state import SidebarState
from granola_like_ui.theme import Size
from granola_like_ui.transcript.panel import TranscriptPanel
from granola_like_ui.transcript.rows import rows_of
from granola_like_ui.transcript.state import Change, Clash, PlayState, TranscriptState

_SAID = """
20:51 them Anna|So for the pilot we have a hundred and twenty thousand, up from ninety.
20:58 me|And you would need the signature before the end of March?
21:02 them Anna|Before the thirty-first, otherwise it moves into the next budget.
21:07 them Boris|We could start looking in summer.
21:12 them Boris|If the pilot starts in April I would open one or two roles in the third quarter.
21:20 me|And you own that?
21:22 them Boris|Yes, that is mine.
22:08 them Anna|On the discount, not this year. Kestrel asked for it and did not get it.
22:17 them Anna|With the renewal in autumn we may look at it again.
22:24 me|Understood. I will ask legal about the data clause by Monday.
22:31 them Boris|Good. Send me the revised offer when it is ready, the one without Kestral.
"""
_RUSSIAN = """
20:51 them Анна|На пилот у нас сто двадцать тысяч, в прошлом году было девяносто.
20:58 me|И подпись нужна до конца марта?
21:02 them Анна|До тридцать первого, иначе это уйдёт в следующий бюджет.
21:07 them Борис Константинович|Если пилот начнётся в апреле, я открою одну или две вакансии.
"""
_BESIDE = (720, 640)
_GAP = Gap("them", 1_300_000, 1_328_000, "headset switched")
LIT: dict[str, tuple[tuple[int, int] | None, ...]] = {"u4": (None,), "u6": (None,)}


def utterance(number: int, line: str, *, at_s: int | None = None) -> Utterance:
    """Make an utterance of "MM:SS channel speaker|text", its words a third of a second each."""
    about, _, text = line.partition("|")
    at, channel, *speaker = about.split(maxsplit=2)
    minutes, seconds = map(int, at.split(":"))
    start = (minutes * 60 + seconds if at_s is None else at_s) * 1000
    words = tuple(
        Word(word, start + 330 * n, start + 330 * n + 320, 0.3 if "estr" in word else 0.9)
        for n, word in enumerate(text.split())
    )
    return Utterance(
        id=f"u{number}",
        channel="me" if channel == "me" else "them",
        speaker=speaker[0] if speaker else None,
        start_ms=start,
        end_ms=words[-1].end_ms,
        text=text,
        words=words,
    )


def bundle(said: str = _SAID) -> Bundle:
    """Make the meeting of the pictures."""
    utterances = tuple(
        utterance(number, line) for number, line in enumerate(said.split("\n")[1:-1])
    )
    return Bundle(
        meeting=Meeting(
            id="m1",
            title="Acme — pricing call",
            started_at=MEETINGS[0].started_at,
            duration_ms=2_520_000,
        ),
        transcript=Transcript(utterances=utterances),
        recording=Recording(gaps=(_GAP,)),
    )


def three_hours() -> Bundle:
    """Make a meeting of 3,000 utterances and 30,000 words."""
    lines = _SAID.split("\n")[1:-1]
    utterances = tuple(
        utterance(number, lines[number * 7 % len(lines)], at_s=round(number * 3.6))
        for number in range(3000)
    )
    return Bundle(
        meeting=Meeting(id="long", title="All hands", started_at=MEETINGS[0].started_at),
        transcript=Transcript(utterances=utterances),
    )


def panel(
    of: Bundle,
    *,
    lit: dict[str, tuple[tuple[int, int] | None, ...]] | None = None,
    with_sidebar: bool = False,
) -> tuple[Frame, TranscriptPanel]:
    """Make the window with the panel open beside an empty page."""
    side = SidebarState(folders=FOLDERS, place="meeting", meeting="m1")
    frame, _, _ = window(MEETINGS, side=side, page=QWidget())
    frame.show_sidebar(shown=with_sidebar)
    shown = TranscriptPanel()
    frame.set_panel(shown)
    frame.show_panel(shown=True)
    frame.resize(*(Size.WINDOW if with_sidebar else _BESIDE))
    frame.show()
    shown.show_state(
        TranscriptState(rows=rows_of(of), lit=lit or {}, length_ms=2_520_000, has_sound=True)
    )
    shown.show_playing(PlayState())
    return frame, shown


def _source() -> QWidget:
    frame, shown = panel(bundle(), lit=LIT, with_sidebar=True)
    shown.show_playing(PlayState(position_ms=1_275_100, is_playing=True, speed=1.25))
    return frame


def _scrolled() -> QWidget:
    frame, shown = panel(bundle())
    shown.show_playing(PlayState(position_ms=1_275_100, is_playing=True, is_following=False))
    shown.view.setFocus()
    shown.view.choose(1)
    shown.view.choose(3, extend=True)
    return frame


def _editing() -> QWidget:
    frame, shown = panel(bundle())
    shown.edit("u10")
    return frame


def _replacing() -> QWidget:
    frame, shown = panel(bundle())
    shown.finder.begin("the")
    shown.finder.set_put("this")
    shown.finder.preview_asked.emit(shown.finder.wanted, "this")
    return frame


def _finding() -> QWidget:
    frame, shown = panel(bundle())
    shown.finder.begin("pilot")
    return frame


def _review(*, open_: bool) -> Callable[[], QWidget]:
    def make() -> QWidget:
        frame, shown = panel(bundle())
        texts = (
            ("Board prep", 401_000, "and then Kestral moved to the second quarter"),
            ("Interview: Nina K.", 93_000, "I was at Kestral for three years"),
            ("Stand-up", 61_000, "Kestral is still waiting for the fix"),
            ("1:1 Boris", 1_204_000, "what would it take to win Kestral back"),
        )
        found = [
            Change(title=t, start_ms=ms, before=b, after=b.replace("Kestral", "Kestrel"))
            for t, ms, b in texts
        ]
        shown.review.offer(found, meetings=4)
        if open_:
            shown.review.look()
        return frame

    return make


def _clash() -> QWidget:
    frame, shown = panel(bundle())
    mine, heard = "the one without Kestrel", "the one with out Castle"
    shown.clashes.show_clashes([Clash(edit="e1", mine=mine, heard=heard, start_ms=1_351_000)] * 2)
    return frame


def _speaker() -> QWidget:
    frame, shown = panel(bundle())
    menu = shown.speaker_menu(["u3"])
    next(a for a in menu.actions() if "Rename" in a.text()).trigger()
    menu.deleteLater()
    return frame


def _of(make: Callable[[], Bundle]) -> Callable[[], QWidget]:
    return lambda: panel(make())[0]


def _none() -> QWidget:
    frame, shown = panel(bundle())
    shown.show_state(TranscriptState())
    return frame


STATES: dict[str, Shot] = {
    "source": Shot(make=_source),
    "scrolled": Shot(make=_scrolled, size=_BESIDE),
    "editing": Shot(make=_editing, size=_BESIDE),
    "finding": Shot(make=_finding, size=_BESIDE),
    "replacing": Shot(make=_replacing, size=_BESIDE),
    "offer": Shot(make=_review(open_=False), size=_BESIDE),
    "review": Shot(make=_review(open_=True), size=_BESIDE),
    "clash": Shot(make=_clash, size=_BESIDE),
    "speaker": Shot(make=_speaker, size=_BESIDE),
    "russian": Shot(make=_of(lambda: bundle(_RUSSIAN)), size=_BESIDE),
    "three_hours": Shot(make=_of(three_hours), size=_BESIDE),
    "small": Shot(make=_source, size=(900, 600)),
    "none": Shot(make=_none, size=_BESIDE),
}
