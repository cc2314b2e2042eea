"""One meeting that is being recorded, and everything that goes on around it. See `now`."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from granola_like.app.choose import AUTO
from granola_like.app.now_about import About, write_about
from granola_like.app.now_attendant import Attendant
from granola_like.app.now_captions import CaptionNews, Captions
from granola_like.app.now_notepad import Notepad
from granola_like.app.now_trouble import bad_end, trouble_now
from granola_like.app.now_values import Handover, Now, State, meeting_of
from granola_like.domain.bundle import Bundle
from granola_like.domain.note import NoteLine
from granola_like.errors import GranolaError, SoundError
from granola_like.settings import Settings

if TYPE_CHECKING:
    from granola_like.app.desk_claims import Claim
    from granola_like.app.now_ahead import DraftsAhead
    from granola_like.enhance.ahead import Heard
    from granola_like.record.session import RunningRecording

logger = logging.getLogger(__name__)

BUSY_LAG_MS = 6_000
"""Captions that are so far behind need the machine more than drafts do."""
CATCH_UP_SECONDS = 3.0
"""So long the captions may go on after the end, to hear the last words."""
LETTING_GO_SECONDS = 10.0
_NO_SOUND_SECONDS = 3.0


class MeetingNow:
    """A meeting that is being recorded. Made by `start_meeting` and `join_meeting`."""

    def __init__(
        self,
        path: Path,
        settings: Settings,
        *,
        about: About,
        started_at: datetime,
        begin: "Callable[[MeetingNow], RunningRecording]",
        lines: tuple[NoteLine, ...] = (),
        calls: Callable[[], tuple[str, ...]] = lambda: (),
    ) -> None:
        self.folder_id = path.name
        """The id that the meeting will have in the library."""
        self.path = path
        self.started_at = started_at
        self._settings, self._about = settings, about
        self._notepad = Notepad(lines)
        self._captions = Captions(settings, about=about)
        self._drafts: DraftsAhead | None = None
        self._begun_at = time.monotonic()
        self._attendant = Attendant(lambda: begin(self), calls=calls, on_sound=self._on_sound)
        self._following: threading.Thread | None = None
        self._is_over = threading.Event()
        self._claim: Claim | None = None
        self._has_folder = False

    # -- looking

    def look(self) -> Now:
        """Give the meeting at this moment."""
        seen, now = self._attendant.seen, time.monotonic()
        look = seen.moment.look if seen.moment else None
        drafts, lines = self._drafts, self._notepad.lines
        return Now(
            state=self._state(),
            title=self._about.title,
            started_at=self.started_at,
            elapsed_ms=self.clock_ms(),
            channels=look.channels if look else {},
            countdown=seen.moment.countdown if seen.moment else None,
            trouble=self._trouble(now),
            captions_trouble=self._captions.trouble,
            drafted=len(drafts.drafted & {line.id for line in lines}) if drafts else 0,
            minutes_of_disk=look.minutes_of_disk if look else 0,
            ended=seen.ended,
        )

    def captions(self, since: int = 0) -> CaptionNews:
        """Give what has changed in the captions since version `since`."""
        return self._captions.news(since)

    def clock_ms(self) -> int:
        """Give the meeting clock, to stamp lines with; 0 until sound comes."""
        return self._attendant.clock_ms()

    @property
    def about(self) -> About:
        """What the person said of the meeting."""
        return self._about

    @property
    def lines(self) -> tuple[NoteLine, ...]:
        """The notepad as it was last given, or as the journal had it when this was joined."""
        return self._notepad.lines

    @property
    def lines_kept(self) -> int:
        """Up to which call of `keep_lines`, counted from 1, everything is on the disk."""
        return self._notepad.kept

    @property
    def never_began(self) -> bool:
        """Whether it has ended with no folder of its own: what was typed is here alone."""
        return self._attendant.seen.ended is not None and not self._has_folder

    # -- steering

    def pause(self) -> None:
        """Keep no sound from now on; the hole is marked."""
        self._attendant.wish(lambda attended: attended.recording.pause())

    def resume(self) -> None:
        """Keep sound again."""
        self._attendant.wish(lambda attended: attended.recording.resume())

    def off_the_record(self) -> None:
        """Take the last minute off the disk, and leave a mark."""
        self._attendant.wish(lambda attended: attended.recording.off_the_record())

    def keep_recording(self) -> None:
        """Say no to the countdown."""
        self._attendant.wish(lambda attended: attended.keep_recording())

    def stop(self, *, why: str = "stopped") -> None:
        """End the recording; `why` is told in the receipt."""
        self._attendant.stop(why)

    def keep_lines(self, lines: tuple[NoteLine, ...]) -> int:
        """Take the whole notepad as it is now; on the disk within 200 ms. Gives the call's number.

        May go on after the end of the recording, until the meeting is in the library.
        """
        number = self._notepad.keep(lines)
        if self._drafts is not None:
            self._drafts.lines_changed()
        return number

    def rename(self, title: str) -> None:
        """Give the meeting another title."""
        self.describe(replace(self._about, title=" ".join(title.split()) or self._about.title))

    def describe(self, about: About) -> None:
        """Say what the meeting is called, who is there, where it belongs, how it is written."""
        before, self._about = self._about, about
        self._attendant.wish(lambda _: write_about(self.path, about))
        if about.language != before.language:
            self._captions.change_language(None if about.language == AUTO else about.language)

    # -- the end

    def hand_over(self, *, seconds: float = 60.0) -> Handover:
        """Wait for the end of the recording, and give what it left. For the desk's thread.

        Raises SoundError when it still runs after so many seconds, or never began.
        """
        if not self._attendant.wait(seconds):
            raise SoundError("This recording is still running.", hint="Stop it first.")
        if self.never_began:
            self.give_up()
            raise self._attendant.seen.failed or SoundError("The recording never began.")
        from granola_like.record.folder import open_folder

        self._is_over.set()
        if self._following is not None:
            self._following.join()
        drafts, self._drafts = self._drafts, None
        if drafts is not None:
            drafts.end()
        until = time.monotonic() + CATCH_UP_SECONDS
        while self._captions.lag_ms() > 0 and time.monotonic() < until:
            time.sleep(0.05)
        live = self._captions.transcript(self._about)
        self._captions.close()
        self._notepad.settle()
        self._give_back()
        try:
            recording = open_folder(self.path)
        except SoundError as error:
            if drafts is not None:
                drafts.close()
            raise (self._attendant.seen.failed or error) from error
        # A recorder that ended by itself says so before it has let go of its files.
        while recording.is_running() and time.monotonic() < until + LETTING_GO_SECONDS:
            time.sleep(0.05)
        return Handover(
            recording=recording,
            about=self._about,
            lines=self._notepad.lines,
            late=lambda: self._notepad.lines,
            live=live,
            drafts=drafts,
        )

    def close(self) -> None:
        """Let go. A recording that goes on goes on, and `join_meeting` takes it up again."""
        self._is_over.set()
        self._attendant.let_go()
        self._attendant.wait(5)
        self._notepad.close()
        self.give_up()

    def give_up(self) -> None:
        """Let go of an ended meeting that is taken in later; typing into it may go on."""
        self._is_over.set()
        if self._following is not None:
            self._following.join(timeout=5)
        drafts, self._drafts = self._drafts, None
        if drafts is not None:
            drafts.close()
        self._captions.close()
        self._give_back()

    # -- inside

    def claim(self) -> None:
        """Let no desk take it for something that a crash left. Raises LibraryError."""
        from granola_like.app.desk_claims import Claim

        self._claim = Claim(self.folder_id)

    def _give_back(self) -> None:
        claim, self._claim = self._claim, None
        if claim is not None:
            claim.give_back()

    def open_notepad(self) -> None:
        """Begin to write the notepad: the folder is there."""
        self._has_folder = True
        self._notepad.open(self.path)
        if self._about != About(title=self._about.title):
            write_about(self.path, self._about)

    def start(self) -> None:
        """Begin; called once by whoever made it."""
        self._attendant.start()

    def _state(self) -> State:
        seen = self._attendant.seen
        if seen.ended is not None:
            return "ended"
        if self._attendant.was_stopped:
            return "stopping"
        if seen.moment is None:
            return "starting"
        if seen.moment.look.is_paused:
            return "paused"
        waited = time.monotonic() - self._begun_at > _NO_SOUND_SECONDS
        # Where no device can be opened, the channels' warnings say so.
        return "recording" if waited or seen.moment.look.elapsed_ms > 0 else "starting"

    def _trouble(self, now: float) -> GranolaError | None:
        seen = self._attendant.seen
        if seen.ended is not None:
            return self._notepad.trouble or (
                seen.failed
                if seen.moment is None
                else bad_end(seen.ended, wanted=seen.is_wanted_end)
            )
        return trouble_now(
            notepad=self._notepad.trouble,
            failed=seen.failed,
            silent_s=now - seen.answered_at if seen.moment else 0.0,
            restarted_s_ago=None if seen.restarted_at is None else now - seen.restarted_at,
            minutes_of_disk=seen.moment.look.minutes_of_disk if seen.moment else None,
        )

    def _on_sound(self) -> None:
        """The first sound is on the disk: now there is time for the rest."""
        self._following = threading.Thread(target=self._follow, name="following", daemon=True)
        self._following.start()

    def _follow(self) -> None:
        from granola_like.app.now_ahead import DraftsAhead

        self._captions.open(self.path)
        if self._is_over.is_set():
            return
        drafts = DraftsAhead(
            self._settings,
            look=self._heard,
            busy=lambda: self._captions.lag_ms() > BUSY_LAG_MS,
            now_ms=self.clock_ms,
        )
        drafts.start()
        self._drafts = drafts

    def _heard(self) -> "Heard":
        from granola_like.enhance.ahead import Heard

        about, clock = self._about, self.clock_ms()
        firm = self._captions.firm_until_ms(clock)
        said = self._captions.transcript(about)
        return Heard(
            bundle=Bundle(
                meeting=meeting_of(self.folder_id, self.started_at, about, said, self._settings),
                transcript=said,
                notes=self._notepad.lines,
            ),
            firm_until_ms=firm,
        )
