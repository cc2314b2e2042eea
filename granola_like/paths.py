"""Where things lie on this machine.

`GRANOLA_LIKE_HOME` puts all of it under one folder: for tests, scripts and portable use. No folder
is made here; whoever writes makes it.
"""

import os
import uuid
from contextlib import suppress
from datetime import datetime
from pathlib import Path

HOME_VARIABLE = "GRANOLA_LIKE_HOME"


def library_file() -> Path:
    """The library: one SQLite file."""
    return data_dir() / "library.sqlite"


def sound_dir() -> Path:
    """The sound of the library's meetings, one folder a meeting."""
    return data_dir() / "sound"


def recordings_dir() -> Path:
    """Recordings that are running, or that a crash left behind."""
    return data_dir() / "recordings"


def recording_name(started_at: datetime) -> str:
    """Name a new recording: its folder is called so, and its meeting keeps it as its id."""
    return f"{started_at:%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:8]}"


def models_dir() -> Path:
    """Downloaded models: `speech/NAME/`, `embedding/FILE.gguf`, `language/FILE.gguf`."""
    return data_dir() / "models"


def templates_dir() -> Path:
    """The person's own templates."""
    return config_dir() / "templates"


def settings_file() -> Path:
    """The settings, a TOML file."""
    return config_dir() / "settings.toml"


def log_file() -> Path:
    """The log: facts and figures, never what was said or typed."""
    return _folder("state") / "granola-like.log"


def data_dir() -> Path:
    """Everything that must survive: library, sound, models."""
    return _folder("data")


def config_dir() -> Path:
    """What the person chose."""
    return _folder("config")


def _folder(kind: str) -> Path:
    if home := os.environ.get(HOME_VARIABLE):
        folder = Path(home)
        # `~somebody` whom this machine does not know is a folder's name like any other.
        with suppress(RuntimeError):
            folder = folder.expanduser()
        return folder.absolute()
    import platformdirs  # noqa: PLC0415 - a script with a home of its own does not pay for it

    places = platformdirs.PlatformDirs("granola_like", appauthor=False, roaming=False)
    return Path(
        {
            "data": places.user_data_dir,
            "config": places.user_config_dir,
            "state": places.user_state_dir,
        }[kind]
    )
