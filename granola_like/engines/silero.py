"""Silero VAD, the copy that faster-whisper ships, run by onnxruntime on one thread.

It costs a thousandth of real time and two megabytes, so it runs in the calling process. Its state
is carried from call to call: however the sound is cut into blocks, the numbers are the same.
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from granola_like.engines.base import SPEECH_FRAME, Likelihoods, Samples
from granola_like.errors import EngineError

_CONTEXT = 64
"""Samples of the frame before that the model sees with each frame."""

_AT_ONCE = 2_000
"""Frames in one call of the network (64 s): more gains nothing and takes memory."""


class SileroFinder:
    """Silero VAD 6 behind the product's seam for speech finders."""

    name = "Silero VAD"

    def __init__(self) -> None:
        self._session = _session()

    def listen(self) -> "SileroStream":
        """Begin a channel."""
        return SileroStream(self._session)


class SileroStream:
    """One channel's way through the network."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._h = np.zeros((1, 1, 128), np.float32)
        self._c = np.zeros((1, 1, 128), np.float32)
        self._rest: Samples = np.zeros(0, np.float32)
        self._context: Samples = np.zeros(_CONTEXT, np.float32)

    def feed(self, sound: Samples) -> Likelihoods:
        """Say for each further whole frame how likely it is speech. Raises EngineError."""
        sound = np.concatenate([self._rest, sound])
        frames = len(sound) // SPEECH_FRAME
        self._rest = sound[frames * SPEECH_FRAME :].copy()
        rows = sound[: frames * SPEECH_FRAME].reshape(frames, SPEECH_FRAME)
        parts = [self._run(rows[at : at + _AT_ONCE]) for at in range(0, frames, _AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)

    def _run(self, rows: Samples) -> Likelihoods:
        before = np.vstack([self._context, rows[:-1, -_CONTEXT:]])
        self._context = rows[-1, -_CONTEXT:].copy()
        try:
            out, self._h, self._c = self._session.run(
                None, {"input": np.hstack([before, rows]), "h": self._h, "c": self._c}
            )
        except Exception as reason:
            raise EngineError("Finding the speech in the sound failed.") from reason
        return np.asarray(out, np.float32).reshape(-1)


def open_speech_finder() -> SileroFinder:
    """Load the network (some 50 ms). Raises EngineError when its file is not where it belongs."""
    return SileroFinder()


@cache
def _session() -> Any:
    # Loads for a tenth of a second, so only when sound is there; it ships no types.
    onnxruntime = import_module("onnxruntime")
    # Windows keeps its own switch; elsewhere the package's environment variable has spoken.
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.inter_op_num_threads = 1
    options.intra_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(
            str(_weights()), providers=["CPUExecutionProvider"], sess_options=options
        )
    except Exception as reason:
        raise EngineError("The network that finds speech could not be loaded.") from reason


def _weights() -> Path:
    # faster_whisper itself is not imported: it would bring CTranslate2 into this process.
    package = find_spec("faster_whisper")
    for folder in (package.submodule_search_locations or ()) if package else ():
        for file in sorted((Path(folder) / "assets").glob("silero_vad*.onnx")):
            return file
    raise EngineError(
        "The network that finds speech is missing.", hint="Install granola-like again."
    )
