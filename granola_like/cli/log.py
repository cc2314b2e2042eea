"""The log file: facts and figures. A crash is logged by its places in the code, not its message.

A message may quote what was said; a file name and a line number cannot.
"""

import logging
import logging.handlers
import traceback
from pathlib import Path

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
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        root.addHandler(handler)
        root.setLevel(logging.INFO)
        root.propagate = False
    return file


def log_crash(error: BaseException) -> Path:
    """Log which error it was and where it passed."""
    file = open_log()
    places = " < ".join(
        f"{Path(frame.filename).name}:{frame.lineno}"
        for frame in reversed(traceback.extract_tb(error.__traceback__))
    )
    _crashes.error("%s at %s", type(error).__name__, places)
    return file
