"""Whisper on short windows, by CTranslate2: the words of the last seconds, many times a minute.

faster-whisper pads whatever it is given to 30 s; CTranslate2's encoder takes less, and its cost
falls faster than the length. Whisper was trained on padded windows, so some silence stays behind
the sound (with none it runs on and invents: futo-org/whisper-acft issue 5, and our own model), the
answer's length is bounded by the sound's, and what looks wrong is heard again in a full window.
Runs in a child process (`whisper_live_host.py`).
"""

import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import ctranslate2
import faster_whisper
import numpy as np
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_suppressed_tokens
from numpy.typing import NDArray

from granola_like.domain.transcript import Word
from granola_like.engines.base import SAMPLE_RATE, Heard, Listening, Samples
from granola_like.errors import EngineError

MARGIN_FRAMES = 96
"""Encoder frames (20 ms) of silence behind the sound: 1.9 s."""

LONGEST_S = 28.0
HINT_TOKENS = 50
TOO_REPETITIVE = 2.4
"""Bytes over their zlib size, as in Radford et al. 2022."""

_WINDOW_FRAMES = 3000
_FRAMES_A_SECOND = 100
_ALIKE_FRAMES = 50
"""Windows are as long as a multiple of this: libraries keep something for each length they meet."""
_SHORTEST_S = 0.1
_MOST_TOKENS_A_SECOND = 12.0
_MOST_TOKENS_A_SECOND_ELSEWHERE = 25.0
_SPARE_TOKENS = 8
# Languages whose words are mostly whole tokens; others are spelt in pieces, up to 20 a second.
_COMPACT = frozenset("en de fr es it pt nl ru pl sv da no fi tr cs uk ro hu id ca zh ja ko".split())
_MARKS = ",.;:?!…、。，？！ "
_WITHOUT_SPACES = frozenset({"zh", "ja", "th", "lo", "my", "yue"})


class LiveWhisper:
    """A folder with a CTranslate2 Whisper, loaded as int8 on the CPU, for one channel."""

    def __init__(
        self,
        folder: str,
        *,
        name: str,
        threads: int,
        plain: bool = False,
        margin_frames: int = MARGIN_FRAMES,
        tokens_a_second: float | None = None,
        falls_back: bool = True,
    ) -> None:
        self._name, self._plain, self._falls_back = name, plain, falls_back
        self._margin, self._rate = 2 * margin_frames, tokens_a_second
        try:
            self._whisper = faster_whisper.WhisperModel(
                folder, device="cpu", compute_type="int8", cpu_threads=threads, num_workers=1
            )
        except (RuntimeError, ValueError, OSError, KeyError, TypeError) as reason:
            raise EngineError(
                f"The model “{name}” at “{folder}” could not be loaded: its files are damaged or "
                "of another kind.",
                hint="Remove it and get it again; `granola-like models list` shows what there is.",
            ) from reason
        except Exception as reason:
            # The tokenizer's library raises the bare class for a damaged file.
            raise EngineError(f"The tokenizer of the model “{name}” is damaged.") from reason
        self._model = self._whisper.model
        self._tokenizers: dict[str, Tokenizer] = {}
        self.padded_passes = 0
        """How often a full window was needed after all."""

    @property
    def name(self) -> str:
        """The model's name, as the person knows it."""
        return self._name

    def hear(self, sound: Samples, how: Listening, said: tuple[str, ...] = ()) -> Heard:
        """Give the words that follow `said`. Raises EngineError."""
        sound = sound[: round(LONGEST_S * SAMPLE_RATE)]
        if len(sound) < _SHORTEST_S * SAMPLE_RATE:
            return _nothing(len(sound))
        try:
            language = how.language or self.detect_language(sound)[0]
            asking = _Asking(self._tokenizer(language), language, said)
            asking.hints = self._hints(asking.tokenizer, how.hints)
            features = self._whisper.feature_extractor(sound)[:, : _frames(sound)]
            heard, is_abnormal = self._pass(features, asking, _frames(sound) + self._margin)
            if is_abnormal and self._falls_back:
                self.padded_passes += 1
                again, is_worse = self._pass(features, asking, _WINDOW_FRAMES)
                heard = again if not is_worse else _more_believable(heard, again)
        except (RuntimeError, ValueError, IndexError) as reason:
            raise EngineError(f"The model “{self._name}” failed on this sound.") from reason
        return heard

    def detect_language(self, sound: Samples) -> tuple[str, float]:
        """Say what is spoken; a model of English alone says English."""
        if not self._model.is_multilingual:
            return "en", 1.0
        sound = sound[: round(LONGEST_S * SAMPLE_RATE)]
        try:
            features = self._whisper.feature_extractor(sound)[:, : _frames(sound)]
            encoded = self._encode(features, _frames(sound) + self._margin)
            token, probability = self._model.detect_language(encoded)[0][0]
        except (RuntimeError, ValueError, IndexError) as reason:
            raise EngineError(f"The model “{self._name}” failed on this sound.") from reason
        return str(token).strip("<|>"), float(probability)

    def answers(self, method: str, *arguments: Any) -> Iterator[Any]:
        """Answer one question as a stream of one answer: waiting for that can be given up."""
        yield getattr(self, method)(*arguments)

    def close(self) -> None:
        """Let go of the weights."""
        self._model.unload_model()

    def _tokenizer(self, language: str) -> Tokenizer:
        if language not in self._tokenizers:
            try:
                self._tokenizers[language] = Tokenizer(
                    self._whisper.hf_tokenizer,
                    self._model.is_multilingual,
                    task="transcribe",
                    language=language,
                )
            except ValueError as reason:
                raise EngineError(
                    f"The model “{self._name}” does not know the language “{language}”.",
                    hint="Choose another language, or let it be found.",
                ) from reason
        return self._tokenizers[language]

    def _hints(self, tokenizer: Tokenizer, hints: Sequence[str]) -> list[int]:
        """Take as many hints as fit, in their order."""
        if self._plain or not hints:
            return []
        tokens: list[int] = []
        for hint in hints:
            more = tokenizer.encode(f" {hint}," if tokens else f" {hint}")
            if len(tokens) + len(more) > HINT_TOKENS:
                break
            tokens += more
        return [tokenizer.sot_prev, *tokens] if tokens else []

    def _encode(self, features: NDArray[np.float32], frames: int) -> Any:
        frames = -(-frames // _ALIKE_FRAMES) * _ALIKE_FRAMES
        room = min(frames, _WINDOW_FRAMES) - features.shape[1]
        padded = np.pad(features, ((0, 0), (0, max(0, room))))
        padded = np.ascontiguousarray(padded[None, :, :_WINDOW_FRAMES], np.float32)
        return self._model.encode(ctranslate2.StorageView.from_array(padded))

    def _pass(
        self, features: NDArray[np.float32], asking: "_Asking", frames: int
    ) -> tuple[Heard, bool]:
        """Hear once; True with it when the answer is longer or more repetitive than speech is."""
        encoded = self._encode(features, frames)
        seconds = features.shape[1] / _FRAMES_A_SECOND
        most = self._most_tokens(seconds, asking)
        prompt = asking.prompt()
        # CTranslate2 lets an answer, with what it must begin with, take half of `max_length`.
        result = self._model.generate(
            encoded,
            [prompt],
            beam_size=1,
            max_length=min(2 * (len(asking.said_tokens) + most + 1), self._whisper.max_length),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_tokens=asking.suppressed,
        )[0]
        # The words that it was made to begin with come, too; the score leaves them out.
        every = result.sequences_ids[0]
        new = every[len(asking.said_tokens) :]
        tokens = [token for token in new if token < asking.tokenizer.eot]
        words = self._words(encoded, features.shape[1], asking, tokens)
        text = asking.tokenizer.decode(tokens).strip()
        repetition = len(text.encode()) / len(zlib.compress(text.encode())) if text else 1.0
        heard = Heard(
            start_ms=min((word.start_ms for word in words), default=0),
            end_ms=max((word.end_ms for word in words), default=0),
            text=asking.joined(words),
            words=words,
            mean_log_probability=result.scores[0] * len(every) / (len(new) + 1),
            no_speech_probability=float(result.no_speech_prob),
            compression_ratio=repetition,
        )
        return heard, len(new) >= most or repetition > TOO_REPETITIVE

    def _most_tokens(self, seconds: float, asking: "_Asking") -> int:
        if self._rate is not None:
            return max(1, round(self._rate * seconds) - len(asking.said_tokens))
        rate = _MOST_TOKENS_A_SECOND
        if asking.language not in _COMPACT:
            rate = _MOST_TOKENS_A_SECOND_ELSEWHERE
        return max(_SPARE_TOKENS, round(rate * seconds) + _SPARE_TOKENS - len(asking.said_tokens))

    def _words(
        self, encoded: Any, frames: int, asking: "_Asking", tokens: list[int]
    ) -> tuple[Word, ...]:
        """Give new words their times, by the cross-attention of the decoder (`align`)."""
        if not tokens:
            return ()
        every = [*asking.said_tokens, *tokens]
        aligned = self._model.align(encoded, asking.tokenizer.sot_sequence, [every], frames)[0]
        path = np.asarray(aligned.alignments)
        begins = np.concatenate([[True], np.diff(path[:, 0]) > 0])
        # When each token begins, in encoder frames; the last is where the text ends.
        times = path[begins, 1]
        texts, parts = asking.tokenizer.split_to_word_tokens([*tokens, asking.tokenizer.eot])
        words: list[Word] = []
        at = len(asking.said_tokens)
        for text, part in zip(texts[:-1], parts[:-1], strict=True):
            if at + len(part) >= len(times):
                break
            start, end = (int(times[i]) * 20 for i in (at, at + len(part)))
            sure = float(np.clip(np.mean(aligned.text_token_probs[at : at + len(part)]), 0, 1))
            at += len(part)
            _add(words, Word(text, start, max(start, end), sure), spaced=asking.is_spaced)
        return tuple(words)


class _Asking:
    """One question, in tokens."""

    def __init__(self, tokenizer: Tokenizer, language: str, said: Sequence[str]) -> None:
        self.tokenizer, self.language = tokenizer, language
        self.is_spaced = language not in _WITHOUT_SPACES
        # Its mark was guessed before the next word was heard: a forced “,” asks for more words.
        text = self._join(said).rstrip(_MARKS)
        self.said_tokens = tokenizer.encode(f" {text}") if text else []
        self.hints: list[int] = []
        self.suppressed = get_suppressed_tokens(tokenizer, [-1])

    def prompt(self) -> list[int]:
        last = self.tokenizer.no_timestamps
        return [*self.hints, *self.tokenizer.sot_sequence, last, *self.said_tokens]

    def joined(self, words: Sequence[Word]) -> str:
        return self._join([word.text for word in words])

    def _join(self, texts: Sequence[str]) -> str:
        return (" " if self.is_spaced else "").join(texts).strip()


def open_live_whisper(folder: str, **about: Any) -> LiveWhisper:
    """Load the model in `folder`; `about` as LiveWhisper takes it. Raises EngineError."""
    return LiveWhisper(folder, **about)


def _add(words: list[Word], word: Word, *, spaced: bool) -> None:
    """Add a word; a piece without a space before it belongs to the last one."""
    text = word.text.strip()
    if not text:
        return
    if spaced and not words and text.strip(_MARKS) == "":
        return  # the mark of the last word that was said already
    if words and spaced and not word.text[0].isspace():
        last = words.pop()
        sure = min(last.probability, word.probability)
        words.append(Word(last.text + text, last.start_ms, max(last.end_ms, word.end_ms), sure))
    else:
        words.append(Word(text, word.start_ms, word.end_ms, word.probability))


def _more_believable(one: Heard, other: Heard) -> Heard:
    return min(one, other, key=lambda heard: (heard.compression_ratio, len(heard.text)))


def _frames(sound: Samples) -> int:
    return len(sound) * _FRAMES_A_SECOND // SAMPLE_RATE


def _nothing(samples: int) -> Heard:
    at = samples * 1000 // SAMPLE_RATE
    return Heard(start_ms=0, end_ms=at, text="", no_speech_probability=1.0)
