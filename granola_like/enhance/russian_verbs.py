"""What people promise and ask for in Russian, by person: напишу, напишет, напиши, написать.

Russian has no "will" to look for: a promise is a perfective verb in the first person. A closed
list keeps this certain; what is not in it is left as it was said.
"""

import re

_TABLE = """
отправлю отправит отправь отправить
пришлю пришлёт пришли прислать
подготовлю подготовит подготовь подготовить
проверю проверит проверь проверить
напишу напишет напиши написать
позвоню позвонит позвони позвонить
сделаю сделает сделай сделать
узнаю узнает узнай узнать
уточню уточнит уточни уточнить
свяжусь свяжется свяжись связаться
закажу закажет закажи заказать
обновлю обновит обнови обновить
исправлю исправит исправь исправить
поправлю поправит поправь поправить
посмотрю посмотрит посмотри посмотреть
назначу назначит назначь назначить
организую организует организуй организовать
составлю составит составь составить
договорюсь договорится договорись договориться
передам передаст передай передать
добавлю добавит добавь добавить
выпущу выпустит выпусти выпустить
поговорю поговорит поговори поговорить
спрошу спросит спроси спросить
покажу покажет покажи показать
возьму возьмёт возьми взять
соберу соберёт собери собрать
найду найдёт найди найти
скину скинет скинь скинуть
внесу внесёт внеси внести
куплю купит купи купить
запущу запустит запусти запустить
закрою закроет закрой закрыть
оформлю оформит оформи оформить
подпишу подпишет подпиши подписать
согласую согласует согласуй согласовать
создам создаст создай создать
встречусь встретится встреться встретиться
предупрежу предупредит предупреди предупредить
займусь займётся займись заняться
разошлю разошлёт разошли разослать
посчитаю посчитает посчитай посчитать
опишу опишет опиши описать
перенесу перенесёт перенеси перенести
заведу заведёт заведи завести
приду придёт приди прийти
"""
_ROWS = tuple(tuple(row.split()) for row in _TABLE.strip().splitlines())
_STATES = {
    "буду": "будет", "могу": "может", "хочу": "хочет", "думаю": "думает", "считаю": "считает",
    "знаю": "знает", "предлагаю": "предлагает", "планирую": "планирует", "надеюсь": "надеется",
    "боюсь": "боится", "вижу": "видит", "жду": "ждёт", "понимаю": "понимает",
}  # fmt: skip

THIRD = {row[0]: row[1] for row in _ROWS}
"""Promises in the first person, each with its third."""
TO_DO = {row[2] + end: row[3] for row in _ROWS for end in ("", "те")}
"""Requests, each with what is to be done."""
TO_DO |= {row[2].removesuffix("сь") + "тесь": row[3] for row in _ROWS if row[2].endswith("сь")}
INFINITIVES = frozenset(row[3] for row in _ROWS)

WORDS = frozenset({*THIRD.values(), *_STATES.values(), *INFINITIVES})
"""The only words that these functions can bring."""

_OWN = re.compile(
    r"\b(?:я|мне|меня|мной|мной|мой|моя|мое|моё|мои|моего|моей|мою|моих)\b", re.IGNORECASE
)
_FIRST = re.compile(
    rf"^(?:(?P<i>я)\s+)?(?P<way>(?:(?:тогда|ещё|еще|также|тоже|сам|сама|сегодня|завтра|точно|"
    rf"обязательно|потом|всё|все|её|ее|его|их|это|вам|тебе)\s+){{0,3}})"
    rf"(?P<verb>{'|'.join(sorted({*THIRD, *_STATES}, key=len, reverse=True))})\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(rf"\b(?:{'|'.join(sorted(THIRD, key=len, reverse=True))})\b", re.IGNORECASE)


def of_speaker(text: str, name: str) -> str | None:
    """Tell what somebody says of themselves: "я напишу им" is "Борис напишет им".

    None where the sentence does not begin so, or speaks of its speaker elsewhere too.
    """
    found = _FIRST.match(text)
    if found is None or _OWN.search(text[found.end() :]):
        return None
    verb = found["verb"].casefold()
    if found["i"] is None and verb in _STATES:
        return None  # "думаю, успеем" is an opinion, whose subject may be anybody
    third = THIRD.get(verb) or _STATES[verb]
    rest = _OTHERS.sub(lambda other: THIRD[other[0].casefold()], text[found.end() :])
    way = re.sub(r"\bтогда\s+", "", found["way"], flags=re.IGNORECASE)
    return f"{name} {way[:1].lower() + way[1:]}{third}{rest}"


_ASKS = re.compile(
    rf"^(?:[А-ЯЁ]\w+,\s+)?(?:(?:а|ты|вы|пожалуйста|тогда)[,]?\s+)*"
    rf"(?P<verb>{'|'.join(sorted(TO_DO, key=len, reverse=True))})\b(?!\s*,\s*(?:что|как)\b)",
    re.IGNORECASE,
)
_CAN_YOU = re.compile(
    r"^(?:[А-ЯЁ]\w+,\s+)?(?:(?:а|ты|вы|мне|нам|тогда|пожалуйста)[,]?\s+)*"
    r"(?:(?:с)?мож(?:ешь|ете)|нужно|надо)\s+(?:(?:ещё|еще|тогда|будет|пожалуйста)[,]?\s+)*"
    r"(?P<do>\w+(?:ть|ти|чь|ться|тись)\b.*)$",
    re.IGNORECASE,
)


def is_request(text: str) -> bool:
    """Say whether somebody is told to do something: "Анна, проверь договор"."""
    return bool(_ASKS.match(text))


def to_do(text: str) -> str | None:
    """Give what a request wants, beginning with its verb: "проверить договор"."""
    text = re.sub(r",?\s*\bпожалуйста\b,?", "", text.rstrip(" ?.!"), flags=re.IGNORECASE)
    if found := _ASKS.match(text):
        do = TO_DO[found["verb"].casefold()] + text[found.end() :]
    elif asked := _CAN_YOU.match(text):
        do = asked["do"]
    else:
        return None
    return None if _OWN.search(do) else do
