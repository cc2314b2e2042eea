"""Who holds the microphone, for how long, and whether that is a call."""

from hypothesis import given
from hypothesis import strategies as st

from granola_like.audio.calls import (
    CallDetector,
    CallEnded,
    CallEvent,
    CallStarted,
    ignored_programs,
    program_name,
)
from granola_like.audio.linux.pulse_facts import (
    NOTHING,
    Sink,
    Source,
    Stream,
    list_devices,
    list_microphone_users,
    place_of_call,
    programs_in_calls,
    still_playing,
)
from granola_like.audio.system import MicrophoneUser

ZOOM = MicrophoneUser(binary="zoom", name="ZOOM VoiceEngine", plays=True)
CHROME = MicrophoneUser(binary="chrome", name="Chromium input", plays=True)
IDLE_CHROME = MicrophoneUser(binary="chrome", name="Chromium input")
TYPING = MicrophoneUser(binary="nerd-dictation", name="nerd-dictation", plays=True)

MICROPHONE = Source(index=1, name="mic", description="Mic", is_monitor=False)
MONITOR = Source(index=2, name="spk.monitor", description="Monitor", is_monitor=True)


def watch(
    *spans: tuple[float, float, MicrophoneUser],
    until: float = 60,
    detector: CallDetector | None = None,
) -> list[CallEvent]:
    """See, ten times a second, who holds the microphone by the given spans of seconds."""
    detector = detector or CallDetector()
    events = []
    for tick in range(int(until * 10)):
        now = tick / 10
        users = [user for start, end, user in spans if start <= now < end]
        events += [(now, event) for event in detector.see(users, now=now)]
    for now, event in events:
        if isinstance(event, CallEnded) or event.binary == "zoom":
            assert now - event.at <= 2, "told too late"
    return [event for _, event in events]


def test_a_call_starts_and_ends_within_two_seconds() -> None:
    assert watch((5, 30, ZOOM)) == [CallStarted("Zoom", "zoom", 5), CallEnded("Zoom", "zoom", 29.9)]


def test_the_question_names_the_program() -> None:
    assert CallStarted("Zoom", "zoom", 5).question == "Zoom started a call: record?"


def test_a_test_before_joining_is_no_call() -> None:
    assert watch((5, 6, ZOOM)) == []
    assert watch((5, 8, CHROME)) == []


def test_letting_go_for_a_second_is_no_end() -> None:
    assert len(watch((5, 20, ZOOM), (21, 40, ZOOM))) == 2


def test_two_calls_in_the_same_program_are_two() -> None:
    found = watch((5, 20, ZOOM), (25, 40, ZOOM))
    assert [type(event) for event in found] == [CallStarted, CallEnded] * 2


def test_an_idle_browser_is_no_call_and_one_that_speaks_is() -> None:
    assert watch((5, 50, IDLE_CHROME)) == []
    assert watch((5, 50, CHROME))[0] == CallStarted("Chrome", "chrome", 5)


def test_voice_typing_is_no_call_and_the_list_is_the_persons() -> None:
    assert watch((5, 50, TYPING)) == []
    allowed = CallDetector(ignored=ignored_programs(never=["Nerd-Dictation"]))
    assert watch((5, 50, TYPING), detector=allowed)
    refused = CallDetector(ignored=ignored_programs(also=["ZOOM"]))
    assert watch((5, 50, ZOOM), detector=refused) == []


def test_one_program_leaving_does_not_end_the_call_of_another() -> None:
    detector = CallDetector()
    watch((5, 20, ZOOM), (5, 61, CHROME), detector=detector)
    assert detector.calls() == ("Chrome",)


def test_programs_are_named_by_their_binary() -> None:
    """Every Electron program says "Chromium input"."""
    assert program_name(MicrophoneUser(binary="slack", name="Chromium input")) == "Slack"
    assert program_name(MicrophoneUser(binary="chrome", name="Chromium input")) == "Chrome"
    assert program_name(MicrophoneUser(binary="ferdium", name="Chromium input")) == "Ferdium"
    assert program_name(MicrophoneUser(binary="", name="ZOOM VoiceEngine")) == "Zoom"
    assert program_name(MicrophoneUser(binary="mumble", name="Mumble")) == "Mumble"


spans = st.lists(
    st.tuples(st.floats(0, 50), st.floats(0, 50), st.sampled_from([ZOOM, CHROME, IDLE_CHROME])),
    max_size=8,
)


@given(spans)
def test_starts_and_ends_always_alternate(spans: list[tuple[float, float, MicrophoneUser]]) -> None:
    found = watch(*spans, until=70)
    for binary in ("zoom", "chrome"):
        kinds = [type(event) for event in found if event.binary == binary]
        assert kinds == [CallStarted, CallEnded] * (len(kinds) // 2)


def test_what_records_without_talking_is_left_out() -> None:
    """Ourselves, OBS on a monitor, meters, sleeping and unlinked streams, the server's own."""
    streams = [
        Stream(device=1, binary="python3", name="granola_like", is_ours=True),
        Stream(device=2, binary="obs", name="OBS"),
        Stream(device=1, binary="pavucontrol", name="Volume Control", rate=25),
        Stream(device=1, binary="plasmashell", name="Plasma", media="Peak detect"),
        Stream(device=1, binary="some", name="Some", resampler="peaks"),
        Stream(device=1, binary="asleep", name="Asleep", is_corked=True),
        Stream(device=NOTHING, binary="lnxlink", name="unlinked"),
        Stream(device=1),
        Stream(device=1, binary="/usr/bin/Zoom", name="ZOOM VoiceEngine", pid=7),
    ]
    (zoom,) = list_microphone_users(streams, [], [MICROPHONE, MONITOR])
    assert (zoom.binary, zoom.plays) == ("zoom", False)
    playing = [Stream(device=0, binary="other", pid=7)]
    (zoom,) = list_microphone_users(streams, playing, [MICROPHONE, MONITOR])
    assert zoom.plays
    sleeping = [Stream(device=0, binary="zoom", is_corked=True)]
    (zoom,) = list_microphone_users(streams, sleeping, [MICROPHONE, MONITOR])
    assert not zoom.plays


def test_a_default_source_that_is_a_monitor_is_no_microphone() -> None:
    sink = Sink(name="spk", description="Speaker", monitor="spk.monitor", volume=0.4)
    devices = list_devices(
        [sink], [MONITOR, MICROPHONE], default_sink="spk", default_source="spk.monitor"
    )
    assert [(d.id, d.channel, d.is_default) for d in devices] == [
        ("mic", "me", True),
        ("spk.monitor", "them", True),
    ]
    assert devices[1].volume == 0.4


def test_a_volume_turned_in_the_hardware_does_not_touch_what_we_record() -> None:
    sink = Sink(name="spk", description="Speaker", monitor="spk.monitor", volume=0.1, flags=1)
    (device,) = list_devices([sink], [], default_sink="spk", default_source="")
    assert device.volume == 1.0


SPEAKERS = {10: "loud", 11: "headset"}


def test_a_call_on_another_device_than_the_default_is_found() -> None:
    """Music on the loudspeakers, the call on the headset."""
    streams = [
        Stream(device=10, binary="spotify"),
        Stream(device=11, binary="/usr/bin/Zoom"),
    ]
    assert place_of_call(streams, {"zoom"}, among=SPEAKERS, default="loud") == "headset"
    assert place_of_call(streams, set(), among=SPEAKERS, default="loud") == "loud"


def test_a_call_that_also_uses_the_default_is_left_there() -> None:
    streams = [Stream(device=11, binary="zoom"), Stream(device=10, binary="zoom")]
    assert place_of_call(streams, {"zoom"}, among=SPEAKERS, default="loud") == "loud"
    asleep = [Stream(device=11, binary="zoom", is_corked=True)]
    assert place_of_call(asleep, {"zoom"}, among=SPEAKERS, default="loud") == "loud"
    ours = [Stream(device=11, binary="zoom", is_ours=True)]
    assert place_of_call(ours, {"zoom"}, among=SPEAKERS, default="loud") == "loud"
    gone = [Stream(device=99, binary="zoom")]
    assert place_of_call(gone, {"zoom"}, among=SPEAKERS, default="loud") == "loud"


def test_programs_in_calls_hold_a_microphone_and_are_no_meters() -> None:
    streams = [
        Stream(device=1, binary="zoom"),
        Stream(device=1, binary="obs"),
        Stream(device=2, binary="teams"),
        Stream(device=1, binary="slack", is_corked=True),
        Stream(device=1, name="nameless"),
        Stream(device=1, binary="voice-changer"),
    ]
    assert programs_in_calls(streams, [MICROPHONE, MONITOR]) == {"zoom"}


def test_a_program_that_mutes_by_letting_go_is_still_in_its_call() -> None:
    playing = [Stream(device=11, binary="zoom"), Stream(device=11, binary="teams", is_corked=True)]
    assert still_playing({"zoom", "teams", "gone"}, playing) == {"zoom"}


def test_headphones_are_told_by_form_or_port() -> None:
    for form in ("headset ", " analog-output-headphones", "hands-free "):
        sink = Sink(name="bt", description="Buds", monitor="bt.monitor", form=form)
        (device,) = list_devices([sink], [], default_sink="bt", default_source="")
        assert device.is_headset
