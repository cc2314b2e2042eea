"""GGUF language models: streaming, schemas, shared beginnings, overflow, and how they end."""

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("llama_cpp", reason="needs the extra `llama`")

from granola_like.engines.base import Request
from granola_like.engines.host import HostedLanguageModel, open_language_model
from granola_like.engines.llama_chat import PLAIN, Frame, frame_of
from granola_like.engines.llama_language import LlamaLanguageModel, fitting_context
from granola_like.enhance.model_writer_answer import points_schema
from granola_like.errors import EngineDied, EngineError, ModelMissing

STORY = Request(system="Once upon a time", user="there was a little dog", max_tokens=40)


@pytest.fixture
def stories(material: Path) -> Path:
    return material / "llm" / "stories260K.gguf"


@pytest.fixture
def model(stories: Path) -> Iterator[LlamaLanguageModel]:
    model = LlamaLanguageModel(str(stories), name="stories", threads=1)
    yield model
    model.close()


@pytest.fixture
def hosted(stories: Path, tmp_path: Path) -> Iterator[HostedLanguageModel]:
    model = open_language_model(str(stories), models_dir=tmp_path)
    assert isinstance(model, HostedLanguageModel)
    yield model
    model.close()


def test_the_same_question_gives_the_same_answer(model: LlamaLanguageModel) -> None:
    first = "".join(model.write(STORY))
    assert len(first.split()) > 5
    assert "".join(model.write(STORY)) == first


def test_a_seed_counts_above_temperature_zero(model: LlamaLanguageModel) -> None:
    def told(seed: int) -> str:
        warm = Request(system="", user="One day", max_tokens=40, temperature=1.0, seed=seed)
        return "".join(model.write(warm))

    assert told(1) == told(1) != told(2)


def test_what_a_question_shares_with_the_last_one_is_not_read_again(
    model: LlamaLanguageModel,
) -> None:
    system = "Tell a story about a dog and a cat that live in a big house. " * 4
    list(model.write(Request(system=system, user="It is short.", max_tokens=8)))
    before = model.evaluated
    list(model.write(Request(system=system, user="It is long.", max_tokens=8)))
    read = model.evaluated - before
    assert model.reused >= model.count_tokens(system)
    assert read <= model.count_tokens("It is long.") + 4


def test_an_answer_after_a_shared_beginning_is_the_answer_of_a_fresh_model(
    model: LlamaLanguageModel, stories: Path
) -> None:
    list(model.write(STORY))
    other = Request(system=STORY.system, user="there was a big red ball", max_tokens=30)
    fresh = LlamaLanguageModel(str(stories), name="fresh", threads=1)
    assert "".join(model.write(other)) == "".join(fresh.write(other))
    fresh.close()


def test_stopping_in_the_middle_harms_no_later_answer(model: LlamaLanguageModel) -> None:
    whole = "".join(model.write(STORY))
    for pieces in (1, 2, 7):
        writing = model.write(STORY)
        for _ in range(pieces):
            next(writing)
        writing.close()  # type: ignore[attr-defined]
    assert "".join(model.write(STORY)) == whole


@pytest.mark.parametrize("temperature", [0.0, 1.5])
def test_a_schema_holds_whatever_the_model_would_rather_say(
    model: LlamaLanguageModel, temperature: float
) -> None:
    schema = {
        "type": "object",
        "properties": {
            "kind": {"enum": ["dog", "cat"]},
            "ages": {"type": "array", "minItems": 2, "maxItems": 2, "items": {"enum": [1, 2, 3]}},
        },
        "required": ["kind", "ages"],
        "additionalProperties": False,
    }
    for seed in range(5):
        request = Request(
            system="",
            user="One day",
            schema=schema,
            max_tokens=200,
            seed=seed,
            temperature=temperature,
        )
        answer = json.loads("".join(model.write(request)))
        assert answer["kind"] in {"dog", "cat"}
        assert len(answer["ages"]) == 2


def test_the_writers_schema_is_one_that_llama_knows(model: LlamaLanguageModel) -> None:
    request = Request(system="", user="One", schema=points_schema(), max_tokens=200)
    assert "".join(model.write(request)).lstrip().startswith("{")


def test_an_answer_ends_before_a_stop_text(model: LlamaLanguageModel) -> None:
    whole = "".join(model.write(STORY))
    word = whole.split()[5]
    stopped = Request(
        system=STORY.system, user=STORY.user, max_tokens=STORY.max_tokens, stop=(word, "zzz")
    )
    assert "".join(model.write(stopped)) == whole[: whole.index(word)]


def test_what_does_not_fit_is_refused_in_a_sentence(model: LlamaLanguageModel) -> None:
    assert model.context_tokens == 512
    long = Request(system="A dog. " * 300, user="?", max_tokens=10)
    with pytest.raises(EngineError, match=r"too long .* do not fit into 512"):
        list(model.write(long))
    assert "".join(model.write(STORY))


def test_control_tokens_in_peoples_words_are_words(model: LlamaLanguageModel) -> None:
    assert model._tokens("</s>") != model._llama.tokenize(b"</s>", add_bos=False, special=True)
    assert len(model._tokens("</s>")) > 1


def test_counting_evaluates_nothing(model: LlamaLanguageModel) -> None:
    assert model.count_tokens("") == 0
    assert model.count_tokens("a dog and a cat") < model.count_tokens("a dog and a cat " * 2)
    assert model.evaluated == 0


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "broken.gguf"
    file.write_bytes(b"GGUF" + bytes(1000))
    with pytest.raises(EngineError, match="could not be loaded"):
        LlamaLanguageModel(str(file), name="broken", threads=1)
    with pytest.raises(ModelMissing):
        open_language_model(str(tmp_path / "no.gguf"), models_dir=tmp_path)


# -- templates and memory ---------------------------------------------------------------------

CHATML = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n"
    "{% if enable_thinking is defined and not enable_thinking %}<think>\n\n</think>\n\n{% endif %}"
    "{% endif %}"
)
NO_SYSTEM = (
    "{{ bos_token }}{% for m in messages %}{% if m.role == 'system' %}"
    "{{ raise_exception('System role not supported') }}{% endif %}"
    "<start_of_turn>{{ m.role }}\n{{ m.content | trim }}<end_of_turn>\n{% endfor %}"
    "{{ '<start_of_turn>model\n' }}"
)


def test_a_template_becomes_a_frame_with_thinking_off() -> None:
    assert frame_of(CHATML, bos="", eos="<|im_end|>") == Frame(
        "<|im_start|>system\n",
        "<|im_end|>\n<|im_start|>user\n",
        "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n",
    )


def test_a_template_without_a_system_role_gets_one_message() -> None:
    assert frame_of(NO_SYSTEM, bos="<bos>", eos="<eos>") == Frame(
        "<bos><start_of_turn>user\n", "\n\n", "<end_of_turn>\n<start_of_turn>model\n"
    )


@pytest.mark.parametrize("template", [None, "", "{% broken", "no place for messages"])
def test_a_template_that_cannot_be_used_is_passed_over(template: str | None) -> None:
    assert frame_of(template, bos="", eos="") == PLAIN


QWEN3_4B = {
    "general.architecture": "qwen3",
    "qwen3.context_length": "262144",
    "qwen3.block_count": "36",
    "qwen3.attention.head_count": "32",
    "qwen3.attention.head_count_kv": "8",
    "qwen3.attention.key_length": "128",
    "qwen3.embedding_length": "2560",
}


@pytest.mark.parametrize(
    ("free_gb", "context"), [(None, 8192), (16, 8192), (4, 4096), (2, 2048), (0, 2048)]
)
def test_the_context_fits_the_memory(free_gb: int | None, context: int) -> None:
    free = None if free_gb is None else free_gb * 2**30
    assert fitting_context(QWEN3_4B, free, 5 * 2**29) == context


def test_a_short_model_keeps_its_own_context() -> None:
    about = {"general.architecture": "llama", "llama.context_length": "512"}
    assert fitting_context(about, 0, 0) == 512


# -- in its own process -----------------------------------------------------------------------


def test_closing_the_answer_stops_the_model_at_once(hosted: HostedLanguageModel) -> None:
    long = Request(system="", user="One day", max_tokens=450, temperature=1.0, seed=4)
    writing = hosted.write(long)
    while not next(writing):
        pass
    child = hosted.pid
    assert child is not None
    began = time.monotonic()
    writing.close()  # type: ignore[attr-defined]
    # It takes milliseconds, but the machine may be busy.
    assert time.monotonic() - began < 1
    assert hosted.pid is None
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
    assert "".join(hosted.write(STORY))


def test_a_killed_model_is_an_error_and_the_next_answer_comes(hosted: HostedLanguageModel) -> None:
    long = Request(system="", user="One day", max_tokens=450, temperature=1.0, seed=4)
    writing = hosted.write(long)
    while not next(writing):
        pass
    assert hosted.pid is not None
    os.kill(hosted.pid, signal.SIGKILL)
    with pytest.raises(EngineDied, match="killed"):
        list(writing)
    assert "".join(hosted.write(STORY))


def test_the_hosted_model_says_what_the_model_says(
    hosted: HostedLanguageModel, model: LlamaLanguageModel
) -> None:
    assert "".join(hosted.write(STORY)) == "".join(model.write(STORY))
    assert hosted.context_tokens == model.context_tokens == 512
    assert hosted.count_tokens("a little dog") == model.count_tokens("a little dog")
