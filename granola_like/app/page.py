"""A stored meeting as its page shows it: the note with the person's edits, versions, files.

Every function takes the App, or the library, of the caller's own thread.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from granola_like.app.editing import edited
from granola_like.app.product import App
from granola_like.domain.bundle import Bundle
from granola_like.domain.edits import Conflict, Rebased
from granola_like.domain.enhanced import EnhancedNote
from granola_like.enhance.edits import rebase
from granola_like.enhance.edits_diff import BlockChange, Piece, compare_versions
from granola_like.enhance.style import styled
from granola_like.errors import ExchangeError
from granola_like.library import Library

__all__ = [
    "EXPORTS",
    "BlockChange",
    "Kind",
    "Page",
    "Piece",
    "Version",
    "as_text",
    "compare",
    "export",
    "kinds",
    "read",
    "restore",
]

EXPORTS: Mapping[str, str] = MappingProxyType(
    {
        "md": "Markdown",
        "html": "Web page",
        "txt": "Transcript as text",
        "vtt": "Captions (WebVTT)",
        "srt": "Captions (SubRip)",
        "json": "The whole meeting, without sound",
        "zip": "The whole meeting, with its sound",
    }
)
"""Kinds of files, by their endings, and what each is in plain words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One kept version of a note."""

    number: int
    engine: str
    """Who wrote it."""
    created_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything that the page of a stored meeting shows."""

    bundle: Bundle
    """As it is stored: the note as the machine wrote it."""
    note: EnhancedNote | None = None
    """With the person's edits and rules of style; None while none is written."""
    accepted: frozenset[str] = frozenset()
    reworded: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()
    """Blocks, by their ids: see `domain.edits.Rebased`."""
    conflicts: tuple[Conflict, ...] = ()
    versions: tuple[Version, ...] = ()
    """Newest first."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of note that can be written."""

    id: str
    name: str


def read(library: Library, meeting: str) -> Page:
    """Read a meeting's page. Raises NotFound."""
    bundle = library.load(meeting)
    if bundle.enhanced is None:
        return Page(bundle=bundle)
    rebased = rebase(bundle.edits, bundle.enhanced)
    return Page(
        bundle=bundle,
        note=_styled(library, bundle, rebased),
        accepted=rebased.accepted,
        reworded=rebased.reworded,
        done=rebased.done,
        conflicts=rebased.conflicts,
        versions=tuple(
            Version(number=one.number, engine=one.engine, created_at=one.created_at)
            for one in library.versions(meeting, "enhanced")
        ),
    )


def compare(library: Library, meeting: str, old: int, new: int) -> tuple[BlockChange, ...]:
    """List what is different between two kept versions, the person's edits left out.

    Raises NotFound.
    """
    before = library.enhanced_version(meeting, old)
    return compare_versions(before.blocks, library.enhanced_version(meeting, new).blocks)


def restore(library: Library, meeting: str, number: int) -> None:
    """Make a copy of an older version the newest one; nothing is taken away. Raises NotFound."""
    note = library.enhanced_version(meeting, number)
    library.add_enhanced(meeting, replace(note, created_at=datetime.now(UTC)))


def kinds(app: App, language: str) -> tuple[Kind, ...]:
    """List the templates, each with its name in a language. Raises TemplateError."""
    return tuple(Kind(one.id, one.title(language)) for one in app.templates())


def as_text(library: Library, meeting: str, *, transcript: bool = False) -> str:
    """Write the note as Markdown, with the person's edits in it. Raises NotFound."""
    from granola_like.exchange.formats import meeting_as_text

    bundle, _ = edited(library, library.load(meeting))
    return meeting_as_text(bundle, "md", transcript=transcript)


def export(app: App, meeting: str, kind: str, to: Path) -> None:
    """Write the meeting into a file of one of the kinds of EXPORTS.

    Raises NotFound, and ExchangeError for what the disk refuses.
    """
    from granola_like.exchange.formats import meeting_as_text, write_archive, write_text
    from granola_like.exchange.web import to_html

    if kind not in EXPORTS:
        raise ExchangeError(f"A meeting cannot be written as “{kind}”.", hint="Choose another.")
    seen = read(app.library, meeting)
    bundle = seen.bundle
    if kind == "zip":
        write_archive(bundle, sound=app.sound_of(meeting), to=to)
        return
    if kind == "html":
        write_text(to, to_html(replace(bundle, enhanced=_settled(seen)), done=seen.done))
        return
    if kind == "md":
        bundle, _ = edited(app.library, bundle)
    write_text(to, meeting_as_text(bundle, kind))


def _settled(seen: Page) -> EnhancedNote | None:
    """Give the note without the doubts that the person has settled."""
    if seen.note is None:
        return None
    blocks = (
        replace(one, finding="supported") if one.id in seen.accepted else one
        for one in seen.note.blocks
    )
    return replace(seen.note, blocks=tuple(blocks))


def _styled(library: Library, bundle: Bundle, rebased: Rebased) -> EnhancedNote:
    assert bundle.enhanced is not None
    rules = library.style_rules(bundle.enhanced.template)
    return styled(rebased.note, bundle, rules, keep=rebased.reworded) if rules else rebased.note
