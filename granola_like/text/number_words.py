"""The words that numbers are made of, in English and Russian (Russian with its declensions)."""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class NumberWords:
    """One language's numerals, all in lower case, with ё written as е."""

    units: dict[str, int]
    """0 to 9."""
    teens: dict[str, int]
    """10 to 19."""
    tens: dict[str, int]
    """20 to 90."""
    hundreds: dict[str, int] = field(default_factory=dict)
    """Whole words for 100 to 900 (Russian)."""
    hundred: frozenset[str] = frozenset()
    """Words that multiply by a hundred (English)."""
    scales: dict[str, int] = field(default_factory=dict)
    """Words that multiply by a thousand and more."""
    short_scales: dict[str, int] = field(default_factory=dict)
    """Scales that stand only behind digits: k, m, bn."""
    ordinals: dict[str, int] = field(default_factory=dict)
    fixed: dict[str, Decimal] = field(default_factory=dict)
    """Words that are a number by themselves, and that a scale may follow: полтора."""
    one: frozenset[str] = frozenset()
    """Words that are also articles or pronouns: they count only where they are clearly a number."""
    link: frozenset[str] = frozenset()
    """What may stand inside a number: and."""
    point: frozenset[str] = frozenset()
    half: tuple[tuple[str, ...], ...] = ()
    """What adds a half: and a half, с половиной."""
    article: frozenset[str] = frozenset()
    """What may stand for 1 before a hundred or a scale: a."""
    alone: frozenset[str] = frozenset()
    """Scales that may stand for one of themselves without any word before: "тысяча двести"."""


def each(words: str) -> list[str]:
    """Give the words of a list that is written as a sentence."""
    return words.split()


def _numbered(words: str, first: int, step: int = 1) -> dict[str, int]:
    return {
        form: first + place * step
        for place, forms in enumerate(words.split())
        for form in forms.split("/")
    }


_EN_UNITS = _numbered("zero one two three four five six seven eight nine", 0)
_EN_TEENS = _numbered(
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 10
)
_EN_TENS = _numbered("twenty thirty forty/fourty fifty sixty seventy eighty ninety", 20, 10)
_EN_ORDINALS = {
    **_numbered("first second third fourth fifth sixth seventh eighth ninth", 1),
    **_numbered(
        "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth "
        "eighteenth nineteenth",
        10,
    ),
    **_numbered(
        "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth", 20, 10
    ),
}

ENGLISH = NumberWords(
    units=_EN_UNITS,
    teens=_EN_TEENS,
    tens=_EN_TENS,
    hundred=frozenset({"hundred"}),
    scales={"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12},
    short_scales={
        "k": 10**3,
        "grand": 10**3,
        "m": 10**6,
        "mn": 10**6,
        "mm": 10**6,
        "mio": 10**6,
        "mil": 10**6,
        "b": 10**9,
        "bn": 10**9,
        "tn": 10**12,
    },
    ordinals=_EN_ORDINALS,
    fixed={"dozen": Decimal(12)},
    one=frozenset({"one"}),
    link=frozenset({"and"}),
    point=frozenset({"point"}),
    half=(("and", "a", "half"), ("and", "half")),
    article=frozenset({"a", "an"}),
)

_RU_UNITS = _numbered(
    "ноль/нуль/нуля один/одна/одно/одного/одной/одну/одному/одним два/две/двух/двум/двумя "
    "три/трех/трем/тремя четыре/четырех/четырем/четырьмя пять/пяти/пятью шесть/шести/шестью "
    "семь/семи восемь/восьми/восемью девять/девяти/девятью",
    0,
)
_RU_TEENS = {f"десят{end}": 10 for end in ("ь", "и", "ью")} | {
    form: 11 + place
    for place, stem in enumerate(
        each(
            "одиннадцат двенадцат тринадцат четырнадцат пятнадцат шестнадцат семнадцат "
            "восемнадцат девятнадцат"
        )
    )
    for form in (f"{stem}ь", f"{stem}и", f"{stem}ью")
}
_RU_TENS = _numbered(
    "двадцать/двадцати/двадцатью тридцать/тридцати/тридцатью сорок/сорока "
    "пятьдесят/пятидесяти/пятьюдесятью шестьдесят/шестидесяти/шестьюдесятью "
    "семьдесят/семидесяти восемьдесят/восьмидесяти девяносто/девяноста",
    20,
    10,
)
_RU_HUNDREDS = _numbered(
    "сто/ста двести/двухсот/двумстам триста/трехсот/тремстам четыреста/четырехсот "
    "пятьсот/пятисот шестьсот/шестисот семьсот/семисот восемьсот/восьмисот девятьсот/девятисот",
    100,
    100,
)
_HARD = each("ый ого ому ым ом ая ой ую ое ые ых ыми")
_THIRD = each(
    "третий третьего третьему третьим третьем третья третьей третью третье третьи третьих"
)
_RU_ORDINAL_STEMS = {
    "перв": 1,
    "втор": 2,
    "четверт": 4,
    "пят": 5,
    "шест": 6,
    "седьм": 7,
    "восьм": 8,
    "девят": 9,
    "десят": 10,
    "одиннадцат": 11,
    "двенадцат": 12,
    "тринадцат": 13,
    "четырнадцат": 14,
    "пятнадцат": 15,
    "шестнадцат": 16,
    "семнадцат": 17,
    "восемнадцат": 18,
    "девятнадцат": 19,
    "двадцат": 20,
    "тридцат": 30,
    "сороков": 40,
    "пятидесят": 50,
}
_RU_ORDINALS = {
    **dict.fromkeys(_THIRD, 3),
    **{stem + end: value for stem, value in _RU_ORDINAL_STEMS.items() for end in _HARD},
}
_RU_ORDINALS.update({"второй": 2, "шестой": 6, "седьмой": 7, "восьмой": 8})


def _cases(stem: str, ends: str) -> list[str]:
    return [stem + ("" if end == "-" else end) for end in ends.split()]


RUSSIAN = NumberWords(
    units=_RU_UNITS,
    teens=_RU_TEENS,
    tens=_RU_TENS,
    hundreds=_RU_HUNDREDS,
    scales={
        **dict.fromkeys(_cases("тысяч", "а и е у ей - ам ами ах"), 10**3),
        **dict.fromkeys(_cases("миллион", "- а у ом е ы ов ам ами ах"), 10**6),
        **dict.fromkeys(_cases("миллиард", "- а у ом е ы ов ам ами ах"), 10**9),
        **dict.fromkeys(_cases("триллион", "- а у ом е ы ов ам ами ах"), 10**12),
    },
    short_scales={"тыс": 10**3, "к": 10**3, "k": 10**3, "млн": 10**6, "млрд": 10**9},
    ordinals=_RU_ORDINALS,
    fixed={
        **dict.fromkeys(("полтора", "полторы", "полутора"), Decimal("1.5")),
        "полмиллиона": Decimal(500_000),
        "полтысячи": Decimal(500),
        "полмиллиарда": Decimal(500_000_000),
    },
    alone=frozenset("тысяча тысячу миллион миллиард триллион".split()),
    one=frozenset({"один", "одна", "одно", "одного", "одной", "одну", "одному", "одним"}),
    point=frozenset({"целых", "целая", "точка", "запятая"}),
    half=(("с", "половиной"),),
)

BY_LANGUAGE = {"en": ENGLISH, "ru": RUSSIAN}

CURRENCIES: dict[str, str] = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₽": "RUB",
    "₴": "UAH",
    "dollar": "USD",
    "dollars": "USD",
    "buck": "USD",
    "bucks": "USD",
    "usd": "USD",
    "euro": "EUR",
    "euros": "EUR",
    "eur": "EUR",
    "pound": "GBP",
    "pounds": "GBP",
    "quid": "GBP",
    "gbp": "GBP",
    "franc": "CHF",
    "francs": "CHF",
    "chf": "CHF",
    "yen": "JPY",
    "jpy": "JPY",
    "cad": "CAD",
    "ruble": "RUB",
    "rubles": "RUB",
    "rouble": "RUB",
    "roubles": "RUB",
    "rub": "RUB",
    "руб": "RUB",
    "евро": "EUR",
    **dict.fromkeys(_cases("рубл", "ь я ю ем е и ей ям ями ях"), "RUB"),
    **dict.fromkeys(_cases("доллар", "- а у ом е ы ов ам ами ах"), "USD"),
    **dict.fromkeys(_cases("фунт", "- а у ом е ы ов ам ами ах"), "GBP"),
    **dict.fromkeys(_cases("гривен", "-"), "UAH"),
    **dict.fromkeys(_cases("гривн", "а ы у е ой"), "UAH"),
}

PERCENT = frozenset(
    ["percent", "percents", "pct", "%", *_cases("процент", "- а у ом е ы ов ам ами ах")]
)
