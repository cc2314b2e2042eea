"""Every colour and measure of the window; nothing else names one.

Lengths are in device-independent pixels, times in milliseconds.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Colors:
    """One set of colours, as #RRGGBB."""

    is_dark: bool
    paper: str
    """Behind what is read and written."""
    desk: str
    """Behind what lies around it."""
    ink: str
    """The person's words."""
    pencil: str
    """The machine's words: at least 4.5:1 on paper."""
    faint: str
    """Times, hints and tentative words; never the only bearer of a meaning."""
    hairline: str
    accent: str
    """The one thing to do now."""
    on_accent: str
    amber: str
    """A finding, always with words."""
    amber_ground: str
    record: str
    """Recording and loss, nothing else."""
    shadow: str
    """#AARRGGBB of the one soft shadow, under what floats."""


LIGHT = Colors(
    is_dark=False,
    paper="#FBFAF7",
    desk="#F2F0EA",
    ink="#1F1E1B",
    pencil="#6E6A62",
    faint="#A39E93",
    hairline="#E4E0D6",
    accent="#3F6B4F",
    on_accent="#FFFFFF",
    amber="#8A5A00",
    amber_ground="#FBF1DC",
    record="#B3372B",
    shadow="#1A28241C",
)

DARK = Colors(
    is_dark=True,
    paper="#1E1D1B",
    desk="#171614",
    ink="#ECE9E2",
    pencil="#A8A297",
    faint="#6F6A61",
    hairline="#34322E",
    accent="#8DBF9D",
    on_accent="#14201A",
    amber="#E9B44C",
    amber_ground="#352A14",
    record="#E5786D",
    shadow="#66000000",
)

HIGH_CONTRAST_LIGHT = Colors(
    is_dark=False,
    paper="#FFFFFF",
    desk="#FFFFFF",
    ink="#000000",
    pencil="#3A3833",
    faint="#55524B",
    hairline="#55524B",
    accent="#1B4A2C",
    on_accent="#FFFFFF",
    amber="#5E3C00",
    amber_ground="#FFF3D6",
    record="#8E1B10",
    shadow="#40000000",
)

HIGH_CONTRAST_DARK = Colors(
    is_dark=True,
    paper="#000000",
    desk="#000000",
    ink="#FFFFFF",
    pencil="#D6D2C9",
    faint="#B8B3A8",
    hairline="#B8B3A8",
    accent="#A9E5BC",
    on_accent="#000000",
    amber="#FFD173",
    amber_ground="#2B2000",
    record="#FF9C92",
    shadow="#80000000",
)


class Type:
    """Sizes of type, and the height of a line over the size."""

    TITLE = 26
    BODY = 15
    LIST = 13.5
    SMALL = 12.5
    LABEL = 11.5
    LINE_HEIGHT = 1.55


class Space:
    """Distances: 4-8-12-16-24-40."""

    XS = 4
    S = 8
    M = 12
    L = 16
    XL = 24
    XXL = 40


class Size:
    """Measures of things."""

    CORNER = 8
    CARD_CORNER = 12
    TEXT_COLUMN = 680
    SIDEBAR = 236
    SIDE_PANEL = 380
    INDENT = 24
    ICON = 16
    METER = 16
    SHADOW_BLUR = 24
    SHADOW_FALL = 6
    FOCUS = 2
    WINDOW = (1280, 820)
    SMALLEST_WINDOW = (720, 480)


class Motion:
    """How long what moves takes, in milliseconds; nothing moves where the system says so."""

    QUICK = 120
    CALM = 180
