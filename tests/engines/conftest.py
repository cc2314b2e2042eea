from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from granola_like.audio.decode import decode
from granola_like.engines.base import SAMPLE_RATE, Samples
from granola_like.engines.host import HostedTranscriber, open_transcriber
from granola_like.jobs import run
from granola_like_models.sample import sample_call


@pytest.fixture(scope="session")
def speech() -> Samples:
    """The first 30 seconds of one side of the sample call."""
    return run(decode(sample_call().tracks["them"]))[: 30 * SAMPLE_RATE]


@pytest.fixture
def silence() -> Samples:
    return np.zeros(5 * SAMPLE_RATE, np.float32)


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostedTranscriber]:
    """The shipped Whisper in a child process, one for all tests of a file."""
    nowhere: Path = tmp_path_factory.mktemp("models")
    engine = open_transcriber("tiny-synthetic", models_dir=nowhere)
    assert isinstance(engine, HostedTranscriber)
    yield engine
    engine.close()
