"""Everything that can go wrong and that a person should hear about.

GranolaError
├── SoundError       a file or device gave no sound we can use
├── EngineError      a speech, language or embedding model failed
│   ├── ModelMissing the weights are not on this machine
│   └── EngineDied   the model's process ended by itself
├── SettingsError    the settings file says something we cannot do
├── ExchangeError    a file could not be read as a meeting, or not be written
└── LibraryError     the library could not be read or written
    ├── LibraryTooNew written by a later version
    └── NotFound     there is no such meeting
"""


class GranolaError(Exception):
    """Base of every error we show. The message is a sentence, `hint` is the way out."""

    hint = "Nothing was lost. Please try again."

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint or self.hint


class SoundError(GranolaError):
    """A file or device gave no sound we can use."""

    hint = "Choose a file with sound, for example WAV, FLAC, MP3, M4A or MP4."


class EngineError(GranolaError):
    """A speech, language or embedding model failed."""


class ModelMissing(EngineError):  # noqa: N818 - it names a state, as FileNotFound does
    """The weights are not on this machine."""

    hint = "`granola-like models list` shows what there is and how to get it."


class EngineDied(EngineError):  # noqa: N818 - it names an event
    """The model's process ended by itself: a crash, or the system took its memory."""

    hint = "Close other programs or choose a smaller model, then try again. Nothing was lost."


class SettingsError(GranolaError):
    """The settings file says something we cannot do."""


class ExchangeError(GranolaError):
    """A file could not be read as a meeting, or not be written."""


class LibraryError(GranolaError):
    """The library could not be read or written."""


class LibraryTooNew(LibraryError):  # noqa: N818 - it names a state
    """A later version of granola_like wrote this library; it was not touched."""


class NotFound(LibraryError):  # noqa: N818 - it names a state
    """There is no such meeting."""

    hint = "`granola-like list` shows the meetings that there are."
