"""Any OpenAI-compatible language server: Ollama, LM Studio, llama-server, vLLM, or a service.

Only the address that the person gave is contacted: no redirect is followed, and no proxy, password
file or other setting of the system is used. Nothing is sent before the first question.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx2

from granola_like.engines.base import Request
from granola_like.engines.endpoint_dialect import Dialect
from granola_like.engines.endpoint_stream import Answer
from granola_like.engines.endpoint_tokens import most_tokens
from granola_like.engines.endpoint_trouble import (
    not_reached,
    refused,
    stalled,
)
from granola_like.errors import EngineError

SIGN_OF_LIFE_S = 0.1
USUAL_CONTEXT = 4_096
"""Tokens, where the server does not say: what Ollama gives a model unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long to wait, in seconds."""

    connect_s: float = 5.0
    first_s: float = 300.0
    """For the first sign of an answer; a long question takes a slow machine minutes to read."""
    next_s: float = 30.0
    """Between two signs of an answer."""
    side_s: float = 10.0
    """For small questions: how many tokens, what context."""


class Endpoint:
    """A language model behind an address. Not for use inside a running event loop."""

    def __init__(
        self,
        url: str,
        *,
        model: str,
        key: str | None = None,
        context_tokens: int | None = None,
        waiting: Waiting | None = None,
    ) -> None:
        self._base, self._root = _addresses(url)
        self._place = httpx2.URL(self._base).netloc.decode("ascii", "replace")
        self._model = model
        self._context = context_tokens or None
        self._waiting = waiting or Waiting()
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._options: dict[str, Any] = {
            "headers": headers,
            "follow_redirects": False,
            "trust_env": False,
            "timeout": httpx2.Timeout(self._waiting.side_s, connect=self._waiting.connect_s),
        }
        self._client: httpx2.Client | None = None
        self._count: Callable[[str], int] | None = None
        self._dialect = Dialect()

    @property
    def name(self) -> str:
        """The model's name at the server."""
        return self._model

    @property
    def context_tokens(self) -> int:
        """How many tokens fit: as told, as the server says, or USUAL_CONTEXT. Raises EngineError.

        Asked are `/props` (llama-server) and `/models` (vLLM and others).
        """
        if self._context is None:
            self._context = (
                _context_in_props(self._get(f"{self._root}/props"))
                or _context_in_models(self._get(f"{self._base}/models"), self._model)
                or USUAL_CONTEXT
            )
        return self._context

    def count_tokens(self, text: str) -> int:
        """Count by the server's `/tokenize`, where it has one; else give an upper estimate.

        Raises EngineError when the server cannot be reached.
        """
        if self._count is None:
            self._count = self._counter()
        return self._count(text)

    def write(self, request: Request) -> Iterator[str]:
        """Yield the answer piece by piece; closing the iterator closes the connection.

        Raises EngineError, with a sentence for each thing that can go wrong. A server that refuses
        the schema is asked again without it: the caller validates anyway.
        """
        question = self.count_tokens(request.system) + self.count_tokens(request.user)
        if question + request.max_tokens > self.context_tokens:
            raise EngineError(
                f"The question is too long for the model “{self._model}”: {question} tokens and "
                f"{request.max_tokens} for the answer do not fit into {self.context_tokens}.",
                hint="Ask about a shorter part, or choose a model with a longer context.",
            )
        yield from _driven(self._answer(request), self._waiting, self._place)

    def close(self) -> None:
        """Let go of the connection; closing twice is fine."""
        if self._client is not None:
            self._client.close()
            self._client = None

    async def _answer(self, request: Request) -> AsyncIterator[str]:
        try:
            url = f"{self._base}/chat/completions"
            # What comes too late is for `_driven` to say.
            patient = httpx2.Timeout(None, connect=self._waiting.connect_s)
            # Each question on a connection of its own: a kept one may be closed at the other end.
            alone = httpx2.Limits(max_keepalive_connections=0)
            async with httpx2.AsyncClient(**self._options, limits=alone) as client:
                while True:
                    body = self._dialect.body(self._model, request)
                    async with client.stream("POST", url, json=body, timeout=patient) as response:
                        if response.status_code < 300:
                            async for piece in Answer(self._place, request.max_tokens).of(response):
                                yield piece
                            return
                        said = (await response.aread()).decode("utf-8", "replace")
                    simpler = self._dialect.simpler(response.status_code, said, body)
                    if simpler is None:
                        raise refused(response.status_code, said, self._place, self._model)
                    self._dialect = simpler
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
            raise not_reached(error, self._place) from None

    def _counter(self) -> Callable[[str], int]:
        """Find out how this server counts, without showing it anything."""
        ways = (
            (f"{self._root}/tokenize", "content"),
            (f"{self._root}/extras/tokenize/count", "input"),
        )
        for url, field in ways:
            if self._counted(url, field, "a word") is not None:

                def count(text: str, url: str = url, field: str = field) -> int:
                    found = self._counted(url, field, text)
                    return most_tokens(text) if found is None else found

                return count
        return most_tokens

    def _counted(self, url: str, field: str, text: str) -> int | None:
        # `prompt` is what vLLM calls it; each server passes over what it does not know.
        found = self._ask("POST", url, {"model": self._model, field: text, "prompt": text})
        if not isinstance(found, dict):
            return None
        if isinstance(found.get("count"), int):
            return int(found["count"])
        return len(found["tokens"]) if isinstance(found.get("tokens"), list) else None

    def _get(self, url: str) -> Any:
        return self._ask("GET", url, None)

    def _ask(self, method: str, url: str, body: dict[str, Any] | None) -> Any:
        """Give what a side question brings, None for what the server does not know.

        Raises EngineError when it cannot be reached at all.
        """
        if self._client is None:
            self._client = httpx2.Client(**self._options)
        for is_last in (False, True):
            try:
                response = self._client.request(method, url, json=body)
                return response.json() if response.status_code < 300 else None
            except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
                raise not_reached(error, self._place) from None
            except (httpx2.NetworkError, httpx2.RemoteProtocolError):
                # A connection kept from the last time may have been closed at the other end.
                if is_last:
                    return None
            except (httpx2.HTTPError, ValueError, RecursionError):
                return None
        return None


def open_endpoint(
    url: str, *, model: str, key: str | None = None, context_tokens: int | None = None
) -> Endpoint:
    """Give the model `model` of the server at `url`; nothing is contacted yet.

    Raises EngineError for an address or a model's name that cannot be one.
    """
    if not model.strip():
        raise EngineError(
            "Which model of the language server should write is not set.",
            hint="Set `endpoint_model` to a model's name as the server knows it.",
        )
    return Endpoint(url, model=model.strip(), key=key, context_tokens=context_tokens)


def _addresses(url: str) -> tuple[str, str]:
    """Give the address of the API, ending in a version, and the server's own."""
    try:
        parsed = httpx2.URL(url.strip())
    except (httpx2.InvalidURL, TypeError, ValueError):
        parsed = httpx2.URL("")
    if parsed.scheme not in {"http", "https"} or not parsed.host or parsed.userinfo:
        raise EngineError(
            "The address of the language server cannot be one.",
            hint="It looks like http://localhost:11434/v1, without a password in it.",
        )
    path = parsed.path.rstrip("/").removesuffix("/chat/completions") or "/v1"
    base = str(parsed.copy_with(path=path, query=None, fragment=None))
    return base, base.removesuffix("/v1")


def _driven(answer: AsyncIterator[str], waiting: Waiting, place: str) -> Iterator[str]:
    """Run an asynchronous answer from ordinary code, with signs of life while it is silent."""
    loop = asyncio.new_event_loop()

    async def step() -> str | None:
        return await anext(answer, None)

    task = loop.create_task(step())
    heard, limit = time.monotonic(), waiting.first_s
    try:
        while True:
            loop.run_until_complete(asyncio.wait({task}, timeout=SIGN_OF_LIFE_S))
            if task.done():
                piece = task.result()
                if piece is None:
                    return
                heard, limit = time.monotonic(), waiting.next_s
                yield piece
                task = loop.create_task(step())
            elif time.monotonic() - heard > limit:
                raise stalled(place, limit)
            else:
                yield ""
    finally:
        task.cancel()
        loop.run_until_complete(asyncio.gather(task, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


def _context_in_props(props: Any) -> int | None:
    try:
        return int(props["default_generation_settings"]["n_ctx"]) or None
    except (TypeError, KeyError, ValueError):
        return None


def _context_in_models(models: Any, name: str) -> int | None:
    try:
        for model in models["data"]:
            if model["id"] == name:
                for field in ("max_model_len", "context_length", "max_context_length"):
                    if isinstance(model.get(field), int) and model[field] > 0:
                        return int(model[field])
    except (TypeError, KeyError, AttributeError):
        pass
    return None
