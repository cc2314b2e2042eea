"""Whether a sentence asks, also where the speech engine wrote no question mark.

A question without its mark shows by its order of words: a verb before its subject ("do we need",
"is that fine"), or a question word before such a pair ("how many people do we need"). Russian
keeps the order of a statement; there, question words, "ли" and a few set phrases tell. What only
the voice tells ("we need more people?") cannot be seen.
"""

import re

_LEAD = (
    r"^(?:(?:so|and|but|or|well|okay|ok|now|then|because|yeah|yes|no|also|oh|right|sorry|"
    r"(?-i:[A-Z][a-z]+(?= ?,)))\b[,.]?\s+){0,3}"
)
"""What may stand before a question without changing it: "So, Anna, …"."""

_WHO = (
    r"I|we|you|they|he|she|it|this|that|these|those|there|anyone|anybody|everyone|everybody|"
    r"someone|somebody|people|any|all|both|everything|anything|something"
)
_WHAT = (
    rf"{_WHO}|the|a|an|our|your|my|his|her|their|its|one|some|most|"
    r"(?-i:[A-Z][\w'’-]*)"
)
_BE = r"is|are|was|were|am|isn['’]t|aren['’]t|wasn['’]t|weren['’]t"
_MAY = (
    r"can|could|will|would|shall|should|might|may|can['’]t|couldn['’]t|won['’]t|wouldn['’]t|"
    r"shouldn['’]t"
)
_DO = r"do|does|did|don['’]t|doesn['’]t|didn['’]t"
_HAVE = r"has|have|had|hasn['’]t|haven['’]t|hadn['’]t"

_TURNED = re.compile(
    rf"{_LEAD}(?:"
    rf"(?:{_BE}|{_MAY}|does|did|doesn['’]t|didn['’]t)\s+(?:{_WHAT})|"
    # "Do the slides" and "have a look" tell somebody to; "do we" and "have you" ask.
    rf"(?:do|don['’]t|{_HAVE})\s+(?:{_WHO}|the \w+ (?:have|need|want)|our|your)"
    rf")\b(?!['’]s)",
    re.IGNORECASE,
)
_NO_QUESTION = re.compile(
    rf"{_LEAD}(?:(?:may|might) (?:the|all)|don['’]t (?:you|any\w*) (?:worry|forget|dare)|"
    r"have (?:it|that|this|them|something|some|all|both|any|people|one)\b|had (?:it|that|we)\b|"
    r"do (?:it|that|this|all|something|some|any\w*|everything|both|these|those)\b|"
    r"will (?:be|do)\b|can (?:be)\b|is (?:it|that|this) (?:just )?(?:a )?(?:good|great)$)",
    re.IGNORECASE,
)
_WORDED = re.compile(
    rf"{_LEAD}(?:for |to |with |in |at |by |from |of |on )?(?:"
    rf"(?:what|who|whom|whose|which|when|where|why|how)\s+(?:[\w'’-]+\s+){{0,4}}?"
    rf"(?:{_BE}|{_MAY}|{_DO}|{_HAVE})\s+(?:{_WHAT})\b|"
    r"(?:what|who|where|how|when|why)(?:['’]s|['’]re|['’]d|['’]ll| is| are| was| were)\b|"
    r"who(?:\s+else)?\s+(?:will|can|could|would|should|wants?|has|does|did|needs?|knows?|takes?)\b|"
    r"(?:what|how) about\b|what else\b|what if (?:we|you|they|I)\b|why (?:not|don['’]t)\b|"
    r"how come\b|"
    r"(?:how (?:many|much|long|often|far|big|old|soon))\b|what (?:kind|sort|type) of\b|"
    r"any(?:one|body)? (?:else\b|(?:other )?(?:questions?|ideas?|thoughts?|comments?|objections?|"
    r"suggestions?|news|update)))",
    re.IGNORECASE,
)
_TELLING = re.compile(
    rf"{_LEAD}(?:which (?:is|are|was|were|means|would|will|has|have|can|could|should)\b|"
    # "What we want is", "how they do it is": the question word begins a subject.
    r"(?:what|how|where|why|who|when)\s+(?:much\s+|many\s+(?:\w+\s+)?)?"
    r"(?:I|we|you|they|he|she|it|this|that|these|those|there)(?:['’]\w+)?\s+|"
    r"what(?: is|['’]s| was) (?!\w+ ?$).*\b(?:is|was)\b|who (?:is|are|was|were) (?:the ones|those)|"
    r"how(?:ever| it)\b|whatever|when(?:ever)\b|where(?:as|by|ver)\b)",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"(?:what|how|where|why|when|who|which)(?: \w+)? (?:do|does|did|would|should|can|could|are|is|"
    r"will) (?:you|we|they|I|it|he|she|this|that)\b",
    re.IGNORECASE,
)
"""A question that needs no introduction, as in "one button or two, what do you think"."""
_OPENING = re.compile(
    rf"{_LEAD}(?:if|when|with|in|on|over|for|given|as|after|before|since|because|about|regarding|"
    r"concerning|the question|my question|I(?:['’]m| was)? (?:just )?wonder\w*)\b",
    re.IGNORECASE,
)
_INDIRECT = re.compile(
    r"\b(?:I(?:['’]m| am| was| were)? (?:just )?(?:wonder(?:ing)?|curious)\b|"
    r"(?:I(?:['’]d| would) like|I want|I wanted|we need|I need) to (?:know|understand|ask)"
    r"(?: you)? (?:what|how|when|where|who|why|whether|if|about|which)\b|"
    r"(?:my|the|a|another|one|first|next|big) question (?:is|was|would be|for you)\b|"
    r"(?:tell me|explain(?: to me)?|remind me|clarify|let me ask(?: you)?|ask you) "
    r"(?:what|how|when|where|who|why|whether|if|which)\b|"
    r"(?:not|isn['’]t|wasn['’]t) (?:really |quite |very )?(?:clear|sure|obvious)(?: to (?:me|us))? "
    r"(?:what|how|when|where|who|why|whether|if|which)\b)",
    re.IGNORECASE,
)

_RU_LEAD = (
    r"^(?:(?:а|и|но|ну|так|вот|то есть|слушай(?:те)?|скажи(?:те)?|коллеги|ребята)[,]?\s+){0,3}"
)
_RU_ASKS = re.compile(
    rf"{_RU_LEAD}(?:"
    r"(?:кто|кого|кому|кем|где|куда|откуда|почему|зачем|отчего|сколько|насколько|чей|чья|чьё|чьи)\b|"
    r"(?:когда|как|что|чего|чем|о чём|о чем|какой|какая|какое|какие|каких|какого|какую|каким|"
    r"каком)\s+(?!касается|бы\b|раз\b|правило|только|минимум|говорится|"
    r"известно|обычно|обещал|договаривались|договорились|видите|видим|сказал|говорил|показал)|"
    r"(?:разве|неужели|правда ли)\b|"
    r"(?:в|на|с|по|у|о|к|для|от|до|из|за)\s+(?:ком|кого|кому|чем|чём|чего|что|какой|какую|какие|"
    r"каких|каком|какого|какому|какое|скольких)\b|"
    r"(?:может быть|может),?\s+(?:стоит|нам|всё-таки|лучше)\b|"
    r"(?:это\s+)?(?:всех|всем|вас|тебя)\s+(?:устраивает|подходит|понятно|удобно)$|"
    r"(?:все|вы|ты)\s+соглас\w+(?:\s+с (?:этим|таким\s+\w+))?$|"
    r"(?:есть|остались|будут)\s+(?:ли\s+|(?:у кого-(?:то|нибудь)|у вас|ещё|еще)\s+)*"
    r"(?:вопросы|возражения|идеи|предложения|замечания)$"
    r")|\b[^\W\d_]+\s+ли\b(?!\s+не\b)|\bда или нет$|\bили (?:нет|как)$",
    re.IGNORECASE,
)
_RU_TELLING = re.compile(
    # "Когда закончим, напишу": the question word begins a clause, and another one follows it.
    rf"{_RU_LEAD}(?:когда|как|что|чем|кто|где|куда|какой|какая|какие|сколько)\b[^,]*,\s*"
    r"(?!как |что |по-твоему|по-вашему|скажи|или |если |коллеги)|"
    r"\b(?:вряд|едва)\s+ли\b|\bто ли\b|\bмало ли\b|\bчуть ли\b|\bшутка ли\b",
    re.IGNORECASE,
)
_RU_INDIRECT = re.compile(
    r"\b(?:интересно|хочу (?:понять|спросить|уточнить)|хотел(?:а|ось)? бы (?:понять|узнать|"
    r"спросить|уточнить)|вопрос(?: в том| такой)?|подскажи(?:те)?|скажи(?:те)?|объясни(?:те)?|"
    r"неясно|непонятно|не ясно|не понятно|уточни(?:те)?)[,:]?\s+(?:пожалуйста,?\s+)?"
    r"(?:что|как|когда|где|куда|кто|кому|почему|зачем|сколько|какой|какая|какие|какую|чем|"
    r"\w+ ли)\b",
    re.IGNORECASE,
)


def asks_directly(sentence: str, *, language: str = "en") -> bool:
    """Say whether a cleaned sentence is a question that would end with a question mark."""
    text = sentence.strip()
    if text.endswith("?"):
        return True
    text = re.split(r"(?<=[.!])\s+", text.rstrip(".!… "))[-1]
    if language == "ru":
        return bool(_RU_ASKS.search(text)) and not _RU_TELLING.search(text)
    return _is_turned(text) or any(_is_turned(tail) for tail in _behind_an_opening(text))


def _is_turned(text: str) -> bool:
    if _NO_QUESTION.match(text) or _TELLING.match(text):
        return False
    return bool(_TURNED.match(text) or _WORDED.match(text))


def _behind_an_opening(text: str) -> list[str]:
    """Give what follows a clause that only leads up to a question: "if we sell less, can we …"."""
    tails = [text[found.end() :] for found in re.finditer(r"[,:]\s+", text)]
    if _OPENING.match(text):
        return [tail for tail in tails if not re.match(r"(?:is|was) (?:that|the)\b", tail)]
    return [tail for tail in tails if _PLAIN.match(tail)]


def asks_indirectly(sentence: str, *, language: str = "en") -> bool:
    """Say whether a sentence tells that its speaker wants to know something."""
    return bool((_RU_INDIRECT if language == "ru" else _INDIRECT).search(sentence))
