"""An archive brings its own sound, out and in, and nothing else."""

import errno
import json
import os
import shutil
import struct
import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from granola_like.domain.bundle import Bundle
from granola_like.domain.recording import Recording, Track
from granola_like.errors import ExchangeError
from granola_like.exchange.archive import read_archive, write_archive
from granola_like.exchange.bundle import from_json, to_json
from tests.strategies import small_bundle

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
SOUND = b"not really flac" * 100


def with_track(name: str = "me.flac") -> Bundle:
    return replace(small_bundle(), recording=Recording((Track("me", name, 5),)))


def packed(file: Path, how: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(file, "w", how) as archive:
        archive.writestr("meeting.json", to_json(with_track()))
        archive.writestr("sound/me.flac", SOUND)
    return file


@pytest.mark.parametrize("name", ["../hostname", "/etc/hostname", "..", "", "sub/hostname"])
def test_no_file_from_elsewhere_is_exported(tmp_path: Path, name: str) -> None:
    (tmp_path / "sound" / "sub").mkdir(parents=True)
    (tmp_path / "hostname").write_text("secret")
    (tmp_path / "sound" / "sub" / "hostname").write_text("secret")
    with pytest.raises(ExchangeError, match="not its own"):
        write_archive(with_track(name), sound=tmp_path / "sound", to=tmp_path / "call.zip")
    assert not (tmp_path / "call.zip").exists()


def test_missing_sound_is_what_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match=r"The sound of this meeting is not there: me\.flac"):
        write_archive(with_track(), sound=tmp_path, to=tmp_path / "call.zip")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("meeting", ["/etc", "..", "a/b", "", "-o", "a\n", "ä", "x" * 65, "a\\b"])
def test_an_id_that_is_a_path_is_not_kept(meeting: str) -> None:
    """Whoever reads a bundle looks for its sound in the folder that its id names."""
    raw = {"format": 1, "meeting": {"id": meeting, "title": "By hand"}}
    about = from_json(json.dumps(raw), default_start=NOON).meeting
    assert (about.id, about.title) == ("imported", "By hand")


@pytest.mark.parametrize("name", ["../hostname", "/etc/hostname", "..", "", "a\\b", "a\x00"])
def test_a_bundle_names_no_file_from_elsewhere(name: str) -> None:
    with pytest.raises(ExchangeError, match="outside the meeting"):
        from_json(to_json(with_track(name)), default_start=NOON)


@pytest.mark.skipif(os.name == "nt", reason="devices are Unix's")
def test_an_archive_goes_through_what_cannot_be_rewound(tmp_path: Path) -> None:
    (tmp_path / "me.flac").write_bytes(SOUND)
    os.mkfifo(tmp_path / "pipe")
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    write_archive(with_track(), sound=tmp_path, to=tmp_path / "pipe")
    reader.join()
    (tmp_path / "call.zip").write_bytes(got[0])
    (tmp_path / "out").mkdir()
    assert read_archive(tmp_path / "call.zip", unpack_to=tmp_path / "out")[0] == with_track()


def test_an_archive_needs_the_room_that_it_states(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = packed(tmp_path / "call.zip")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=len(SOUND) - 1))
    (tmp_path / "out").mkdir()
    with pytest.raises(ExchangeError, match="needs 0 MB of disk"):
        read_archive(file, unpack_to=tmp_path / "out")
    assert not list((tmp_path / "out").iterdir())
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=len(SOUND)))
    assert read_archive(file, unpack_to=tmp_path / "out")[1]["me.flac"].read_bytes() == SOUND


def test_a_disk_that_fills_up_meanwhile_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    file = packed(tmp_path / "call.zip")
    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(ExchangeError, match="The disk is full"):
        read_archive(file, unpack_to=tmp_path)


def _damage_stream(content: bytearray) -> None:
    at = content.index(b"sound/me.flac") + len("sound/me.flac")
    content[at : at + 8] = b"\xff" * 8


def _encrypt(content: bytearray) -> None:
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            content[at + flags] |= 1


def _pack_oddly(content: bytearray) -> None:
    for mark, method in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            struct.pack_into("<H", content, at + method, 97)


@pytest.mark.parametrize("how", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
@pytest.mark.parametrize("harm", [_damage_stream, _encrypt, _pack_oddly])
def test_a_damaged_or_odd_archive_gets_a_sentence(
    tmp_path: Path, harm: Callable[[bytearray], None], how: int
) -> None:
    content = bytearray(packed(tmp_path / "call.zip", how).read_bytes())
    harm(content)
    (tmp_path / "call.zip").write_bytes(content)
    with pytest.raises(ExchangeError, match=r"call\.zip"):
        read_archive(tmp_path / "call.zip", unpack_to=tmp_path)
