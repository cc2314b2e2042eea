"""Starting with the computer: what each system is told, and that it is taken back."""

import configparser
import plistlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like.app.login import Autostart, LaunchAgent, RunKey, this_login
from granola_like.errors import SettingsError


def test_linux_starts_us_at_login_and_no_longer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    login = this_login()
    assert not login.is_on()
    login.turn(on=True)
    login.turn(on=True)
    assert login.is_on()
    entry = configparser.RawConfigParser()
    entry.optionxform = str  # type: ignore[assignment]
    entry.read(tmp_path / "autostart" / "granola_like.desktop")
    assert entry["Desktop Entry"]["Type"] == "Application"
    assert entry["Desktop Entry"]["Exec"].endswith("-m granola_like app --hidden")
    login.turn(on=False)
    login.turn(on=False)
    assert not login.is_on()


def test_an_entry_that_the_desktop_switched_off_is_off(tmp_path: Path) -> None:
    login = Autostart(("granola",), folder=tmp_path)
    login.turn(on=True)
    file = tmp_path / "granola_like.desktop"
    file.write_text(file.read_text() + "Hidden=true\n")
    assert not login.is_on()


@given(st.text(st.sampled_from("ab $`\"\\%'/"), min_size=1, max_size=8))
def test_a_path_of_any_kind_is_quoted_for_the_desktop(
    tmp_path_factory: pytest.TempPathFactory, word: str
) -> None:
    """Read back by the two rules of the specification: the file's escapes, then the quotes."""
    folder = tmp_path_factory.mktemp("autostart")
    Autostart(("/opt/granola", word), folder=folder).turn(on=True)
    (line,) = [
        one
        for one in (folder / "granola_like.desktop").read_text().splitlines()
        if one.startswith("Exec=")
    ]
    value = line.removeprefix("Exec=").replace("\\\\", "\\")
    command, rest = value.split(" ", 1)
    assert command == "/opt/granola"
    if rest.startswith('"'):
        assert rest.endswith('"')
        rest = re.sub(r"\\([\"`$\\])", r"\1", rest[1:-1])
    assert rest.replace("%%", "%") == word


def test_a_mac_gets_a_launch_agent(tmp_path: Path) -> None:
    login = LaunchAgent(("/Applications/granola", "app", "--hidden"), folder=tmp_path / "Agents")
    login.turn(on=True)
    assert login.is_on()
    facts = plistlib.loads((tmp_path / "Agents" / "granola_like.plist").read_bytes())
    assert facts["ProgramArguments"] == ["/Applications/granola", "app", "--hidden"]
    assert facts["RunAtLoad"] is True
    login.turn(on=False)
    assert not login.is_on()


class Registry:
    """The part of `winreg` that is used, in memory."""

    HKEY_CURRENT_USER, REG_SZ = 1, 1

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.is_locked = False

    @contextmanager
    def OpenKey(self, root: int, path: str) -> Iterator[Any]:  # noqa: N802
        if self.is_locked:
            raise PermissionError(13, "Access is denied")
        assert (root, path) == (1, RunKey.PATH)
        yield self

    CreateKey = OpenKey

    def QueryValueEx(self, key: Any, name: str) -> tuple[str, int]:  # noqa: N802
        if name not in self.values:
            raise FileNotFoundError(2, "not there")
        return self.values[name], 1

    def SetValueEx(self, key: Any, name: str, zero: int, kind: int, value: str) -> None:  # noqa: N802
        self.values[name] = value

    def DeleteValue(self, key: Any, name: str) -> None:  # noqa: N802
        del self.values[name]


def test_windows_gets_a_run_key() -> None:
    registry = Registry()
    login = RunKey((r"C:\Program Files\granola.exe", "app", "--hidden"), registry=registry)
    assert not login.is_on()
    login.turn(on=False)
    login.turn(on=True)
    assert registry.values == {"granola_like": r'"C:\Program Files\granola.exe" app --hidden'}
    assert login.is_on()
    login.turn(on=False)
    assert registry.values == {}
    registry.is_locked = True
    with pytest.raises(SettingsError, match="Access is denied"):
        login.turn(on=True)


def test_a_folder_that_cannot_be_written_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SettingsError, match="login"):
        Autostart(("granola",), folder=tmp_path / "file").turn(on=True)
