"""What every embedding engine promises, on all that there are."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from granola_like.engines.base import Embedder
from granola_like.engines.fake import FakeEmbedder
from granola_like.engines.host import open_embedder
from granola_like.errors import EngineError

TEXTS = ["Hire two engineers", "hire two people for engineering", "The weather was nice", ""]


@pytest.fixture(scope="module")
def minilm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedder]:
    from tests.conftest import MATERIAL

    pytest.importorskip("llama_cpp", reason="needs the extra `llama`")
    file = MATERIAL / "embedding" / "all-minilm-l6-v2-q8_0.gguf"
    if not file.exists():
        pytest.skip("needs the test material, which lies outside the repository")
    engine = open_embedder(str(file), models_dir=tmp_path_factory.mktemp("models"))
    yield engine
    engine.close()


@pytest.fixture(params=["fake", "minilm"])
def engine(request: pytest.FixtureRequest) -> Embedder:
    if request.param == "fake":
        return FakeEmbedder()
    found: Embedder = request.getfixturevalue(request.param)
    return found


def test_one_unit_vector_a_text_in_order(engine: Embedder) -> None:
    vectors = engine.embed(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), engine.dimensions)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    for text, vector in zip(TEXTS, vectors, strict=True):
        assert float(engine.embed([text])[0] @ vector) > 0.999


def test_common_words_lie_nearer_than_strangers(engine: Embedder) -> None:
    first, near, far, _ = engine.embed(TEXTS)
    assert first @ near > first @ far


def test_no_texts_give_no_vectors(engine: Embedder) -> None:
    assert engine.embed([]).shape == (0, engine.dimensions)


def test_a_long_text_counts_by_its_beginning(engine: Embedder) -> None:
    long = " ".join(["budget"] * 3000)
    assert np.isfinite(engine.embed([long])).all()
    assert float(engine.embed([long])[0] @ engine.embed(["budget " * 400])[0]) > 0.9


def test_many_texts_at_once(engine: Embedder) -> None:
    texts = [f"Line {number} of the notes" for number in range(40)]
    vectors = engine.embed(texts)
    assert float(engine.embed(texts[33:34])[0] @ vectors[33]) > 0.999


def test_a_file_that_is_no_model_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.gguf").write_bytes(b"GGUF" + bytes(500))
    engine = open_embedder(str(tmp_path / "a.gguf"), models_dir=tmp_path)
    with pytest.raises(EngineError):
        engine.embed(["text"])
    engine.close()
    (tmp_path / "b.gguf").write_bytes(b"PK\3\4")
    with pytest.raises(EngineError, match="not a GGUF file"):
        open_embedder(str(tmp_path / "b.gguf"), models_dir=tmp_path)
