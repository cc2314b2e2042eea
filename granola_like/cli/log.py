"""The log file: facts and figures. A crash is logged by its places in the code, not its message.

A message may quote what was said; a file name and a line number cannot.
"""

import logging
import logging.handlers
import traceback
from pathlib import Path
from typing import Any

from granola_like import paths

_MEGABYTE = 1_000_000
_crashes = logging.getLogger("granola_like.crash")


def open_log() -> Path:
    """Send the product's log to its file; what cannot be logged is not worth stopping for."""
    file = paths.log_file()
    root = logging.getLogger("granola_like")
    if not root.handlers:
        # A disk that fills up later is no reason to print tracebacks between the person's lines.
        logging.raiseExceptions = False
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            handler: logging.Handler = logging.handlers.RotatingFileHandler(
                file, maxBytes=_MEGABYTE, backupCount=2, encoding="utf-8"
            )
        except OSError:
            handler = logging.NullHandler()
        handler.setFormatter(_Facts("%(asctime)s %(levelname)s %(name)s %(message)s"))
        root.addHandler(handler)
        root.setLevel(logging.INFO)
        root.propagate = False
    return file


def log_crash(error: BaseException) -> Path:
    """Log which error it was and where it passed."""
    file = open_log()
    _crashes.error("%s", _passed(error))
    return file


class _Facts(logging.Formatter):
    """Writes of an error its kind and its way through the code."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        return "" if ei[1] is None else _passed(ei[1])


def _passed(error: BaseException) -> str:
    places = " < ".join(
        f"{Path(frame.filename).name}:{frame.lineno}"
        for frame in reversed(traceback.extract_tb(error.__traceback__))
    )
    return f"{type(error).__name__} at {places}"
