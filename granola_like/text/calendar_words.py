"""The words that days and times are made of, in English and Russian (ё written as е)."""

from dataclasses import dataclass

from granola_like.text.number_words import each


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """One language's words for days, weeks, months, quarters and hours, in lower case."""

    months: dict[str, int]
    doubtful_months: frozenset[str]
    """Months that are also other words (may, march): they need a day or a preposition."""
    weekdays: dict[str, int]
    """Monday is 1."""
    doubtful_weekdays: frozenset[str]
    relative_days: dict[tuple[str, ...], int]
    """Days from the meeting's: today is 0."""
    next_words: frozenset[str]
    this_words: frozenset[str]
    last_words: frozenset[str]
    week: frozenset[str]
    month: frozenset[str]
    quarter: frozenset[str]
    prepositions: frozenset[str]
    """What stands before a day or a month that is meant as a time."""
    of: frozenset[str]
    """What may stand between the day and the month: of, the."""
    hour: frozenset[str]
    morning: frozenset[str]
    afternoon: frozenset[str]


_MONTHS = each(
    "january february march april may june july august september october november december"
)
_WEEKDAYS = each("monday tuesday wednesday thursday friday saturday sunday")

ENGLISH = CalendarWords(
    months={name: place for place, name in enumerate(_MONTHS, 1)}
    | {name[:3]: place for place, name in enumerate(_MONTHS, 1) if name != "may"}
    | {"sept": 9},
    doubtful_months=frozenset({"may", "march", "mar", "august", "jan", "jun", "sep", "dec", "oct"}),
    weekdays={name: place for place, name in enumerate(_WEEKDAYS, 1)}
    | {name[:3]: place for place, name in enumerate(_WEEKDAYS, 1)}
    | {"tues": 2, "thurs": 4, "thur": 4},
    doubtful_weekdays=frozenset({"sat", "sun", "wed", "mon"}),
    relative_days={
        ("the", "day", "after", "tomorrow"): 2,
        ("day", "after", "tomorrow"): 2,
        ("tomorrow",): 1,
        ("today",): 0,
        ("tonight",): 0,
        ("yesterday",): -1,
    },
    next_words=frozenset({"next"}),
    this_words=frozenset({"this"}),
    last_words=frozenset({"last"}),
    week=frozenset({"week"}),
    month=frozenset({"month"}),
    quarter=frozenset({"quarter"}),
    prepositions=frozenset(
        each(
            "in by of until till since from before after on for through during to next last this "
            "early mid late end between"
        )
    ),
    of=frozenset({"of", "the"}),
    hour=frozenset({"o'clock", "o’clock", "oclock"}),
    morning=frozenset({"am", "a.m"}),
    afternoon=frozenset({"pm", "p.m"}),
)

_RU_MONTH_STEMS = each("январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр")
_RU_MONTH_ENDS = {
    "март": ("", "а", "у", "е", "ом"),
    "август": ("", "а", "у", "е", "ом"),
    "ма": ("й", "я", "ю", "е", "ем"),
}
_RU_WEEKDAYS = {
    1: "понедельник понедельника понедельнику понедельником понедельнике",
    2: "вторник вторника вторнику вторником вторнике",
    3: "среда среды среду среде средой",
    4: "четверг четверга четвергу четвергом четверге",
    5: "пятница пятницы пятницу пятнице пятницей",
    6: "суббота субботы субботу субботе субботой",
    7: "воскресенье воскресенья воскресенью воскресеньем",
}


def _adjective(stem: str) -> frozenset[str]:
    return frozenset(stem + end for end in each("ий его ему им ем ая ей ую яя юю ее ие их"))


RUSSIAN = CalendarWords(
    months={
        stem + end: place
        for place, stem in enumerate(_RU_MONTH_STEMS, 1)
        for end in _RU_MONTH_ENDS.get(stem, ("ь", "я", "ю", "е", "ем"))
    },
    doubtful_months=frozenset({"мае", "маем", "маю"}),
    weekdays={form: day for day, forms in _RU_WEEKDAYS.items() for form in forms.split()},
    doubtful_weekdays=frozenset(_RU_WEEKDAYS[3].split()),
    relative_days={("послезавтра",): 2, ("завтра",): 1, ("сегодня",): 0, ("вчера",): -1},
    next_words=_adjective("следующ"),
    this_words=frozenset({"этот", "эта", "эту", "этой", "этом", "это", "этого"}),
    last_words=frozenset(each("прошлый прошлая прошлую прошлой прошлом прошлое прошлого")),
    week=frozenset({"неделя", "недели", "неделе", "неделю", "неделей"}),
    month=frozenset({"месяц", "месяца", "месяце", "месяцу"}),
    quarter=frozenset({"квартал", "квартала", "квартале", "кварталу", "кварталом"}),
    prepositions=frozenset(each("в во к ко до с со на по после перед через от")),
    of=frozenset(),
    hour=frozenset({"час", "часа", "часов", "часам", "часу"}),
    morning=frozenset({"утра"}),
    afternoon=frozenset({"дня", "вечера"}),
)

BY_LANGUAGE = {"en": ENGLISH, "ru": RUSSIAN}
