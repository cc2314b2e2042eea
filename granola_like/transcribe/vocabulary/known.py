"""Which names and terms may be said in a meeting, most likely first."""

from collections.abc import Iterable
from dataclasses import dataclass

from granola_like.domain.correction import Correction
from granola_like.domain.meeting import Person
from granola_like.text.names import fold_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What to expect in a meeting."""

    people: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    """Names and terms that are nobody's name here, most likely first."""
    corrections: tuple[Correction, ...] = ()
    """What was misheard before; those that are switched off are left out."""

    @property
    def hints(self) -> tuple[str, ...]:
        """What the engine is told, most likely first; it takes as many as its prompt has room for.

        A known mis-hearing is not among them, even where it stands in a glossary.
        """
        wrong = {fold_name(one.wrong) for one in self.corrections}
        return tuple(
            name for name in _once((*self.people, *self.terms)) if fold_name(name) not in wrong
        )


def vocabulary_of(
    people: Iterable[Person],
    *,
    glossary: Iterable[str] = (),
    corrections: Iterable[Correction] = (),
    setting: Iterable[str] = (),
) -> Vocabulary:
    """Join what is known: the people, the meeting's glossary, names corrected before, the setting.

    Of the corrections the newest come first.
    """
    learned = tuple(one for one in corrections if one.is_on)
    newest = sorted(learned, key=lambda one: one.made_at, reverse=True)
    names = _once(person.name for person in people)
    taken = {fold_name(name) for name in names}
    terms = _once((*glossary, *(one.right for one in newest), *setting))
    return Vocabulary(
        people=names,
        terms=tuple(term for term in terms if fold_name(term) not in taken),
        corrections=learned,
    )


def _once(names: Iterable[str]) -> tuple[str, ...]:
    """Leave out what comes again in other letters; the first spelling counts."""
    found: dict[str, str] = {}
    for name in names:
        if fold_name(name):
            found.setdefault(fold_name(name), " ".join(name.split()))
    return tuple(found.values())
