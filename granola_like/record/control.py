"""How a front door speaks to the recorder's process: one JSON question, one JSON answer.

Over a local socket (a named pipe on Windows) that only somebody with the key in `control.json` can
use, so that a new window finds the recording of one that died.
"""

import json
import logging
import secrets
import threading
from collections.abc import Callable
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Any

from granola_like.errors import SoundError
from granola_like.record.folder import write_whole

logger = logging.getLogger(__name__)

_FILE = "control.json"
ANSWER_SECONDS = 20.0


class ControlServer:
    """Answers questions on threads of its own, which never touch sound."""

    def __init__(self, folder: Path, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        key = secrets.token_bytes(32)
        self._answer = answer
        self._listener = Listener(authkey=key)
        self._closed = False
        write_whole(
            folder / _FILE, json.dumps({"address": self._listener.address, "key": key.hex()})
        )
        (folder / _FILE).chmod(0o600)
        threading.Thread(target=self._accept, name="control", daemon=True).start()

    def close(self) -> None:
        """Take no more questions. Closing twice is harmless."""
        if not self._closed:
            self._closed = True
            self._listener.close()

    def _accept(self) -> None:
        while not self._closed:
            try:
                connection = self._listener.accept()
            except (OSError, EOFError, AuthenticationError):
                continue
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: "Connection[Any, Any]") -> None:
        with connection:
            while True:
                try:
                    question = json.loads(connection.recv_bytes(65_536))
                    answer = self._answer(question)
                    connection.send_bytes(json.dumps(answer).encode())
                except (OSError, EOFError, ValueError):
                    return


class ControlClient:
    """Asks a recorder's process. For one thread at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._connection: Connection[Any, Any] | None = None

    def ask(self, what: str, **facts: Any) -> dict[str, Any]:
        """Ask, and give the answer. Raises SoundError when no recorder answers in 20 s."""
        try:
            if self._connection is None:
                self._connection = self._connect()
            self._connection.send_bytes(json.dumps({"do": what, **facts}).encode())
            if not self._connection.poll(ANSWER_SECONDS):
                raise TimeoutError
            answer: dict[str, Any] = json.loads(self._connection.recv_bytes())
        except (OSError, EOFError, ValueError, AuthenticationError) as error:
            self.close()
            raise SoundError("The recorder does not answer.") from error
        return answer

    def close(self) -> None:
        """Hang up; the recording goes on. Closing twice is harmless."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _connect(self) -> "Connection[Any, Any]":
        facts = json.loads((self._folder / _FILE).read_text("utf-8"))
        return Client(facts["address"], authkey=bytes.fromhex(facts["key"]))
