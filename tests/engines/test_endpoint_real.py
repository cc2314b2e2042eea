"""The endpoint against a server around a real model, and its estimates against real tokenizers."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from granola_like.engines.base import Request
from granola_like.engines.endpoint import Endpoint
from granola_like.engines.endpoint_tokens import most_tokens
from granola_like.errors import EngineError
from tests.engines.endpoint_servers import Handler, Server, serving

llama_cpp = pytest.importorskip("llama_cpp", reason="needs the extra `llama`")

VOCABULARIES = ("ggml-vocab-gpt-2", "ggml-vocab-llama-spm", "ggml-vocab-phi-3")
RUSSIAN = (
    "Ну, в общем, мы решили перенести запуск на пятнадцатое марта, потому что Борис не успевает. "
    "Бюджет сто двадцать тысяч евро, и это без учёта рекламы."
)


@pytest.fixture
def server(material: Path) -> Iterator[Server]:
    """Speak like llama-server, with the tiny model of stories."""
    llama = llama_cpp.Llama(
        str(material / "llm" / "stories260K.gguf"),
        n_ctx=512,
        n_threads=1,
        verbose=False,
        chat_format="alpaca",
    )

    def answer(handler: Handler, body: Any) -> None:
        if handler.path == "/props":
            handler.say(200, {"default_generation_settings": {"n_ctx": 512}})
        elif handler.path == "/tokenize":
            tokens = llama.tokenize(body["content"].encode(), add_bos=False)
            handler.say(200, {"tokens": tokens})
        elif handler.path == "/v1/chat/completions":
            talk(handler, body)
        else:
            handler.say(404, {})

    def talk(handler: Handler, body: Any) -> None:
        shape = body.get("response_format")
        if shape is not None:
            shape = {"type": "json_object", "schema": shape["json_schema"]["schema"]}
        given = {name: body[name] for name in ("messages", "max_tokens", "temperature", "seed")}
        handler.begin_stream()
        for chunk in llama.create_chat_completion(**given, response_format=shape, stream=True):
            handler.line(f"data: {json.dumps(chunk)}")
        handler.line("data: [DONE]")

    with serving(answer) as running:
        yield running
    llama.close()


def test_a_real_model_answers_counts_and_keeps_to_a_schema(server: Server) -> None:
    model = Endpoint(server.url, model="stories")
    assert model.context_tokens == 512
    assert model.count_tokens("a little dog") >= 3
    told = "".join(model.write(Request(system="Tell.", user="A dog.", max_tokens=40)))
    assert len(told.split()) > 5
    schema = {
        "type": "object",
        "properties": {"kind": {"enum": ["dog", "cat"]}},
        "required": ["kind"],
        "additionalProperties": False,
    }
    request = Request(system="", user="Which?", max_tokens=40, schema=schema)
    assert json.loads("".join(model.write(request)))["kind"] in {"dog", "cat"}
    with pytest.raises(EngineError, match="too long"):
        list(model.write(Request(system="", user="dog " * 600, max_tokens=10)))
    model.close()


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_the_estimate_is_above_real_tokenizers_on_speech(material: Path, vocabulary: str) -> None:
    with gzip.open(material / "terse_notes" / "val.jsonl.gz", "rt", encoding="utf-8") as file:
        meetings = [json.loads(line) for line in file]
    llama = llama_cpp.Llama(
        str(material / "llm" / f"{vocabulary}.gguf"), vocab_only=True, verbose=False
    )
    texts = ["120,000 – 3.5 % of €1,250,000 (Q3/2026)"]
    if "gpt-2" not in vocabulary:  # which knows no Cyrillic letter
        texts.append(RUSSIAN)
    for meeting in meetings:
        said = [one["text"] for one in meeting["utterances"]]
        texts += [" ".join(said[at : at + 40]) for at in range(0, min(len(said), 400), 40)]
    for text in texts:
        real = len(llama.tokenize(text.encode(), add_bos=False))
        assert real <= most_tokens(text) <= 4 * real
    llama.close()
