"""What a number counts: two weeks are not two months, and one option is not three."""

import re
from collections.abc import Iterator

from granola_like.domain.enhanced import Detail
from granola_like.enhance.source import Source
from granola_like.text.quantities import Quantity
from granola_like.text.tokens import is_stop_word, stem

_TIME_UNITS = {
    form: unit
    for unit, forms in {
        "second": "second seconds секунда секунды секунд секунду",
        "minute": "minute minutes min mins минута минуты минут минуту",
        "hour": "hour hours hr hrs час часа часов",
        "day": "day days день дня дней",
        "week": "week weeks неделя недели недель неделю",
        "month": "month months месяц месяца месяцев",
        "year": "year years год года лет",
    }.items()
    for form in forms.split()
}
_NEXT = re.compile(r"[\s-]*([^\W\d_]+)")
_ONE = re.compile(r"\b(?P<one>one)\s+(?P<what>[a-z]+)", re.IGNORECASE)
_SINGLE = frozenset({"one", "a", "an", "single", "another", "each", "every", "this", "that", "the"})


def count_details(text: str, source: Source) -> Iterator[Detail]:
    """Give the numbers that were said, but of something else."""
    said = [
        (one, _counted(one, part.text)) for part in source.cited for one in source.read(part.text)
    ]
    for one in source.read(text):
        unit = _TIME_UNITS.get(_counted(one, text))
        if one.kind != "number" or unit is None:
            continue
        others = [(two, _TIME_UNITS[what]) for two, what in said if what in _TIME_UNITS]
        same = [(two, other) for two, other in others if two.key == one.key]
        if same and all(other != unit for _, other in same):
            two = same[0][0]
            yield Detail("number", f"{one.text} {unit}s", f"{two.text} {same[0][1]}s")
    if source.language == "en":
        yield from _ones(text, source, said)


def _counted(one: Quantity, text: str) -> str:
    found = _NEXT.match(text[one.end :])
    return found[1].casefold() if found else ""


def _ones(text: str, source: Source, said: list[tuple[Quantity, str]]) -> Iterator[Detail]:
    """Find "one option" where only "three options" were spoken of."""
    for found in _ONE.finditer(text):
        what = stem(found["what"].casefold())
        if is_stop_word(found["what"].casefold()):
            continue
        counted = [two for two, noun in said if two.kind == "number" and stem(noun) == what]
        single = re.finditer(
            rf"\b([a-z]+)\s+{re.escape(found['what'])}\b", source.text, re.IGNORECASE
        )
        if counted and not any(one[1].casefold() in _SINGLE for one in single):
            yield Detail("number", found[0], f"{counted[0].text} {found['what']}")
