"""A child process that holds one engine and answers for it.

Spawned, never forked, so that threads and native libraries start clean. Messages over one pipe:
the parent sends (kind, method, arguments) with kind `call` or `stream`; the child answers
("facts", {...}) once, when the engine is loaded, then ("value", x) to a call, or ("item", x) any
number of times and ("end", None) to a stream, or ("error", GranolaError) instead of any of these.
"""

import contextlib
import importlib
import logging
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Any

from granola_like.errors import EngineError, GranolaError

FACTS = ("name", "dimensions", "context_tokens")
"""What an engine may know of itself, sent when it is loaded."""


@contextlib.contextmanager
def beyond_ctrl_c() -> Iterator[None]:
    """Start children that Ctrl-C does not reach while they are too young to ignore it.

    Else a child that is stopped while Python starts prints its traceback to the terminal. A child
    inherits the mask of the thread that starts it; a Ctrl-C meanwhile reaches the parent after.
    """
    if sys.platform == "win32":
        yield
        return
    # Its own start, the first time, would lift the mask.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def serve(pipe: Connection, factory: str, arguments: dict[str, Any]) -> None:
    """Make the engine that `factory` ("package.module:function") names, and answer until the end.

    The child ends when the pipe closes and, even in the middle of native work, when the parent is
    gone. What libraries print goes nowhere: the terminal is the parent's.
    """
    _be_quiet()
    _end_with_the_parent()
    # Ctrl-C reaches the whole group; the parent decides what becomes of the child.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["HF_HUB_OFFLINE"] = "1"
    _share_no_locks()
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        engine = _make(pipe, factory, arguments)
        while engine is not None:
            _answer(pipe, engine, *pipe.recv())


def _make(pipe: Connection, factory: str, arguments: dict[str, Any]) -> Any:
    module, _, function = factory.partition(":")
    try:
        engine = getattr(importlib.import_module(module), function)(**arguments)
    except Exception as reason:  # noqa: BLE001 - whatever it is, the parent must hear of it
        pipe.send(("error", _as_ours(reason)))
        return None
    pipe.send(("facts", {fact: getattr(engine, fact) for fact in FACTS if hasattr(engine, fact)}))
    return engine


def _answer(pipe: Connection, engine: Any, kind: str, method: str, arguments: Any) -> None:
    try:
        answer = getattr(engine, method)(*arguments)
        if kind == "stream":
            for item in answer:
                pipe.send(("item", item))
            pipe.send(("end", None))
        else:
            pipe.send(("value", answer))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        raise
    except Exception as reason:  # noqa: BLE001 - whatever it is, the parent must hear of it
        pipe.send(("error", _as_ours(reason)))


def _as_ours(reason: Exception) -> GranolaError:
    if isinstance(reason, GranolaError):
        return type(reason)(str(reason), hint=reason.hint)  # without the cause: it may not travel
    if isinstance(reason, MemoryError):
        return EngineError(
            "There is not enough memory for this model.",
            hint="Close other programs, or choose a smaller model.",
        )
    return EngineError(f"The model failed ({type(reason).__name__}).")


def _be_quiet() -> None:
    logging.lastResort = None
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        with contextlib.suppress(OSError):
            os.dup2(nowhere, stream)
    if sys.stdout is None or sys.stderr is None:  # a windowed program has none
        sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def _share_no_locks() -> None:
    # tqdm makes a named semaphore; when the child is killed, Python would complain of it at exit.
    with contextlib.suppress(ImportError):
        std: Any = importlib.import_module("tqdm.std")
        std.TqdmDefaultWriteLock.mp_lock = None


def _end_with_the_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, name="end with the parent", daemon=True).start()
