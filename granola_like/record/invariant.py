"""What must hold for a channel at every moment, and what to do when it does not. Pure.

The same rules serve every platform: they are asked on every event and every two seconds, so that a
notification which a system forgot to send is repaired two seconds later.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from granola_like.audio.system import Device
from granola_like.domain.recording import Channel

Action: TypeAlias = Literal["open", "move", "reopen"]

STALLED_SECONDS = 5.0
"""A device that delivers no block for so long is opened anew."""
SILENT_SECONDS = 6.0
"""Digital silence for so long, where there should be sound, is tried to cure by opening anew."""
WARN_SECONDS = 14.0
"""And after so long the person is told."""
PATIENCE_SECONDS = 3.0
"""No second reopening within so long after the last."""
MOVES = 10
"""After so many moves in vain it is opened anew."""
QUIET_VOLUME = 0.3
"""Below this slider position the sound that we record is more than 30 dB too low."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelState:
    """What is seen of a channel now. Times are ages in seconds."""

    channel: Channel
    wanted: Device | None
    """Where its sound should come from; None when there is no such device."""
    is_open: bool = False
    device_id: str | None = None
    """Where it does come from, when the system tells."""
    since_block: float = 0.0
    """Since the last block, or since it was opened."""
    since_sound: float = 0.0
    """Since the last sample that was not zero, or since the recording began."""
    since_action: float = PATIENCE_SECONDS
    """Since it was last opened or moved."""
    moves: int = 0
    """How often it was told to move since it was last in its place."""
    was_rebuilt: bool = False
    """Whether it was opened anew since the last sound."""
    players: tuple[str, ...] = ()
    """Who plays sound through the default output now."""


def action_for(seen: ChannelState) -> Action | None:
    """Decide what has to be done to make the channel right."""
    if seen.wanted is None:
        return None
    if not seen.is_open:
        return "open" if seen.since_action >= 0.25 else None
    if seen.device_id is not None and seen.device_id != seen.wanted.id:
        return "move" if seen.moves < MOVES else "reopen"
    if seen.since_action < PATIENCE_SECONDS:
        return None
    is_mute = seen.since_sound > SILENT_SECONDS and _should_sound(seen) and not seen.was_rebuilt
    return "reopen" if is_mute or seen.since_block > STALLED_SECONDS else None


def warning_for(seen: ChannelState) -> str | None:
    """Say in a sentence what the person should know of the channel, and what to do."""
    if seen.wanted is None:
        return _MISSING[seen.channel]
    if seen.channel == "me":
        return _warning_of_microphone(seen, seen.wanted)
    return _warning_of_speaker(seen, seen.wanted) if seen.players else None


def _warning_of_microphone(seen: ChannelState, device: Device) -> str | None:
    if device.is_muted:
        return f"{device.name} is muted in the system's settings. Unmute it to be recorded."
    if seen.since_sound < WARN_SECONDS:
        return None
    return (
        f"{device.name} delivers nothing but silence. Is it muted by a switch of its own, or is "
        "another microphone meant?"
    )


def _warning_of_speaker(seen: ChannelState, device: Device) -> str | None:
    if device.is_muted:
        return (
            f"{device.name} is muted, so the others are recorded as silence. Unmute it; turn the "
            "volume down at the speaker itself."
        )
    if device.volume < QUIET_VOLUME:
        return (
            f"The volume of {device.name} is very low, and the others are recorded as low. Turn "
            "it up in the system, and down at the speaker."
        )
    if seen.since_sound < WARN_SECONDS:
        return None
    return (
        f"{seen.players[0]} plays sound, but nothing of it arrives. If you hear the others, "
        "choose the device that you hear them on as the system's output."
    )


def _should_sound(seen: ChannelState) -> bool:
    """Whether silence is suspicious: a live microphone always has some noise."""
    if seen.wanted is None or seen.wanted.is_muted:
        return False
    return seen.channel == "me" or bool(seen.players)


_MISSING: dict[Channel, str] = {
    "me": "There is no microphone. Connect one; it is taken up by itself.",
    "them": "There is no speaker or headset. Connect one; it is taken up by itself.",
}
