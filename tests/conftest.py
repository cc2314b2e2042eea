"""Every test starts in an empty home, off the network, and leaves no thread behind."""

import ipaddress
import logging
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is no reason to fail, and a green CI stays green for the same code.
settings.register_profile(
    "house",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("house")

ROOT = Path(__file__).parent.parent
MATERIAL = ROOT.parent / "shared" / "material"


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith(("GRANOLA_LIKE_", "HF_"))]:
        monkeypatch.delenv(name)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "APPDATA"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("GRANOLA_LIKE_HOME", str(home / "granola"))
    return home


def _is_this_machine(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a Unix socket
    try:
        return ipaddress.ip_address(address[0]).is_loopback
    except ValueError:
        return address[0] == "localhost"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    really_connect = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        assert _is_this_machine(address), f"a test went to the network: {address}"
        really_connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture(autouse=True)
def no_stray_threads() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    stray = [t for t in threading.enumerate() if t not in before and not t.daemon]
    assert not stray, f"still running: {stray}"


@pytest.fixture(autouse=True)
def clean_logging() -> Iterator[None]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    for handler in [h for h in root.handlers if h not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


@pytest.fixture
def material() -> Path:
    """Real meetings and models, where the machine has them."""
    if not MATERIAL.is_dir():
        pytest.skip("needs the test material, which lies outside the repository")
    return MATERIAL


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try again what a real sound server, started by the test, did not do in time."""
    for item in items:
        if {"server", "pulseaudio"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.flaky(reruns=2))
