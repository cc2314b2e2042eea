"""Which of the models that are here is used after a call, when nobody has said."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like.model_store.machine import Machine
from granola_like.model_store.suggest import best_here
from granola_like_models.catalogue import Model, catalogue

LAPTOP = Machine(processor="x", threads=4, memory_megabytes=16_000)
SPEECH = {model.name: model for model in catalogue() if model.kind == "speech"}


def here(*names: str) -> list[Model]:
    return [SPEECH[name] for name in ("tiny-synthetic", *names)]


def cost(name: str) -> float:
    found = SPEECH[name].relative_cost
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("names", "dearest", "memory", "chosen"),
    [
        (("tiny", "small", "large-v3"), cost("small"), 16_000, "small"),
        (("tiny", "small", "large-v3"), 1e6, 16_000, "large-v3"),
        (("tiny", "small", "large-v3"), 1e6, 3_500, "small"),
        (("small", "large-v3"), 0.1, 16_000, "small"),
        (("base",), None, None, "base"),
        (("base", "large-v3"), None, None, "base"),
        ((), 1e6, 16_000, None),
    ],
)
def test_the_most_careful_one_that_can_be_afforded(
    names: tuple[str, ...], dearest: float | None, memory: int | None, chosen: str | None
) -> None:
    machine = replace(LAPTOP, memory_megabytes=memory)
    found = best_here(here(*names), machine, dearest=dearest)
    assert (found and found.name) == chosen


def test_a_model_of_english_alone_is_for_english_meetings() -> None:
    english = next(one for one in SPEECH.values() if one.languages == ("en",) and not one.bundled)
    models = [*here("tiny"), english]
    for language in (None, "ru"):
        found = best_here(models, LAPTOP, dearest=1e6, language=language)
        assert found is not None
        assert found.name == "tiny"
    found = best_here(models, LAPTOP, dearest=1e6, language="en")
    assert found is not None
    assert found.name == english.name


@given(st.sets(st.sampled_from(sorted(SPEECH)), min_size=1), st.floats(0, 100))
def test_it_is_one_of_those_here(names: set[str], dearest: float) -> None:
    models = [SPEECH[name] for name in names]
    found = best_here(models, LAPTOP, dearest=dearest)
    people = [one for one in models if one.bundled is None and one.relative_cost]
    assert (found is None) == (not people)
    assert found is None or found in people
