"""What a person may change: one TOML file, every default working as it stands."""

import difflib
import json
import tempfile
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

import tomlkit
from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from tomlkit.exceptions import TOMLKitError

from granola_like.domain.languages import LANGUAGES, nearest_language
from granola_like.errors import SettingsError

FORMAT = 1
"""Of the file; a file with a higher one is never read or overwritten."""


WriterName: TypeAlias = Literal["extractive", "local", "endpoint"]
"""The extractive writer needs no model; `local` and `endpoint` ask a language model."""

SoundFormat: TypeAlias = Literal["flac", "opus"]
"""`flac` keeps every sample; `opus` takes a quarter of the room, once a recording was heard."""
ThemeName: TypeAlias = Literal["system", "light", "dark"]
InterfaceLanguage: TypeAlias = Literal["auto", "en", "ru"]
"""`auto` is the system's, where we speak it, else English."""


def _parted(value: Any) -> Any:
    """Take "Acme, Globex" for a list, as the environment gives it; JSON works, too."""
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("["):
        return json.loads(value)
    return [part.strip() for part in value.split(",") if part.strip()]


Words: TypeAlias = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_parted)]
"""A list in the file; in the environment a list with commas between, or JSON."""


def _a_language(value: Any) -> Any:
    """Take a code in any case of letters; say which one was meant by another word."""
    if not isinstance(value, str):
        return value
    code = value.strip().lower()
    if code == "auto" or code in LANGUAGES:
        return code
    near = nearest_language(code)
    raise ValueError(
        f"it is no language's code; did you mean “{near}”?"
        if near
        else "it is no language's code; give one such as en, de or ru, or auto"
    )


LanguageCode: TypeAlias = Annotated[str, BeforeValidator(_a_language)]
"""A code that Whisper knows, or auto."""


class Settings(BaseSettings):
    """The person's choices. `GRANOLA_LIKE_SPEECH_MODEL=…` and so on override the file."""

    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(
        env_prefix="GRANOLA_LIKE_", extra="forbid", frozen=True, hide_input_in_errors=True
    )

    speech_model: str = Field("auto", description="A model's name or folder; auto: the best here.")
    live_model: str = Field("auto", description="The same, for captions during a meeting.")
    embedding_model: str = Field("auto", description="The same, for meaning; none switches it off.")
    language: LanguageCode = Field(
        "auto", description="What is spoken, for example en or ru, or auto."
    )
    template: str = Field("auto", description="A template's name, or auto: chosen by the meeting.")
    writer: WriterName = Field("extractive", description="Who writes the points.")
    language_model: str = Field("auto", description="A model's name or GGUF file, for `local`.")
    endpoint_url: str = Field("", description="An OpenAI-compatible server, for `endpoint`.")
    endpoint_model: str = Field("", description="The model's name there.")
    endpoint_key: SecretStr = Field(SecretStr(""), description="Its key, where it wants one.")
    endpoint_context: int = Field(0, ge=0, description="Tokens it holds; 0 asks the server.")
    note_language: LanguageCode = Field(
        "auto", description="Notes are written in; auto: as spoken."
    )
    my_name: str = Field("Me", description="How your own lines in a transcript are signed.")
    microphone: str = Field("auto", description="The device for your side, by its name.")
    speaker: str = Field("auto", description="The device whose sound is the other side.")
    not_calls: Words = Field((), description="Programs that never are a call.")
    keep_sound: bool = Field(True, description="Keep a copy of imported sound in the library.")
    sound_format: SoundFormat = Field("flac", description="Of kept recordings: flac or opus.")
    live_captions: bool = Field(True, description="Show what is said during a meeting.")
    sound_days: int = Field(0, ge=0, description="Delete sound after so many days; 0: never.")
    trash_days: int = Field(0, ge=0, description="Empty the trash after so many days; 0: never.")
    launch_at_login: bool = Field(False, description="Start with the computer, in the tray.")
    high_contrast: bool = Field(False, description="Stronger colours in the window.")
    hotkey: str = Field("", description="A key that records from anywhere, such as Ctrl+Alt+R.")
    theme: ThemeName = Field("system", description="How the window looks: light or dark.")
    interface_language: InterfaceLanguage = Field("auto", description="The window's words.")
    glossary: Words = Field((), description="Names and terms that you use a lot.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file, and nothing else speak."""
        return env_settings, init_settings


def load_settings(file: Path) -> Settings:
    """Read the file; where there is none, nobody has changed anything yet.

    Raises SettingsError with the line or the nearest name when something in it cannot be.
    """
    given = _read(file)
    _refuse_newer(given, file)
    given.pop("format", None)
    for name in given:
        if name not in Settings.model_fields:
            near = difflib.get_close_matches(name, Settings.model_fields, n=1)
            raise SettingsError(
                f"There is no setting “{name}”.",
                hint=f"Did you mean “{near[0]}”?" if near else f"Remove it from {file}.",
            )
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        why = str(first["msg"]).removeprefix("Value error, ").rstrip(".")
        raise SettingsError(
            f"The setting “{name}” cannot be {_shown(name, first['input'])}: {why}.",
            hint=f"Change it in {file} or in the environment.",
        ) from error


def change_setting(file: Path, name: str, value: Any) -> Settings:
    """Write one setting, keep the person's comments and order, and return what holds then.

    Raises SettingsError, and leaves the file as it was, when the value cannot be.
    """
    given = _read(file)
    _refuse_newer(given, file)
    document = tomlkit.parse(file.read_text("utf-8")) if file.exists() else tomlkit.document()
    document["format"] = FORMAT
    document[name] = list(value) if isinstance(value, tuple) else value
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        draft = Path(folder) / file.name
        draft.write_text(tomlkit.dumps(document), "utf-8")
        settings = load_settings(draft)
        draft.replace(file)
    return settings


def _shown(name: str, value: object) -> str:
    field = Settings.model_fields.get(name)
    is_secret = field is not None and field.annotation is SecretStr
    return "what it is" if is_secret else repr(value)


def _read(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    try:
        return dict(tomlkit.parse(file.read_text("utf-8")).unwrap())
    except (TOMLKitError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(
            f"The settings in {file} could not be read: {error}.",
            hint="Correct the file, or move it away to start with the defaults.",
        ) from error


def _refuse_newer(given: dict[str, Any], file: Path) -> None:
    written = given.get("format", FORMAT)
    if not isinstance(written, int) or written > FORMAT:
        raise SettingsError(
            f"The settings in {file} were written by a later version.",
            hint="Update granola_like; the file was not touched.",
        )
