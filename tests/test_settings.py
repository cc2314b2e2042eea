"""Settings: defaults that work, mistakes that are named, files of later versions left alone."""

import traceback
from pathlib import Path

import pytest

from granola_like.errors import SettingsError
from granola_like.settings import Settings, change_setting, load_settings


def test_without_a_file_everything_has_a_default(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.toml") == Settings()


def test_the_file_is_read_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('my_name = "Anna"\nlanguage = "ru"\n')
    monkeypatch.setenv("GRANOLA_LIKE_LANGUAGE", "en")
    settings = load_settings(file)
    assert (settings.my_name, settings.language) == ("Anna", "en")


def test_a_misspelt_setting_names_the_right_one(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("keep_sond = false")
    with pytest.raises(SettingsError, match="keep_sond") as caught:
        load_settings(file)
    assert "keep_sound" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('keep_sound = "perhaps"', "keep_sound"),
        ("keep_sound = ", "could not be read"),
        ("format = 2", "later version"),
        ('format = "x"', "later version"),
    ],
)
def test_a_setting_that_cannot_be_is_named(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text)
    with pytest.raises(SettingsError, match=told):
        load_settings(file)


def test_a_secret_is_not_shown_even_when_it_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("endpoint_key = 12345678")
    with pytest.raises(SettingsError, match="endpoint_key") as caught:
        load_settings(file)
    shown = "".join(traceback.format_exception(caught.value))
    assert "12345678" not in shown + caught.value.hint


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("Acme", ("Acme",)),
        ("Acme, Globex Inc,", ("Acme", "Globex Inc")),
        ('["Acme", "Globex, Inc"]', ("Acme", "Globex, Inc")),
        ("", ()),
    ],
)
def test_a_list_in_the_environment_is_words_with_commas_or_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, taken: tuple[str, ...]
) -> None:
    monkeypatch.setenv("GRANOLA_LIKE_GLOSSARY", given)
    assert load_settings(tmp_path / "settings.toml").glossary == taken


def test_a_list_in_the_environment_that_cannot_be_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRANOLA_LIKE_NOT_CALLS", '["Zoom')
    with pytest.raises(SettingsError, match="not_calls"):
        load_settings(tmp_path / "settings.toml")


def test_changing_one_keeps_the_rest_and_the_comments(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "settings.toml"
    change_setting(file, "my_name", "Anna")
    file.write_text("# mine\n" + file.read_text())
    assert change_setting(file, "glossary", ("Globex", "churn")).glossary == ("Globex", "churn")
    assert file.read_text().startswith("# mine\n")
    assert load_settings(file).my_name == "Anna"


def test_a_change_that_cannot_be_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    change_setting(file, "my_name", "Anna")
    before = file.read_bytes()
    with pytest.raises(SettingsError):
        change_setting(file, "keep_sound", "perhaps")
    with pytest.raises(SettingsError):
        change_setting(file, "nonsense", 1)
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["settings.toml"]


def test_a_file_of_a_later_version_is_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('format = 9\nsomething = "new"\n')
    with pytest.raises(SettingsError, match="later version"):
        change_setting(file, "my_name", "Anna")
    assert "something" in file.read_text()


@pytest.mark.parametrize(
    ("value", "way_out"),
    [("Russian", "did you mean “ru”"), ("en-US", "did you mean “en”"), ("klingon", "such as en")],
)
def test_a_language_that_is_none_is_told_with_the_nearest(
    tmp_path: Path, value: str, way_out: str
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f'language = "{value}"\n')
    with pytest.raises(SettingsError, match=way_out) as told:
        load_settings(file)
    assert "Value error" not in str(told.value)
    file.write_text('language = "RU"\nnote_language = "de"\n')
    settings = load_settings(file)
    assert (settings.language, settings.note_language) == ("ru", "de")
