"""A child process may die, hang or misbehave; the parent loses one answer and no time."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from granola_like.audio.decode import RATE
from granola_like.engines.base import Listening, Samples
from granola_like.engines.host import Host, HostedTranscriber, open_transcriber, threads
from granola_like.engines.silero import open_speech_finder
from granola_like.errors import EngineDied, EngineError, ModelMissing
from granola_like.jobs import Progress, run
from granola_like.transcribe import final_pass
from granola_like_models.catalogue import BUNDLED_SPEECH, known
from granola_like_models.sample import sample_call

ENGLISH = Listening(language="en")
AT_ONCE_S = 1.0
"""What takes milliseconds may take so long on a busy machine; the work it breaks off takes more."""
posix = pytest.mark.skipif(os.name != "posix", reason="kills by signal")

ENGINE = """
import os, sys, time
from granola_like.errors import EngineError, SoundError

class Engine:
    name = "made for this test"
    dimensions = 3
    def __init__(self, noisy=False):
        if noisy:
            print("noise"); print("noise", file=sys.stderr)
            os.write(1, b"noise"); os.write(2, b"noise")
    def double(self, number): return number * 2
    def count(self, to):
        for number in range(to): yield number
    def slow(self):
        yield 1
        time.sleep(60)
    def ours(self): raise SoundError("There is no sound.", hint="Make some.")
    def theirs(self): raise KeyError("a secret word somebody said")
    def memory(self): raise MemoryError
    def die(self): os._exit(3)
    def die_once(self, marker):
        if not os.path.exists(marker):
            open(marker, "w").close(); os.abort()
        return "lived"

def make(**how): return Engine(**how)
def fail(): raise EngineError("It cannot be loaded.", hint="Choose another.")
def burst(): raise RuntimeError("something inside")
"""


@pytest.fixture
def factory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "made_engine.py").write_text(ENGINE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    return "made_engine"


@pytest.fixture
def host(factory: str) -> Iterator[Host]:
    made = Host(f"{factory}:make", {}, name="made")
    yield made
    made.close()


def test_calls_and_streams_are_answered(host: Host) -> None:
    assert host.call("double", 21) == 42
    assert [n for n in host.stream("count", 3) if n is not None] == [0, 1, 2]
    assert host.fact("dimensions") == 3


def test_our_errors_come_back_as_they_are(host: Host) -> None:
    from granola_like.errors import SoundError

    with pytest.raises(SoundError, match=r"There is no sound\.") as caught:
        host.call("ours")
    assert caught.value.hint == "Make some."
    assert host.call("double", 1) == 2


def test_other_errors_become_engine_errors_without_what_was_said(host: Host) -> None:
    with pytest.raises(EngineError) as caught:
        host.call("theirs")
    assert "secret" not in str(caught.value)


def test_too_little_memory_is_said(host: Host) -> None:
    with pytest.raises(EngineError, match="not enough memory"):
        host.call("memory")


@pytest.mark.parametrize(("maker", "sentence"), [("fail", "cannot be loaded"), ("burst", "failed")])
def test_what_fails_while_loading_is_heard_at_the_first_question(
    factory: str, maker: str, sentence: str
) -> None:
    host = Host(f"{factory}:{maker}", {}, name="made")
    with pytest.raises(EngineError, match=sentence):
        host.call("double", 1)
    assert host.pid is None


def test_noise_of_libraries_goes_nowhere(factory: str, capfd: pytest.CaptureFixture[str]) -> None:
    host = Host(f"{factory}:make", {"noisy": True}, name="made")
    host.call("double", 1)
    host.close()
    assert capfd.readouterr() == ("", "")


def test_a_child_that_dies_once_is_replaced(host: Host, tmp_path: Path) -> None:
    assert host.call("die_once", str(tmp_path / "marker")) == "lived"


def test_a_child_that_dies_twice_is_an_error(host: Host) -> None:
    with pytest.raises(EngineDied, match="exit code 3"):
        host.call("die")
    assert host.call("double", 2) == 4


def test_a_second_question_during_a_stream_is_refused(host: Host) -> None:
    stream = host.stream("slow")
    next(value for value in stream if value is not None)
    with pytest.raises(EngineError, match="still at work"):
        host.call("double", 1)
    stream.close()  # type: ignore[attr-defined]
    assert host.call("double", 1) == 2


def test_a_waiting_stream_shows_signs_of_life(host: Host) -> None:
    stream = host.stream("slow")
    assert next(value for value in stream if value is not None) == 1
    begun = time.monotonic()
    assert next(stream) is None
    assert time.monotonic() - begun < AT_ONCE_S
    stream.close()  # type: ignore[attr-defined]


@posix
def test_closing_a_stream_kills_the_child_at_once(host: Host) -> None:
    stream = host.stream("slow")
    next(value for value in stream if value is not None)
    pid = host.pid
    assert pid is not None
    begun = time.monotonic()
    stream.close()  # type: ignore[attr-defined]
    assert time.monotonic() - begun < AT_ONCE_S
    assert not _lives(pid)


@posix
def test_ctrl_c_does_not_reach_a_child_that_only_starts(factory: str) -> None:
    made = Host(f"{factory}:make", {}, name="made")
    pid = made.pid
    assert pid is not None
    os.kill(pid, signal.SIGINT)
    assert made.call("double", 21) == 42
    assert made.pid == pid
    made.close()


def test_closing_twice_is_fine_and_the_next_question_starts_again(host: Host) -> None:
    host.close()
    host.close()
    assert host.call("double", 4) == 8


@posix
def test_killed_in_the_middle_the_transcript_is_still_whole(tmp_path: Path) -> None:
    """kill -9 of the child while it transcribes: started again once, and no line is lost."""
    call = sample_call()
    engine = open_transcriber("tiny-synthetic", models_dir=tmp_path)
    assert isinstance(engine, HostedTranscriber)
    finder = open_speech_finder()
    tracks = {"them": call.tracks["them"]}
    whole = run(final_pass(tracks, engine, finder, language="en"))
    killed: list[int] = []

    def kill_once(progress: Progress) -> None:
        if not killed and progress.fraction and progress.fraction > 0.3 and engine.pid:
            killed.append(engine.pid)
            os.kill(engine.pid, signal.SIGKILL)

    again = run(final_pass(tracks, engine, finder, language="en"), on_progress=kill_once)
    engine.close()
    assert killed
    said = [line.text for line in whole]
    kept = [line.text for line in again]
    assert sum(text in kept for text in said) >= 0.8 * len(said)
    assert len(" ".join(kept)) >= 0.95 * len(" ".join(said))
    for number in ("$75,000", "$60,000", "$85,000", "36"):
        assert number in " ".join(kept)


@posix
def test_killed_twice_is_an_error_in_a_sentence(tmp_path: Path) -> None:
    engine = open_transcriber("tiny-synthetic", models_dir=tmp_path)
    assert isinstance(engine, HostedTranscriber)

    def kill(progress: Progress) -> None:
        if engine.pid and progress.step == "Transcribing":
            os.kill(engine.pid, signal.SIGKILL)

    job = final_pass(
        {"me": sample_call().tracks["me"]}, engine, open_speech_finder(), language="en"
    )
    with pytest.raises(EngineDied, match="was killed"):
        run(job, on_progress=kill)
    engine.close()


@posix
def test_cancelling_a_transcription_is_quick(tmp_path: Path) -> None:
    engine = open_transcriber("tiny-synthetic", models_dir=tmp_path)
    assert isinstance(engine, HostedTranscriber)
    job = final_pass(
        {"me": sample_call().tracks["me"]}, engine, open_speech_finder(), language="en"
    )
    for progress in job:
        if progress.fraction and progress.fraction > 0.05:
            break
    pid = engine.pid
    begun = time.monotonic()
    job.close()
    assert time.monotonic() - begun < AT_ONCE_S
    assert pid is not None
    assert not _lives(pid)
    engine.close()


@posix
def test_a_killed_parent_leaves_no_child(tmp_path: Path, factory: str) -> None:
    """kill -9 of the parent: the child ends by itself, even in work that never looks up."""
    program = tmp_path / "parent.py"
    program.write_text(
        textwrap.dedent(f"""
        from granola_like.engines.host import Host
        if __name__ == "__main__":
            host = Host("{factory}:make", {{}}, name="made")
            stream = host.stream("slow")
            while next(stream) is None: pass
            print(host.pid, flush=True)
            for _ in stream: pass
        """),
        encoding="utf-8",
    )
    with subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert _lives(child)
        parent.kill()
        parent.wait()
    deadline = time.monotonic() + 5
    while _lives(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _lives(child)


def test_a_program_that_used_an_engine_ends_without_a_word(tmp_path: Path) -> None:
    """No complaint of Python's about a killed child's leftovers."""
    program = tmp_path / "program.py"
    program.write_text(
        textwrap.dedent(f"""
        from pathlib import Path
        from granola_like.engines.base import Listening
        from granola_like.engines.host import open_transcriber
        import numpy as np
        if __name__ == "__main__":
            engine = open_transcriber("tiny-synthetic", models_dir=Path({str(tmp_path)!r}))
            list(engine.transcribe(np.zeros(16000, np.float32), Listening(language="en")))
            engine.close()
        """),
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(program)], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_a_model_that_is_not_here_names_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="not on this machine") as caught:
        open_transcriber("small", models_dir=tmp_path)
    assert "models download small" in caught.value.hint


@pytest.mark.parametrize("file", ["model.bin", "tokenizer.json", "vocabulary.json"])
@pytest.mark.parametrize("harm", ["cut", "scrambled"])
def test_a_damaged_model_is_a_sentence(tmp_path: Path, file: str, harm: str) -> None:
    model = known(BUNDLED_SPEECH)
    assert model is not None
    assert model.folder is not None
    folder = tmp_path / "mine"
    folder.mkdir()
    for part in model.folder.iterdir():
        (folder / part.name).write_bytes(part.read_bytes())
    raw = (folder / file).read_bytes()
    (folder / file).write_bytes(raw[: len(raw) // 3] if harm == "cut" else raw[::-1])
    engine = open_transcriber(str(folder), models_dir=tmp_path)
    with pytest.raises(EngineError) as caught:
        list(engine.transcribe(np.zeros(RATE, np.float32), ENGLISH))
    assert str(caught.value).endswith(".")
    assert "Traceback" not in str(caught.value)
    engine.close()


def test_a_folder_that_lacks_files_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(EngineError, match=r"there is no model\.bin"):
        open_transcriber(str(tmp_path / "half"), models_dir=tmp_path)


def test_the_number_of_threads_is_modest() -> None:
    assert 1 <= threads() <= 4
    assert threads() <= (os.cpu_count() or 1)


def test_a_silent_sound_gives_no_words(hosted: HostedTranscriber, silence: Samples) -> None:
    said = run(final_pass({"me": silence, "them": silence}, hosted, open_speech_finder()))
    assert said.utterances == ()


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    if stat.exists():  # a zombie is dead, it only was not buried
        return stat.read_text("utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    return True
