"""Words that are written with a capital, or sound like a name, and are none."""

NEVER_NAMES: frozenset[str] = frozenset(
    """
i i'm i'll i've i'd ok okay yes yeah yep no nope well so and but or the a an this that these those
it its he she we you they there here then now also just not what when where which who why how if
because is are was were be been do does did have has had can could will would shall should may might
must let lets my our your his her their me us them him one two three four five six seven eight nine
ten first second third next last more less most least some any all each every both many much few
monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
january february march april june july august september october november december jan feb mar apr
jun jul aug sep sept oct nov dec q1 q2 q3 q4 h1 h2 am pm tv
today tomorrow yesterday euro euros dollar dollars pound pounds percent million billion thousand k m
mark will rose grant art bill sue pat rob drew chase frank jack hope grace joy faith dawn may
decision decided action question open note notes point points agreed answer
я мы вы ты он она они оно это эти этот эта тот та те то так и но а или да нет не ну вот как что
когда где кто почему если потому еще уже тоже также там тут здесь теперь сейчас потом
понедельник вторник среда четверг пятница суббота воскресенье января февраля марта апреля мая июня
июля августа сентября октября ноября декабря
""".split()
)

CROWDS: frozenset[str] = frozenset(
    """
everyone everybody someone somebody nobody anyone anybody people team group management company
government public customer client user audience council committee opposition party person guy
nothing something everything none another other others neither either half most staff money data
plastic rubber titanium metal wood glass design research feedback work time sound light speech
although though while since unless despite instead however moreover therefore besides finally
firstly secondly lastly additionally meanwhile regarding concerning considering new old big small
good great
high low several various different young main key current future early late overall
text help space power energy food water paper music video audio news health traffic cash
""".split()
)
"""Bare words that begin a sentence and do something, and still name nobody."""
