"""What is said without meaning it, in English and Russian."""

import re


def _any(phrases: str) -> str:
    """Give one pattern for phrases that a bar separates, longest first."""
    each = sorted((phrase.strip() for phrase in phrases.split("|")), key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in each if phrase)


FILLERS = re.compile(
    # Between two commas, the filler takes both with it.
    r"(?:(?<=\w),\s*(?=[\w-]+\s*,)(?![\w-]+\s*,\s*(?:we|I|you|they|he|she|it|but|and|so)\b))?"
    r"(?<![\w'’-])(?:u+h+m*|u+m+|e+r+m*|h+m+|m+h+m*|mm+|uh-huh|mm-hmm|m-hm|a+h+|o+h+|e+h+|huh|"
    r"э+м*|м+м+|хм+|угу|ага)(?![\w'’-])\s*,?",
    re.IGNORECASE,
)

_EN_MARKERS = _any(
    "you know|I mean|like|sort of|kind of|actually|basically|obviously|honestly|literally|"
    "frankly|well|right|okay|ok|you see|let's say|let us say|I guess|I suppose|I dunno|"
    "as I said|like I said|to be honest|anyway|yeah|yes|no|of course|in fact|in a sense|"
    "how do you say|what's it called|if you like|so to speak|as it were|alright|all right|so|"
    "thank you|thanks|please|sorry|excuse me"
)
_RU_MARKERS = _any(
    "ну|вот|так|значит|короче|типа|как бы|это самое|в общем|в общем-то|в принципе|собственно|"
    "так сказать|понимаешь|понимаете|знаешь|знаете|слушай|слушайте|смотри|смотрите|скажем|"
    "допустим|на самом деле|честно говоря|если честно|по сути|конечно|да|нет|ладно|хорошо|окей|"
    "то есть|насколько я понимаю"
)


def _markers(phrases: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<lead>^|,|(?<=[.?!]))\s*(?:{phrases})(?:\s+(?:{phrases}))*\s*(?=,|[.?!]|$)",
        re.IGNORECASE,
    )


MARKERS = {"en": _markers(_EN_MARKERS), "ru": _markers(_RU_MARKERS)}
"""Phrases that commas set apart."""

EDITING = {
    "en": (
        # "Tuesday, no, Wednesday" and "Tuesday, I mean Wednesday": only the second was meant.
        re.compile(
            r"(?<=\s)[\w'’$€£%.:-]+,?\s+(?:no|sorry|I mean|or rather|rather)\s*,\s+"
            r"(?=[A-Z0-9$€£][\w'’.,%]*)"
        ),
        re.compile(
            r"(?<=\s)(?:you know)\s+(?=(?:the|a|an|it|we|they|he|she|I|this|that|if)\b)", re.I
        ),
        re.compile(
            r"(?:(?<=\w),\s*)?(?<![\w'’])(?<!do )(?<!did )(?<!if )(?<!as )(?<!'t )(?<!let )"
            r"you know\s*,",
            re.I,
        ),
        re.compile(r"(?<=,)\s*(?:I mean|you know|you see)\s+", re.I),
    ),
    "ru": (
        re.compile(r"(?<=\s)[\w.:-]+,?\s+(?:нет|то есть|вернее|точнее)\s*,\s+(?=[А-Я0-9]\w*)"),
        re.compile(r"(?<=\s)(?:как бы|типа|это самое|так сказать)\s+", re.I),
    ),
}

_PRONOUN = r"(?:I|we|they|you|he|she|it|there|that|this)(?:['’]\w+)?"

RESTARTS = {
    "en": (
        # "You you'd", "we we'll"; "I it has", "I in my view": the first word was given up.
        re.compile(
            r"\b(?P<start>I|we|you|they|it|he|she|that|there)\s+(?P<kept>(?P=start)['’])", re.I
        ),
        re.compile(
            r"(?<!and )\bI\s+(?P<kept>(?:it|if|we|you|they|he|she|there|the|this|those|these|in|on|"
            r"at|with|for)\b)"
        ),
        # "I but I'm almost certain": the first start was given up.
        re.compile(
            rf"\b{_PRONOUN}\s+(?:but|and|so|well|or)\s+(?P<kept>{_PRONOUN}\s)", re.IGNORECASE
        ),
        # "if you're talking if you're thinking", "we have we need".
        re.compile(
            rf"\b(?P<start>(?:(?:if|that|so|and|because|when|what)\s+)?{_PRONOUN})\s+"
            r"(?:have|had|has|should|could|can|will|would|need|want|was|were|am|are|is|do|did|don't|"
            r"might|just|really|think|thought|know|mean|talking|going|gonna|all|also|kind|a|an|the)\s+"
            r"(?P<kept>(?P=start)\s+(?=\w))",
            re.IGNORECASE,
        ),
        re.compile(r"^(?:You|We|They|I)\s+(?P<kept>(?:your|our|their|my)\b)"),
        re.compile(r"\b(?:a|an|the)\s+(?P<kept>(?:an|the|a)\s)", re.IGNORECASE),
        re.compile(r"(?P<kept>\s)I mean,\s*"),
        re.compile(
            r"(?P<kept>\b(?:is|was|are|were|have|has|just|there's|be)\s)like\s"
            r"(?=(?:any|some|a lot|really|so|very|all|just|about|\d))",
            re.IGNORECASE,
        ),
    ),
    "ru": (
        re.compile(
            r"\b(?P<start>я|мы|они|он|она|это|если)\s+\w+,?\s+(?P<kept>(?P=start)\s)", re.IGNORECASE
        ),
    ),
}
"""Starts that were given up; what is kept is the second one."""

HEDGES = {
    "en": re.compile(
        r"(?<!\ba )(?<!the )(?<!this )(?<!that )(?<!some )(?<!any )(?<!what )(?<!same )(?<!one )"
        r"(?<!which )(?<!these )(?<!those )(?<!different )(?<!every )(?<!other )(?<!new )"
        r"(?<=\s)(?:kind of|sort of|kinda|sorta)\s+(?!of\b|thing)",
        re.IGNORECASE,
    ),
    "ru": re.compile(r"(?<=\s)(?:вроде бы|вроде как|как-то)\s+", re.IGNORECASE),
}

OPENERS = {
    "en": re.compile(
        "(?:"
        + _any(
            "so|and|but|well|okay|ok|yeah|yes|yep|right|alright|all right|now|then|like|"
            "'cause|cause|cos|'kay|because|or|you know|I mean|you see|the thing is|"
            "the fact is|the point is|I mean that|basically|actually|obviously|anyway|"
            "anyways|sure|sorry|look|listen|honestly|first of all|I guess|also|plus|exactly|"
            "absolutely|definitely|great|good|fine|cool|I see|of course|as I said|like I said|"
            "as you know|as you can see|as you can see here|as we said|let's see|let me see|"
            "so basically|just|which means that|that said|no no|thank you|thanks|hey|hi|"
            "Madam Chair|Mr. Chair|Mr.Chair|Mister Chair|Chair|Madam Speaker|Mr. Speaker|"
            "I have to say|I must say|I'd say that|I would say that|"
            "what I mean is|what I'm saying is|it's just that|it's like|I was just thinking|"
            "oh yeah|you know what|by the way|to be honest|in fact|for me|me too|maybe just"
        )
        + r"|(?:"
        + _any(
            "again|true|however|likewise|consequently|moreover|furthermore|additionally|to add|"
            "in other words|that being said|having said that|as we all know|to be clear|"
            "on top of that|one thing|for the record|to come back on that"
        )
        + r"|as (?:I|we)(?:['’]ve)? (?:said|stated|indicated|mentioned|noted)(?: before| earlier)?"
        + r")(?=,)|(?:think|guess)(?= (?:we|it|they|you|I|there)\b)"
        + r"|again(?= (?:I|we|you|they|it|this|that|the)\b)"
        + r")(?=[\s,;:.–—-])(?!\s+(?:as\s+(?:soon|long|well)|far|many|much|that\b\s+is)\b)"
        + r"[\s,;:.–—-]+"
        # A word that opens a clause of its own is kept: "just in time", "like that", "right now".
        r"(?!(?:in case|now\b|away\b|enough\b))",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        "(?:"
        + _any(
            "ну|вот|так|значит|короче|и|а|но|да|типа|в общем|в общем-то|в принципе|собственно|"
            "то есть|слушай|слушайте|смотри|смотрите|хорошо|ладно|окей|понятно|итак|вообще|"
            "я имею в виду|на самом деле|честно говоря|конечно|как бы|ну вот|потому что|"
            "тогда|ещё один вопрос|и третье|во-первых|супер|отлично|согласен|согласна"
        )
        + r")(?=[\s,;:.–—-])[\s,;:.–—-]+",
        re.IGNORECASE,
    ),
}

VAGUE_TAILS = {
    "en": re.compile(
        r"(?P<tag>(?!))?[\s,]+(?:"
        + _any(
            "or something like that|or something|or anything like that|or anything|or whatever|"
            "and stuff like that|and stuff|and things like that|and all that|and everything|"
            "and so on and so forth|or so to speak|or what have you|and that sort of thing|"
            "and that kind of thing|or anything else|you know what I mean|if you know what I mean|"
            "if you like|as it were|so to speak|and all of that|and whatnot"
        )
        + r")$",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"(?P<tag>(?!))?[\s,]+(?:"
        + _any("и всё такое|и все такое|и тому подобное|или что-то")
        + ")$",
        re.IGNORECASE,
    ),
}

TAILS = {
    "en": re.compile(
        r"(?:[\s,]+(?P<tag>"
        + _any("right|okay|ok|yeah|isn't it|don't you think|you know|wouldn't it|aren't we|no")
        + r")|[\s,]+(?:"
        + _any(
            "I think|I guess|I suppose|I mean|I believe|you see|so|and|but|or|because|'cause|"
            "basically|actually|really|as well as|then|of course|though|anyway|thank you|"
            "with the|the|a|an|of|to the|in the|for the|that the|and then|and the|so that|well|"
            "which|if|when|and so|but then|or the|please|thanks|I'd say|I would say|and I|that|"
            "is the|are the|it's|we|and we|so we|but we|in a|of the|of a|for a|to a|um"
        )
        + r"))$",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"(?:[\s,]+(?P<tag>"
        + _any("да|правда|верно|так|нет")
        + r")|[\s,]+(?:"
        + _any("вот|и|а|но|или|ну|наверное|как бы|понимаешь|понимаете|потому что|чтобы|короче")
        + r"))$",
        re.IGNORECASE,
    ),
}

SHORT_WORDS = frozenset(
    """
a i an am as at be by do go he hi if in is it me my no of oh on or so to up us we ok ex vs tv pm id
pc hr ad de la le el du da di al et ii iv vi xi co uk eu un us ai ml ui ux qa pr vp km kg mm cm
mb gb db kb hz the and for are
but not you all any can her was one our out day get has him his how man new now old see two way who
boy did its let put say she too use may off own run set six ten top try why yes yet big few got had
far men end ask bad buy car cut eat eye job law lie low pay per red sit sun tax war win act add age
ago air arm art bar bed bit box cup dog due ear easy even ever fact fair fall feel fill find fine
form full good hand hard have head hear help here high hold home hope hour idea into just keep kind
know last late lead left less life like line list live long look lose lost make many mean meet mind
more most move much must name near need next note once only open over page part past pay plan play
real rest rise road room rule same save seem sell send show side sign site some soon sort stay step
stop such sure take talk task team tell term test than that them then they this time told took true
turn type unit upon used very view wait walk want ways week well went were what when will wish with
word work year your some any no one two every there here where
я в к с о у и а на не ни по за из от до то он мы вы но об со во ко все это как так что тот для при
без под над про или они она оно мне нас вас их им ей его нет да раз год час три два сто
""".split()
)
