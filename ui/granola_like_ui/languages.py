"""In which language the window speaks: English, or what Qt Linguist made of it."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

FOLDER = Path(__file__).parent / "translations"
AUTO = "auto"


def there_are() -> tuple[str, ...]:
    """List the languages that the window speaks, as ISO 639-1 codes."""
    return tuple(sorted(file.stem.rpartition("_")[2] for file in FOLDER.glob("*.qm")))


def speak(app: QCoreApplication, language: str = AUTO) -> str:
    """Speak this language from now on, "auto" the system's; English where it isn't known.

    English is translated too: it has plurals. Returns the language that is spoken.
    """
    wanted = QLocale.system().name()[:2] if language == AUTO else language
    chosen = wanted if wanted in there_are() else "en"
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    # Numbers and dates follow the language that was asked for, else the system.
    QLocale.setDefault(QLocale.system() if language == AUTO else QLocale(chosen))
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for file in (Path(qt) / f"qtbase_{chosen}.qm", FOLDER / f"granola_like_{chosen}.qm"):
        translator = QTranslator(app)
        if translator.load(str(file)):
            app.installTranslator(translator)
    return chosen
