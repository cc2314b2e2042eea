"""A language server: what is asked of it, and every way in which it can disappoint."""

import json
import logging
import socket
import sys
import threading
import time
import types
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from granola_like.engines.base import Request
from granola_like.engines.endpoint import USUAL_CONTEXT, Endpoint, Waiting, open_endpoint
from granola_like.engines.endpoint_key import endpoint_key
from granola_like.errors import EngineError
from tests.engines.endpoint_servers import Handler, chat, serving

ASK = Request(system="Be brief.", user="SECRET-WORDS were said", max_tokens=50)
SCHEMA = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}
QUICK = Waiting(connect_s=1, first_s=0.4, next_s=0.4, side_s=1)


OPENED: list[Endpoint] = []


def endpoint(url: str, **more: Any) -> Endpoint:
    OPENED.append(Endpoint(url, model="m-8b", **more))
    return OPENED[-1]


@pytest.fixture(autouse=True)
def closed_at_the_end() -> Iterator[None]:
    yield
    while OPENED:
        OPENED.pop().close()


def answer_of(model: Endpoint, request: Request = ASK) -> str:
    return "".join(model.write(request))


def test_an_answer_is_streamed() -> None:
    with serving(
        chat(lambda handler, _: handler.stream("Grüße, 你好 and more", pieces=9))
    ) as server:
        model = endpoint(server.url)
        pieces = [piece for piece in model.write(ASK) if piece]
    assert "".join(pieces) == "Grüße, 你好 and more"
    assert len(pieces) >= 9
    (body,) = server.questions()
    assert [one["role"] for one in body["messages"]] == ["system", "user"]
    assert body["stream"] is True
    assert (body["model"], body["max_tokens"], body["temperature"]) == ("m-8b", 50, 0.0)
    assert "response_format" not in body


def test_a_schema_and_stops_are_sent() -> None:
    with serving(chat(lambda handler, _: handler.stream('{"a": 1}'))) as server:
        request = Request(system="", user="?", schema=SCHEMA, stop=("END",), seed=7)
        assert json.loads(answer_of(endpoint(server.url), request)) == {"a": 1}
    (body,) = server.questions()
    assert body["response_format"]["json_schema"]["schema"] == SCHEMA
    assert (body["stop"], body["seed"]) == (["END"], 7)


def test_a_server_that_knows_no_schema_is_asked_without_and_not_tried_again() -> None:
    def reply(handler: Handler, body: Any) -> None:
        if "response_format" in body:
            handler.say(422, {"error": "response_format: unexpected"})
        else:
            handler.stream('{"a": 2}')

    with serving(chat(reply)) as server:
        model = endpoint(server.url)
        request = Request(system="", user="?", schema=SCHEMA)
        assert answer_of(model, request) == answer_of(model, request) == '{"a": 2}'
    kinds = [body.get("response_format", {}).get("type") for body in server.questions()]
    assert kinds == ["json_schema", "json_object", None, None]


def test_newer_names_are_learnt_from_the_refusal() -> None:
    def reply(handler: Handler, body: Any) -> None:
        if "max_tokens" in body:
            handler.say(400, {"error": "use 'max_completion_tokens' instead"})
        elif "temperature" in body:
            handler.say(400, {"error": "'temperature' does not support 0.0"})
        else:
            handler.stream("fine")

    with serving(chat(reply)) as server:
        assert answer_of(endpoint(server.url)) == "fine"
    assert server.questions()[-1]["max_completion_tokens"] == 50


def test_a_server_that_does_not_stream_is_understood() -> None:
    whole = {"choices": [{"message": {"content": "all at once"}}]}
    with serving(chat(lambda handler, _: handler.say(200, whole))) as server:
        assert answer_of(endpoint(server.url)) == "all at once"


@pytest.mark.parametrize(
    ("status", "body", "sentence"),
    [
        (401, {"error": "bad key"}, "does not accept the key"),
        (403, {}, "does not accept the key"),
        (404, {"error": "model 'm-8b' not found"}, "knows no model “m-8b”"),
        (429, {}, "takes no more questions"),
        (400, {"error": "This model's maximum context length is 10"}, "too long"),
        (400, {"error": "what?"}, "did not accept the question"),
        (500, "<html>oops SECRET-WORDS</html>", "failed \\(error 500\\)"),
        (503, {"error": "loading model"}, "failed \\(error 503\\)"),
        (302, {}, "did not accept the question"),
    ],
)
def test_each_refusal_is_a_sentence_and_is_not_repeated(
    status: int, body: Any, sentence: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(chat(lambda handler, _: handler.say(status, body))) as server:
        with pytest.raises(EngineError, match=sentence) as told:
            answer_of(endpoint(server.url, key="sk-hidden"))
        assert len(server.questions()) == 1
    assert told.value.hint
    assert "SECRET-WORDS" not in str(told.value) + caplog.text
    assert "sk-hidden" not in str(told.value) + caplog.text


def test_nobody_there_is_a_sentence() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(EngineError, match="No language server answers") as told:
        answer_of(endpoint(f"http://127.0.0.1:{port}"))
    assert "Start it" in told.value.hint


def break_off(handler: Handler, _: Any) -> None:
    handler.begin_stream()
    handler.event("half an ")


def stall(handler: Handler, _: Any) -> None:
    break_off(handler, _)
    time.sleep(1.5)


def say_nothing(handler: Handler, _: Any) -> None:
    time.sleep(1.5)


def fail_inside(handler: Handler, _: Any) -> None:
    break_off(handler, _)
    handler.line('data: {"error": {"message": "SECRET-WORDS out of memory"}}')


def garble(handler: Handler, _: Any) -> None:
    handler.begin_stream()
    handler.line("data: {not json")


def deep(handler: Handler, _: Any) -> None:
    handler.say(200, "[" * 100_000)


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (break_off, "broke off"),
        (stall, "sent nothing for"),
        (say_nothing, "sent nothing for"),
        (fail_inside, "failed in the middle"),
        (garble, "cannot be understood"),
        (deep, "cannot be understood"),
        (lambda handler, _: handler.say(200, {"choices": []}), "cannot be understood"),
        (lambda handler, _: handler.say(200, "<html>login</html>", "text/html"), "understood"),
    ],
)
def test_what_goes_wrong_in_the_middle_is_a_sentence(
    reply: Callable[[Handler, Any], None], sentence: str
) -> None:
    began = time.monotonic()
    with serving(chat(reply)) as server, pytest.raises(EngineError, match=sentence) as told:
        answer_of(endpoint(server.url, waiting=QUICK))
    assert time.monotonic() - began < 5
    assert "SECRET-WORDS" not in str(told.value)


def test_an_answer_without_end_is_left() -> None:
    def babble(handler: Handler, _: Any) -> None:
        handler.begin_stream()
        while True:
            handler.event("and again " * 20)

    with serving(chat(babble)) as server:
        assert len(answer_of(endpoint(server.url))) < 50 * 30
        assert server.left.wait(5)


def test_closing_the_answer_hangs_up_at_once() -> None:
    def slowly(handler: Handler, _: Any) -> None:
        handler.begin_stream()
        while True:
            handler.event("word ")
            time.sleep(0.05)

    with serving(chat(slowly)) as server:
        writing = endpoint(server.url).write(ASK)
        while not next(writing):
            pass
        began = time.monotonic()
        writing.close()  # type: ignore[attr-defined]
        # It takes milliseconds, but the machine may be busy; the server would go on for ever.
        assert time.monotonic() - began < 1
        assert server.left.wait(5)


def test_a_silent_server_gives_signs_of_life_so_that_it_can_be_left() -> None:
    may_end = threading.Event()

    def stay_silent(_handler: Handler, _: Any) -> None:
        may_end.wait(60)

    with serving(chat(stay_silent)) as server:
        try:
            writing = endpoint(server.url).write(ASK)
            assert next(writing) == ""
            began = time.monotonic()
            assert next(writing) == ""
            writing.close()  # type: ignore[attr-defined]
            assert time.monotonic() - began < 5
        finally:
            may_end.set()


def test_only_the_given_address_is_contacted(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(chat(lambda handler, _: handler.stream("elsewhere"))) as other:

        def away(handler: Handler, _: Any) -> None:
            handler.send_response(307)
            handler.send_header("location", f"{other.url}/v1/chat/completions")
            handler.send_header("content-length", "0")
            handler.end_headers()

        monkeypatch.setenv("HTTP_PROXY", other.url)
        monkeypatch.setenv("ALL_PROXY", other.url)
        with serving(chat(away)) as server, pytest.raises(EngineError, match="error 307"):
            answer_of(endpoint(server.url))
        assert server.questions()
        assert other.seen == []


# -- what it knows of itself ------------------------------------------------------------------


def test_tokens_are_counted_by_the_server_where_it_can() -> None:
    def answer(handler: Handler, body: Any) -> None:
        if handler.path == "/tokenize":
            handler.say(200, {"tokens": list(body["content"].split())})
        else:
            handler.say(404, {})

    with serving(answer) as server:
        model = endpoint(server.url)
        assert model.count_tokens("one two three") == 3
        assert model.count_tokens("one two") == 2
    assert server.seen[0][3]["content"] == "a word"


def test_a_connection_that_was_closed_meanwhile_is_opened_again() -> None:
    def answer(handler: Handler, _: Any) -> None:
        handler.say(200, {"tokens": [1, 2, 3]})  # and the connection ends, unannounced

    with serving(answer) as server:
        model = endpoint(server.url)
        for _ in range(30):
            assert model.count_tokens("one two") == 3
            time.sleep(0.01)


def test_tokens_are_estimated_where_the_server_cannot_count_and_it_is_shown_no_words() -> None:
    with serving(chat(lambda handler, _: handler.stream("x"))) as server:
        model = endpoint(server.url)
        assert model.count_tokens("SECRET-WORDS were said") >= 5
    assert "SECRET" not in str(server.seen)


@pytest.mark.parametrize(
    ("path", "facts", "context"),
    [
        ("/props", {"default_generation_settings": {"n_ctx": 8192}}, 8192),
        ("/v1/models", {"data": [{"id": "m-8b", "max_model_len": 32768}]}, 32768),
        ("/v1/models", {"data": [{"id": "other", "max_model_len": 32768}]}, USUAL_CONTEXT),
        ("/v1/models", {"data": "?"}, USUAL_CONTEXT),
        ("/none", {}, USUAL_CONTEXT),
    ],
)
def test_the_context_is_what_the_server_says(path: str, facts: Any, context: int) -> None:
    def answer(handler: Handler, _: Any) -> None:
        handler.say(200, facts) if handler.path == path else handler.say(404, {})

    with serving(answer) as server:
        model = endpoint(server.url)
        assert model.context_tokens == context
        assert endpoint(server.url, context_tokens=99).context_tokens == 99


def test_what_does_not_fit_is_refused_before_it_is_sent() -> None:
    with serving(chat(lambda handler, _: handler.stream("x"))) as server:
        with pytest.raises(EngineError, match="too long"):
            answer_of(endpoint(server.url, context_tokens=60))
        assert server.questions() == []


@pytest.mark.parametrize(
    "url",
    ["", "localhost:11434", "ftp://host/v1", "http://", "https://me:pw@host/v1", "http://[::"],
)
def test_an_address_that_cannot_be_one_is_refused(url: str) -> None:
    with pytest.raises(EngineError, match="address"):
        open_endpoint(url, model="m")


def test_a_model_must_be_named() -> None:
    with pytest.raises(EngineError, match="Which model"):
        open_endpoint("http://localhost:1/v1", model=" ")


@pytest.mark.parametrize("path", ["", "/", "/v1", "/v1/", "/v1/chat/completions"])
def test_addresses_may_be_given_in_several_ways(path: str) -> None:
    with serving(chat(lambda handler, _: handler.stream("found"))) as server:
        assert answer_of(endpoint(server.url + path)) == "found"


# -- the key ----------------------------------------------------------------------------------


def test_a_key_is_sent_and_never_shown() -> None:
    with serving(chat(lambda handler, _: handler.stream("x"))) as server:
        model = endpoint(server.url, key="sk-hidden")
        answer_of(model)
    chats = [headers for _, path, headers, _ in server.seen if path.endswith("completions")]
    sent = {name.lower(): value for name, value in chats[0].items()}
    assert sent["authorization"] == "Bearer sk-hidden"
    assert "sk-hidden" not in repr(model)


def test_the_environment_wins_over_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    assert endpoint_key("http://localhost/v1", setting="from settings") == "from settings"
    monkeypatch.setenv("GRANOLA_LIKE_ENDPOINT_KEY", "from outside")
    assert endpoint_key("http://localhost/v1", setting="from settings") == "from outside"


def test_the_keyring_is_asked_last(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = types.ModuleType("keyring")
    kept = {("granola-like endpoint", "http://localhost/v1"): "from keyring"}
    keyring.get_password = lambda service, name: kept.get((service, name))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    assert endpoint_key("http://localhost/v1/") == "from keyring"
    assert endpoint_key("http://elsewhere/v1") is None
    assert endpoint_key("http://localhost/v1", setting="from settings") == "from settings"


def test_no_keyring_and_a_broken_one_are_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert endpoint_key("http://localhost/v1") is None
    broken = types.ModuleType("keyring")
    monkeypatch.setitem(sys.modules, "keyring", broken)
    assert endpoint_key("http://localhost/v1") is None
