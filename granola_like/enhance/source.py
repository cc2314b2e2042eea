"""What a written line may rest on: its cited words, who said them, and what the person typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from granola_like.domain.enhanced import Evidence
from granola_like.domain.transcript import Utterance
from granola_like.enhance.evidence import cited_text
from granola_like.enhance.fluency import clean_speech, join_spelled
from granola_like.text.quantities import Quantity, find_quantities


@dataclass(frozen=True)
class Cited:
    """Some words, and who said them."""

    text: str
    said: Utterance


@dataclass(frozen=True)
class Source:
    """Everything that a line is compared with."""

    cited: tuple[Cited, ...]
    line: str = ""
    """The person's line, which only completes what was said."""
    people: tuple[str, ...] = ()
    glossary: tuple[str, ...] = ()
    language: str = "en"
    meeting_date: date | None = None
    written_in: str | None = None
    """The written line's language, where it is another than the spoken one."""

    @property
    def is_translated(self) -> bool:
        """Say whether line and words are in two languages."""
        return self.written_in is not None and self.written_in != self.language

    @property
    def has_words(self) -> bool:
        """Say whether anything at all is cited."""
        return any(char.isalnum() for one in self.cited for char in one.text)

    @cached_property
    def known_names(self) -> tuple[str, ...]:
        """Give the names that may be meant: people, glossary, and who is cited."""
        speakers = {one.said.speaker for one in self.cited if one.said.speaker}
        return tuple(dict.fromkeys((*self.people, *self.glossary, *sorted(speakers))))

    @cached_property
    def text(self) -> str:
        """Give all cited words, utterances on lines of their own."""
        return "\n".join(one.text for one in self.cited)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Give every quantity that was said, also as it reads once fillers are out."""
        texts = [one.text for one in self.cited]
        # "twenty uh five" and a number that runs over two utterances read as one only when cleaned.
        texts += [clean_speech(text, language=self.language) for text in texts]
        texts.append(" ".join(one.text for one in self.cited))
        return tuple(one for text in texts for one in self.read(text))

    def read(self, text: str) -> tuple[Quantity, ...]:
        """Find the quantities of any text as the meeting understands them."""
        return find_quantities(text, language=self.language, meeting_date=self.meeting_date)


def source_of(
    evidence: Sequence[Evidence],
    utterances: dict[str, Utterance],
    *,
    line: str = "",
    people: Sequence[str] = (),
    glossary: Sequence[str] = (),
    language: str = "en",
    meeting_date: date | None = None,
    written_in: str | None = None,
) -> Source:
    """Look up what a line cites; a citation of an unknown utterance bears nothing out."""
    cited = tuple(
        Cited(join_spelled(cited_text(one, utterances[one.utterance])), utterances[one.utterance])
        for one in evidence
        if one.utterance in utterances
    )
    return Source(
        cited=cited,
        line=line,
        people=tuple(people),
        glossary=tuple(glossary),
        language=language,
        meeting_date=meeting_date,
        written_in=written_in,
    )
