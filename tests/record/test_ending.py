"""When a recording ends by itself."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from granola_like.record.ending import COUNTDOWN_SECONDS, Countdown, End, EndWatch, Verdict


@dataclass
class Room:
    """A recording seen once a second."""

    watch: EndWatch
    now: float = 0.0

    def see(
        self,
        seconds: int,
        *,
        in_call: bool = False,
        seen: bool = True,
        them: float = 60,
        all_: float = 0,
    ) -> list[Verdict]:
        found = []
        for _ in range(seconds):
            self.now += 1
            verdict = self.watch.see(
                now=self.now, in_call=in_call, call_was_seen=seen,
                them_quiet_s=them, all_quiet_s=all_,
            )  # fmt: skip
            found.append(verdict)
        return found


def test_a_call_that_ended_counts_down_and_ends() -> None:
    room = Room(EndWatch())
    assert set(room.see(100, in_call=True)) == {None}
    found = room.see(32)
    assert isinstance(found[0], Countdown)
    assert found[0].sentence == "The call has ended. The recording stops in 30 s."
    assert found[-1] == End("The call has ended.")


def test_the_others_still_talking_keeps_it() -> None:
    assert set(Room(EndWatch()).see(100, them=1)) == {None}


def test_a_call_that_comes_back_cancels_the_countdown() -> None:
    room = Room(EndWatch())
    assert isinstance(room.see(20)[-1], Countdown)
    assert room.see(1, in_call=True) == [None]
    assert isinstance(room.see(29)[-1], Countdown)


def test_no_means_no_until_something_changes() -> None:
    room = Room(EndWatch())
    room.see(10)
    room.watch.keep_recording()
    assert set(room.see(500)) == {None}
    room.see(5, in_call=True)
    assert isinstance(room.see(1)[0], Countdown)


def test_a_recording_without_a_call_ends_after_long_silence_only() -> None:
    """Started by hand and forgotten: it must not run for ever."""
    room = Room(EndWatch())
    assert set(room.see(100, seen=False, all_=800)) == {None}
    assert isinstance(room.see(1, seen=False, all_=901)[0], Countdown)


def test_a_silent_call_goes_on() -> None:
    assert set(Room(EndWatch()).see(100, in_call=True, all_=5000)) == {None}


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 2000), st.floats(0, 2000)), max_size=90))
def test_it_never_ends_without_having_said_so_for_the_whole_countdown(
    moments: list[tuple[bool, float, float]],
) -> None:
    watch, said = EndWatch(), 0
    for second, (in_call, them, everyone) in enumerate(moments):
        verdict = watch.see(
            now=second, in_call=in_call, call_was_seen=True,
            them_quiet_s=them, all_quiet_s=everyone,
        )  # fmt: skip
        if isinstance(verdict, End):
            assert said >= COUNTDOWN_SECONDS
        said = said + 1 if isinstance(verdict, Countdown) else 0
