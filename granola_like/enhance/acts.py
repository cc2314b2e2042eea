"""What somebody does by saying it: promise, decide, leave open, ask, or only tell.

Patterns in the manner of the keyword methods for dialogue acts; they look at one cleaned sentence.
"""

import re
from typing import Literal

from granola_like.enhance.asking import asks_directly, asks_indirectly
from granola_like.enhance.russian_verbs import INFINITIVES, THIRD, is_request, to_do

Act = Literal["action", "decision", "question", "point"]

_DOING = (
    "send|share|prepare|check|write|call|email|e-mail|mail|follow up|schedule|set up|book|draft|"
    "review|update|finish|fix|look into|look up|talk to|speak to|speak with|get back|find out|"
    "order|contact|organi[sz]e|make sure|put together|work on|work out|circulate|collect|"
    "distribute|document|file|forward|gather|hire|implement|invite|investigate|let you know|"
    "let everyone know|meet with|open a ticket|pass on|pay|ping|plan|publish|reach out|report|"
    "research|ship|sign|submit|summari[sz]e|take care|test|upload|verify|arrange|build|confirm|"
    "deliver|handle|record|redo|rewrite|sort out|type up|design|develop|create|produce|provide|"
    r"save a copy|put (?:it|them|that|this|the [\w ]{3,30}) (?:in|on|into) the"
)
_LOOSELY = (
    "do|get|make|put|take|bring|change|add|start|run|read|try|present|ask|raise|post|have|"
    "look at|move"
)
_LATER = re.compile(
    r"\b(?:by|until|before|next|tomorrow|later|after (?:the|this|our)|on monday|"
    r"on tuesday|on wednesday|on thursday|on friday|this week|"
    r"this afternoon|tonight|when I get back)\b",
    re.IGNORECASE,
)
_IN_THE_ROOM = re.compile(
    r"\b(?:I['’]ll|I will|let me|I['’]m going to|we['’]ll)\s+(?:just\s+)?(?:quickly\s+)?"
    r"(?:start(?:ing)?\b(?! working)|show|say|tell you|"
    r"go (?:on|through|over|ahead|first|next|back)|"
    r"explain|begin|come to that|come back to|get to that|leave it|stop|talk about|see|"
    r"be (?:brief|quick|honest)|remind|repeat|mention|point out|ask (?:a|my|the|another)|note|add|"
    r"draw|finish up|hand over|turn over|pass (?:it |you )?over|read (?:it|this|that|out)|"
    r"give you (?:a|an) (?:quick|brief|idea|"
    r"overview)|do (?:that|this|it) now|put (?:it|this|that) (?:up|here|there|on the board)|"
    r"take (?:that|a look now)|move on|run through|try to explain)\b",
    re.IGNORECASE,
)
_PROMISES = (
    re.compile(
        rf"\b(?:I['’]ll|I will|I['’]m going to|I am going to|I['’]m gonna|I can|I should|"
        rf"I need to|I have to|I['’]ve got to|let me)\s+(?:also\s+|then\s+|just\s+|probably\s+|"
        rf"definitely\s+|certainly\s+|try to\s+|try and\s+|go and\s+|go away and\s+)*"
        rf"(?:{_DOING})\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:could you|can you|would you|will you|please|(?<!if )(?<!when )you need to|"
        rf"I need you to|I want you to|I['’]d like you to)\s+"
        rf"(?:also\s+|please\s+|just\s+|then\s+)*(?:{_DOING})\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?!(?:We|It|They|You|This|That|He|She|What|Which|There|Who|How|People|The|These|"
        rf"Those|Somebody|Someone|Everybody|Everyone|Nobody)\b)(?:[A-Z][a-z'’-]+(?:\s[A-Z][a-z'’-]+)?)"
        rf"\s+(?:will|is going to|needs to|has to|should)\s+(?:{_DOING})\b"
    ),
    re.compile(
        r"\b(?:action item|action point|to-do|next step|your (?:task|job|assignment|homework)|"
        r"(?:you|I)(?:['’]re| are|['’]m| am|['’]ll be| will be) responsible for|take care of it|"
        r"by (?:tomorrow|next meeting|the next meeting|"
        r"end of (?:the )?(?:day|week|month)))\b",
        re.IGNORECASE,
    ),
)
_LOOSE_PROMISE = re.compile(
    rf"\b(?:I['’]ll|I will|I['’]m going to|I['’]m gonna|we['’]ll|you need to|I need to)\s+"
    rf"(?:also\s+|then\s+|just\s+|probably\s+|try and\s+|try to\s+)*(?:{_LOOSELY})\b",
    re.IGNORECASE,
)
_DECISIONS = (
    re.compile(
        r"\b(?:we(?:['’]ve| have)? (?:all )?(?:decided|agreed|settled|concluded|chosen|picked)|"
        r"(?:it|that) (?:was|is|has been) (?:decided|agreed|settled)|(?:the )?decision (?:is|was)|"
        r"let['’]s (?:go (?:with|for|ahead)|stick|settle|do|use|take|choose|say|make it|keep|agree|"
        r"drop|leave|have|just|forget|put|assume|call it)\b|"
        r"we['’]ll (?:go (?:with|for)|stick|use|have|keep|drop|take|choose|make it|leave|just|"
        r"only|be using|do|put|include)|"
        r"we (?:will|are going to) (?:go (?:with|for)|use|have|keep|drop|not)|"
        r"we['’]re (?:going (?:to go )?(?:with|for)|gonna (?:go )?(?:with|for|use|have)|"
        r"going to (?:use|have|keep|drop|launch|move|make|include|do)|agreed|sticking|keeping|"
        r"dropping|not going to)|"
        r"(?:I|we) (?:both |all )?agree (?:to|on|with that|that we)|sounds like a plan|"
        r"(?:so|then) (?:it['’]s|that['’]s) (?:decided|settled|agreed|final)|"
        r"final(?:ly)? (?:decision|choice)|that['’]s (?:the|our) decision|motion (?:is )?carried|"
        r"(?:we|they|board|committee|council|it['’]s|(?:is|was|are|were|been) (?!going|to be)) ?"
        r"(?:have |has )?(?:approved|signed off)|we go (?:with|for))\b"
        r"(?! everything| our best| all|a bit of|a (?:quick|short))",
        re.IGNORECASE,
    ),
)
_OPEN = re.compile(
    r"\b(?:open question|(?:we|I) (?:still )?(?:don['’]t|do not) (?:really )?know (?:yet|what|how|"
    r"when|where|who|why|whether|if)|(?:we['’]re|I['’]m|we are) not (?:really |quite )?(?:sure|"
    r"certain|clear) (?:yet|what|how|when|where|who|why|whether|if|about)|need to find out|"
    r"(?:have|has)(?:n['’]t| not) (?:yet )?(?:decided|agreed|been decided|figured out)|"
    r"still (?:to be decided|unclear|open|have to decide|need to decide)|(?:is|it['’]s|remains) "
    r"(?:unclear|open)|remains to be seen|to be (?:decided|determined|confirmed)|"
    r"the question is|big question|no idea (?:what|how|when|where|who|why|whether|if)|"
    r"we need to (?:decide|figure out)|I wonder (?:if|whether|how|what)|wondering (?:if|whether|"
    r"how|what))\b",
    re.IGNORECASE,
)
UNANSWERED = re.compile(
    r"\b(?:don['’]t know|not sure|no idea|good question|have to (?:check|find out|see|ask|look)|"
    r"(?:will|'ll|’ll) (?:check|find out|see|ask)|hard to say|nobody knows|not yet|it depends|"
    r"unclear|need to (?:check|find out|ask)|не знаю|не знаем|надо (?:узнать|проверить|уточнить)|"
    r"пока неясно|непонятно|хороший вопрос|пока не (?:решили|знаем|ясно)|не уверен\w*|не решено)\b",
    re.IGNORECASE,
)
_RU_PROMISE = re.compile(
    rf"(?<!если )\b(?:{'|'.join(THIRD)})\b|"
    r"\b(?:мы\s+)(?:тогда\s+|ещё\s+|еще\s+)?(?:\w+\s+){0,2}?(?:отправим|пришлем|пришлём|"
    r"подготовим|проверим|напишем|сделаем|узнаем|уточним)\b|"
    rf"\b(?:можешь|сможешь|можете|сможете|нужно|надо|пожалуйста)\s+(?:\w+\s+){{0,2}}?"
    rf"(?:{'|'.join(INFINITIVES)})\b",
    re.IGNORECASE,
)
_RU_DECISION = re.compile(
    r"(?<!не )\b(?:мы\s+)?(?:решили|договорились|согласовали|постановили|утвердили|выбрали|"
    r"остановились на|решено|будем (?:использовать|делать)|"
    r"давайте (?!посмотрим|перейд[её]м|верн[её]мся|обсудим|поговорим|подумаем|закончим|продолжим|"
    r"начн[её]м|дальше|ещ[её]|так\b|сначала|по порядку|по\b|я\b|быстро)\w+(?:ем|ём|им)(?:ся)?)\b",
    re.IGNORECASE,
)
_RU_OPEN = re.compile(
    r"\b(?:пока не (?:знаем|ясно|решили|понятно|известно)|открытый вопрос|неясно|непонятно|"
    r"надо (?:решить|понять)|вопрос в том|(?:^|мы |я )не (?:знаю|знаем)|не решено)\b",
    re.IGNORECASE,
)
_PROCEDURE = re.compile(
    r"\b(?:wrap (?:this |it |things )?up|slides?|the end of (?:the|this) meeting|move on|"
    r"next slide|(?:take|have) a (?:quick )?look|look at (?:this|that|it)|let['’]s see|"
    r"talk about|discuss|go (?:back|through|over)|come (?:back )?to (?:this|that|some)|"
    r"have to (?:evaluate|decide|see)|we['’]ll see|hand (?:it )?over|"
    r"another (?:discussion|meeting)|(?:short|brief|quick) (?:talk|presentation)|"
    r"(?:go|turn) now to|successfully complete)\b",
    re.IGNORECASE,
)
_HYPOTHETICAL = re.compile(
    r"^(?:if|when|suppose|imagine|let['’]s say|what if|unless|если|когда)\b", re.IGNORECASE
)


def is_procedure(sentence: str) -> bool:
    """Say whether a sentence is about how this meeting itself goes on."""
    return bool(_PROCEDURE.search(sentence))


def is_hypothetical(sentence: str, *, language: str = "en") -> bool:
    """Say whether a sentence only supposes something: "if we sold it for less"."""
    return bool(_HYPOTHETICAL.match(sentence)) and not asks_directly(sentence, language=language)


def act_of(sentence: str, *, language: str = "en") -> Act:
    """Say what a cleaned sentence does. Doubt is resolved towards `point`."""
    if is_hypothetical(sentence, language=language):
        return "action" if _promises_then(sentence) else "point"
    asks = asks_directly(sentence, language=language)
    if language == "ru":
        return _russian_act(sentence, asks=asks)
    if is_promise(sentence) and not (asks and not _REQUEST.search(sentence)):
        return "action"
    decides = any(pattern.search(sentence) for pattern in _DECISIONS)
    if decides and not asks and not is_procedure(sentence):
        return "decision"
    if asks or is_open(sentence) or asks_indirectly(sentence):
        return "question"
    return "point"


def _promises_then(sentence: str) -> bool:
    """Say whether a condition leads to a promise: "if you send the details, I'll look into it"."""
    head, _, then = sentence.partition(", ")
    return bool(head and _I_WILL.match(then)) and is_promise(then)


_I_WILL = re.compile(r"(?:then )?(?:I will|I['’]ll)\b", re.IGNORECASE)
_REQUEST = re.compile(r"\b(?:could|can|would|will) you\b", re.IGNORECASE)


def is_promise(sentence: str) -> bool:
    """Say whether somebody undertakes or is asked to do something after the meeting."""
    if _IN_THE_ROOM.search(sentence):
        return False
    if any(pattern.search(sentence) for pattern in _PROMISES):
        return True
    # "I'll do it" is a promise when it says when, and mostly talk when it does not.
    return bool(_LOOSE_PROMISE.search(sentence) and _LATER.search(sentence))


def is_open(sentence: str, *, language: str = "en") -> bool:
    """Say whether a sentence itself says that something is not known or not decided."""
    return bool((_RU_OPEN if language == "ru" else _OPEN).search(sentence))


def _russian_act(sentence: str, *, asks: bool) -> Act:
    if _RU_OPEN.search(sentence) or (asks and not to_do(sentence)):
        return "question"
    if is_request(sentence) or _RU_PROMISE.search(sentence):
        return "action"
    if not asks and _RU_DECISION.search(sentence):
        return "decision"
    return "question" if asks or asks_indirectly(sentence, language="ru") else "point"
