"""One channel heard as it comes: what to ask an engine next, and what its answers are worth.

No thread, no clock, no engine: sound and answers go in, questions and utterances come out, so the
same code runs in a call, in a test and in a benchmark.
"""

from bisect import bisect_right
from dataclasses import dataclass, field

import numpy as np

from granola_like.domain.recording import Channel
from granola_like.domain.transcript import Word
from granola_like.engines.base import (
    SAMPLE_RATE,
    SPEECH_FRAME,
    Heard,
    Samples,
    SpeechFinder,
)
from granola_like.transcribe.level import KeenEars
from granola_like.transcribe.live.agreement import Settle, attended
from granola_like.transcribe.live.belief import spoken
from granola_like.transcribe.live.cutting import cut_after
from granola_like.transcribe.live.lines import Lines, LiveUtterance
from granola_like.transcribe.live.speaking import Began, Speaking

WINDOW_SECONDS = 20.0
"""The most sound in one question; a live one is far shorter."""

_BEFORE = round(0.3 * SAMPLE_RATE)
"""Sound before the first frame of speech and after the last: soft edges of words."""
_BEHIND_MS = 1500
"""In a window that ends this long before the newest sound, what is not near its end is firm."""
_MUTE_MS, _RARELY_MS = 4_000, 2_000
"""What sounds like speech and has no words, for so long, is asked about so rarely."""
_SOFT_MS = 100
"""A word may begin so long before its first frame of speech."""


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What an engine is asked: which words follow `said` in `sound`."""

    sound: Samples
    said: tuple[str, ...]
    is_last: bool
    """The speaker has paused at the end of the sound: all its words will be firm."""
    turn: "_Turn"
    start: int
    end: int
    new_ms: int
    """How much of it no pass has looked at."""


@dataclass(slots=True, eq=False)
class _Turn:
    """What one speaker says from a pause to the next; places are counted samples."""

    cut: int
    """The next question's sound begins here; words before it are done."""
    looked: int
    """So far words were looked for."""
    begins: int
    """Its first frame with speech."""
    end: int | None = None
    """Where the pause after it begins, once it has."""
    speech_end: int = 0
    """The end of its last frame with speech."""
    said: list[Word] = field(default_factory=list)
    """Firm words after `cut`."""
    guess: tuple[Word, ...] = ()
    """What the last pass heard after them."""

    def step(self, step_ms: int) -> int:
        """How much new sound to wait for: more, where long sound has given no word yet."""
        is_mute = not self.said and not self.guess
        is_long = (self.looked - self.cut) * 1000 > _MUTE_MS * SAMPLE_RATE
        return max(step_ms, _RARELY_MS) if is_mute and is_long else step_ms


class Ear:
    """Listens to one channel."""

    def __init__(
        self,
        channel: Channel,
        finder: SpeechFinder,
        *,
        hints: tuple[str, ...] = (),
        settle: Settle = attended,
        language: str = "en",
    ) -> None:
        self.language = language
        """How words are joined into a text."""
        self._finder, self._settle, self._hints = finder, settle, hints
        self._lines = Lines(channel)
        self._turns: list[_Turn] = []
        self._sound: Samples = np.zeros(0, np.float32)
        self._first = 0
        self._marks: list[tuple[int, float]] = []
        self._settled = 0
        self._listen_anew()

    def take(self, sound: Samples, start_ms: float, *, follows: bool = True) -> None:
        """Take the next sound, which begins at that time of the meeting clock."""
        if not follows:
            self._break_off()
        self._marks.append((self._taken, start_ms))
        self._sound = np.concatenate([self._sound, sound])
        for happened in self._speaking.feed(self._stream.feed(sound).tolist()):
            at = self._base + happened.frame * SPEECH_FRAME
            if isinstance(happened, Began):
                self._begin(at)
            else:
                self._pause(at)
        if self._turns and self._turns[-1].end is None:
            spoken = self._base + (self._speaking.last_speech + 1) * SPEECH_FRAME
            self._turns[-1].speech_end = max(self._turns[-1].speech_end, spoken)
        self._forget()

    def ask(self, step_ms: int) -> Question | None:
        """Give the next question; None until `step_ms` of speech more are there, or a pause."""
        while self._turns:
            turn = self._turns[0]
            end = self._taken if turn.end is None else turn.end
            end = min(end, turn.cut + round(WINDOW_SECONDS * SAMPLE_RATE))
            is_last = end == turn.end
            if is_last and turn.looked >= turn.speech_end + _BEFORE // 2:
                self._settle_turn(turn, turn.guess)  # nobody has spoken since the last pass
                continue
            if not is_last and (end - turn.looked) * 1000 < turn.step(step_ms) * SAMPLE_RATE:
                return None
            return Question(
                sound=self._part(turn.cut, end),
                said=tuple(word.text for word in turn.said),
                is_last=is_last,
                turn=turn,
                start=turn.cut,
                end=end,
                new_ms=(end - turn.looked) * 1000 // SAMPLE_RATE,
            )
        return None

    def answer(self, question: Question, heard: Heard) -> None:
        """Take what an engine heard; an answer to what was taken back meanwhile says nothing."""
        turn = question.turn
        if turn not in self._turns:
            return
        words = self._believed(turn, heard, question.start)
        turn.looked = question.end
        if question.is_last:
            self._settle_turn(turn, words)
            return
        edge_ms = round(self._ms(question.end))
        count = self._settle(turn.guess, words, edge_ms)
        if self._ms(self._taken) - edge_ms > _BEHIND_MS:
            count = max(count, attended((), words, edge_ms))
        turn.said += words[:count]
        turn.guess = words[count:]
        self._lines.hear(words[:count], turn.guess, self.language)
        self._cut(turn)

    def give_up(self, question: Question) -> None:
        """No engine could answer: leave this sound to the final pass."""
        turn = question.turn
        if turn in self._turns:
            turn.looked = question.end
            if question.is_last:
                self._settle_turn(turn, turn.guess)
            else:
                turn.cut, turn.said, turn.guess = question.end, [], ()
                self._lines.finish()

    def ask_again(self) -> None:
        """Look for the words once more that are not firm yet: the language has changed."""
        for turn in self._turns:
            turn.looked, turn.guess = turn.cut, ()

    def take_back(self, start_ms: float, end_ms: float) -> None:
        """Forget this time, which was taken off the record: sound, questions and words."""
        self._turns.clear()
        self._lines.take_back(start_ms, end_ms)
        self._first, self._sound = self._taken, np.zeros(0, np.float32)
        self._listen_anew()

    def end(self) -> None:
        """The recording is over."""
        self._break_off()

    def changes(self) -> tuple[LiveUtterance, ...]:
        """Give the utterances that are new or other than at the last call."""
        return self._lines.changes()

    def said(self) -> tuple[LiveUtterance, ...]:
        """Give all utterances with firm words."""
        return self._lines.said

    @property
    def looked_ms(self) -> float:
        """Up to here (meeting clock) everything was looked for words, silence included."""
        return self._ms(self._turns[0].looked if self._turns else self._taken)

    @property
    def waiting_ms(self) -> int:
        """How much taken sound no words were looked for in yet."""
        looked = self._turns[0].looked if self._turns else self._taken
        return (self._taken - looked) * 1000 // SAMPLE_RATE

    @property
    def _taken(self) -> int:
        return self._first + len(self._sound)

    def _listen_anew(self) -> None:
        self._stream, self._speaking = KeenEars(self._finder.listen()), Speaking()
        self._base = self._taken

    def _break_off(self) -> None:
        """A hole, or the end: whoever spoke is taken to have paused there."""
        if self._turns and self._turns[-1].end is None:
            self._turns[-1].end = self._taken
        self._listen_anew()

    def _begin(self, at: int) -> None:
        before = (self._turns[-1].end or 0) if self._turns else self._settled
        start = max(at - _BEFORE, before, self._first)
        self._turns.append(_Turn(cut=start, looked=start, begins=at, speech_end=at))

    def _pause(self, at: int) -> None:
        if self._turns and self._turns[-1].end is None:
            turn = self._turns[-1]
            turn.speech_end = min(at, self._taken)
            turn.end = min(at + _BEFORE, self._taken)

    def _settle_turn(self, turn: _Turn, words: tuple[Word, ...]) -> None:
        """All words are firm, and the next turn's time has come."""
        self._lines.hear(words, (), self.language)
        self._lines.finish()
        self._turns.remove(turn)
        self._settled = turn.end or turn.looked
        self._forget()

    def _believed(self, turn: _Turn, heard: Heard, start: int) -> tuple[Word, ...]:
        """The words that somebody said, on the meeting clock."""
        # The first word's time begins with the sound; speech is known better.
        begins_ms = max(0.0, self._ms(turn.begins) - _SOFT_MS)
        return spoken(
            heard,
            at_ms=self._ms(start),
            after_ms=turn.said[-1].end_ms if turn.said else round(begins_ms),
            silent_ms=self._ms(turn.speech_end),
            said=turn.said,
            hints=self._hints,
        )

    def _cut(self, turn: _Turn) -> None:
        """Let the next question begin later, where firm words end."""
        found = cut_after(
            turn.said, turn.guess, round(self._ms(turn.cut)), round(self._ms(turn.looked))
        )
        if found is None:
            return
        kept, at_ms = found
        turn.said = turn.said[kept:]
        turn.cut = min(turn.looked, max(turn.cut, self._sample(at_ms)))
        self._forget()

    def _forget(self) -> None:
        """Let go of sound that nobody will ask for."""
        needed = self._turns[0].cut if self._turns else self._taken - 4 * _BEFORE
        if needed - self._first > SAMPLE_RATE:
            self._sound = self._sound[needed - self._first :].copy()
            self._first = needed
            keep = max(0, bisect_right(self._marks, needed, key=lambda mark: mark[0]) - 1)
            del self._marks[:keep]

    def _part(self, start: int, end: int) -> Samples:
        return self._sound[start - self._first : end - self._first]

    def _ms(self, sample: int) -> float:
        if not self._marks:
            return 0.0
        at = max(0, bisect_right(self._marks, sample, key=lambda mark: mark[0]) - 1)
        base, ms = self._marks[at]
        return ms + (sample - base) * 1000 / SAMPLE_RATE

    def _sample(self, ms: float) -> int:
        """The sample at a time of the meeting clock."""
        at = max(0, bisect_right(self._marks, ms, key=lambda mark: mark[1]) - 1)
        base, start = self._marks[at]
        return base + round((ms - start) * SAMPLE_RATE / 1000)
