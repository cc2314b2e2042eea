"""What the person must know now of a running recording, as one sentence. Pure."""

from granola_like.errors import GranolaError, SoundError

SILENT_SECONDS = 2.0
"""A recorder that has not answered for so long is worth a sentence."""
SHOWN_SECONDS = 8.0
"""So long something that is over by itself stays on the screen."""
LOW_MINUTES = 10
"""Of disk."""


def trouble_now(
    *,
    notepad: GranolaError | None,
    failed: GranolaError | None,
    silent_s: float,
    restarted_s_ago: float | None,
    minutes_of_disk: int | None,
) -> GranolaError | None:
    """Choose the most urgent: typed words, then sound, then what is about to come.

    `failed` is what the recorder or the person's last wish failed with, `silent_s` how long the
    recorder has not answered, `restarted_s_ago` when it was started again after a crash.
    """
    if notepad is not None:
        return notepad
    if failed is not None:
        return failed
    if silent_s >= SILENT_SECONDS:
        return SoundError(
            f"The recorder has not answered for {round(silent_s)} s.",
            hint="It is started again by itself if it has died; what was recorded is kept.",
        )
    if restarted_s_ago is not None and restarted_s_ago < SHOWN_SECONDS:
        return SoundError(
            "The recorder had stopped by itself and was started again.",
            hint="A moment of sound is missing; the receipt will tell which.",
        )
    if minutes_of_disk is not None and minutes_of_disk < LOW_MINUTES:
        return SoundError(
            f"The disk has room for {minutes_of_disk} more minutes of sound.",
            hint="Make room; the recording stops by itself when the disk is full.",
        )
    return None


def bad_end(why: str | None, *, wanted: bool) -> GranolaError | None:
    """Tell of an end that nobody wanted; `wanted` ends are no trouble."""
    if why is None or wanted:
        return None
    return SoundError(
        f"The recording has ended: {why.rstrip('.')}.",
        hint="What was recorded until then is kept and becomes a meeting.",
    )
