"""What a model may answer: the schema it is asked to keep to, and what is taken from its answer.

The schema is small, because a grammar costs time at every token. Whatever came, it is parsed
strictly, and each point must rest on lines that were shown and use their words; the guard judges
the facts afterwards, as of every other writer.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from granola_like.domain.enhanced import Evidence
from granola_like.enhance.due import due_in
from granola_like.enhance.model_writer_text import is_looping
from granola_like.enhance.writer import Brief, Draft, Said
from granola_like.errors import EngineError
from granola_like.text.names import same_name
from granola_like.text.tokens import stems, words

MOST_POINTS = 3
MOST_CITED = 8
MOST_WORDS = 60
"""Of one point; more is no point but a story."""
LEAST_SHARED = 0.25
"""Share of a point's words that must come from what it cites, the line or the names, where point
and speech are in one language. Of people's own summaries of real meetings 95 % of the sentences
reach it with their true evidence, and 45 % with that of another question."""


class Nonsense(EngineError):  # noqa: N818 - it names what came
    """A model's answer cannot be used."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class WrittenPoint(_Strict):
    """One point as a model gives it."""

    cites: Annotated[tuple[int, ...], Field(strict=False, min_length=1, max_length=MOST_CITED)]
    kind: Literal["point", "action", "decision", "question"]
    text: Annotated[str, Field(min_length=1, max_length=1_000)]
    owner: str | None = None
    due: str | None = None


class PointsAnswer(_Strict):
    """The answer to one typed line."""

    points: Annotated[tuple[WrittenPoint, ...], Field(strict=False, max_length=MOST_POINTS)]


class NoteAnswer(PointsAnswer):
    """The answer to one of several typed lines."""

    line: int


class LinesAnswer(_Strict):
    """The answer to several typed lines."""

    lines: Annotated[tuple[NoteAnswer, ...], Field(strict=False)]


class KeepAnswer(_Strict):
    """Which points to keep."""

    keep: Annotated[tuple[int, ...], Field(strict=False, min_length=1, max_length=MOST_POINTS)]


A = TypeVar("A", bound=_Strict)


def points_schema() -> dict[str, Any]:
    """Give the JSON schema of PointsAnswer, as engines understand it: without references."""
    return _object(points=_points())


def lines_schema(count: int) -> dict[str, Any]:
    """Give the JSON schema of LinesAnswer for `count` lines."""
    one = _object(line={"type": "integer"}, points=_points())
    return _object(lines={"type": "array", "minItems": count, "maxItems": count, "items": one})


def keep_schema() -> dict[str, Any]:
    """Give the JSON schema of KeepAnswer."""
    numbers = {"type": "integer"}
    return _object(keep={"type": "array", "minItems": 1, "maxItems": MOST_POINTS, "items": numbers})


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _points() -> dict[str, Any]:
    text_or_null = {"anyOf": [{"type": "string"}, {"type": "null"}]}
    one = _object(
        cites={"type": "array", "minItems": 1, "maxItems": 4, "items": {"type": "integer"}},
        kind={"enum": ["point", "action", "decision", "question"]},
        text={"type": "string"},
        owner=text_or_null,
        due=text_or_null,
    )
    return {"type": "array", "minItems": 0, "maxItems": MOST_POINTS, "items": one}


def parse(answer: str, shape: type[A]) -> A:
    """Read the JSON object in `answer`. Raises Nonsense.

    What a model thinks aloud before it (`<think>`) and a code fence around it are passed over.
    """
    text = re.sub(r"<think>.*?</think>", "", answer, flags=re.DOTALL)
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        raise Nonsense("The model's answer is not JSON.")
    try:
        return shape.model_validate_json(text[start : end + 1])
    except (ValidationError, ValueError) as reason:
        # Without the cause: it quotes what was written.
        raise Nonsense(f"The model's answer has not the asked form ({_what(reason)}).") from None


def _what(reason: Exception) -> str:
    if isinstance(reason, ValidationError):
        return str(reason.errors(include_input=False, include_url=False)[0]["type"])
    return type(reason).__name__


def drafts_of(
    points: Sequence[WrittenPoint], shown: Mapping[int, Said], brief: Brief, *, writer: str
) -> tuple[Draft, ...]:
    """Make drafts of a model's points; `shown` is what stood under each number.

    A point that cites what was not shown, repeats itself, or hardly uses the words that it cites,
    is dropped. Raises Nonsense when there were points and none is left.
    """
    refused = {one.draft.text for one in brief.rejected}
    drafts: dict[str, Draft] = {}
    for point in points:
        draft = _draft(point, shown, brief, writer)
        if draft is not None and draft.text not in refused:
            drafts.setdefault(draft.text.casefold(), draft)
    if points and not drafts and not refused:
        raise Nonsense("The model's points do not rest on what they cite.")
    fresh = tuple(one for one in drafts.values() if one.evidence not in brief.taken)
    return fresh or tuple(drafts.values())


def _draft(
    point: WrittenPoint, shown: Mapping[int, Said], brief: Brief, writer: str
) -> Draft | None:
    cites = tuple(dict.fromkeys(point.cites))
    text = _plain(point.text)
    if any(number not in shown for number in cites) or not text:
        return None
    cited = [shown[number] for number in cites]
    if len(text.split()) > MOST_WORDS or is_looping(text) or not _rests_on(text, cited, brief):
        return None
    cited.sort(key=lambda one: (one.utterance.start_ms, one.utterance.id))
    is_action = point.kind == "action"
    return Draft(
        kind=point.kind,
        text=text,
        evidence=tuple(Evidence(one.utterance.id) for one in cited),
        owner=_owner(point.owner, brief) if is_action else None,
        due=_due(point.due, brief) if is_action else None,
        writer=writer,
    )


def _plain(text: str) -> str:
    """Take list marks and line ends away; a control token in a point is dropped with its signs."""
    text = re.sub(r"<\|[^|<>]*\|>|</?[a-z_]+>|\[/?INST\]", " ", text, flags=re.IGNORECASE)
    text = re.sub(r"^\s*(?:[-*•–]|\d+[.)])\s+", "", text)
    return " ".join(text.split())


def _rests_on(text: str, cited: Sequence[Said], brief: Brief) -> bool:
    if not words(text):
        return False
    if brief.written_in != brief.language:
        return True  # no word need be the same; numbers, days and names are the guard's
    language = brief.language
    content = frozenset(stems(text, language=language))
    said = frozenset(stems(" ".join(one.utterance.text for one in cited), language=language))
    speakers = [one.utterance.speaker or "" for one in cited]
    allowed = said | frozenset(stems(" ".join([brief.line, *speakers]), language=language))
    allowed |= frozenset(stems(" ".join(brief.known_names), language=language))
    if not content:
        return True
    return bool(content & said) and len(content & allowed) >= LEAST_SHARED * len(content)


def _owner(given: str | None, brief: Brief) -> str | None:
    """Give the owner as the meeting knows the name; the guard says whether it is the right one."""
    name = _plain(given or "").strip(" .")
    if not name or name.casefold() in {"null", "none", "unknown", "n/a"}:
        return None
    known = brief.known_names
    return next((one for one in known if same_name(one, name, known=known)), name)


def _due(given: str | None, brief: Brief) -> date | None:
    """Read a day: an ISO date, or words as they were said, from the meeting's date."""
    said = _plain(given or "")
    try:
        return date.fromisoformat(said)
    except ValueError:
        pass
    # In a note of another language, the day may come in either.
    languages = dict.fromkeys((brief.written_in, brief.language))
    for language in languages if said else ():
        for text in (said, f"by {said}"):
            found = due_in(text, language=language, meeting_date=brief.meeting_date)
            if found:
                return found
    return None
