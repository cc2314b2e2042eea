"""The first page in its states."""

from PySide6.QtWidgets import QWidget

from granola_like_ui.gallery import Shot
from granola_like_ui.welcome.page import WelcomePage
from granola_like_ui.welcome.state import Card, Quality, WelcomeState

QUALITIES = (
    Quality(
        model="base",
        title="Quick",
        about="Enough for clear voices and good microphones.",
        facts="145 MB · an hour takes 4 min",
    ),
    Quality(
        model="small",
        title="Good",
        about="What most people want.",
        facts="484 MB · an hour takes 14 min",
        is_suggested=True,
    ),
    Quality(
        model="large-v3-turbo",
        title="Best",
        about="For accents and bad lines.",
        facts="1,620 MB · an hour takes 48 min",
    ),
)


def _shown(**facts: object) -> Shot:
    def make() -> QWidget:
        page = WelcomePage()
        page.show_state(WelcomeState(qualities=QUALITIES, **facts))  # type: ignore[arg-type]
        return page

    return Shot(make=make, size=(1044, 820))


STATES: dict[str, Shot] = {
    "fresh": _shown(),
    "hearing": _shown(
        me=Card(proof="trying", level_db=-18.0, told="I hear you."),
        them=Card(
            proof="failed",
            told="Built-in Speakers: the test sound was played but did not arrive. Choose the "
            "device that you hear calls on as the system's output, then try again.",
        ),
    ),
    "done": _shown(
        me=Card(proof="proved", level_db=-30.0, told="Built-in Microphone is heard."),
        them=Card(proof="proved", level_db=-24.0, told="The sound came back."),
        chosen="small",
        download="181 of 484 MB, 24 s left",
        fraction=0.37,
    ),
}
