"""The way to the hub: tokens, proxies, certificates, and nobody at the other end."""

import shutil
import socket
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from granola_like.model_store.errors import ModelStoreError
from tests.model_store.conftest import REPO, fetch, is_whole, names, whisper_folder
from tests.model_store.loopback_hub import Hub, open_hub


def test_a_token_is_sent_to_the_hub_only_and_only_when_set(
    hub: Hub, models_dir: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = own_home / ".cache" / "huggingface"
    stored.mkdir(parents=True)
    (stored / "token").write_text("hf_of_another_program")
    fetch(models_dir)
    assert {asked.authorization for asked in hub.requests} == {None}
    hub.requests.clear()
    monkeypatch.setenv("HF_TOKEN", "hf_mine")
    fetch(models_dir, again=True)
    to_hub = {one.authorization for one in hub.requests if "/cdn/" not in one.path}
    elsewhere = {one.authorization for one in hub.requests if "/cdn/" in one.path}
    assert to_hub == {"Bearer hf_mine"}
    assert elsewhere == {None}


def test_nobody_there_is_a_sentence_soon(models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(socket.socket()) as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{port}")
    with pytest.raises(ModelStoreError, match=f"127.0.0.1:{port} cannot be reached") as error:
        fetch(models_dir)
    assert "network" in error.value.hint


def test_it_goes_through_a_proxy(
    hub: Hub, models_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://hub.invalid")
    monkeypatch.setenv("HTTP_PROXY", hub.url)
    fetch(models_dir)
    assert is_whole(models_dir)
    assert {asked.host for asked in hub.requests if "/api/" in asked.path} == {"hub.invalid"}


def test_a_proxy_that_refuses_is_a_sentence(
    hub: Hub, models_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "https://hub.invalid")
    monkeypatch.setenv("HTTPS_PROXY", hub.url)
    with pytest.raises(ModelStoreError, match=r"proxy on the way to hub\.invalid refused"):
        fetch(models_dir)


def test_an_address_that_is_none_is_a_sentence(
    models_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "hub.example.org")
    with pytest.raises(ModelStoreError, match=r"hub\.example\.org") as error:
        fetch(models_dir)
    assert "HF_ENDPOINT" in error.value.hint


def test_offline_is_kept(hub: Hub, models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelStoreError, match="HF_HUB_OFFLINE is set"):
        fetch(models_dir)
    assert hub.requests == []


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for localhost that nobody has signed but itself, and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl to make a certificate")
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    extra = ["-addext", "subjectAltName=DNS:localhost", "-out", cert, "-keyout", key]
    subprocess.run([*command.split(), *map(str, extra)], check=True, capture_output=True)
    return cert, key


def test_a_certificate_of_the_companys_own_is_trusted_where_it_is_named(
    certificate: tuple[Path, Path], models_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_hub(certificate=certificate) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        hub.repos[REPO] = {
            name: (whisper_folder() / name).read_bytes()[:50_000]
            for name in ("config.json", "model.bin", "tokenizer.json", "vocabulary.json")
        }
        with pytest.raises(
            ModelStoreError, match=r"certificate of localhost.* not one that"
        ) as bad:
            fetch(models_dir)
        assert "SSL_CERT_FILE" in bad.value.hint
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        fetch(models_dir)
    assert names(models_dir) == ["tiny"]
