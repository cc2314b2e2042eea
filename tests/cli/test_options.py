"""What options take, and what they refuse with the way out."""

import click
import pytest

from granola_like.cli.languages import LANGUAGES, Language
from granola_like.cli.main import commands


def test_languages_are_those_that_whisper_knows() -> None:
    tokenizer = pytest.importorskip("faster_whisper.tokenizer")
    assert set(LANGUAGES) == set(tokenizer._LANGUAGE_CODES)


@pytest.mark.parametrize(
    ("given", "taken"), [("en", "en"), ("RU ", "ru"), ("yue", "yue"), ("auto", "auto")]
)
def test_a_code_is_taken(given: str, taken: str) -> None:
    assert Language().convert(given, None, None) == taken


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("klingon", "such as en"),
        ("Russian", "“ru”"),
        ("germna", "“de”"),
        ("pt-BR", "“pt”"),
        ("", "such as en"),
    ],
)
def test_what_is_no_code_is_refused_with_the_nearest(given: str, told: str) -> None:
    with pytest.raises(click.BadParameter, match="no language's code") as caught:
        Language().convert(given, None, None)
    assert told in caught.value.message
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("command", "option"),
    [("transcribe", "language"), ("import", "language"), ("enhance", "note_language")],
)
def test_every_command_asks_for_a_language_alike(command: str, option: str) -> None:
    found = commands.get_command(click.Context(commands), command)
    assert found is not None
    (one,) = (param for param in found.params if param.name == option)
    assert isinstance(one.type, Language)
