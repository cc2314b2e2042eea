"""Hears a call begin and end, by who holds the microphone. Pure: time is passed in.

Neither a running program nor a window's title is a call. A program that holds the microphone is,
once it has held it long enough: a pre-join test of a second is not, and letting go for a second
(another device is chosen, mute in some programs) is no end.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from granola_like.audio.system import MicrophoneUser

START_SECONDS = 1.3
"""So long a program made for calls must hold the microphone."""
OTHER_SECONDS = 5.0
"""So long any other program must hold it while it plays sound: browsers keep idle microphones."""
END_SECONDS = 1.6
"""So long the microphone must be free before the call has ended."""

CALL_PROGRAMS: dict[str, str] = {
    "zoom": "Zoom", "zoom.real": "Zoom", "zoom.us": "Zoom", "cpthost": "Zoom",
    "teams": "Teams", "ms-teams": "Teams", "teams-for-linux": "Teams", "msteams": "Teams",
    "slack": "Slack", "discord": "Discord", "skype": "Skype", "skypeforlinux": "Skype",
    "webex": "Webex", "ciscocollabhost": "Webex", "atmgr": "Webex",
    "signal-desktop": "Signal", "signal": "Signal", "telegram-desktop": "Telegram",
    "telegram": "Telegram", "element-desktop": "Element", "whatsapp": "WhatsApp",
    "whatsapp.root": "WhatsApp", "facetime": "FaceTime", "gotomeeting": "GoTo Meeting",
    "jitsi-meet": "Jitsi Meet", "bluejeans": "BlueJeans", "ringcentral": "RingCentral",
}  # fmt: skip
BROWSERS: dict[str, str] = {
    "chrome": "Chrome", "google-chrome": "Chrome", "chromium": "Chromium", "brave": "Brave",
    "brave-browser": "Brave", "msedge": "Edge", "microsoft-edge": "Edge", "firefox": "Firefox",
    "firefox-bin": "Firefox", "librewolf": "LibreWolf", "zen": "Zen", "vivaldi": "Vivaldi",
    "vivaldi-bin": "Vivaldi", "opera": "Opera", "safari": "Safari", "arc": "Arc",
}  # fmt: skip
MADE_FOR_CALLS: frozenset[str] = frozenset(CALL_PROGRAMS) | frozenset(BROWSERS)
"""Only these decide where the others are recorded: a tool that plays the microphone into a virtual
device would else put the person's own voice there."""
NOT_CALLS: frozenset[str] = frozenset(
    {
        # sound settings and meters
        "pavucontrol", "plasmashell", "gnome-control-center", "gnome-shell", "xfce4-panel",
        "systemsettings", "cava", "easyeffects", "noisetorch", "pipewire", "wireplumber",
        "pulseaudio", "helvum", "qpwgraph", "sndvol", "control", "system settings", "coreaudiod",
        # recorders and studios
        "obs", "obs64", "audacity", "simplescreenrecorder", "parecord", "parec", "arecord",
        "pw-record", "ffmpeg", "gnome-sound-recorder", "kooha", "ardour", "reaper", "audiodg",
        # voice typing and assistants
        "nerd-dictation", "speech-dispatcher", "ibus-speech-to-text", "whispering", "openwhispr",
        "voicetyping", "textinputhost", "speechruntime", "dictationim", "siri", "corespeechd",
    }
)  # fmt: skip
"""What holds a microphone without a call. The person can add to the list and take away from it."""


@dataclass(frozen=True, slots=True)
class CallStarted:
    """A program began to use the microphone in earnest."""

    program: str
    """Its name as people know it."""
    binary: str
    at: float
    """When it took the microphone, on the clock that was passed in."""

    @property
    def question(self) -> str:
        """What the person is asked."""
        return f"{self.program} started a call: record?"


@dataclass(frozen=True, slots=True)
class CallEnded:
    """The program let go of the microphone and did not come back."""

    program: str
    binary: str
    at: float
    """When it let go."""


CallEvent: TypeAlias = CallStarted | CallEnded


def ignored_programs(*, also: Iterable[str] = (), never: Iterable[str] = ()) -> frozenset[str]:
    """Join our list of non-calls with the person's: `also` ignored, `never` ignored."""
    return (NOT_CALLS | {a.casefold() for a in also}) - {n.casefold() for n in never}


@dataclass(slots=True)
class _Held:
    user: MicrophoneUser
    since: float
    plays_since: float | None
    seen: float
    is_call: bool = False


class CallDetector:
    """Turns what is seen of the microphone into events, each program for itself."""

    def __init__(self, *, ignored: Collection[str] = NOT_CALLS) -> None:
        self._ignored = ignored
        self._held: dict[str, _Held] = {}

    def see(self, users: Iterable[MicrophoneUser], *, now: float) -> list[CallEvent]:
        """Take who holds the microphone now, in seconds of any clock that only goes on."""
        events: list[CallEvent] = []
        for user in users:
            key = user.binary or user.name.casefold()
            if key in self._ignored or user.name.casefold() in self._ignored:
                continue
            held = self._held.setdefault(key, _Held(user, now, None, now))
            held.user, held.seen = user, now
            if user.plays:
                held.plays_since = now if held.plays_since is None else held.plays_since
            if not held.is_call and _is_call(held, now):
                held.is_call = True
                events.append(CallStarted(program_name(user), user.binary, held.since))
        for key, held in list(self._held.items()):
            if held.seen < now and (not held.is_call or now - held.seen >= END_SECONDS):
                del self._held[key]
                if held.is_call:
                    events.append(CallEnded(program_name(held.user), held.user.binary, held.seen))
        return events

    def is_unsettled(self) -> bool:
        """Whether time alone may bring the next event, so that it is worth looking again soon."""
        return bool(self._held)

    def calls(self) -> tuple[str, ...]:
        """The programs that are in a call now."""
        return tuple(program_name(h.user) for h in list(self._held.values()) if h.is_call)


def program_name(user: MicrophoneUser) -> str:
    """Name a program as people know it, by its binary before its own words.

    Every program built on Chromium calls itself "Chromium input", whatever it is.
    """
    known = CALL_PROGRAMS.get(user.binary) or BROWSERS.get(user.binary)
    if known is None and "zoom" in user.name.casefold():
        known = "Zoom"
    generic = not user.name or user.name.casefold() in {"chromium input", "webrtc voiceengine"}
    return known or (user.binary.capitalize() if generic and user.binary else user.name)


def _is_call(held: _Held, now: float) -> bool:
    user = held.user
    if user.binary in CALL_PROGRAMS or "zoom" in user.name.casefold():
        return now - held.since >= START_SECONDS
    return held.plays_since is not None and now - held.since >= OTHER_SECONDS
