"""What every language model promises, on all that there are."""

import json
import time
from collections.abc import Iterator

import pytest

from granola_like.engines.base import LanguageModel, Request
from granola_like.engines.fake import FakeLanguageModel
from granola_like.engines.host import HostedLanguageModel, open_language_model
from granola_like.errors import EngineError

TALE = Request(system="You tell tales.", user="Once upon a time", max_tokens=40)


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageModel]:
    from tests.conftest import MATERIAL

    pytest.importorskip("llama_cpp", reason="needs the extra `llama`")
    file = MATERIAL / "llm" / "stories260K.gguf"
    if not file.exists():
        pytest.skip("needs the test material, which lies outside the repository")
    engine = open_language_model(str(file), models_dir=tmp_path_factory.mktemp("models"))
    yield engine
    engine.close()


@pytest.fixture(params=["fake", "stories"])
def engine(request: pytest.FixtureRequest) -> LanguageModel:
    if request.param == "fake":
        return FakeLanguageModel(["There was a cat. It sat on a mat. " * 5])
    found: LanguageModel = request.getfixturevalue(request.param)
    return found


def test_it_writes_in_pieces_within_the_limit(engine: LanguageModel) -> None:
    pieces = [piece for piece in engine.write(TALE) if piece]
    assert len(pieces) > 1
    assert engine.count_tokens("".join(pieces)) <= TALE.max_tokens + 4


def test_it_counts_and_knows_its_context(engine: LanguageModel) -> None:
    assert engine.context_tokens >= 256
    assert engine.count_tokens("") == 0
    assert 0 < engine.count_tokens("a b") < engine.count_tokens("a b c d e f g h")


def test_too_long_a_question_is_refused_before_the_work(engine: LanguageModel) -> None:
    with pytest.raises(EngineError, match="too long"):
        list(engine.write(Request(system="", user="word " * 20_000)))


def test_the_same_question_and_seed_give_the_same_answer() -> None:
    for made in (FakeLanguageModel(["one answer"]),):
        assert "".join(made.write(TALE)) == "".join(made.write(TALE)) == "one answer"


def test_a_model_repeats_itself_with_the_same_seed(stories: LanguageModel) -> None:
    assert "".join(stories.write(TALE)) == "".join(stories.write(TALE))


def test_a_schema_binds_even_a_model_that_follows_nothing(stories: LanguageModel) -> None:
    schema = {
        "type": "object",
        "properties": {"kind": {"enum": ["a", "b"]}},
        "required": ["kind"],
        "additionalProperties": False,
    }
    text = "".join(stories.write(Request(system="", user="x", schema=schema, max_tokens=60)))
    assert json.loads(text)["kind"] in ("a", "b")


def test_a_stop_text_ends_the_answer() -> None:
    engine = FakeLanguageModel(["first line\nsecond line"])
    assert "".join(engine.write(Request(system="", user="x", stop=("\n",)))) == "first line"


def test_stopping_is_quick(stories: LanguageModel) -> None:
    assert isinstance(stories, HostedLanguageModel)
    writing = stories.write(Request(system="", user="Once", max_tokens=400))
    next(piece for piece in writing if piece)
    begun = time.monotonic()
    writing.close()  # type: ignore[attr-defined]
    # It takes milliseconds, but the machine may be busy.
    assert time.monotonic() - begun < 1
    assert stories.pid is None
    assert [piece for piece in stories.write(TALE) if piece]


def test_the_fake_answers_in_turn_and_remembers_the_questions() -> None:
    engine = FakeLanguageModel(["one", "two"])
    assert ["".join(engine.write(TALE)) for _ in range(3)] == ["one", "two", "one"]
    assert engine.asked == [TALE] * 3
    assert "".join(FakeLanguageModel(lambda asked: asked.user).write(TALE)) == TALE.user
