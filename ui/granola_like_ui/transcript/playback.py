"""Playing a meeting: the player is opened when it is first wanted, and watched while it plays."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from granola_like.errors import GranolaError
from granola_like_ui.bridge import Asked, Reader
from granola_like_ui.transcript.state import SPEEDS, PlayState
from granola_like_ui.transcript.work import open_player

if TYPE_CHECKING:
    from granola_like.app import App
    from granola_like.app.player import Player

LOOK_EVERY_MS = 33
"""Thirty times a second: a short word lasts five times as long."""

_LOOKS_AFTER = 10
"""So often it is looked at after it has fallen silent."""


class Playback(QObject):
    """Plays one meeting after the other; tells thirty times a second where it is."""

    changed = Signal(object)
    """A `PlayState`."""
    failed = Signal(object)
    """A GranolaError: why nothing is heard."""

    def __init__(
        self,
        reader: Reader,
        *,
        open_: "Callable[[App, str], Player]" = open_player,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._reader, self._open = reader, open_
        self._meeting = ""
        self._player: Player | None = None
        self._asked: Asked[Player] | None = None
        self._speed = 1.0
        self._is_following = True
        self._told = PlayState()
        self._quiet = 0
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    @property
    def state(self) -> PlayState:
        """What was told last."""
        return self._told

    def take(self, meeting: str) -> None:
        """Play this meeting from now on; another one falls silent."""
        if meeting != self._meeting:
            self.close()
            self._meeting = meeting

    def close(self) -> None:
        """Fall silent, and let go of the sound."""
        if self._asked is not None:
            self._asked.forget()
            self._asked = None
        self._timer.stop()
        player, self._player = self._player, None
        if player is not None:
            # Closing may wait for the sound server; the window does not.
            self._reader.ask(lambda _: player.close())
        self._meeting = ""
        self._tell(PlayState(speed=self._speed))

    def play(self, from_ms: int | None = None, to_ms: int | None = None) -> None:
        """Play from a moment, or from where it is."""
        self._is_following = True
        self._with_player(lambda player: player.play(from_ms, to_ms))

    def pause(self) -> None:
        """Hold here."""
        if self._player is not None:
            self._player.pause()
            self._quiet = 0
            self._timer.start()
            self._look()

    def turn(self) -> None:
        """Play, or hold."""
        if self._told.is_playing:
            self.pause()
        else:
            self.play()

    def seek(self, ms: int) -> None:
        """Go to a moment."""
        self._is_following = True
        self._with_player(lambda player: player.seek(max(0, ms)))

    def jump(self, by_ms: int) -> None:
        """Go on, or back, by so much."""
        at = self._told.position_ms if self._player is None else self._player.position_ms
        self.seek(at + by_ms)

    def choose_speed(self, speed: float) -> None:
        """Play so many times as fast."""
        self._speed = speed
        if self._player is not None:
            self._player.set_speed(speed)
            self._look()
        else:
            self._tell(PlayState(speed=speed))

    def faster(self, by: int) -> None:
        """Go so many steps up, or down, among the speeds."""
        at = min(range(len(SPEEDS)), key=lambda n: abs(SPEEDS[n] - self._speed))
        self.choose_speed(SPEEDS[min(max(at + by, 0), len(SPEEDS) - 1)])

    def follow(self, *, follow: bool) -> None:
        """Let the transcript go along, or not."""
        if follow != self._is_following:
            self._is_following = follow
            self._look()

    # -- inside --------------------------------------------------------------------------------

    def _with_player(self, do: "Callable[[Player], object]") -> None:
        def opened(player: "Player") -> None:
            self._asked, self._player = None, player
            player.set_speed(self._speed)
            act(player)

        def act(player: "Player") -> None:
            do(player)
            self._quiet = 0
            self._timer.start()
            self._look()

        if self._player is not None:
            act(self._player)
        elif self._meeting:
            if self._asked is not None:
                self._asked.forget()
            meeting = self._meeting
            self._asked = self._reader.ask(
                lambda app: self._open(app, meeting), opened, failed=self.failed.emit
            )

    def _look(self) -> None:
        player = self._player
        if player is None:
            return
        now = player.look()
        self._tell(
            PlayState(
                position_ms=now.position_ms,
                is_playing=now.state == "playing",
                speed=now.speed,
                is_following=self._is_following,
            )
        )
        # A wish takes a moment: it is done on the player's thread.
        self._quiet = 0 if now.state == "playing" else self._quiet + 1
        if self._quiet == _LOOKS_AFTER:
            self._timer.stop()
            if isinstance(now.trouble, GranolaError):
                self.failed.emit(now.trouble)

    def _tell(self, state: PlayState) -> None:
        if state != self._told:
            self._told = state
            self.changed.emit(state)
