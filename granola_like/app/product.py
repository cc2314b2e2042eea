"""The parts joined into what a person can ask for.

Long work comes back as jobs (see `jobs`); nothing here prints. Engines live in child processes and
are closed when the job that used them ends, however it ends.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from granola_like import paths
from granola_like.app import choose, hearing
from granola_like.app.hearing import Call
from granola_like.domain.bundle import Bundle
from granola_like.domain.enhanced import Aligned, EnhancedNote
from granola_like.domain.meeting import Meeting, Person
from granola_like.domain.note import NoteLine
from granola_like.domain.recording import Channel
from granola_like.domain.transcript import Transcript
from granola_like.errors import ExchangeError
from granola_like.jobs import Job, Progress
from granola_like.library import Library, new_id
from granola_like.library.sound import keep, sweep, unpacking
from granola_like.settings import Settings, WriterName, load_settings

if TYPE_CHECKING:
    from granola_like.enhance.templates import Template

_PLAIN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_NO_IDS = ("meeting", "imported")
"""What a bundle by hand and captions are called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """How a note is to be written; None takes the person's setting."""

    writer: WriterName | None = None
    language: str | None = None


class App:
    """An open product. Use it in one thread; another thread opens its own."""

    def __init__(self, settings: Settings | None = None) -> None:
        """Start with the person's settings, or with those given. Raises SettingsError."""
        self.settings = settings or load_settings(paths.settings_file())

    @cached_property
    def library(self) -> Library:
        """The library, opened when first asked for. Raises LibraryError."""
        library = Library(paths.library_file())
        if paths.sound_dir().is_dir():
            sweep(paths.sound_dir(), known=library.ids())
        return library

    def close(self) -> None:
        """Let go of the library."""
        if "library" in self.__dict__:
            self.library.close()
            del self.__dict__["library"]

    # -- sound to words ------------------------------------------------------------------------

    def transcribe(self, call: Call) -> Job[Bundle]:
        """Hear the call and return it as a bundle; nothing is stored. See `hearing`."""
        return (yield from hearing.transcribe(self, call))

    def transcribe_stored(
        self, meeting: str, *, model: str | None = None, language: str | None = None
    ) -> Job[Transcript]:
        """Hear a stored meeting's sound again, under the old ids. See `hearing`."""
        return (yield from hearing.transcribe_stored(self, meeting, model=model, language=language))

    # -- words to a note -----------------------------------------------------------------------

    def align(self, bundle: Bundle, *, top: int = 8) -> dict[str, tuple[Aligned, ...]]:
        """Find what each typed line rests on, best first. Raises EngineError."""
        from granola_like.enhance.align import align

        with choose.embedder(self.settings) as embedder:
            return align(bundle, embedder=embedder, top=top)

    def template(self, bundle: Bundle, asked: str | None = None) -> "Template":
        """Give the template asked for, the meeting's, its series', or the one that fits.

        Raises TemplateError, also where there is none of the name that was asked for.
        """
        from granola_like.enhance.templates import suggest, template_named

        name = asked or bundle.meeting.template or self.settings.template
        if name != choose.AUTO:
            return template_named(name, self.templates())
        last = self._of_series(bundle.meeting)
        if last in {one.id for one in self.templates()}:
            return template_named(str(last), self.templates())
        said = " ".join(one.text for one in bundle.transcript)
        language = bundle.meeting.language
        return suggest(bundle.meeting.title, said, self.templates(), language=language)

    def _of_series(self, meeting: Meeting) -> str | None:
        from granola_like.library.series import last_template

        # A bundle's file is worked on without a library, and makes none.
        return last_template(self.library, meeting) if paths.library_file().exists() else None

    def templates(self) -> "tuple[Template, ...]":
        """List the shipped templates and the person's own. Raises TemplateError."""
        from granola_like.enhance.templates import all_templates

        return all_templates(paths.templates_dir())

    def enhance(
        self, bundle: Bundle, *, template: str | None = None, writing: Writing | None = None
    ) -> Job[EnhancedNote]:
        """Write the note; nothing is stored. Raises EngineError, TemplateError."""
        from granola_like.enhance.job import enhance
        from granola_like.enhance.style import instructions

        chosen = self.template(bundle, template)
        writing = writing or Writing()
        language = writing.language or self.settings.note_language
        yield Progress("Finding what your lines rest on")
        bundle = replace(bundle, meeting=self._with_glossary(bundle.meeting))
        alignment = self.align(bundle)
        named = writing.writer or self.settings.writer
        # Only a model understands sentences; what the others write is styled when it is read.
        rules = () if named == "extractive" else self.library.style_rules(chosen.id)
        with choose.writer(self.settings, named) as writer:
            note: EnhancedNote = yield from enhance(
                bundle,
                writer=writer,
                alignment=alignment,
                template=chosen,
                now=datetime.now(UTC),
                note_language=None if language == choose.AUTO else language,
                style=instructions(rules),
            )
        return note

    def enhance_stored(
        self, meeting: str, *, template: str | None = None, writing: Writing | None = None
    ) -> Job[EnhancedNote]:
        """Write the note of a stored meeting, and keep it as a new version."""
        versions = self.library.versions(meeting, "transcripts")
        bundle = self.library.load(meeting)
        note = yield from self.enhance(bundle, template=template, writing=writing)
        # Whatever was typed or transcribed meanwhile stays as it is.
        made_from = versions[0].number if versions else None
        self.library.add_enhanced(meeting, note, transcript=made_from)
        return note

    def guard(self, bundle: Bundle) -> EnhancedNote:
        """Check every written line of the bundle's note against the words that it points at."""
        from granola_like.enhance.job import guard_note

        if bundle.enhanced is None:
            raise ExchangeError("This meeting has no note to check.", hint="Enhance it first.")
        checked = {block.id: block for block in guard_note(bundle)}
        blocks = tuple(checked.get(block.id, block) for block in bundle.enhanced.blocks)
        return replace(bundle.enhanced, blocks=blocks)

    # -- into the library ----------------------------------------------------------------------

    def take_in(self, call: Call) -> Job[str]:
        """Transcribe, write the note, and store all of it with its sound; return the id.

        All of it is stored at once at the end: killed before, the library is as it was.
        """
        # What cannot be must be said before hours of work, not after.
        library = self.library
        if call.template:
            self.template(Bundle(meeting=_headline(call)), call.template)
        bundle = yield from self.transcribe(call)
        if bundle.notes or bundle.transcript.utterances:
            note = yield from self.enhance(bundle, template=call.template)
            bundle = replace(bundle, enhanced=note)
        files = {channel: source.path for channel, source in call.tracks.items()}
        kept = files if self.settings.keep_sound else {}
        return (yield from keep(library, bundle, sound=kept, folder=paths.sound_dir()))

    def store(self, bundle: Bundle, *, sound: Mapping[Channel, Path] | None = None) -> Job[str]:
        """Put a bundle into the library, with its files of sound; return its id."""
        yield Progress("Storing the meeting")
        return (yield from keep(self.library, bundle, sound=sound or {}, folder=paths.sound_dir()))

    # -- files ---------------------------------------------------------------------------------

    def import_file(
        self,
        file: Path,
        *,
        notes: tuple[NoteLine, ...] | None = None,
        title: str | None = None,
        template: str | None = None,
        started_at: datetime | None = None,
        people: tuple[Person, ...] = (),
        language: str | None = None,
    ) -> Job[str]:
        """Store a bundle, an archive or captions as a meeting, and return its id.

        What is given counts for more than what the file says. With `notes`, the note is written
        too; with a template likewise, where the file has no note. A bundle of a meeting that is
        here already adds versions to it; where the typed lines or edits differ, it becomes a
        meeting of its own. Raises ExchangeError, TemplateError.
        """
        from granola_like.exchange.formats import read_meeting

        yield Progress("Reading the file")
        with unpacking(paths.sound_dir()) as folder:
            bundle, sound = read_meeting(file, unpack_to=folder)
            about = bundle.meeting
            about = replace(
                about,
                title=title or about.title,
                started_at=started_at or about.started_at,
                people=people or about.people,
                language=language or about.language,
                template=template or about.template,
            )
            bundle = replace(bundle, meeting=about)
            if template:
                self.template(bundle)  # there is one of that name
            if notes is not None or (template and bundle.enhanced is None):
                bundle = replace(bundle, notes=bundle.notes if notes is None else notes)
                note = yield from self.enhance(bundle, template=template)
                bundle = replace(bundle, enhanced=note)
            return (yield from self.store(self._fitting(bundle), sound=sound))

    def sound_of(self, meeting: str) -> Path:
        """Say in which folder the meeting's tracks lie."""
        return paths.sound_dir() / meeting

    # -- inside --------------------------------------------------------------------------------

    def _fitting(self, bundle: Bundle) -> Bundle:
        """Give what is imported an id under which it takes nothing away from what is here."""
        about = bundle.meeting
        if about.id in _NO_IDS or not _PLAIN_ID.fullmatch(about.id):
            return replace(bundle, meeting=replace(about, id=new_id()))
        if about.id not in self.library.ids():
            return bundle
        here = self.library.load(about.id)
        mine = (here.notes, here.edits, here.transcript_edits)
        if mine != (bundle.notes, bundle.edits, bundle.transcript_edits):
            return replace(bundle, meeting=replace(about, id=new_id()))
        return replace(
            bundle, meeting=replace(here.meeting, template=about.template or here.meeting.template)
        )

    def _with_glossary(self, meeting: Meeting) -> Meeting:
        terms = dict.fromkeys([*meeting.glossary, *self.settings.glossary])
        return replace(meeting, glossary=tuple(terms))


def _headline(call: Call) -> Meeting:
    return Meeting(id=call.meeting or "new", title=call.title, started_at=call.started_at)
