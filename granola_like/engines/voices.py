"""Voices told apart by sherpa-onnx: the only file that imports it. Runs in a child process.

A segmentation model finds where one voice speaks alone, an embedding model gives each of these
stretches a print, and prints that are near are one voice (Bredin 2023, pyannote.audio 2.1). The
library ends its process when a model is of the wrong kind: the host makes a sentence of it.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import numpy as np

from granola_like.engines.base import SAMPLE_RATE, Samples, VoiceTurn
from granola_like.engines.found import VOICE_PRINTS, VOICE_TURNS
from granola_like.errors import EngineError

APART = 0.5
"""How far two prints may be from each other (1 − cosine) and still be one voice: sherpa-onnx's own
choice. A lower one makes more voices."""

STEP = 0.25
"""Windows of 10 s begin each so much of a window after the last. The library's own 0.1 costs 2.5
times as much: with models of no weight at all, ten minutes took 27 s on a busy core."""

SHORTEST_S, SHORTEST_PAUSE_S = 0.3, 0.5
"""A turn is no shorter, and a shorter pause does not end it (the library's own choice)."""


class SherpaVoices:
    """The two models, loaded for the processor."""

    name = "voices"

    def __init__(self, turns: str, prints: str, *, threads: int) -> None:
        try:
            self._library: Any = import_module("sherpa_onnx")
        except ImportError as reason:
            raise EngineError(
                "Telling voices apart needs the library sherpa-onnx, which is not installed.",
                hint="Install granola-like with the extra “voices”.",
            ) from reason
        self._turns, self._prints, self._threads = turns, prints, threads
        self._loaded = self._load(None)

    def split(self, sound: Samples, voices: int | None = None) -> Iterator[VoiceTurn]:
        """Yield who speaks when, in order of time. Raises EngineError."""
        if len(sound) < SAMPLE_RATE:
            return  # too short for a print
        engine = self._loaded
        if voices is not None:
            engine.set_config(self._config(voices))
        try:
            found = engine.process(np.ascontiguousarray(sound, np.float32)).sort_by_start_time()
        except (RuntimeError, ValueError) as reason:
            raise EngineError("Telling the voices apart failed on this sound.") from reason
        finally:
            if voices is not None:
                engine.set_config(self._config(None))
        order: dict[int, int] = {}
        for turn in found:
            voice = order.setdefault(turn.speaker, len(order))
            yield VoiceTurn(round(turn.start * 1000), round(turn.end * 1000), voice)

    def close(self) -> None:
        """Let go of the weights."""
        self._loaded = None

    def _load(self, voices: int | None) -> Any:
        config = self._config(voices)
        try:
            if not config.validate():
                raise ValueError
            return self._library.OfflineSpeakerDiarization(config)
        except (RuntimeError, ValueError) as reason:
            raise EngineError(
                "The models that tell voices apart could not be loaded: a file is damaged.",
                hint="`granola-like models download voice-turns --again`, then voice-prints.",
            ) from reason

    def _config(self, voices: int | None) -> Any:
        library = self._library
        return library.OfflineSpeakerDiarizationConfig(
            segmentation=library.OfflineSpeakerSegmentationModelConfig(
                pyannote=library.OfflineSpeakerSegmentationPyannoteModelConfig(
                    model=self._turns, window_shift_ratio=STEP
                ),
                num_threads=self._threads,
            ),
            embedding=library.SpeakerEmbeddingExtractorConfig(
                model=self._prints, num_threads=self._threads
            ),
            clustering=library.FastClusteringConfig(num_clusters=voices or -1, threshold=APART),
            min_duration_on=SHORTEST_S,
            min_duration_off=SHORTEST_PAUSE_S,
        )


def open_voices(turns: str, prints: str, *, threads: int) -> SherpaVoices:
    """Load the two models. Raises EngineError."""
    return SherpaVoices(turns, prints, threads=threads)


class Part:
    """One of the two models, loaded to see that it is a model of its kind."""

    def __init__(self, file: str) -> None:
        onnxruntime = import_module("onnxruntime")
        onnxruntime.disable_telemetry_events()
        try:
            about = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
            facts = about.get_modelmeta().custom_metadata_map
        except Exception as reason:
            # onnxruntime raises classes of its own for each kind of damage.
            raise EngineError("It is damaged, or no model in ONNX.") from reason
        if "powerset_max_classes" in facts:
            self.name = VOICE_TURNS
        elif "output_dim" in facts and "framework" in facts:
            self.name = VOICE_PRINTS
        else:
            raise EngineError("It is no model that sherpa-onnx tells voices apart with.")


def open_part(file: str) -> Part:
    """Load one of the two models. Raises EngineError when it is of another kind or damaged."""
    return Part(file)
