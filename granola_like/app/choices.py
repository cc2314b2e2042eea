"""What the person chooses, written where it belongs."""

from typing import Any

from granola_like import paths
from granola_like.settings import Settings, change_setting, load_settings


def change(name: str, value: Any) -> Settings:
    """Change one setting and return what holds then. Raises SettingsError; then nothing changed.

    A server's key goes into the system's keyring where there is one, else into the file.
    """
    file = paths.settings_file()
    if name == "endpoint_key" and value:
        from granola_like.engines.endpoint_key import keep_in_keyring

        if keep_in_keyring(load_settings(file).endpoint_url, value):
            value = ""
    settings = change_setting(file, name, value)
    if name == "launch_at_login":
        _launch_at_login(on=bool(value))
    return settings


def _launch_at_login(*, on: bool) -> None:
    from granola_like.app.login import this_login

    this_login().turn(on=on)
