"""What can go wrong between us and a language server, each a sentence and a way out.

A server's own words are never passed on: they may quote what people said.
"""

import httpx2

from granola_like.errors import EngineError

_TOO_LONG = ("context length", "context size", "context_length", "maximum context", "too long")


def not_reached(error: Exception, place: str) -> EngineError:
    """Say why nothing came back at all."""
    if isinstance(error, httpx2.TimeoutException):
        return EngineError(
            f"The language server at {place} does not answer.",
            hint="See whether it is busy with something else, or has stopped.",
        )
    if isinstance(error, httpx2.ConnectError):
        return EngineError(
            f"No language server answers at {place}.",
            hint="Start it (Ollama, LM Studio, llama-server, vLLM), or correct `endpoint_url`.",
        )
    return EngineError(
        f"The connection to the language server at {place} broke off.",
        hint="Try again; if it happens again, see what the server says.",
    )


def stalled(place: str, seconds: float) -> EngineError:
    """Say that the server stopped in the middle."""
    return EngineError(
        f"The language server at {place} has sent nothing for {seconds:.0f} seconds.",
        hint="See whether it is overloaded; a smaller model answers sooner.",
    )


def refused(status: int, body: str, place: str, model: str) -> EngineError:
    """Say what a status of 400 or more means."""
    if is_too_long(status, body):
        return EngineError(
            f"The question is too long for the model “{model}” at {place}.",
            hint="Set `endpoint_context` to the number of tokens that the server was started with.",
        )
    if status in {401, 403}:
        return EngineError(
            f"The language server at {place} does not accept the key.",
            hint="Set GRANOLA_LIKE_ENDPOINT_KEY to the key that the server wants.",
        )
    if status == 404:
        return EngineError(
            f"The language server at {place} knows no model “{model}”, or is no such server.",
            hint="Correct `endpoint_model` or `endpoint_url`; most addresses end in /v1.",
        )
    if status == 429:
        return EngineError(
            f"The language server at {place} takes no more questions for now.",
            hint="Wait a while, or see whether the account's limit is used up.",
        )
    if status >= 500:
        return EngineError(
            f"The language server at {place} failed (error {status}).",
            hint="See what the server says; it may have run out of memory.",
        )
    return EngineError(
        f"The language server at {place} did not accept the question (error {status}).",
        hint="See whether `endpoint_url` leads to an OpenAI-compatible server.",
    )


def garbled(place: str) -> EngineError:
    """Say that the answer is none that we know."""
    return EngineError(
        f"What the language server at {place} sent cannot be understood.",
        hint="See whether `endpoint_url` leads to an OpenAI-compatible server.",
    )


def is_too_long(status: int, body: str) -> bool:
    """Tell a question that is too long from other mistakes."""
    return status in {400, 413, 422} and any(sign in body.casefold() for sign in _TOO_LONG)
