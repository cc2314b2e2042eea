"""Which engine does what: the person's settings, what is on this machine, and nothing else.

The only file that names concrete engines. Their libraries are imported when they are chosen.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from granola_like import paths
from granola_like.errors import EngineError, ModelMissing
from granola_like.jobs import Job
from granola_like.settings import Settings, WriterName

if TYPE_CHECKING:
    from granola_like.engines.base import Embedder, LanguageModel, LiveTranscriber, Transcriber
    from granola_like.enhance.writer import Writer
    from granola_like_models.catalogue import Kind

_SLOW_MACHINES = 6.0
"""What a model may cost, by the catalogue, where the machine was not measured: `base` does."""
SPEED_FILE = ".speed.json"
AUTO = "auto"
NONE = "none"


def speech_model(
    settings: Settings, asked: str | None = None, *, language: str | None = None
) -> str:
    """Name the speech model for the pass after a call: what is asked for, or the setting.

    By itself it is the best of those here that this machine can afford, for the language if that
    is known; a model of the person's own comes before the shipped one, which knows no human voice.
    """
    from granola_like.engines.found import can_run, installed
    from granola_like.model_store.machine import this_machine
    from granola_like.model_store.speed import measured
    from granola_like.model_store.suggest import AFTER_AT_LEAST, best_here
    from granola_like_models.catalogue import BUNDLED_SPEECH, known

    name = asked or settings.speech_model
    if name != AUTO:
        return name
    spoken = language or settings.language
    here = [one for one in installed("speech", paths.models_dir()) if can_run("speech", one.path)]
    speed = measured(paths.models_dir() / SPEED_FILE)
    best = best_here(
        [about for one in here if (about := known(one.name, "speech"))],
        this_machine() if speed is None else speed.machine,
        dearest=None if speed is None else speed.dearest(AFTER_AT_LEAST),
        language=None if spoken == AUTO else spoken,
    )
    own = [one.name for one in here if known(one.name, "speech") is None]
    return best.name if best else next(iter(own), BUNDLED_SPEECH)


def measure_first(settings: Settings, asked: str | None = None) -> Job[None]:
    """Measure this machine where a choice depends on it and nobody has; takes some seconds."""
    from granola_like.engines.found import installed
    from granola_like.model_store.speed import measure, measured
    from granola_like_models.catalogue import known

    if (asked or settings.speech_model) != AUTO:
        return
    here = [one for one in installed("speech", paths.models_dir()) if not one.bundled]
    choice = [one for one in here if known(one.name, "speech") is not None]
    if len(choice) < 2 or measured(paths.models_dir() / SPEED_FILE) is not None:
        return
    with suppress(EngineError):
        yield from measure(paths.models_dir() / SPEED_FILE)


def open_transcriber(name: str) -> "Transcriber":
    """Open a speech model in a child process. Raises ModelMissing, EngineError."""
    from granola_like.engines import host

    return host.open_transcriber(name, models_dir=paths.models_dir())


def live_model(settings: Settings) -> str:
    """Name the speech model for captions: the setting, or the largest here that keeps up.

    What keeps up is told by the measurement that `models list` makes; until there is one, only
    what slow machines can do. The shipped model knows no human voice: any other is preferred.
    """
    from granola_like.engines.found import installed
    from granola_like.model_store.speed import measured
    from granola_like.model_store.suggest import LIVE_AT_LEAST
    from granola_like_models.catalogue import BUNDLED_SPEECH, known

    if settings.live_model != AUTO:
        return settings.live_model
    speed = measured(paths.models_dir() / SPEED_FILE)
    costs = {
        model.name: about.relative_cost
        for model in installed("speech", paths.models_dir())
        if (about := known(model.name, "speech")) and not model.bundled and about.relative_cost
    }
    if not costs:
        # Nobody has measured models that are not Whisper; they are quick, and know people.
        others = [m for m in installed("speech", paths.models_dir()) if not m.bundled]
        return others[0].name if others else BUNDLED_SPEECH
    dearest = _SLOW_MACHINES if speed is None else speed.dearest(LIVE_AT_LEAST)
    able = [name for name, cost in costs.items() if cost <= dearest]
    return max(able, key=costs.__getitem__) if able else min(costs, key=costs.__getitem__)


def open_live(settings: Settings) -> "Callable[[], LiveTranscriber]":
    """Give what opens the captions' speech model, in a child process for one channel each time.

    Raises ModelMissing or EngineError at once when the model is not here or not whole.
    """
    from functools import partial

    from granola_like.engines.found import find_model
    from granola_like.engines.whisper_live_host import open_live_transcriber

    name = live_model(settings)
    find_model(name, "speech", paths.models_dir())
    return partial(open_live_transcriber, name, models_dir=paths.models_dir())


def embedding_model(settings: Settings) -> str | None:
    """Name the embedding model to use, or None where aligning goes by time and words."""
    from granola_like.engines.found import can_run

    name = settings.embedding_model
    if name == AUTO:
        return _largest("embedding") if can_run("embedding") else None
    return None if name == NONE else name


@contextmanager
def embedder(settings: Settings) -> "Iterator[Embedder | None]":
    """Open the embedding model, if there is one to use. Raises EngineError."""
    from granola_like.engines import host

    name = embedding_model(settings)
    if name is None:
        yield None
        return
    with closing(host.open_embedder(name, models_dir=paths.models_dir())) as opened:
        yield opened


@contextmanager
def writer(settings: Settings, name: WriterName) -> "Iterator[Writer]":
    """Open who writes, and let go of its model afterwards. Raises ModelMissing, EngineError."""
    from granola_like.enhance.extract import ExtractiveWriter
    from granola_like.enhance.model_writer import ModelWriter

    if name == "extractive":
        yield ExtractiveWriter()
        return
    opened = _endpoint(settings) if name == "endpoint" else _local(settings)
    with closing(opened) as model:
        yield ModelWriter(model)


def _local(settings: Settings) -> "LanguageModel":
    from granola_like.engines import host

    name: str | None = settings.language_model
    if name == AUTO:
        name = _largest("language")
    if name is None:
        raise ModelMissing("No language model is on this machine.")
    return host.open_language_model(name, models_dir=paths.models_dir())


def _endpoint(settings: Settings) -> "LanguageModel":
    from granola_like.engines.endpoint import open_endpoint
    from granola_like.engines.endpoint_key import endpoint_key

    url = settings.endpoint_url
    return open_endpoint(
        url,
        model=settings.endpoint_model,
        key=endpoint_key(url, setting=settings.endpoint_key.get_secret_value()),
        context_tokens=settings.endpoint_context or None,
    )


def _largest(kind: "Kind") -> str | None:
    """Name the largest model of a kind that is here: the person got it to use it."""
    from granola_like.engines.found import can_run, installed
    from granola_like_models.catalogue import known

    def megabytes(name: str) -> int:
        model = known(name, kind)
        return model.megabytes if model else 0

    here = [
        model
        for model in installed(kind, paths.models_dir())
        if kind != "speech" or can_run(kind, model.path)
    ]
    return max(here, key=lambda model: megabytes(model.name)).name if here else None
