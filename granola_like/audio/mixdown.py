"""Makes 48 kHz mono, 16 bit, out of what a device delivers."""

import numpy as np
import soxr

from granola_like.audio.segments import RATE


class MonoStream:
    """Takes interleaved 16-bit blocks of one device, in one stream.

    Channels are averaged, so nothing clips. Another rate is converted in the stream: block by
    block it would lose samples at every edge.
    """

    def __init__(self, *, rate: int, channels: int) -> None:
        self._channels = channels
        self._resampler = (
            soxr.ResampleStream(rate, RATE, 1, dtype="int16", quality="HQ")
            if rate != RATE
            else None
        )

    def mono(self, block: bytes) -> bytes:
        """Give the block in our form; a converted one may be a little shorter or longer."""
        sound = np.frombuffer(block, dtype="<i2")
        if self._channels > 1:
            whole = len(sound) // self._channels * self._channels
            frames = sound[:whole].reshape(-1, self._channels)
            sound = (frames.sum(axis=1, dtype=np.int32) // self._channels).astype("<i2")
        if self._resampler is not None:
            sound = self._resampler.resample_chunk(np.ascontiguousarray(sound))
        out: bytes = sound.astype("<i2").tobytes()
        return out
