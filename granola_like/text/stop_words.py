"""Words that hold sentences together and say nothing of what they are about.

From the lists of the Snowball project (BSD, https://snowballstem.org), with what people say
between the words that matter ("yeah", "hmm", "ну").
"""

_ENGLISH = """
i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her
hers herself it its itself they them their theirs themselves what which who whom whose this that
these those am is are was were be been being have has had having do does did doing would should
could ought can will shall may might must i'm you're he's she's it's we're they're i've you've
we've they've i'd you'd he'd she'd we'd they'd i'll you'll he'll she'll we'll they'll isn't aren't
wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't shan't shouldn't can't
cannot couldn't mustn't let's that's who's what's here's there's when's where's why's how's a an the
and but if or because as until while of at by for with about against between into through during
before after above below to from up down in out on off over under again further then once here
there when where why how all any both each few more most other some such no nor not only own same
so than too very also just
yeah yep yes no okay ok uh um uhm hmm hm mm mmm mhm ah oh eh er erm huh right well like actually
basically really gonna wanna gotta kinda sorta 'cause cause cuz alright
s t d ll re ve m
"""

_RUSSIAN = """
и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее её мне
было вот от меня еще ещё нет о из ему теперь когда даже ну вдруг ли если уже или ни быть был него до
вас нибудь опять уж вам ведь там потом себя ничего ей может они тут где есть надо ней для мы тебя их
чем была сам чтоб без будто чего раз тоже себе под будет ж тогда кто этот того потому этого какой
совсем ним здесь этом почти мой тем чтобы нее неё сейчас были куда зачем всех никогда можно при
наконец об другой хоть после над больше тот через эти нас про всего них какая много разве эту
моя впрочем хорошо свою этой перед иногда лучше чуть том нельзя такой им более всегда конечно всю
между это эта этих этим этими свои своей своих наш наша наше наши нам нами ваш ваша ваше ваши
ага угу э эм мм хм ой ах ок окей типа короче просто значит вообще также
"""

STOP_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(_ENGLISH.split()),
    "ru": frozenset(_RUSSIAN.split()),
}
"""By ISO 639-1 code. Numerals stay out of it: a note may be nothing but a number."""
