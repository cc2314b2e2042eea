<?xml version='1.0' encoding='utf-8'?>
<TS version="2.1" language="ru_RU">
<context>
    <name>Actions</name>
    <message>
        <source>Write again</source>
        <translation>Написать заново</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Версии</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Сохранить как</translation>
    </message>
    <message>
        <source>Write the note</source>
        <translation>Написать заметку</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>Как есть</translation>
    </message>
    <message>
        <source>Show only what I typed</source>
        <translation>Только то, что я ввёл</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>Копировать как Markdown</translation>
    </message>
    <message>
        <source>Copy as rich text</source>
        <translation>Копировать с оформлением</translation>
    </message>
</context>
<context>
    <name>AppearanceSection</name>
    <message>
        <source>Appearance and keys</source>
        <translation>Вид и клавиши</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Цвета</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Высокий контраст</translation>
    </message>
    <message>
        <source>Language of the window</source>
        <translation>Язык окна</translation>
    </message>
    <message>
        <source>Holds from the next start.</source>
        <translation>Действует со следующего запуска.</translation>
    </message>
    <message>
        <source>Record from anywhere</source>
        <translation>Запись из любого места</translation>
    </message>
    <message>
        <source>A key that starts and stops recording while another program is in front.</source>
        <translation>Клавиша, которая начинает и останавливает запись, когда открыта другая программа.</translation>
    </message>
    <message>
        <source>Start with the computer</source>
        <translation>Запускать вместе с компьютером</translation>
    </message>
    <message>
        <source>Stays in the tray until a call begins.</source>
        <translation>Ждёт начала звонка в трее.</translation>
    </message>
    <message>
        <source>This system lets no program have such a key; its own settings can start one.</source>
        <translation>Эта система не даёт программам таких клавиш; назначьте её в настройках самой системы.</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Как в системе</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Светлая</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Тёмная</translation>
    </message>
</context>
<context>
    <name>CallActions</name>
    <message>
        <source>The last 60 seconds are deleted; the place is marked.</source>
        <translation>Последние 60 секунд удалены; место отмечено.</translation>
    </message>
</context>
<context>
    <name>CallBar</name>
    <message>
        <source>The recording</source>
        <translation>Запись</translation>
    </message>
    <message>
        <source>Your level</source>
        <translation>Ваш уровень</translation>
    </message>
    <message>
        <source>The others' level</source>
        <translation>Уровень собеседников</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Off the record</source>
        <translation>Не для записи</translation>
    </message>
    <message>
        <source>Deletes the last 60 seconds, and marks the place</source>
        <translation>Удаляет последние 60 секунд и отмечает место</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Стоп</translation>
    </message>
    <message>
        <source>Show what is being said, or hide it</source>
        <translation>Показать или скрыть то, что говорят</translation>
    </message>
    <message>
        <source>Keep recording</source>
        <translation>Продолжать запись</translation>
    </message>
    <message>
        <source>Recorded: %1</source>
        <translation>Записано: %1</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Captions</source>
        <translation>Субтитры</translation>
    </message>
    <message>
        <source>The call has ended.</source>
        <translation>Звонок завершён.</translation>
    </message>
    <message numerus="yes">
        <source>Stopping in %n s</source>
        <translation>
            <numerusform>Остановка через %n с</numerusform>
            <numerusform>Остановка через %n с</numerusform>
            <numerusform>Остановка через %n с</numerusform>
        </translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Начинаем…</translation>
    </message>
    <message>
        <source>Paused: nothing is kept until you resume</source>
        <translation>Пауза: пока вы не продолжите, ничего не сохраняется</translation>
    </message>
    <message>
        <source>Stopping: the last seconds are being saved</source>
        <translation>Остановка: сохраняются последние секунды</translation>
    </message>
    <message numerus="yes">
        <source>The disk has room for %n min more</source>
        <translation>
            <numerusform>На диске место ещё на %n мин</numerusform>
            <numerusform>На диске место ещё на %n мин</numerusform>
            <numerusform>На диске место ещё на %n мин</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No sound from the call for %n s</source>
        <translation>
            <numerusform>Из звонка нет звука уже %n с</numerusform>
            <numerusform>Из звонка нет звука уже %n с</numerusform>
            <numerusform>Из звонка нет звука уже %n с</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No sound from your microphone for %n s</source>
        <translation>
            <numerusform>С микрофона нет звука уже %n с</numerusform>
            <numerusform>С микрофона нет звука уже %n с</numerusform>
            <numerusform>С микрофона нет звука уже %n с</numerusform>
        </translation>
    </message>
    <message>
        <source>me</source>
        <translation>я</translation>
    </message>
    <message>
        <source>them</source>
        <translation>они</translation>
    </message>
</context>
<context>
    <name>CallCard</name>
    <message>
        <source>Not now</source>
        <translation>Не сейчас</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Записать</translation>
    </message>
    <message>
        <source>{program} started a call</source>
        <translation>{program}: начался звонок</translation>
    </message>
    <message>
        <source>Nothing is recorded yet.</source>
        <translation>Пока ничего не записывается.</translation>
    </message>
</context>
<context>
    <name>CallsSection</name>
    <message>
        <source>Calls</source>
        <translation>Звонки</translation>
    </message>
    <message>
        <source>When another program opens the microphone, you are asked whether to record. Nothing is recorded before you say so.</source>
        <translation>Когда другая программа включает микрофон, вас спросят, записывать ли звонок. До вашего согласия ничего не записывается.</translation>
    </message>
    <message>
        <source>Never a call</source>
        <translation>Никогда не звонок</translation>
    </message>
    <message>
        <source>Programs that use the microphone for something else, one a line.</source>
        <translation>Программы, которым микрофон нужен для другого, по одной в строке.</translation>
    </message>
</context>
<context>
    <name>CaptionsDrawer</name>
    <message>
        <source>Captions</source>
        <translation>Субтитры</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Вы</translation>
    </message>
    <message>
        <source>Them</source>
        <translation>Они</translation>
    </message>
    <message numerus="yes">
        <source>%n s behind what is said</source>
        <translation>
            <numerusform>отстаёт от речи на %n с</numerusform>
            <numerusform>отстаёт от речи на %n с</numerusform>
            <numerusform>отстаёт от речи на %n с</numerusform>
        </translation>
    </message>
    <message>
        <source>Listening: words appear here as they are said</source>
        <translation>Слушаем: слова появятся здесь, как только прозвучат</translation>
    </message>
</context>
<context>
    <name>ChangesList</name>
    <message>
        <source>Changes</source>
        <translation>Изменения</translation>
    </message>
</context>
<context>
    <name>ChangesModel</name>
    <message>
        <source>{title}, {time}: “{before}” becomes “{after}”</source>
        <translation>{title}, {time}: «{before}» станет «{after}»</translation>
    </message>
</context>
<context>
    <name>ClashCard</name>
    <message>
        <source>You</source>
        <translation>Вы</translation>
    </message>
    <message>
        <source>Heard now</source>
        <translation>Услышано теперь</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Оставить моё</translation>
    </message>
    <message>
        <source>Take new</source>
        <translation>Взять новое</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>Послушать</translation>
    </message>
    <message numerus="yes">
        <source>The new transcript speaks against %n of your corrections.</source>
        <translation>
            <numerusform>Новая расшифровка противоречит %n вашей правке.</numerusform>
            <numerusform>Новая расшифровка противоречит %n вашим правкам.</numerusform>
            <numerusform>Новая расшифровка противоречит %n вашим правкам.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is said there any more.</source>
        <translation>Там больше ничего не сказано.</translation>
    </message>
    <message>
        <source>Listen {time}</source>
        <translation>Послушать {time}</translation>
    </message>
</context>
<context>
    <name>ConflictsBox</name>
    <message>
        <source>You wrote “%1”. The new version says “%2”.</source>
        <translation>Вы написали «%1». В новой версии: «%2».</translation>
    </message>
    <message>
        <source>You wrote “%1”. The new version has no such line.</source>
        <translation>Вы написали «%1». В новой версии такой строки нет.</translation>
    </message>
    <message>
        <source>Use mine</source>
        <translation>Взять моё</translation>
    </message>
    <message>
        <source>Keep it for later</source>
        <translation>Отложить</translation>
    </message>
    <message>
        <source>Use the new one</source>
        <translation>Взять новое</translation>
    </message>
    <message>
        <source>Let it go</source>
        <translation>Отказаться</translation>
    </message>
</context>
<context>
    <name>DeskNews</name>
    <message>
        <source>Waiting for its turn</source>
        <translation>Ждёт очереди</translation>
    </message>
    <message>
        <source>Storing the sound</source>
        <translation>Сохраняем звук</translation>
    </message>
    <message>
        <source>Drafting the note</source>
        <translation>Набрасываем заметку</translation>
    </message>
    <message>
        <source>Transcribing</source>
        <translation>Расшифровываем</translation>
    </message>
    <message>
        <source>Writing the note</source>
        <translation>Пишем заметку</translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <source>{0} call</source>
        <translation>Звонок в {0}</translation>
    </message>
    <message>
        <source>New meeting</source>
        <translation>Новая встреча</translation>
    </message>
    <message>
        <source>The key {0} cannot be had: another program has it.</source>
        <translation>Клавиша {0} недоступна: её занимает другая программа.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>preferences options</source>
        <translation>параметры опции</translation>
    </message>
    <message>
        <source>Try microphone and computer sound</source>
        <translation>Проверить микрофон и звук компьютера</translation>
    </message>
    <message>
        <source>test first start</source>
        <translation>проверка первый запуск</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>Расшифровка</translation>
    </message>
    <message>
        <source>words said play</source>
        <translation>слова сказано слушать</translation>
    </message>
</context>
<context>
    <name>DetailsCard</name>
    <message>
        <source>Nobody</source>
        <translation>Никто</translation>
    </message>
    <message>
        <source>Who has it to do</source>
        <translation>Кто это делает</translation>
    </message>
    <message>
        <source>Until when</source>
        <translation>До какого дня</translation>
    </message>
    <message>
        <source>No day</source>
        <translation>Без срока</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Готово</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Кто</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>До</translation>
    </message>
</context>
<context>
    <name>Exports</name>
    <message>
        <source>The note is copied.</source>
        <translation>Заметка скопирована.</translation>
    </message>
    <message>
        <source>Markdown…</source>
        <translation>Markdown…</translation>
    </message>
    <message>
        <source>Web page…</source>
        <translation>Веб-страница…</translation>
    </message>
    <message>
        <source>Transcript as text…</source>
        <translation>Расшифровка текстом…</translation>
    </message>
    <message>
        <source>Captions (WebVTT)…</source>
        <translation>Субтитры (WebVTT)…</translation>
    </message>
    <message>
        <source>Captions (SubRip)…</source>
        <translation>Субтитры (SubRip)…</translation>
    </message>
    <message>
        <source>The whole meeting, without sound…</source>
        <translation>Вся встреча, без звука…</translation>
    </message>
    <message>
        <source>The whole meeting, with its sound…</source>
        <translation>Вся встреча, со звуком…</translation>
    </message>
    <message>
        <source>Save the meeting</source>
        <translation>Сохранить встречу</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>Сохранено как %1</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in the transcript</source>
        <translation>Найти в расшифровке</translation>
    </message>
    <message>
        <source>Replace by</source>
        <translation>Заменить на</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>Слова целиком</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>Учитывать регистр</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Просмотр</translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation>Заменить всё</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>не найдено</translation>
    </message>
    <message>
        <source>{number} of {of}</source>
        <translation>{number} из {of}</translation>
    </message>
    <message numerus="yes">
        <source>Replace in %n line(s)</source>
        <translation>
            <numerusform>Заменить в %n строке</numerusform>
            <numerusform>Заменить в %n строках</numerusform>
            <numerusform>Заменить в %n строках</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingBox</name>
    <message>
        <source>Side by side</source>
        <translation>Рядом</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Слушать</translation>
    </message>
    <message>
        <source>Fix</source>
        <translation>Исправить</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Оставить</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>Убрать</translation>
    </message>
    <message>
        <source>To check: %1</source>
        <translation>Проверьте: %1</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Nothing that was said bears this out</source>
        <translation>Ничто из сказанного этого не подтверждает</translation>
    </message>
    <message>
        <source>This differs from what was said</source>
        <translation>Это отличается от сказанного</translation>
    </message>
    <message>
        <source>%1 — nobody said that</source>
        <translation>%1 — этого никто не говорил</translation>
    </message>
    <message>
        <source>%1 — what was said is “%2”</source>
        <translation>%1 — сказано «%2»</translation>
    </message>
    <message>
        <source>%1 — %3 said “%2”</source>
        <translation>%1 — в оригинале «%2» (%3)</translation>
    </message>
</context>
<context>
    <name>FirstSteps</name>
    <message>
        <source>Your meetings will be here</source>
        <translation>Здесь будут ваши встречи</translation>
    </message>
    <message>
        <source>Start a call in any program and you are asked whether to record it. Type a few words while you listen; afterwards they are filled in with what was said. Everything stays on this computer.</source>
        <translation>Начните звонок в любой программе, и вас спросят, записывать ли его. Пока слушаете, вводите несколько слов; потом они дополнятся тем, что было сказано. Всё остаётся на этом компьютере.</translation>
    </message>
    <message>
        <source>Record now</source>
        <translation>Записать сейчас</translation>
    </message>
    <message>
        <source>Try the sample call</source>
        <translation>Попробовать пример звонка</translation>
    </message>
    <message>
        <source>Bring in a recording…</source>
        <translation>Добавить запись…</translation>
    </message>
</context>
<context>
    <name>FolderList</name>
    <message>
        <source>Folders</source>
        <translation>Папки</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Переименовать</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>Новая папка</translation>
    </message>
</context>
<context>
    <name>FolderModel</name>
    <message>
        <source>New folder</source>
        <translation>Новая папка</translation>
    </message>
    <message numerus="yes">
        <source>%n meeting(s)</source>
        <translation>
            <numerusform>%n встреча</numerusform>
            <numerusform>%n встречи</numerusform>
            <numerusform>%n встреч</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GlossarySection</name>
    <message>
        <source>Glossary</source>
        <translation>Словарь</translation>
    </message>
    <message>
        <source>Names and terms</source>
        <translation>Имена и термины</translation>
    </message>
    <message>
        <source>Those that you use a lot, one a line. They help the machine spell.</source>
        <translation>Те, что часто встречаются, по одному в строке. Они помогают машине писать верно.</translation>
    </message>
    <message>
        <source>Acme
Kubernetes
Nina Krüger</source>
        <translation>Acme
Kubernetes
Нина Крюгер</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>What was recorded, and what is missing</source>
        <translation>Что записано и чего не хватает</translation>
    </message>
</context>
<context>
    <name>HomeCommands</name>
    <message>
        <source>Home</source>
        <translation>Главная</translation>
    </message>
    <message>
        <source>Search all meetings</source>
        <translation>Искать по всем встречам</translation>
    </message>
    <message>
        <source>find</source>
        <translation>найти</translation>
    </message>
    <message>
        <source>Record now</source>
        <translation>Записать сейчас</translation>
    </message>
    <message>
        <source>start recording call meeting</source>
        <translation>начать запись звонок встреча</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>Новая папка</translation>
    </message>
    <message>
        <source>Rename the chosen meeting or folder</source>
        <translation>Переименовать выбранную встречу или папку</translation>
    </message>
    <message>
        <source>Move the chosen meetings to a folder</source>
        <translation>Переместить выбранные встречи в папку</translation>
    </message>
    <message>
        <source>Delete the chosen meetings</source>
        <translation>Удалить выбранные встречи</translation>
    </message>
    <message>
        <source>Take the chosen meetings out of the trash</source>
        <translation>Вернуть выбранные встречи из корзины</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Корзина</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>удалённое</translation>
    </message>
</context>
<context>
    <name>HomeController</name>
    <message>
        <source>It is in the trash, and opens when it is taken out.</source>
        <translation>Она в корзине и откроется, когда её вернут.</translation>
    </message>
    <message>
        <source>Take it out</source>
        <translation>Вернуть</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Meetings</source>
        <translation>Встречи</translation>
    </message>
    <message>
        <source>Start a call and you are asked, or record what you hear now.</source>
        <translation>Начните звонок, и вас спросят, — или запишите то, что слышно сейчас.</translation>
    </message>
    <message>
        <source>Record now</source>
        <translation>Записать сейчас</translation>
    </message>
    <message>
        <source>Empty the trash</source>
        <translation>Очистить корзину</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Корзина</translation>
    </message>
    <message numerus="yes">
        <source>%n meeting(s)</source>
        <translation>
            <numerusform>%n встреча</numerusform>
            <numerusform>%n встречи</numerusform>
            <numerusform>%n встреч</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n meeting(s) for ever</source>
        <translation>
            <numerusform>Удалить %n встречу навсегда</numerusform>
            <numerusform>Удалить %n встречи навсегда</numerusform>
            <numerusform>Удалить %n встреч навсегда</numerusform>
        </translation>
    </message>
    <message>
        <source>The trash is empty.</source>
        <translation>Корзина пуста.</translation>
    </message>
    <message>
        <source>This folder is empty.</source>
        <translation>Папка пуста.</translation>
    </message>
    <message>
        <source>Drag meetings onto it, or choose “Move to folder” in a meeting’s menu.</source>
        <translation>Перетащите сюда встречи или выберите «Переместить в папку» в меню встречи.</translation>
    </message>
</context>
<context>
    <name>Indicator</name>
    <message>
        <source>Stop</source>
        <translation>Стоп</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Recording, {0}</source>
        <translation>Идёт запись, {0}</translation>
    </message>
</context>
<context>
    <name>LineEditor</name>
    <message>
        <source>What was said</source>
        <translation>Что было сказано</translation>
    </message>
    <message>
        <source>Enter saves, Esc leaves it as it was</source>
        <translation>Enter сохранит, Esc оставит как было</translation>
    </message>
</context>
<context>
    <name>LinesKeeper</name>
    <message>
        <source>What was typed last could not be kept: its meeting was deleted for good.</source>
        <translation>Последние введённые строки не удалось сохранить: встреча удалена навсегда.</translation>
    </message>
    <message>
        <source>Copy it from the page if you need it.</source>
        <translation>Скопируйте их со страницы, если они нужны.</translation>
    </message>
    <message>
        <source>Nothing of other meetings was lost.</source>
        <translation>В других встречах ничего не потеряно.</translation>
    </message>
</context>
<context>
    <name>MeetingActions</name>
    <message>
        <source>“{title}” is in the trash.</source>
        <translation>«{title}» в корзине.</translation>
    </message>
    <message numerus="yes">
        <source>%n meeting(s) are in the trash.</source>
        <translation>
            <numerusform>%n встреча в корзине.</numerusform>
            <numerusform>%n встречи в корзине.</numerusform>
            <numerusform>%n встреч в корзине.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n meeting(s) moved to “{folder}”.</source>
        <translation>
            <numerusform>%n встреча перемещена в «{folder}».</numerusform>
            <numerusform>%n встречи перемещены в «{folder}».</numerusform>
            <numerusform>%n встреч перемещено в «{folder}».</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n meeting(s) moved out of the folder.</source>
        <translation>
            <numerusform>%n встреча убрана из папки.</numerusform>
            <numerusform>%n встречи убраны из папки.</numerusform>
            <numerusform>%n встреч убрано из папки.</numerusform>
        </translation>
    </message>
    <message>
        <source>The folder “{name}” was deleted. Its meetings stay.</source>
        <translation>Папка «{name}» удалена. Встречи из неё остались.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
</context>
<context>
    <name>MeetingList</name>
    <message>
        <source>Restore</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Переименовать</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Stop the work on it</source>
        <translation>Остановить обработку</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Move to folder</source>
        <translation>Переместить в папку</translation>
    </message>
    <message>
        <source>New folder…</source>
        <translation>Новая папка…</translation>
    </message>
    <message>
        <source>No folder</source>
        <translation>Без папки</translation>
    </message>
</context>
<context>
    <name>MeetingsModel</name>
    <message>
        <source>{title}, being recorded</source>
        <translation>{title}, идёт запись</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>ModelsSection</name>
    <message>
        <source>Models</source>
        <translation>Модели</translation>
    </message>
    <message>
        <source>They run on this computer. Nothing is fetched unless you ask for it.</source>
        <translation>Они работают на этом компьютере. Без вашей просьбы ничего не загружается.</translation>
    </message>
    <message>
        <source>Hears with</source>
        <translation>Слушает модель</translation>
    </message>
    <message>
        <source>For the words after the call.</source>
        <translation>Для расшифровки после звонка.</translation>
    </message>
    <message>
        <source>Captions during the call</source>
        <translation>Субтитры во время звонка</translation>
    </message>
    <message>
        <source>Words as they are said.</source>
        <translation>Слова по мере того, как их говорят.</translation>
    </message>
    <message>
        <source>Captions by</source>
        <translation>Субтитры пишет</translation>
    </message>
    <message>
        <source>A quick one: it must keep up with two people.</source>
        <translation>Быстрая модель: она должна успевать за двумя людьми.</translation>
    </message>
    <message>
        <source>What is spoken</source>
        <translation>Язык разговора</translation>
    </message>
    <message>
        <source>The best for this computer</source>
        <translation>Лучшая для этого компьютера</translation>
    </message>
    <message>
        <source>Found out by itself</source>
        <translation>Определяется сам</translation>
    </message>
    <message>
        <source>{0} MB</source>
        <translation>{0} МБ</translation>
    </message>
    <message numerus="yes">
        <source>an hour of speech takes %n minute(s)</source>
        <translation>
            <numerusform>час речи занимает %n минуту</numerusform>
            <numerusform>час речи занимает %n минуты</numerusform>
            <numerusform>час речи занимает %n минут</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} MB of memory</source>
        <translation>{0} МБ памяти</translation>
    </message>
    <message>
        <source>many languages</source>
        <translation>много языков</translation>
    </message>
    <message>
        <source>suits this computer</source>
        <translation>подходит этому компьютеру</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Стоп</translation>
    </message>
    <message>
        <source>Built in</source>
        <translation>Встроена</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Загрузить</translation>
    </message>
</context>
<context>
    <name>NoteKeys</name>
    <message>
        <source>Show or hide captions</source>
        <translation>Показать или скрыть субтитры</translation>
    </message>
    <message>
        <source>Pause or resume the recording</source>
        <translation>Пауза или продолжение записи</translation>
    </message>
    <message>
        <source>Off the record: delete the last 60 seconds</source>
        <translation>Не для записи: удалить последние 60 секунд</translation>
    </message>
    <message>
        <source>Stop the recording</source>
        <translation>Остановить запись</translation>
    </message>
    <message>
        <source>Keep recording</source>
        <translation>Продолжать запись</translation>
    </message>
    <message>
        <source>Play what the line comes from</source>
        <translation>Слушать источник строки</translation>
    </message>
    <message>
        <source>Go to the next thing to check</source>
        <translation>К следующему сомнительному месту</translation>
    </message>
    <message>
        <source>Go to the thing to check before</source>
        <translation>К предыдущему сомнительному месту</translation>
    </message>
    <message>
        <source>Keep the line as it is</source>
        <translation>Оставить строку как есть</translation>
    </message>
    <message>
        <source>Fix the line: say what was said</source>
        <translation>Исправить строку по сказанному</translation>
    </message>
    <message>
        <source>Drop the line</source>
        <translation>Убрать строку</translation>
    </message>
    <message>
        <source>Compare the line with what was said</source>
        <translation>Сравнить строку со сказанным</translation>
    </message>
    <message>
        <source>Tick the action item off</source>
        <translation>Отметить задачу выполненной</translation>
    </message>
    <message>
        <source>Change who has it to do, and until when</source>
        <translation>Изменить исполнителя и срок</translation>
    </message>
    <message>
        <source>Take my changes of the line back</source>
        <translation>Отменить мои правки строки</translation>
    </message>
    <message>
        <source>Write the note again</source>
        <translation>Написать заметку заново</translation>
    </message>
    <message>
        <source>Compare versions of the note</source>
        <translation>Сравнить версии заметки</translation>
    </message>
    <message>
        <source>Export the meeting</source>
        <translation>Сохранить встречу в файл</translation>
    </message>
    <message>
        <source>Copy the note as Markdown</source>
        <translation>Копировать заметку как Markdown</translation>
    </message>
</context>
<context>
    <name>NoteReading</name>
    <message>
        <source>Waiting for its turn</source>
        <translation>Ждёт очереди</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Выбрать модель</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>In the words that were said</source>
        <translation>Словами, которые прозвучали</translation>
    </message>
    <message>
        <source>By the model on this machine</source>
        <translation>Моделью на этом компьютере</translation>
    </message>
    <message>
        <source>By the server that you chose</source>
        <translation>Сервером, который вы выбрали</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>никто</translation>
    </message>
    <message>
        <source>no day</source>
        <translation>без срока</translation>
    </message>
    <message>
        <source>words that were said</source>
        <translation>слова, которые прозвучали</translation>
    </message>
</context>
<context>
    <name>NoteWords</name>
    <message>
        <source>%n s</source>
        <translation>%n с</translation>
    </message>
    <message>
        <source>%n min</source>
        <translation>%n мин</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>осталось несколько секунд</translation>
    </message>
    <message>
        <source>both sides heard</source>
        <translation>слышны обе стороны</translation>
    </message>
    <message>
        <source>only you were heard</source>
        <translation>слышно только вас</translation>
    </message>
    <message>
        <source>only the others were heard</source>
        <translation>слышно только собеседников</translation>
    </message>
    <message>
        <source>nothing was heard</source>
        <translation>ничего не слышно</translation>
    </message>
    <message>
        <source>1 gap of %1</source>
        <translation>1 пропуск, %1</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Вы</translation>
    </message>
    <message>
        <source>The others</source>
        <translation>Собеседники</translation>
    </message>
    <message>
        <source>%1: %2 recorded, speech in %3 of it</source>
        <translation>%1: записано %2, речи в них %3</translation>
    </message>
    <message>
        <source>It ended: %1</source>
        <translation>Завершение: %1</translation>
    </message>
    <message>
        <source>A crash had left it; it was finished when the program started again.</source>
        <translation>Осталась после сбоя; завершена при следующем запуске.</translation>
    </message>
    <message>
        <source>%1 of you not heard</source>
        <translation>вас не слышно: %1</translation>
    </message>
    <message>
        <source>%1 of the others not heard</source>
        <translation>собеседников не слышно: %1</translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <translation>%1: %2, %3</translation>
    </message>
</context>
<context>
    <name>Notepad</name>
    <message>
        <source>Your notes</source>
        <translation>Ваши заметки</translation>
    </message>
    <message>
        <source>Write notes…</source>
        <translation>Пишите заметки…</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>PageDelegate</name>
    <message>
        <source>Being recorded now</source>
        <translation>Идёт запись</translation>
    </message>
    <message>
        <source>Not transcribed yet</source>
        <translation>Ещё не расшифрована</translation>
    </message>
    <message>
        <source>No note yet</source>
        <translation>Заметки пока нет</translation>
    </message>
    <message>
        <source>Nothing in it yet</source>
        <translation>Здесь пока пусто</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Nothing is called so.</source>
        <translation>Ничего с таким названием нет.</translation>
    </message>
</context>
<context>
    <name>PaletteController</name>
    <message>
        <source>All commands</source>
        <translation>Все команды</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Клавиши</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>Что сделать?</translation>
    </message>
    <message>
        <source>Which key?</source>
        <translation>Какая клавиша?</translation>
    </message>
    <message>
        <source>Search all meetings for “{query}”</source>
        <translation>Искать «{query}» по всем встречам</translation>
    </message>
</context>
<context>
    <name>PeopleField</name>
    <message>
        <source>People, separated by commas</source>
        <translation>Участники через запятую</translation>
    </message>
    <message>
        <source>Add people</source>
        <translation>Добавить участников</translation>
    </message>
</context>
<context>
    <name>PlainKeys</name>
    <message>
        <source>In a list: open</source>
        <translation>В списке: открыть</translation>
    </message>
    <message>
        <source>In a list: rename</source>
        <translation>В списке: переименовать</translation>
    </message>
    <message>
        <source>In a list: delete</source>
        <translation>В списке: удалить</translation>
    </message>
    <message>
        <source>In a list: take back what was done last</source>
        <translation>В списке: отменить последнее действие</translation>
    </message>
    <message>
        <source>In the list of folders: move a folder up</source>
        <translation>В списке папок: поднять папку</translation>
    </message>
    <message>
        <source>In the list of folders: move a folder down</source>
        <translation>В списке папок: опустить папку</translation>
    </message>
    <message>
        <source>In the transcript: play or pause</source>
        <translation>В расшифровке: слушать или пауза</translation>
    </message>
    <message>
        <source>In the transcript: play the line</source>
        <translation>В расшифровке: слушать строку</translation>
    </message>
    <message>
        <source>In the transcript: five seconds back</source>
        <translation>В расшифровке: пять секунд назад</translation>
    </message>
    <message>
        <source>In the transcript: five seconds on</source>
        <translation>В расшифровке: пять секунд вперёд</translation>
    </message>
    <message>
        <source>In the transcript: slower</source>
        <translation>В расшифровке: медленнее</translation>
    </message>
    <message>
        <source>In the transcript: faster</source>
        <translation>В расшифровке: быстрее</translation>
    </message>
    <message>
        <source>In the transcript: edit the line</source>
        <translation>В расшифровке: править строку</translation>
    </message>
    <message>
        <source>In the transcript: who said this</source>
        <translation>В расшифровке: кто это сказал</translation>
    </message>
    <message>
        <source>In the transcript: choose several lines</source>
        <translation>В расшифровке: выбрать несколько строк</translation>
    </message>
    <message>
        <source>In the transcript: copy the lines</source>
        <translation>В расшифровке: копировать строки</translation>
    </message>
    <message>
        <source>In the transcript: take back the last correction</source>
        <translation>В расшифровке: отменить последнюю правку</translation>
    </message>
    <message>
        <source>Anywhere: leave</source>
        <translation>Везде: выйти</translation>
    </message>
</context>
<context>
    <name>PlayerBar</name>
    <message>
        <source>Position</source>
        <translation>Место</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Слушать</translation>
    </message>
    <message>
        <source>5 seconds back</source>
        <translation>5 секунд назад</translation>
    </message>
    <message>
        <source>5 seconds on</source>
        <translation>5 секунд вперёд</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Следовать</translation>
    </message>
    <message>
        <source>Go along with what is heard</source>
        <translation>Следовать за звуком</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Скорость</translation>
    </message>
    <message>
        <source>Speed {speed}</source>
        <translation>Скорость {speed}</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>{what} (Space)</source>
        <translation>{what} (пробел)</translation>
    </message>
</context>
<context>
    <name>PrivacySection</name>
    <message>
        <source>Privacy</source>
        <translation>Приватность</translation>
    </message>
    <message>
        <source>Sound, words and notes stay on this computer. There is no telemetry.</source>
        <translation>Звук, слова и заметки остаются на этом компьютере. Телеметрии нет.</translation>
    </message>
    <message>
        <source>The network is used only for what you ask: a model's download, a server that you chose to write with.</source>
        <translation>Сеть нужна только для того, о чём вы просите: загрузки модели и сервера, который вы выбрали для письма.</translation>
    </message>
    <message>
        <source>The log has facts and figures, never what was said or typed.</source>
        <translation>В журнале факты и числа, но никогда не сказанное и не введённое.</translation>
    </message>
    <message>
        <source>Keep sound</source>
        <translation>Хранить звук</translation>
    </message>
    <message>
        <source>Words and notes stay; only the sound is deleted.</source>
        <translation>Слова и заметки остаются; удаляется только звук.</translation>
    </message>
    <message>
        <source>Keep what is in the trash</source>
        <translation>Хранить корзину</translation>
    </message>
    <message>
        <source>Open the folder of your data</source>
        <translation>Открыть папку с данными</translation>
    </message>
    <message>
        <source>For ever</source>
        <translation>Всегда</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n день</numerusform>
            <numerusform>%n дня</numerusform>
            <numerusform>%n дней</numerusform>
        </translation>
    </message>
    <message>
        <source>All of it lies in {0}.</source>
        <translation>Всё лежит в {0}.</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>Review</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Не сейчас</translation>
    </message>
    <message numerus="yes">
        <source>The same mistake is in %n past meeting(s).</source>
        <translation>
            <numerusform>Та же ошибка в %n прошлой встрече.</numerusform>
            <numerusform>Та же ошибка в %n прошлых встречах.</numerusform>
            <numerusform>Та же ошибка в %n прошлых встречах.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Correct %n place(s)</source>
        <translation>
            <numerusform>Исправить %n место</numerusform>
            <numerusform>Исправить %n места</numerusform>
            <numerusform>Исправить %n мест</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunningCard</name>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>It is being recorded.</source>
        <translation>Идёт запись.</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search</source>
        <translation>Поиск</translation>
    </message>
    <message>
        <source>Search all meetings</source>
        <translation>Искать по всем встречам</translation>
    </message>
    <message>
        <source>All commands</source>
        <translation>Все команды</translation>
    </message>
    <message>
        <source>All commands, and everything else by typing</source>
        <translation>Все команды, а набором текста — всё остальное</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>title</source>
        <translation>название</translation>
    </message>
    <message>
        <source>note</source>
        <translation>заметка</translation>
    </message>
    <message>
        <source>point</source>
        <translation>пункт</translation>
    </message>
    <message>
        <source>said</source>
        <translation>сказано</translation>
    </message>
    <message>
        <source>Nothing found for “{query}”</source>
        <translation>По запросу «{query}» ничего нет</translation>
    </message>
    <message>
        <source>Try fewer words, or only the beginning of a word. Titles, notes, points and everything that was said are searched; what lies in the trash is not.</source>
        <translation>Попробуйте меньше слов или только начало слова. Поиск идёт по названиям, заметкам, пунктам и всему сказанному, но не по корзине.</translation>
    </message>
</context>
<context>
    <name>SettingsController</name>
    <message>
        <source>Asking the hub…</source>
        <translation>Спрашиваем хранилище…</translation>
    </message>
    <message>
        <source>Fetch it again</source>
        <translation>Загрузить снова</translation>
    </message>
    <message>
        <source>{0} is gone.</source>
        <translation>{0} удалена.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Повторить</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Sections of the settings</source>
        <translation>Разделы настроек</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Вырезать</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Вставить</translation>
    </message>
    <message>
        <source>Select everything</source>
        <translation>Выделить всё</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>Bring in files</source>
        <translation>Добавить файлы</translation>
    </message>
    <message>
        <source>import sound video captions</source>
        <translation>импорт звук видео субтитры</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Выйти</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>the sample call</source>
        <translation>пример звонка</translation>
    </message>
    <message>
        <source>Bring in meetings, captions or sound</source>
        <translation>Добавить встречи, субтитры или звук</translation>
    </message>
    <message>
        <source>Meetings, captions, sound and video (*.json *.zip *.vtt *.srt *.wav *.flac *.mp3 *.m4a *.ogg *.opus *.mp4 *.mkv *.mov *.webm);;All files (*)</source>
        <translation>Встречи, субтитры, звук и видео (*.json *.zip *.vtt *.srt *.wav *.flac *.mp3 *.m4a *.ogg *.opus *.mp4 *.mkv *.mov *.webm);;Все файлы (*)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Стоп</translation>
    </message>
    <message>
        <source>{0} is here.</source>
        <translation>Готово: {0}.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>Stopped; nothing was stored.</source>
        <translation>Остановлено; ничего не сохранено.</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Meetings</source>
        <translation>Встречи</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Главная</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Корзина</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Папки</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>Новая папка</translation>
    </message>
    <message numerus="yes">
        <source>%n meeting(s)</source>
        <translation>
            <numerusform>%n встреча</numerusform>
            <numerusform>%n встречи</numerusform>
            <numerusform>%n встреч</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SoundSection</name>
    <message>
        <source>Sound</source>
        <translation>Звук</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Микрофон</translation>
    </message>
    <message>
        <source>Your side of the call.</source>
        <translation>Ваша сторона звонка.</translation>
    </message>
    <message>
        <source>Computer sound</source>
        <translation>Звук компьютера</translation>
    </message>
    <message>
        <source>The other side: what this device plays is recorded. Nobody joins the call.</source>
        <translation>Другая сторона: записывается то, что играет это устройство. Никто не подключается к звонку.</translation>
    </message>
    <message>
        <source>Try both</source>
        <translation>Проверить оба</translation>
    </message>
    <message>
        <source>Keep a copy of imported sound</source>
        <translation>Хранить копию добавленного звука</translation>
    </message>
    <message>
        <source>Recordings are always kept until you delete them, or for as long as you say.</source>
        <translation>Записи хранятся, пока вы их не удалите, или столько, сколько вы скажете.</translation>
    </message>
    <message>
        <source>Recordings are kept as</source>
        <translation>Записи хранятся как</translation>
    </message>
    <message>
        <source>FLAC keeps every sample; Opus takes about a third of the room.</source>
        <translation>FLAC хранит каждый отсчёт; Opus занимает примерно втрое меньше места.</translation>
    </message>
    <message>
        <source>Listening…</source>
        <translation>Слушаем…</translation>
    </message>
    <message>
        <source>A short sound is played and must come back.</source>
        <translation>Прозвучит короткий сигнал, и он должен вернуться.</translation>
    </message>
    <message>
        <source>The system's choice</source>
        <translation>Выбор системы</translation>
    </message>
</context>
<context>
    <name>SpeakerCard</name>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>In all meetings</source>
        <translation>Во всех встречах</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>“{name}” is called</source>
        <translation>Имя вместо «{name}»</translation>
    </message>
    <message>
        <source>Who said this?</source>
        <translation>Кто это сказал?</translation>
    </message>
</context>
<context>
    <name>StyleSection</name>
    <message>
        <source>Style</source>
        <translation>Стиль</translation>
    </message>
    <message>
        <source>Learned from how you change notes, for later notes of the same template.</source>
        <translation>Усвоено из ваших правок для следующих заметок по тому же шаблону.</translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s) of yours show it</source>
        <translation>
            <numerusform>видно по %n вашей правке</numerusform>
            <numerusform>видно по %n вашим правкам</numerusform>
            <numerusform>видно по %n вашим правкам</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing yet. Change a note, and come back.</source>
        <translation>Пока ничего. Измените заметку и вернитесь.</translation>
    </message>
</context>
<context>
    <name>TemplatesSection</name>
    <message>
        <source>Templates</source>
        <translation>Шаблоны</translation>
    </message>
    <message>
        <source>The shape of a note. Yours are text files in a folder; ours can be copied.</source>
        <translation>Форма заметки. Ваши — текстовые файлы в папке; наши можно скопировать.</translation>
    </message>
    <message>
        <source>New meetings</source>
        <translation>Новые встречи</translation>
    </message>
    <message>
        <source>Each meeting can have another one.</source>
        <translation>У каждой встречи может быть свой.</translation>
    </message>
    <message>
        <source>Open the folder of your own</source>
        <translation>Открыть папку со своими</translation>
    </message>
    <message>
        <source>The one that fits</source>
        <translation>Подходящий</translation>
    </message>
</context>
<context>
    <name>Times</name>
    <message>
        <source>Today</source>
        <translation>Сегодня</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Вчера</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Позже</translation>
    </message>
    <message>
        <source>dddd, d MMMM</source>
        <translation>dddd, d MMMM</translation>
    </message>
    <message>
        <source>dddd, d MMMM yyyy</source>
        <translation>dddd, d MMMM yyyy</translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation>d MMM</translation>
    </message>
    <message>
        <source>1 min</source>
        <translation>1 мин</translation>
    </message>
    <message>
        <source>%n min</source>
        <translation>%n мин</translation>
    </message>
    <message>
        <source>%n h</source>
        <translation>%n ч</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} ч {minutes} мин</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>осталось меньше минуты</translation>
    </message>
    <message>
        <source>{length} left</source>
        <translation>осталось {length}</translation>
    </message>
</context>
<context>
    <name>TitleEditor</name>
    <message>
        <source>New name</source>
        <translation>Новое имя</translation>
    </message>
</context>
<context>
    <name>TitleField</name>
    <message>
        <source>Title</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>Untitled meeting</source>
        <translation>Встреча без названия</translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>{length} not heard: {reason}, {time}</source>
        <translation>{length} не слышно: {reason}, {time}</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Вы</translation>
    </message>
    <message>
        <source>Them</source>
        <translation>Они</translation>
    </message>
</context>
<context>
    <name>TranscriptController</name>
    <message>
        <source>Find in the transcript</source>
        <translation>Найти в расшифровке</translation>
    </message>
    <message>
        <source>Find and replace in the transcript</source>
        <translation>Найти и заменить в расшифровке</translation>
    </message>
    <message>
        <source>Play or pause the sound</source>
        <translation>Слушать или пауза</translation>
    </message>
    <message>
        <source>Play slower</source>
        <translation>Слушать медленнее</translation>
    </message>
    <message>
        <source>Play faster</source>
        <translation>Слушать быстрее</translation>
    </message>
    <message>
        <source>Undo the last correction of the transcript</source>
        <translation>Отменить последнюю правку расшифровки</translation>
    </message>
</context>
<context>
    <name>TranscriptEdits</name>
    <message numerus="yes">
        <source>%n line(s) were changed.</source>
        <translation>
            <numerusform>Изменена %n строка.</numerusform>
            <numerusform>Изменены %n строки.</numerusform>
            <numerusform>Изменено %n строк.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
    <message numerus="yes">
        <source>“{name}” is the name in %n meeting(s) now.</source>
        <translation>
            <numerusform>Имя «{name}» теперь в %n встрече.</numerusform>
            <numerusform>Имя «{name}» теперь в %n встречах.</numerusform>
            <numerusform>Имя «{name}» теперь в %n встречах.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) were corrected.</source>
        <translation>
            <numerusform>Исправлено %n место.</numerusform>
            <numerusform>Исправлены %n места.</numerusform>
            <numerusform>Исправлено %n мест.</numerusform>
        </translation>
    </message>
    <message>
        <source>From now on “{wrong}” is written “{right}”.</source>
        <translation>Теперь вместо «{wrong}» пишется «{right}».</translation>
    </message>
    <message>
        <source>Not always</source>
        <translation>Не всегда</translation>
    </message>
</context>
<context>
    <name>TranscriptPanel</name>
    <message>
        <source>Transcript</source>
        <translation>Расшифровка</translation>
    </message>
    <message>
        <source>Find and replace</source>
        <translation>Найти и заменить</translation>
    </message>
    <message>
        <source>Close the transcript</source>
        <translation>Закрыть расшифровку</translation>
    </message>
    <message>
        <source>Reading the transcript…</source>
        <translation>Читаем расшифровку…</translation>
    </message>
    <message>
        <source>There is no transcript yet. It is made when the call has ended.</source>
        <translation>Расшифровки пока нет. Она появится, когда звонок завершится.</translation>
    </message>
    <message>
        <source>Somebody else…</source>
        <translation>Кто-то другой…</translation>
    </message>
    <message>
        <source>Rename “{name}”…</source>
        <translation>Переименовать «{name}»…</translation>
    </message>
    <message>
        <source>Play from here</source>
        <translation>Слушать отсюда</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Править</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Put back what was heard: “{heard}”</source>
        <translation>Вернуть услышанное: «{heard}»</translation>
    </message>
</context>
<context>
    <name>TranscriptView</name>
    <message>
        <source>Transcript</source>
        <translation>Расшифровка</translation>
    </message>
</context>
<context>
    <name>TrayIcon</name>
    <message>
        <source>Record now</source>
        <translation>Записать сейчас</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Стоп</translation>
    </message>
    <message>
        <source>Open the window</source>
        <translation>Открыть окно</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Выйти</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>{0} started a call</source>
        <translation>{0}: начался звонок</translation>
    </message>
    <message>
        <source>Nothing is recorded yet. Click to open the notepad.</source>
        <translation>Пока ничего не записывается. Нажмите, чтобы открыть блокнот.</translation>
    </message>
    <message>
        <source>The recording needs you</source>
        <translation>Запись требует внимания</translation>
    </message>
    <message>
        <source>Recording: {0}</source>
        <translation>Запись: {0}</translation>
    </message>
    <message>
        <source>Paused: {0}</source>
        <translation>Пауза: {0}</translation>
    </message>
    <message>
        <source>Writing the note: {0}</source>
        <translation>Пишем заметку: {0}</translation>
    </message>
</context>
<context>
    <name>VersionsView</name>
    <message>
        <source>What is different between two versions</source>
        <translation>Чем отличаются две версии</translation>
    </message>
    <message>
        <source>Older version</source>
        <translation>Старая версия</translation>
    </message>
    <message>
        <source>Newer version</source>
        <translation>Новая версия</translation>
    </message>
    <message>
        <source>Use the older one</source>
        <translation>Взять старую</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>WelcomeController</name>
    <message>
        <source>Quick</source>
        <translation>Быстро</translation>
    </message>
    <message>
        <source>Enough for clear voices and good microphones.</source>
        <translation>Хватит для ясных голосов и хороших микрофонов.</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Хорошо</translation>
    </message>
    <message>
        <source>What most people want.</source>
        <translation>То, что нужно большинству.</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>Лучше всего</translation>
    </message>
    <message>
        <source>For accents and bad lines.</source>
        <translation>Для акцентов и плохой связи.</translation>
    </message>
    <message>
        <source>{0} MB</source>
        <translation>{0} МБ</translation>
    </message>
    <message numerus="yes">
        <source>an hour of speech takes %n minute(s)</source>
        <translation>
            <numerusform>час речи занимает %n минуту</numerusform>
            <numerusform>час речи занимает %n минуты</numerusform>
            <numerusform>час речи занимает %n минут</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Say something</source>
        <translation>Скажите что-нибудь</translation>
    </message>
    <message>
        <source>The microphone hears your side of a call.</source>
        <translation>Микрофон слышит вашу сторону звонка.</translation>
    </message>
    <message>
        <source>Listen to me</source>
        <translation>Слушай меня</translation>
    </message>
    <message>
        <source>Hear the computer</source>
        <translation>Слышать компьютер</translation>
    </message>
    <message>
        <source>A short sound is played, and must come back: so the others are heard.</source>
        <translation>Прозвучит короткий сигнал, и он должен вернуться: так слышны собеседники.</translation>
    </message>
    <message>
        <source>Play the sound</source>
        <translation>Проиграть сигнал</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Начать</translation>
    </message>
    <message>
        <source>Before the first call</source>
        <translation>Перед первым звонком</translation>
    </message>
    <message>
        <source>Three things to try, in any order. Each can be left out and found again in the settings.</source>
        <translation>Три проверки в любом порядке. Каждую можно пропустить и найти потом в настройках.</translation>
    </message>
    <message>
        <source>Sound, words and notes stay on this computer. Nothing is sent anywhere unless you ask for it.</source>
        <translation>Звук, слова и заметки остаются на этом компьютере. Без вашей просьбы ничего никуда не отправляется.</translation>
    </message>
</context>
<context>
    <name>WritingSection</name>
    <message>
        <source>Writing</source>
        <translation>Письмо</translation>
    </message>
    <message>
        <source>Your lines stay as you type them. The writer adds what they meant.</source>
        <translation>Ваши строки остаются, как вы их ввели. Автор добавляет, что они значили.</translation>
    </message>
    <message>
        <source>Writer</source>
        <translation>Автор</translation>
    </message>
    <message>
        <source>Model on this computer</source>
        <translation>Модель на этом компьютере</translation>
    </message>
    <message>
        <source>Models are downloaded in “Models”.</source>
        <translation>Модели загружаются в разделе «Модели».</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Сервер</translation>
    </message>
    <message>
        <source>OpenAI-compatible: Ollama, LM Studio, llama-server, vLLM. Your words go there.</source>
        <translation>Совместимый с OpenAI: Ollama, LM Studio, llama-server, vLLM. Ваши слова уходят туда.</translation>
    </message>
    <message>
        <source>Model there</source>
        <translation>Модель на нём</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Ключ</translation>
    </message>
    <message>
        <source>Notes are written in</source>
        <translation>Язык заметок</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Ваше имя</translation>
    </message>
    <message>
        <source>Signs your lines.</source>
        <translation>Подписывает ваши реплики.</translation>
    </message>
    <message>
        <source>Without a model</source>
        <translation>Без модели</translation>
    </message>
    <message>
        <source>A model on this computer</source>
        <translation>Модель на этом компьютере</translation>
    </message>
    <message>
        <source>A server</source>
        <translation>Сервер</translation>
    </message>
    <message>
        <source>The largest here</source>
        <translation>Самая большая здесь</translation>
    </message>
    <message>
        <source>As spoken</source>
        <translation>Язык разговора</translation>
    </message>
</context>
<context>
    <name>WritingStrip</name>
    <message>
        <source>How far the note is</source>
        <translation>Готовность заметки</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отменить</translation>
    </message>
</context>
<context>
    <name>WrittenText</name>
    <message>
        <source>The note</source>
        <translation>Заметка</translation>
    </message>
</context>
<context>
    <name>_Dot</name>
    <message>
        <source>Recording</source>
        <translation>Идёт запись</translation>
    </message>
    <message>
        <source>Not recording</source>
        <translation>Записи нет</translation>
    </message>
</context>
<context>
    <name>_Entries</name>
    <message>
        <source>What can be done</source>
        <translation>Что можно сделать</translation>
    </message>
</context>
<context>
    <name>_Hits</name>
    <message>
        <source>Found</source>
        <translation>Найдено</translation>
    </message>
</context>
<context>
    <name>_QualityCard</name>
    <message>
        <source>Choose how good the words shall be</source>
        <translation>Выберите качество расшифровки</translation>
    </message>
    <message>
        <source>It is fetched once, in the background; you can work meanwhile.</source>
        <translation>Загружается один раз, в фоне; работать можно уже сейчас.</translation>
    </message>
</context>
<context>
    <name>_QualityRow</name>
    <message>
        <source>chosen</source>
        <translation>выбрано</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>не выбрано</translation>
    </message>
    <message>
        <source>suits this computer</source>
        <translation>подходит этому компьютеру</translation>
    </message>
    <message>
        <source>is here</source>
        <translation>уже здесь</translation>
    </message>
</context>
<context>
    <name>_Sides</name>
    <message>
        <source>The note says</source>
        <translation>В заметке</translation>
    </message>
    <message>
        <source>What was said</source>
        <translation>Что было сказано</translation>
    </message>
</context>
<context>
    <name>_SoundCard</name>
    <message>
        <source>Try again</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Listening…</source>
        <translation>Слушаем…</translation>
    </message>
</context>
</TS>