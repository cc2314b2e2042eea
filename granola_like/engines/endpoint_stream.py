"""Reading an answer as OpenAI-compatible servers send it: events of JSON, or all at once."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx2

from granola_like.engines.endpoint_trouble import garbled, not_reached
from granola_like.errors import EngineError

LONGEST_TOKEN = 24
"""Characters; more than this many for each token that was asked for is not an answer to it."""

_EVENT = "data:"


class Answer:
    """One answer of one server."""

    def __init__(self, place: str, max_tokens: int) -> None:
        self._place = place
        self._room = max_tokens * LONGEST_TOKEN
        self._is_whole = False

    async def of(self, response: httpx2.Response) -> AsyncIterator[str]:
        """Yield the text in `response`; an empty piece stands for an event without any.

        Raises EngineError for what is no answer, and for one that ends in the middle.
        """
        if "text/event-stream" not in response.headers.get("content-type", ""):
            yield _whole(await response.aread(), self._place)
            return
        async for line in response.aiter_lines():
            if not line.startswith(_EVENT):
                if line.startswith(":"):
                    yield ""  # a comment that keeps the connection open
                continue
            data = line.removeprefix(_EVENT).strip()
            if data == "[DONE]":
                self._is_whole = True
                return
            piece = self._piece(_read(data, self._place))
            self._room -= len(piece)
            if self._room < 0:
                return  # it does not keep to the limit; what came is enough to judge
            yield piece
        if not self._is_whole:
            raise not_reached(httpx2.ReadError("ended early"), self._place)

    def _piece(self, event: Any) -> str:
        try:
            if event.get("error"):
                raise EngineError(
                    f"The language server at {self._place} failed in the middle of its answer.",
                    hint="See what the server says; it may have run out of memory.",
                )
            choices = event.get("choices") or []
            if not choices:
                return ""  # usage alone
            self._is_whole = self._is_whole or choices[0].get("finish_reason") is not None
            delta = choices[0].get("delta") or {}
            return str(delta.get("content") or "")
        except (AttributeError, TypeError, KeyError, IndexError):
            raise garbled(self._place) from None


def _whole(body: bytes, place: str) -> str:
    """Read an answer of a server that does not stream."""
    found = _read(body.decode("utf-8", "replace"), place)
    try:
        return str(found["choices"][0]["message"]["content"] or "")
    except (TypeError, KeyError, IndexError):
        raise garbled(place) from None


def _read(text: str, place: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise garbled(place) from None
