"""What servers that call themselves OpenAI-compatible understand differently."""

import logging
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from granola_like.engines.base import Request
from granola_like.engines.endpoint_trouble import is_too_long

logger = logging.getLogger(__name__)

Form: TypeAlias = Literal["json_schema", "json_object", "none"]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How to say what we would like, so that this server understands it."""

    form: Form = "json_schema"
    """How the schema is sent; llama-cpp-python's own server knows `json_object` only."""
    limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    temperature: bool = True
    seed: bool = True

    def body(self, model: str, request: Request) -> dict[str, Any]:
        """Give the question as it is sent."""
        body: dict[str, Any] = {
            "model": model,
            "messages": [
                {"role": "system", "content": request.system},
                {"role": "user", "content": request.user},
            ],
            self.limit: request.max_tokens,
            "stream": True,
        }
        if self.temperature:
            body["temperature"] = request.temperature
        if self.seed:
            body["seed"] = request.seed
        if request.stop:
            body["stop"] = list(request.stop)
        if request.schema is not None and self.form == "json_schema":
            shape = {"name": "answer", "strict": True, "schema": request.schema}
            body["response_format"] = {"type": "json_schema", "json_schema": shape}
        elif request.schema is not None and self.form == "json_object":
            body["response_format"] = {"type": "json_object", "schema": request.schema}
        return body

    def simpler(self, status: int, said: str, body: dict[str, Any]) -> "Dialect | None":
        """Choose other words after a refusal; None where these were not the reason."""
        if status not in {400, 422} or is_too_long(status, said):
            return None
        if "max_completion_tokens" in said and self.limit == "max_tokens":
            return replace(self, limit="max_completion_tokens")
        if "temperature" in said and self.temperature:
            return replace(self, temperature=False)
        if "seed" in said and self.seed:
            return replace(self, seed=False)
        if "response_format" in body:
            weaker: Form = "json_object" if self.form == "json_schema" else "none"
            logger.info("the language server takes no %s", self.form)
            return replace(self, form=weaker)
        return None
