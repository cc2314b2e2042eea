"""Files are written whole, privately and never over what is no file; reading always ends."""

import errno
import os
import stat
import threading
from pathlib import Path

import pytest

from granola_like.errors import ExchangeError
from granola_like.exchange import files
from granola_like.exchange.archive import read_archive
from granola_like.exchange.captions import read_captions
from granola_like.exchange.files import is_plain, read_text, whole_file, write_text, written_at

unix = pytest.mark.skipif(os.name == "nt", reason="pipes and modes are Unix's")


@unix
@pytest.mark.parametrize(("before", "after"), [(None, 0o600), (0o644, 0o644), (0o640, 0o640)])
def test_a_new_file_is_private_and_an_old_one_keeps_its_mode(
    tmp_path: Path, before: int | None, after: int
) -> None:
    target = tmp_path / "note.md"
    if before is not None:
        target.write_text("old")
        target.chmod(before)
    write_text(target, "new\n")
    assert target.read_bytes() == b"new\n"
    assert stat.S_IMODE(target.stat().st_mode) == after
    assert [file.name for file in tmp_path.iterdir()] == ["note.md"]


@unix
def test_the_disk_has_it_before_it_takes_the_old_ones_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows syncs only what was opened for writing; so do we, everywhere."""
    import fcntl

    modes: list[int] = []
    monkeypatch.setattr(
        files.os, "fsync", lambda file: modes.append(fcntl.fcntl(file, fcntl.F_GETFL))
    )
    write_text(tmp_path / "note.md", "new")
    assert [mode & os.O_ACCMODE for mode in modes] == [os.O_RDWR]


@unix
def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write_text(pipe, "said")
    reader.join()
    assert got == [b"said"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@unix
def test_a_link_stays_a_link_and_devices_stay_devices(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "note.md").write_text("old")
    (tmp_path / "link.md").symlink_to(tmp_path / "real" / "note.md")
    write_text(tmp_path / "link.md", "new")
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real" / "note.md").read_text() == "new"
    (tmp_path / "null").symlink_to("/dev/null")
    write_text(tmp_path / "null", "new")
    assert (tmp_path / "null").is_symlink()
    write_text(Path("/dev/null"), "new")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_a_file_that_the_body_misses_is_the_one_that_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(ExchangeError, match=r"me\.flac could not be read"),
        whole_file(tmp_path / "call.zip"),
    ):
        (tmp_path / "me.flac").open("rb")
    with (
        pytest.raises(ExchangeError, match=r"The disk is full, .*call\.zip was not written"),
        whole_file(tmp_path / "call.zip"),
    ):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert not list(tmp_path.iterdir())


@unix
def test_what_has_no_end_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.vtt")
    for read in (read_text, read_captions, lambda file: read_archive(file, unpack_to=tmp_path)):
        for file in (tmp_path / "pipe.vtt", Path("/dev/zero"), tmp_path):
            with pytest.raises(ExchangeError, match="not a regular file"):
                read(file)


def test_too_much_text_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "TEXT_LIMIT", 5)
    (tmp_path / "text").write_bytes(b"12345")
    assert read_text(tmp_path / "text") == "12345"
    (tmp_path / "text").write_bytes(b"123456")
    with pytest.raises(ExchangeError, match="too large"):
        read_text(tmp_path / "text")


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32-le"])
def test_other_codings_get_a_sentence(tmp_path: Path, coding: str) -> None:
    (tmp_path / "call.vtt").write_bytes("WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n".encode(coding))
    with pytest.raises(ExchangeError, match="not text in UTF-8"):
        read_text(tmp_path / "call.vtt")


def test_line_ends_and_the_mark_are_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes("\ufeffone\r\ntwo\rthree\n".encode())
    assert read_text(tmp_path / "text") == "one\ntwo\nthree\n"


def test_a_date_that_cannot_be_is_today(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("x")
    os.utime(tmp_path / "text", (0, 253_402_300_800))
    assert written_at(tmp_path / "text").year < 3000


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "/etc", "a\\b", "C:x", "a\x00", "a\nb"])
def test_names_that_lead_elsewhere_are_not_plain(name: str) -> None:
    assert not is_plain(name)
    assert is_plain("me 1.flac")


def test_half_a_character_does_not_keep_the_others_from_the_disk(tmp_path: Path) -> None:
    write_text(tmp_path / "note.md", "caf\udce9 call\n")
    assert (tmp_path / "note.md").read_bytes() == b"caf? call\n"
