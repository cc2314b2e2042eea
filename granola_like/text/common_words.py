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
