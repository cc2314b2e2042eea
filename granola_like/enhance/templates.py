"""The shape of an enhanced note: sections in order, from TOML files, ours and the person's own."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal, get_args

from granola_like.enhance.template_lines import line_of
from granola_like.errors import GranolaError
from granola_like.text.tokens import stems

Holds = Literal["notes", "decisions", "actions", "questions", "figures", "said"]
"""What a section takes in: the person's lines, what was found of a kind, sentences with figures,
or what was said with one of the section's cues in it."""

GENERAL = "general"

LONGEST_FOCUS = 600
"""Characters: a model reads it before every line."""


class TemplateError(GranolaError):
    """A template's file says something we cannot do; the message names the file and the line."""

    hint = "Correct the file, or remove it from the folder of templates."


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One heading and what belongs under it."""

    id: str
    headings: dict[str, str]
    """By language (ISO 639-1); English is always there."""
    holds: Holds
    cues: tuple[str, ...] = ()
    most: int = 7
    """Most lines that are found for it; the person's own lines are never limited."""

    def heading(self, language: str) -> str:
        """Give the heading in a language, in English where there is none."""
        return self.headings.get(language, self.headings["en"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A kind of meeting and the note that suits it."""

    id: str
    titles: dict[str, str]
    sections: tuple[Section, ...]
    title_words: tuple[str, ...] = ()
    """Words in a meeting's title that speak for this template."""
    spoken_words: tuple[str, ...] = ()
    """Words in what was said that speak for it."""
    focus: str = ""
    """What counts in such a meeting, in English, for a model that writes."""

    def title(self, language: str) -> str:
        """Give the template's own name in a language, in English where there is none."""
        return self.titles.get(language, self.titles["en"])


def shipped_templates() -> tuple[Template, ...]:
    """Give the templates that come with the product, the general one first."""
    folder = files("granola_like_models").joinpath("templates")
    return _in_order(_read(one) for one in folder.iterdir() if one.name.endswith(".toml"))


def templates_in(folder: Path) -> tuple[Template, ...]:
    """Read the person's own templates; none when the folder is not there. Raises TemplateError."""
    if not folder.is_dir():
        return ()
    return _in_order(_read(one) for one in sorted(folder.glob("*.toml")))


def all_templates(folder: Path | None = None) -> tuple[Template, ...]:
    """Give the shipped templates with the person's own; one of theirs replaces ours by its id."""
    own = templates_in(folder) if folder else ()
    taken = {one.id for one in own}
    return _in_order([*(one for one in shipped_templates() if one.id not in taken), *own])


def template_named(name: str, templates: Iterable[Template]) -> Template:
    """Find a template by its id. Raises TemplateError, which lists the ids that there are."""
    found = {one.id: one for one in templates}
    if name not in found:
        raise TemplateError(
            f"There is no template “{name}”.", hint=f"There are: {', '.join(sorted(found))}."
        )
    return found[name]


def suggest(
    title: str, said: str, templates: Iterable[Template], *, language: str = "en"
) -> Template:
    """Choose the template whose words are in the title, or else often in what was said.

    A word of the title decides; what was said only does with three different words. Without
    either it is the general template, or the first one.
    """
    choice = tuple(templates)
    in_title, spoken = set(stems(title, language=language)), set(stems(said, language=language))

    def votes(one: Template) -> tuple[int, int]:
        return (
            _hits(one.title_words, title, in_title, language),
            _hits(one.spoken_words, "", spoken, language),
        )

    best = max(choice, key=votes)
    by_title, by_words = votes(best)
    if by_title or by_words >= 3:
        return best
    return next((one for one in choice if one.id == GENERAL), choice[0])


def _hits(cues: tuple[str, ...], text: str, found: set[str], language: str) -> int:
    folded = text.casefold()
    hits = 0
    for cue in cues:
        wanted = set(stems(cue, language=language))
        # As a word: "deal" is not in "ideal".
        as_it_stands = rf"(?<!\w){re.escape(cue.casefold())}(?!\w)"
        hits += (bool(wanted) and wanted <= found) or bool(re.search(as_it_stands, folded))
    return hits


def _in_order(templates: Iterable[Template]) -> tuple[Template, ...]:
    return tuple(sorted(templates, key=lambda one: (one.id != GENERAL, one.id)))


def _read(path: Path | Traversable) -> Template:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateError(f"The template {path.name} could not be read: {error}.") from error
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TemplateError(f"The template {path.name} is not valid TOML: {error}.") from error
    return _Reader(path.name, text).template(raw)


class _Reader:
    """Turns a parsed file into a Template, and says in which line it cannot."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._text = text

    def template(self, raw: dict[str, Any]) -> Template:
        self._only_known(raw, {"title", "focus", "suggest", "section"}, ())
        suggested = self._table(raw, "suggest", ())
        self._only_known(suggested, {"title", "said"}, ("suggest",))
        sections = raw.get("section")
        if not isinstance(sections, list) or not sections:
            self._fail("a template needs at least one [[section]]", ("section",))
        read = tuple(self._section(one, place) for place, one in enumerate(sections or ()))
        notes = [place for place, one in enumerate(read) if one.holds == "notes"]
        if len(notes) != 1:
            self._fail('exactly one section holds "notes"', ("section",))
        ids = [one.id for one in read]
        for place, one in enumerate(ids):
            if one in ids[:place]:
                self._fail(f"two sections are called “{one}”", ("section", place, "id"))
        return Template(
            id=self._file.removesuffix(".toml"),
            titles=self._by_language(raw, "title", ()),
            sections=read,
            title_words=self._words(suggested, "title", ("suggest",)),
            spoken_words=self._words(suggested, "said", ("suggest",)),
            focus=self._focus(raw),
        )

    def _focus(self, raw: dict[str, Any]) -> str:
        found = raw.get("focus", "")
        if not isinstance(found, str) or len(found) > LONGEST_FOCUS:
            self._fail(f"focus must be a text of at most {LONGEST_FOCUS} characters", ("focus",))
        return " ".join(str(found).split())

    def _section(self, raw: Any, place: int) -> Section:
        where = ("section", place)
        if not isinstance(raw, dict):
            self._fail("a section is a table", where)
        self._only_known(raw, {"id", "heading", "holds", "cues", "most"}, where)
        name, holds, most = raw.get("id"), raw.get("holds"), raw.get("most", 7)
        if not isinstance(name, str) or not name.isidentifier():
            self._fail("a section needs an id of letters, digits and _", (*where, "id"))
        if holds not in get_args(Holds):
            wanted = ", ".join(f'"{one}"' for one in get_args(Holds))
            self._fail(f"holds must be one of {wanted}", (*where, "holds"))
        if not isinstance(most, int) or isinstance(most, bool) or not 1 <= most <= 50:
            self._fail("most must be a whole number from 1 to 50", (*where, "most"))
        cues = self._words(raw, "cues", where)
        if (holds == "said") != bool(cues):
            self._fail('cues belong to sections that hold "said", and to those only', where)
        return Section(
            id=str(name),
            headings=self._by_language(raw, "heading", where),
            holds=holds,
            cues=cues,
            most=most,
        )

    def _table(self, raw: dict[str, Any], key: str, where: tuple[str | int, ...]) -> dict[str, Any]:
        found = raw.get(key, {})
        if not isinstance(found, dict):
            self._fail(f"{key} must be a table", (*where, key))
        return dict(found)

    def _by_language(
        self, raw: dict[str, Any], key: str, where: tuple[str | int, ...]
    ) -> dict[str, str]:
        found = raw.get(key)
        if isinstance(found, str):
            found = {"en": found}
        good = (
            isinstance(found, dict)
            and "en" in found
            and all(isinstance(one, str) and one.strip() for one in found.values())
        )
        if not good:
            self._fail(f"{key} must be a text, or a table with at least en", (*where, key))
        return dict(found or {})

    def _words(
        self, raw: dict[str, Any], key: str, where: tuple[str | int, ...]
    ) -> tuple[str, ...]:
        found = raw.get(key, [])
        if not isinstance(found, list) or not all(isinstance(one, str) and one for one in found):
            self._fail(f"{key} must be a list of words", (*where, key))
        return tuple(found)

    def _only_known(
        self, raw: dict[str, Any], known: set[str], where: tuple[str | int, ...]
    ) -> None:
        for key in raw:
            if key not in known:
                wanted = ", ".join(sorted(known))
                self._fail(f"“{key}” is not known here; known are {wanted}", (*where, key))

    def _fail(self, message: str, where: tuple[str | int, ...]) -> None:
        line = line_of(self._text, where)
        raise TemplateError(f"{self._file}, line {line}: {message}.")
