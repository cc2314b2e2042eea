"""What a desk goes on with after a start: recordings whose words or notes are still to be made."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from granola_like.domain.enhanced import EnhancedNote
from granola_like.domain.receipt import Receipt
from granola_like.domain.recording import Recording, Track
from granola_like.domain.transcript import Transcript
from granola_like.library import Library, recordings
from tests.strategies import small_bundle

STARTED = datetime(2026, 3, 3, 10, tzinfo=UTC)


def test_only_recordings_that_were_not_finished_are_gone_on_with() -> None:
    bundle = small_bundle()
    receipt = Receipt(started_at=STARTED, duration_ms=1000, channels=())
    live = replace(bundle.transcript, made_by="live", created_at=STARTED)
    final = replace(bundle.transcript, created_at=STARTED + timedelta(hours=1))
    note = bundle.enhanced
    assert note is not None
    sound = Recording((Track("me", "me.flac", 1000),))
    early, late = (replace(note, created_at=STARTED + timedelta(hours=h)) for h in (0, 2))
    with Library(None) as library:

        def add(name: str, *said: Transcript, note: EnhancedNote | None, **facts: Any) -> None:
            about = replace(bundle.meeting, id=name)
            library.save(
                replace(
                    bundle, **{"receipt": receipt, "recording": sound, **facts},
                    meeting=about, transcript=Transcript(), enhanced=None,
                )
            )  # fmt: skip
            for one in said:
                library.add_transcript(name, one)
            if note is not None:
                library.add_enhanced(name, note)

        add("unheard", note=None)
        add("captions alone", live, note=early)
        add("unwritten", final, note=None)
        add("draft of captions", live, final, note=early)
        add("finished", live, final, note=late)
        add("heard again", live, final, replace(final, created_at=STARTED), note=early)
        add("imported", final, note=None, receipt=None)
        add("without sound", live, note=early, recording=Recording())
        assert set(recordings.unfinished(library)) == {
            "unheard",
            "captions alone",
            "unwritten",
            "draft of captions",
        }
        library.delete("unheard")
        assert "unheard" not in recordings.unfinished(library)
