from datetime import datetime

from granola_like.audio.decode import decode
from granola_like.jobs import run
from granola_like_models.sample import sample_call


def test_both_channels_are_as_long_as_the_call() -> None:
    call = sample_call()
    for path in call.tracks.values():
        assert abs(len(run(decode(path))) / 16 - call.duration_ms) < 100
    assert 120_000 <= call.duration_ms <= 180_000


def test_it_is_small() -> None:
    assert sum(path.stat().st_size for path in sample_call().tracks.values()) < 1_500_000


def test_it_loads_as_a_meeting_begins() -> None:
    call = sample_call()
    assert datetime.fromisoformat(call.started_at).tzinfo is not None
    assert call.title
    assert set(call.people) == set(call.tracks) == {"me", "them"}


def test_words_are_in_order_and_spoken_where_they_should_be() -> None:
    call = sample_call()
    starts = [said.start_ms for said in call.utterances]
    assert starts == sorted(starts)
    assert call.utterances[-1].end_ms < call.duration_ms
    sound = {channel: run(decode(path)) for channel, path in call.tracks.items()}
    for said in call.utterances:
        part = sound[said.channel][said.start_ms * 16 : said.end_ms * 16]
        assert abs(part).max() > 0.2


def test_notes_are_typed_after_what_they_are_about() -> None:
    call = sample_call()
    assert len(call.notes) >= 6
    for note in call.notes:
        assert 0 < note.typed_at_ms < note.edited_at_ms
        assert note.typed_at_ms < call.duration_ms + 30_000
        assert any(0 < note.typed_at_ms - said.end_ms < 10_000 for said in call.utterances)


def test_it_has_what_a_call_has() -> None:
    words = sample_call().words
    for part in ("agreed", "by Friday", "by Thursday", "?", "Good morning", "$45,000"):
        assert part in words
