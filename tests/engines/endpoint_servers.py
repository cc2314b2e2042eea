"""Language servers for tests, on this machine's own loopback."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Handler(BaseHTTPRequestHandler):
    """One request; `server.answer` decides what becomes of it."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_GET(self) -> None:
        self._do(None)

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        self._do(json.loads(self.rfile.read(length)))

    def _do(self, body: Any) -> None:
        self.close_connection = True
        self.server.seen.append((self.command, self.path, dict(self.headers), body))
        try:
            self.server.answer(self, body)
        except (BrokenPipeError, ConnectionResetError):
            self.server.left.set()

    def say(self, status: int, body: Any, kind: str = "application/json") -> None:
        data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def begin_stream(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream; charset=utf-8")
        self.send_header("connection", "close")
        self.end_headers()

    def event(self, text: str | None, *, finish: str | None = None) -> None:
        delta = {} if text is None else {"content": text}
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        self.line("data: " + json.dumps({"choices": [choice]}))

    def line(self, text: str) -> None:
        self.wfile.write(f"{text}\n\n".encode())
        self.wfile.flush()

    def stream(self, text: str, *, pieces: int = 5) -> None:
        self.begin_stream()
        size = max(1, len(text) // pieces)
        for at in range(0, len(text), size):
            self.event(text[at : at + size])
        self.event(None, finish="stop")
        self.line("data: [DONE]")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, answer: Callable[[Handler, Any], None]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer = answer
        self.seen: list[tuple[str, str, dict[str, str], Any]] = []
        self.left = threading.Event()
        """Set when the other side went away in the middle."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing."""

    def questions(self) -> list[Any]:
        return [body for _, path, _, body in self.seen if path.endswith("/chat/completions")]


@contextmanager
def serving(answer: Callable[[Handler, Any], None]) -> Iterator[Server]:
    server = Server(answer)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def chat(reply: Callable[[Handler, Any], None]) -> Callable[[Handler, Any], None]:
    """Answer chats by `reply`, and know nothing else."""

    def answer(handler: Handler, body: Any) -> None:
        if handler.path == "/v1/chat/completions":
            reply(handler, body)
        else:
            handler.say(404, {"error": "no such thing"})

    return answer
