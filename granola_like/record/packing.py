"""Packs closed segments to FLAC while the recording goes on: half the disk, every sample.

The recorder's process never does this. The last minutes stay as they are, for "off the record"
must be able to take them away.
"""

import logging
import os
import shutil
import threading
from pathlib import Path

import numpy as np
import soundfile

from granola_like.audio.clock import Clock
from granola_like.audio.journal import read_journal, sync_folder
from granola_like.audio.wave_file import HEADER_BYTES
from granola_like.domain.recording import Channel

logger = logging.getLogger(__name__)

YOUNG_SECONDS = 150.0
ROOM_BYTES = 16 << 20
"""With less room than this on the disk, what is left is the recorder's."""
PERIOD_SECONDS = 10.0


def pack_closed(folder: Path, channel: Channel, *, clock: Clock) -> int:
    """Pack every closed segment of a channel that is old enough; give how many.

    What was packed is read back and compared before the WAV goes. A segment that could not be
    packed stays as it is.
    """
    packed = 0
    if shutil.disk_usage(folder).free < ROOM_BYTES:
        return 0
    for name in _closed(folder, channel, before=clock.now().boot - YOUNG_SECONDS):
        wav = folder / name
        if wav.exists() and _pack(wav):
            packed += 1
    return packed


class Packer:
    """Packs on a thread of its own until closed."""

    def __init__(self, folder: Path, channels: tuple[Channel, ...], *, clock: Clock) -> None:
        self._folder, self._channels, self._clock = folder, channels, clock
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="packing", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop after the segment at hand. Closing twice is harmless."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(PERIOD_SECONDS):
            for channel in self._channels:
                try:
                    pack_closed(self._folder, channel, clock=self._clock)
                except OSError as error:
                    logger.warning("packing stands still: %s", error.strerror)


def _closed(folder: Path, channel: Channel, *, before: float) -> list[str]:
    closed, heard = [], dict[str, float]()
    for fact in read_journal(folder / f"{channel}.jsonl"):
        name = fact.get("file")
        if fact["e"] == "anchor" and isinstance(fact.get("boot"), float):
            heard[str(name)] = fact["boot"]
        elif fact["e"] == "close":
            closed.append(str(name))
    return [name for name in closed if heard.get(name, before) < before]


def _pack(wav: Path) -> bool:
    flac, draft = wav.with_suffix(".flac"), wav.with_suffix(".flac.part")
    try:
        raw = wav.read_bytes()[HEADER_BYTES:]
        sound = np.frombuffer(raw[: len(raw) // 2 * 2], dtype="<i2")
        rate = soundfile.info(wav).samplerate
        soundfile.write(draft, sound, rate, format="FLAC", subtype="PCM_16")
        with draft.open("rb+") as stream:
            os.fsync(stream.fileno())
        if not np.array_equal(soundfile.read(draft, dtype="int16")[0], sound):
            raise OSError("it reads back differently")
        draft.replace(flac)
        sync_folder(wav.parent)
        wav.unlink()
    except (OSError, soundfile.LibsndfileError) as error:
        logger.warning("a segment could not be packed: %s", type(error).__name__)
        draft.unlink(missing_ok=True)
        return False
    return True
