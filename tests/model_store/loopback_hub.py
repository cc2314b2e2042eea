"""A model hub on this machine, as huggingface_hub speaks to one, that misbehaves when asked.

Real HTTP: `/api/models/REPO`, `/REPO/resolve/COMMIT/FILE` (large files answer with a redirect to
another host name, as the real hub does), ranges, ETags. It also is a proxy for any host.
"""

import hashlib
import json
import ssl
import threading
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

COMMIT = "c0ffee" + "0" * 34
LARGE = 100_000
"""Files of so many bytes are in LFS."""
BLOCK = 1 << 15


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with one answer."""

    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    drop_after: int | None = None
    """Close the connection after so many bytes of the body."""
    stall_after: int | None = None
    """Say nothing more after so many bytes, until the test ends."""
    wrong_bytes: bool = False
    no_ranges: bool = False
    """Answer a range with the whole file."""
    pause_s: float = 0.0
    """Between two blocks of 32 KiB."""
    body: bytes | None = None


@dataclass(kw_only=True)
class Request:
    """What was asked for and how much of it was sent."""

    method: str
    path: str
    host: str
    range: str | None
    authorization: str | None
    user_agent: str
    encoding: str
    sent: int = 0


@dataclass
class Hub:
    """The hub as a test sees it."""

    url: str = ""
    repos: dict[str, dict[str, bytes]] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    """Old name of a repository to the new one."""
    names_only: bool = False
    """Tell only the names of files, as a simple mirror does."""
    faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    """By the last part of the path: a file's name, or a repository's."""
    requests: list[Request] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)
    sent: int = 0
    """Bytes of files, in all answers."""

    def serve_folder(self, repo: str, folder: Path, *names: str) -> int:
        """Offer the files of a folder as a repository; give their size."""
        files = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
        self.repos[repo] = {name: files[name] for name in names or files}
        return sum(map(len, self.repos[repo].values()))

    def ranges(self, name: str) -> list[str | None]:
        """What was asked for of a file's bytes, one entry a request."""
        return [
            asked.range
            for asked in self.requests
            if asked.method == "GET" and asked.path.endswith("/" + name) and "/cdn/" in asked.path
        ]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub: Hub

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_CONNECT(self) -> None:
        self._short(407)

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        path = asked.path
        waiting = self.hub.faults[path.rsplit("/", 1)[-1]]
        # A large file's own address only leads on; its faults are for where its bytes are.
        leads_on = not path.startswith("/cdn/") and len(self._content(path)) >= LARGE
        fault = waiting.popleft() if waiting and not leads_on else Fault()
        if fault.status is not None:
            self._short(fault.status, dict(fault.headers), fault.body or b"")
        elif fault.body is not None:
            self._short(200, {"Content-Type": "text/html"}, fault.body)
        elif path.startswith("/api/models/"):
            self._about(path.removeprefix("/api/models/"))
        elif path.startswith("/cdn/"):
            self._file(self._content(path.removeprefix("/cdn")), fault)
        elif "/resolve/" in path:
            self._resolve(path, fault)
        else:
            self._short(404)

    def _content(self, path: str) -> bytes:
        repo, _, rest = path.lstrip("/").partition("/resolve/")
        return self.hub.repos.get(repo, {}).get(rest.partition("/")[2], b"")

    def _about(self, repo: str) -> None:
        if repo in self.hub.moved:
            return self._short(307, {"Location": f"/api/models/{self.hub.moved[repo]}"})
        if repo not in self.hub.repos:
            return self._short(404, {"X-Error-Code": "RepoNotFound"})
        siblings = [self._sibling(name, data) for name, data in self.hub.repos[repo].items()]
        about = {"id": repo, "sha": COMMIT, "private": False, "siblings": siblings}
        return self._short(200, {"Content-Type": "application/json"}, json.dumps(about).encode())

    def _sibling(self, name: str, data: bytes) -> dict[str, object]:
        if self.hub.names_only:
            return {"rfilename": name}
        about: dict[str, object] = {"rfilename": name, "size": len(data), "blobId": _git(data)}
        if len(data) >= LARGE:
            sha256 = hashlib.sha256(data).hexdigest()
            about["lfs"] = {"sha256": sha256, "size": len(data), "pointerSize": 134}
        return about

    def _resolve(self, path: str, fault: Fault) -> None:
        repo, _, rest = path.lstrip("/").partition("/resolve/")
        if repo in self.hub.moved:
            return self._short(307, {"Location": f"/{self.hub.moved[repo]}/resolve/{rest}"})
        data = self._content(path)
        if not data:
            return self._short(404, {"X-Error-Code": "EntryNotFound"})
        if len(data) < LARGE:
            return self._file(data, fault, {"X-Repo-Commit": COMMIT, "ETag": f'"{_git(data)}"'})
        port = self.connection.getsockname()[1]
        return self._short(
            302,
            {
                "X-Repo-Commit": COMMIT,
                "X-Linked-Size": str(len(data)),
                "X-Linked-ETag": f'"{hashlib.sha256(data).hexdigest()}"',
                "Location": f"http://localhost:{port}/cdn{path}",
            },
        )

    def _file(self, data: bytes, fault: Fault, headers: dict[str, str] | None = None) -> None:
        start = 0
        span = self.headers.get("Range", "")
        if span.startswith("bytes=") and not fault.no_ranges:
            start = int(span.removeprefix("bytes=").rstrip("-"))
        if start >= len(data):
            return self._short(416)
        body = data[start:]
        if fault.wrong_bytes:
            body = bytes(len(body))
        self.send_response(206 if start else 200)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        asked = self._note()
        if self.command != "HEAD":
            self._blocks(body, fault, asked)
        return None

    def _blocks(self, body: bytes, fault: Fault, asked: Request) -> None:
        ends = [end for end in (fault.drop_after, fault.stall_after) if end is not None]
        limit = min([len(body), *ends])
        try:
            while asked.sent < limit:
                block = body[asked.sent : min(limit, asked.sent + BLOCK)]
                self.wfile.write(block)
                self.wfile.flush()
                asked.sent += len(block)
                self.hub.sent += len(block)
                if fault.pause_s:
                    self.hub.ended.wait(fault.pause_s)
        except OSError:
            pass
        if fault.stall_after is not None:
            self.hub.ended.wait(30)
        if limit < len(body):
            self.close_connection = True

    def _short(self, status: int, headers: dict[str, str] | None = None, body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self._note()

    def _note(self) -> Request:
        asked = Request(
            method=self.command,
            path=self.path,
            host=self.headers.get("Host", ""),
            range=self.headers.get("Range"),
            authorization=self.headers.get("Authorization"),
            user_agent=self.headers.get("User-Agent", ""),
            encoding=self.headers.get("Accept-Encoding", ""),
        )
        self.hub.requests.append(asked)
        return asked


def _git(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


@contextmanager
def open_hub(*, certificate: tuple[Path, Path] | None = None) -> Iterator[Hub]:
    """Serve until the block ends; with a certificate and its key, by HTTPS."""
    hub = Hub()
    handler = type("Handler", (_Handler,), {"hub": hub})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    scheme = "http"
    if certificate is not None:
        scheme = "https"
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*map(str, certificate))
        server.socket = context.wrap_socket(server.socket, server_side=True)
    name = "localhost" if certificate else "127.0.0.1"
    hub.url = f"{scheme}://{name}:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        hub.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


def wait_for(condition: object, *, seconds: float = 10) -> None:
    """Wait until something holds, or fail."""
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)
