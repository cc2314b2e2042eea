"""A model comes from a hub that behaves, and from one that does not."""

import json
import shutil
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from granola_like.engines.found import installed
from granola_like.errors import ModelMissing
from granola_like.jobs import Cancelled, Progress, run
from granola_like.model_store.download import Downloaded, download
from granola_like.model_store.errors import ModelStoreError
from granola_like.model_store.places import came_so_far, coming
from tests.model_store.conftest import QUICK, REPO, fetch, is_whole, names
from tests.model_store.loopback_hub import Fault, Hub


def told(models_dir: Path) -> tuple[Downloaded, list[Progress]]:
    news: list[Progress] = []
    job = download("tiny", models_dir=models_dir, patience=QUICK)
    return run(job, on_progress=news.append), news


def test_a_model_comes_whole_with_a_record_of_its_files(hub: Hub, models_dir: Path) -> None:
    done, news = told(models_dir)
    assert done.path == models_dir / "speech" / "tiny"
    assert not done.was_here
    assert is_whole(models_dir)
    assert not (done.path / "README.md").exists()
    assert not coming("tiny", models_dir).exists()
    record = json.loads((done.path / "model.json").read_text("utf-8"))
    assert record["repository"] == REPO
    assert record["revision"].startswith("c0ffee")
    assert {file["name"] for file in record["files"]} == {
        "config.json", "model.bin", "tokenizer.json", "vocabulary.json"
    }  # fmt: skip
    fractions = [one.fraction for one in news if one.fraction is not None]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    assert all(asked.user_agent.startswith("granola-like/") for asked in hub.requests)
    assert all(asked.authorization is None for asked in hub.requests)
    assert all(REPO in asked.path for asked in hub.requests)  # and nothing else was asked
    # A range of packed bytes would be no range of the file.
    files = [asked for asked in hub.requests if "/resolve/" in asked.path]
    assert {asked.encoding for asked in files} == {"identity"}


def test_what_is_here_is_not_fetched_again(hub: Hub, models_dir: Path) -> None:
    fetch(models_dir)
    asked = len(hub.requests)
    assert fetch(models_dir).was_here
    assert len(hub.requests) == asked
    (models_dir / "speech" / "tiny" / "extra.txt").write_text("by hand")
    assert not fetch(models_dir, again=True).was_here
    assert is_whole(models_dir)
    assert not (models_dir / "speech" / "tiny" / "extra.txt").exists()


def test_a_damaged_one_is_replaced(hub: Hub, models_dir: Path) -> None:
    fetch(models_dir)
    weights = models_dir / "speech" / "tiny" / "model.bin"
    weights.write_bytes(weights.read_bytes()[:-1])
    assert not fetch(models_dir).was_here
    assert is_whole(models_dir)


def test_a_dropped_connection_goes_on_where_it_ended(hub: Hub, models_dir: Path) -> None:
    size = len(hub.repos[REPO]["model.bin"])
    hub.faults["model.bin"] += [Fault(drop_after=1_000_000), Fault(drop_after=1_000_000)]
    _, news = told(models_dir)
    assert is_whole(models_dir)
    first, second, third = hub.ranges("model.bin")
    assert first is None
    assert second is not None
    assert third is not None
    # Up to one chunk of 64 KiB was in our hands when the connection broke.
    assert 1_000_000 - 65_536 <= int(second[6:-1]) <= 1_000_000
    assert int(third[6:-1]) >= int(second[6:-1]) + 1_000_000 - 65_536
    assert sum(asked.sent for asked in hub.requests if "model.bin" in asked.path) < size + 200_000
    assert any("broke" in one.step and "Next try" in one.step for one in news)


def test_a_stalled_connection_is_opened_again(hub: Hub, models_dir: Path) -> None:
    hub.faults["model.bin"] += [Fault(stall_after=2_000_000)]
    _, news = told(models_dir)
    assert is_whole(models_dir)
    second = hub.ranges("model.bin")[1]
    assert second is not None
    assert int(second[6:-1]) >= 2_000_000 - 65_536
    assert any("Nothing more came" in one.step for one in news)


def test_a_hub_that_only_stalls_is_a_sentence(hub: Hub, models_dir: Path) -> None:
    hub.faults["model.bin"] += [Fault(stall_after=0)] * 5
    with pytest.raises(ModelStoreError, match=r"Nothing more came from 127\.0\.0\.1") as error:
        fetch(models_dir)
    assert "goes on from there" in error.value.hint
    assert names(models_dir) == []
    assert fetch(models_dir).path.exists()
    assert is_whole(models_dir)


def test_wrong_bytes_are_fetched_once_more(hub: Hub, models_dir: Path) -> None:
    hub.faults["model.bin"] += [Fault(wrong_bytes=True)]
    fetch(models_dir)
    assert is_whole(models_dir)
    assert len(hub.ranges("model.bin")) == 2


@pytest.mark.parametrize("file", ["model.bin", "config.json"])
def test_wrong_bytes_twice_are_a_sentence_and_kept_nowhere(
    hub: Hub, models_dir: Path, file: str
) -> None:
    hub.faults[file] += [Fault(wrong_bytes=True)] * 2
    with pytest.raises(ModelStoreError, match=f"{file} is twice not what it describes"):
        fetch(models_dir)
    assert names(models_dir) == []
    assert not list(coming("tiny", models_dir).glob(f"{file}*"))


def test_a_server_without_ranges_starts_the_file_anew(hub: Hub, models_dir: Path) -> None:
    hub.faults["model.bin"] += [Fault(drop_after=1_000_000), Fault(no_ranges=True)]
    fetch(models_dir)
    assert is_whole(models_dir)
    assert len(hub.ranges("model.bin")) == 2  # and not a third time, for wrong bytes


def test_trouble_of_the_server_passes(hub: Hub, models_dir: Path) -> None:
    hub.faults["faster-whisper-tiny"] += [Fault(status=503)]
    hub.faults["config.json"] += [Fault(status=500), Fault(status=502)]
    hub.faults["model.bin"] += [Fault(status=504), Fault(status=408)]
    _, news = told(models_dir)
    assert is_whole(models_dir)
    assert any("trouble of its own (answer 503)" in one.step for one in news)


def test_trouble_that_stays_is_a_sentence(hub: Hub, models_dir: Path) -> None:
    hub.faults["model.bin"] += [Fault(status=503)] * 9
    with pytest.raises(ModelStoreError, match=r"trouble of its own \(answer 503\)"):
        fetch(models_dir)
    assert len(hub.ranges("model.bin")) == QUICK.tries


def test_a_wait_that_the_hub_asks_for_is_kept(hub: Hub, models_dir: Path) -> None:
    hub.faults["model.bin"] += [Fault(status=429, headers=(("Retry-After", "1"),))]
    start = time.monotonic()
    _, news = told(models_dir)
    assert time.monotonic() - start >= 1.0
    assert is_whole(models_dir)
    assert any("It asks us to wait 1 s" in one.step for one in news)


@pytest.mark.parametrize(
    "headers",
    [
        (("Retry-After", "300"),),
        (("RateLimit", '"resolvers";r=0;t=300'), ("RateLimit-Policy", '"x";q=5;w=300')),
    ],
)
def test_a_long_wait_is_told_instead(
    hub: Hub, models_dir: Path, headers: tuple[tuple[str, str], ...]
) -> None:
    hub.faults["faster-whisper-tiny"] += [Fault(status=429, headers=headers)]
    with pytest.raises(ModelStoreError, match="It asks us to wait 5 min"):
        fetch(models_dir)
    assert len(hub.requests) == 1


@pytest.mark.parametrize(
    ("fault", "sentence", "hint"),
    [
        (Fault(status=401), "does not give", "HF_TOKEN"),
        (Fault(status=403, headers=(("X-Error-Code", "GatedRepo"),)), "does not give", "HF_TOKEN"),
        (Fault(status=404, headers=(("X-Error-Code", "RepoNotFound"),)), "has no “Sys", "Update"),
        (Fault(status=418), "refused the request", "goes on"),
        (Fault(body=b"<html>Welcome to our hotel"), "is not a model hub", "log in"),
        (Fault(body=b"[]"), "is not a model hub", "HF_ENDPOINT"),
    ],
)
def test_an_answer_that_no_patience_helps_is_a_sentence_at_once(
    hub: Hub, models_dir: Path, fault: Fault, sentence: str, hint: str
) -> None:
    hub.faults["faster-whisper-tiny"] += [fault]
    with pytest.raises(ModelStoreError, match=sentence) as error:
        fetch(models_dir)
    assert hint in error.value.hint
    assert len(hub.requests) == 1
    assert names(models_dir) == []


def test_a_file_that_is_gone_is_named(hub: Hub, models_dir: Path) -> None:
    del hub.repos[REPO]["tokenizer.json"]
    with pytest.raises(ModelStoreError, match=r"no longer has the file tokenizer\.json"):
        fetch(models_dir)


def test_a_repository_that_moved_is_followed(hub: Hub, models_dir: Path) -> None:
    hub.repos["new/home"] = hub.repos.pop(REPO)
    hub.moved[REPO] = "new/home"
    fetch(models_dir)
    assert is_whole(models_dir)


def test_a_mirror_that_only_names_files_is_asked_for_each(hub: Hub, models_dir: Path) -> None:
    hub.names_only = True
    hub.faults["model.bin"] += [Fault(wrong_bytes=True)]  # its hash is known all the same
    fetch(models_dir)
    assert is_whole(models_dir)
    assert sum(asked.method == "HEAD" for asked in hub.requests) >= 4


def test_cancelling_is_quick_and_keeps_what_came(hub: Hub, models_dir: Path) -> None:
    hub.faults["model.bin"] += [Fault(stall_after=3_000_000)]
    asked_at: list[float] = []

    def enough() -> bool:
        if came_so_far("tiny", models_dir) > 2_600_000 and not asked_at:
            asked_at.append(time.monotonic())
        return bool(asked_at)

    with pytest.raises(Cancelled):
        run(download("tiny", models_dir=models_dir), is_cancelled=enough)
    assert time.monotonic() - asked_at[0] < 1.0
    assert names(models_dir) == []
    before = hub.sent
    fetch(models_dir)
    assert is_whole(models_dir)
    resumed = hub.ranges("model.bin")[-1]
    assert resumed is not None
    assert int(resumed[6:-1]) > 2_500_000
    assert hub.sent - before < sum(map(len, hub.repos[REPO].values())) - 2_500_000


def test_a_version_of_yesterday_is_not_gone_on_with(hub: Hub, models_dir: Path) -> None:
    hub.faults["model.bin"] += [Fault(drop_after=1_000_000), Fault(status=404)]
    with pytest.raises(ModelStoreError):
        fetch(models_dir)
    new = bytes(2_000_000)
    hub.repos[REPO]["model.bin"] = new
    hub.requests.clear()
    fetch(models_dir)
    assert hub.ranges("model.bin") == [None]
    assert (models_dir / "speech" / "tiny" / "model.bin").read_bytes() == new


def test_two_at_once_do_not_mix(hub: Hub, models_dir: Path) -> None:
    hub.faults["model.bin"] += [Fault(pause_s=0.05)]
    first = download("tiny", models_dir=models_dir, patience=QUICK)
    with closing(first):
        while not hub.sent:
            next(first)
        with pytest.raises(ModelStoreError, match="Another granola_like is busy"):
            fetch(models_dir)


def test_an_unknown_name_gets_its_neighbour(hub: Hub, models_dir: Path) -> None:
    for asked, near in (
        ("smal", "small"),
        ("large-v3-turb", "large-v3-turbo"),
        ("bge-m2", "bge-m3"),
    ):
        with pytest.raises(ModelMissing) as error:
            fetch(models_dir, asked)
        assert f"“{near}”" in error.value.hint
    with pytest.raises(ModelMissing) as error:
        fetch(models_dir, "../../etc")
    assert "models list" in error.value.hint
    assert hub.requests == []


def test_the_shipped_one_need_not_come(hub: Hub, models_dir: Path) -> None:
    assert fetch(models_dir, "tiny-synthetic").was_here
    assert hub.requests == []


def test_a_gguf_lands_beside_its_record(hub: Hub, models_dir: Path) -> None:
    data = b"GGUF" + bytes(300_000)
    hub.repos["second-state/All-MiniLM-L6-v2-Embedding-GGUF"] = {
        "all-MiniLM-L6-v2-Q8_0.gguf": data, "other.gguf": b"GGUF"
    }  # fmt: skip
    done = fetch(models_dir, "all-minilm-l6-v2")
    assert done.path == models_dir / "embedding" / "all-MiniLM-L6-v2-Q8_0.gguf"
    assert done.path.read_bytes() == data
    assert {path.name for path in done.path.parent.iterdir()} == {
        "all-MiniLM-L6-v2-Q8_0.gguf", "all-MiniLM-L6-v2-Q8_0.model.json"
    }  # fmt: skip
    assert [found.name for found in installed("embedding", models_dir)] == ["minilm"]
    assert fetch(models_dir, "minilm").was_here


def test_too_little_room_is_said_before_anything_comes(
    hub: Hub, small_disk: Callable[[int], Path]
) -> None:
    place = small_disk(101)
    with pytest.raises(ModelStoreError, match=r"no room for “tiny”: it needs 5\.6 MB"):
        fetch(place)
    assert hub.sent == 0


def test_a_disk_that_fills_up_on_the_way_is_a_sentence(
    hub: Hub, small_disk: Callable[[int], Path]
) -> None:
    place = small_disk(120)
    hub.faults["model.bin"] += [Fault(pause_s=0.02)]
    filler = place / "other program"

    def fill(_: Progress) -> None:
        if hub.sent > 1_500_000 and not filler.exists():
            with filler.open("wb", buffering=0) as file:
                try:
                    while True:
                        file.write(bytes(1 << 20))
                        if shutil.disk_usage(place).free < (1 << 20):
                            file.write(bytes(shutil.disk_usage(place).free))
                            break
                except OSError:
                    pass

    with pytest.raises(ModelStoreError, match="The disk is full") as error:
        run(download("tiny", models_dir=place, patience=QUICK), on_progress=fill)
    assert "goes on from there" in error.value.hint
    assert names(place) == []
    filler.unlink()
    fetch(place)
    assert is_whole(place)
    resumed = hub.ranges("model.bin")[-1]
    assert resumed is not None
    assert int(resumed[6:-1]) > 1_000_000


def test_what_came_before_is_counted_at_once_and_not_as_speed(hub: Hub, models_dir: Path) -> None:
    hub.faults["model.bin"] += [Fault(drop_after=4_000_000), Fault(status=404)]
    with pytest.raises(ModelStoreError):
        fetch(models_dir)
    hub.faults["model.bin"] += [Fault(pause_s=0.05)]
    _, news = told(models_dir)
    size = sum(len(data) for name, data in hub.repos[REPO].items() if name != "README.md")
    first = next(one for one in news if one.fraction is not None)
    assert first.fraction is not None
    assert first.fraction * size > 3_900_000
    rates = [float(one.step.split(" MB/s")[0].split()[-1]) for one in news if "MB/s" in one.step]
    assert rates
    assert max(rates) < 4.0  # 32 KiB each 50 ms are 0.7; counting the old bytes would be 10 or more
