import contextlib
import os
import socket
import stat
import struct
import threading
import wave
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from granola_like.audio.decode import RATE, Source, blocks, decode, probe, split_stereo
from granola_like.errors import SoundError
from granola_like.jobs import run


def tone(seconds: float, *, hertz: float = 440, rate: int = RATE) -> np.ndarray:
    time = np.arange(int(seconds * rate)) / rate
    return (0.5 * np.sin(2 * np.pi * hertz * time)).astype(np.float32)


def loudest_hertz(samples: np.ndarray) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * RATE / len(samples))


@pytest.mark.parametrize(
    ("name", "subtype", "rate"),
    [
        ("a.wav", "PCM_16", 44_100),
        ("a.wav", "PCM_24", 48_000),
        ("a.wav", "FLOAT", 8_000),
        ("a.flac", "PCM_16", 22_050),
        ("a.ogg", "VORBIS", 44_100),
        ("a.ogg", "OPUS", 48_000),
        ("a.mp3", "MPEG_LAYER_III", 44_100),
        ("a.aiff", "PCM_16", 32_000),
    ],
)
def test_any_rate_and_codec_becomes_16_khz(
    tmp_path: Path, name: str, subtype: str, rate: int
) -> None:
    soundfile.write(tmp_path / name, tone(2.5, rate=rate), rate, subtype=subtype)
    samples = run(decode(tmp_path / name))
    assert samples.dtype == np.float32
    assert abs(len(samples) / RATE - 2.5) < 0.1
    assert abs(loudest_hertz(samples) - 440) < 2
    assert 0.4 < np.abs(samples).max() < 0.6


def test_every_container_of_the_material_decodes(material: Path) -> None:
    found = sorted((material / "audio" / "containers").iterdir())
    silent = [path for path in found if path.name == "video_no_audio.mp4"]
    assert silent
    for path in found:
        if path in silent:
            with pytest.raises(SoundError, match="has no sound"):
                run(decode(path))
            continue
        samples = run(decode(path))
        assert len(samples) > RATE
        assert np.abs(samples).max() > 1e-3, path.name


def test_blocks_join_without_a_click(tmp_path: Path) -> None:
    """Resampled block by block, each edge would break the sine; one stream keeps it."""
    soundfile.write(tmp_path / "a.wav", tone(25, rate=44_100), 44_100, subtype="FLOAT")
    parts = [block.samples for block in blocks(tmp_path / "a.wav")]
    assert len(parts) > 2
    samples = np.concatenate(parts)[100:-100]
    # A pure sine obeys x[n+1] = 2 cos(w) x[n] - x[n-1]; a click breaks the law where it is.
    w = 2 * np.pi * 440 / RATE
    broken = samples[2:] - (2 * np.cos(w) * samples[1:-1] - samples[:-2])
    assert np.abs(broken).max() < 1e-3


def test_memory_is_bounded_by_the_block(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "long.flac", np.zeros(RATE * 600, np.int16), RATE)
    lengths = [len(block.samples) for block in blocks(tmp_path / "long.flac")]
    assert sum(lengths) == RATE * 600
    assert max(lengths) <= 11 * RATE


def test_fractions_rise_to_one(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", tone(45), RATE)
    fractions = [block.fraction for block in blocks(tmp_path / "a.wav")]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    assert 0.15 < fractions[0] < 0.35


def test_stereo_is_split_into_sides(tmp_path: Path) -> None:
    sides = np.stack([tone(2, hertz=300), tone(2, hertz=1200)], axis=1)
    soundfile.write(tmp_path / "call.flac", sides, RATE)
    tracks = split_stereo(tmp_path / "call.flac")
    assert set(tracks) == {"me", "them"}
    assert abs(loudest_hertz(run(decode(tracks["me"]))) - 300) < 2
    assert abs(loudest_hertz(run(decode(tracks["them"]))) - 1200) < 2


def test_stereo_is_averaged_when_it_is_not_split(tmp_path: Path) -> None:
    sides = np.stack([tone(1), -tone(1)], axis=1)
    soundfile.write(tmp_path / "a.wav", sides, RATE, subtype="FLOAT")
    assert np.abs(run(decode(tmp_path / "a.wav"))).max() < 1e-3


def test_mono_cannot_be_split(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", tone(1), RATE)
    with pytest.raises(SoundError, match="one channel"):
        split_stereo(tmp_path / "a.wav")


def test_probe_tells_what_the_header_says(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.flac", np.zeros((44_100, 2), np.int16), 44_100)
    facts = probe(tmp_path / "a.flac")
    assert (facts.duration_ms, facts.channels, facts.sample_rate) == (1000, 2, 44_100)


def test_a_float_file_with_nonsense_numbers_gives_numbers(tmp_path: Path) -> None:
    samples = tone(1)
    samples[100:200] = np.nan
    samples[300] = np.inf
    soundfile.write(tmp_path / "a.wav", samples, RATE, subtype="FLOAT")
    assert np.isfinite(run(decode(tmp_path / "a.wav"))).all()


def test_a_header_of_eight_hours_over_three_seconds(tmp_path: Path) -> None:
    """Decoded by what is there; nothing is allocated for what the header claims."""
    path = tmp_path / "liar.wav"
    soundfile.write(path, tone(3), RATE, subtype="PCM_16")
    raw = bytearray(path.read_bytes())
    data = raw.index(b"data")
    claimed = 8 * 3600 * RATE * 2
    raw[data + 4 : data + 8] = struct.pack("<I", claimed)
    raw[4:8] = struct.pack("<I", claimed + 36)
    path.write_bytes(raw)
    assert len(run(decode(path))) == 3 * RATE


@pytest.mark.parametrize("name", ["a.flac", "a.ogg", "a.mp3", "a.wav"])
def test_a_file_that_breaks_off_gives_what_is_there(
    tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / name
    soundfile.write(path, tone(20), RATE)
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) // 2])
    seconds = len(run(decode(path))) / RATE
    assert 5 < seconds < 15


def test_a_loss_is_noted_in_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "a.flac"
    soundfile.write(path, tone(20), RATE)
    path.write_bytes(path.read_bytes()[:-20_000])
    run(decode(path))
    assert "promised 20000 ms" in caplog.text


def bad_files(folder: Path) -> dict[str, Path]:
    made = {name: folder / name for name in ("empty.wav", "text.wav", "cut.wav", "zero.wav")}
    made["empty.wav"].touch()
    made["text.wav"].write_text("This is a letter, not a sound.\n" * 50, encoding="utf-8")
    soundfile.write(made["cut.wav"], tone(1), RATE)
    made["cut.wav"].write_bytes(made["cut.wav"].read_bytes()[:30])
    with wave.open(str(made["zero.wav"]), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
    made["missing.wav"] = folder / "missing.wav"
    made["folder"] = folder / "folder"
    made["folder"].mkdir()
    return made


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("empty.wav", "is empty"),
        ("text.wav", "not a sound or video file"),
        ("cut.wav", "not a sound or video file|no sound in it"),
        ("zero.wav", "0 seconds"),
        ("missing.wav", "There is no file"),
        ("folder", "is a folder"),
    ],
)
def test_what_cannot_be_heard_is_said_in_a_sentence(
    tmp_path: Path, name: str, sentence: str
) -> None:
    with pytest.raises(SoundError, match=sentence) as caught:
        run(decode(bad_files(tmp_path)[name]))
    assert str(caught.value).endswith(".")
    assert caught.value.hint


@pytest.mark.skipif(os.name != "posix", reason="file rights are POSIX's here")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    path = tmp_path / "secret.wav"
    soundfile.write(path, tone(1), RATE)
    path.chmod(stat.S_IWUSR)
    with pytest.raises(SoundError, match="may not be read"):
        run(decode(path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    with pytest.raises(SoundError, match="device or a pipe"):
        run(decode(tmp_path / "pipe.wav"))


def test_a_playlist_cannot_send_the_decoder_to_the_network(tmp_path: Path) -> None:
    asked: list[bool] = []

    def answer(server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                server.accept()[0].close()
                asked.append(True)

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=answer, args=(server,), daemon=True).start()
        path = tmp_path / "list.m3u8"
        path.write_text(
            "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n"
            f"http://127.0.0.1:{server.getsockname()[1]}/a.ts\n#EXT-X-ENDLIST\n",
            encoding="utf-8",
        )
        with pytest.raises(SoundError):
            run(decode(path))
        server.shutdown(socket.SHUT_RDWR)
    assert asked == []


def test_a_name_that_looks_like_an_address_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "concat:a|b%20.wav"
    soundfile.write(tmp_path / "a.wav", tone(1), RATE)
    (tmp_path / "a.wav").rename(path)
    assert len(run(decode(path))) == RATE


def test_a_file_may_change_its_rate_on_the_way(tmp_path: Path) -> None:
    """Two MP3 files joined, as some recorders do after a pause."""
    for name, rate in (("one.mp3", 44_100), ("two.mp3", 22_050)):
        soundfile.write(tmp_path / name, tone(3, rate=rate), rate)
    joined = (tmp_path / "one.mp3").read_bytes() + (tmp_path / "two.mp3").read_bytes()
    (tmp_path / "both.mp3").write_bytes(joined)
    seconds = len(run(decode(tmp_path / "both.mp3"))) / RATE
    assert 5.5 < seconds < 6.5


def test_closing_early_closes_the_file(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", tone(60), RATE)
    reading = blocks(Source(tmp_path / "a.wav"))
    next(reading)
    reading.close()
    if Path("/proc/self/fd").exists():
        held = {os.path.realpath(fd) for fd in Path("/proc/self/fd").iterdir()}
        assert str(tmp_path / "a.wav") not in held


def test_a_video_with_sound_gives_its_sound(tmp_path: Path) -> None:
    path = tmp_path / "talk.mkv"
    with av.open(str(path), "w") as container:
        video = container.add_stream("mpeg4", rate=10)
        video.width = video.height = 32
        video.pix_fmt = "yuv420p"
        audio = container.add_stream("pcm_s16le", rate=RATE, layout="mono")
        for _ in range(10):
            picture = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
            container.mux(video.encode(picture))
        samples = (tone(1) * 32_000).astype(np.int16)[None]
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
        frame.sample_rate = RATE
        container.mux(audio.encode(frame))
        container.mux(video.encode(None))
        container.mux(audio.encode(None))
    assert abs(loudest_hertz(run(decode(path))) - 440) < 2
