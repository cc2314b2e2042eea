"""Every string of the window is there in every language, where it is looked for."""

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

import granola_like_ui
from granola_like_ui.languages import FOLDER, speak, there_are

UI = Path(granola_like_ui.__file__).parent
FILES = sorted(str(f.relative_to(UI)) for f in UI.rglob("*.py") if f.name != "gallery.py")


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> ET.ElementTree:
    """What Qt Linguist's tool finds in the code, with the translations that there are."""
    folder = tmp_path_factory.mktemp("ts")
    ts = shutil.copy(FOLDER / "granola_like_ru.ts", folder)
    tool = Path(sys.executable).parent / "pyside6-lupdate"
    subprocess.run(
        [tool, "-no-obsolete", "-locations", "none", *FILES, "-ts", ts],
        cwd=UI, check=True, capture_output=True,
    )  # fmt: skip
    return ET.parse(ts)


def test_no_string_is_left_untranslated(collected: ET.ElementTree) -> None:
    unfinished = [
        message.findtext("source")
        for message in collected.iter("message")
        if (said := message.find("translation")) is None
        or said.get("type") == "unfinished"
        or not "".join(said.itertext()).strip()
    ]
    assert not unfinished


def test_every_string_is_looked_for_where_it_is(collected: ET.ElementTree) -> None:
    """An alias such as `tr = self.tr` hides from the tool whose string it is."""
    nobodys = [c for c in collected.iter("context") if not c.findtext("name")]
    assert not nobodys, [m.findtext("source") for m in nobodys[0].iter("message")]


def test_places_for_values_are_kept(collected: ET.ElementTree) -> None:
    for message in collected.iter("message"):
        source = message.findtext("source") or ""
        said = message.find("translation")
        assert said is not None
        forms = [form.text or "" for form in said.iter("numerusform")] or [said.text or ""]
        for form in forms:
            wanted = set(re.findall(r"\{\w*\}|%\d|%n", source))
            found = set(re.findall(r"\{\w*\}|%\d|%n", form))
            # "one" may be said in words.
            assert found == wanted or found | {"%n"} == wanted, (source, form)


def test_the_compiled_translations_are_those_of_the_files(tmp_path: Path) -> None:
    tool = Path(sys.executable).parent / "pyside6-lrelease"
    for ts in FOLDER.glob("*.ts"):
        made = tmp_path / f"{ts.stem}.qm"
        subprocess.run([tool, "-silent", ts, "-qm", made], check=True, capture_output=True)
        assert made.read_bytes() == ts.with_suffix(".qm").read_bytes(), ts.name


def test_the_window_speaks_the_language_that_was_chosen(qapp: QApplication) -> None:
    assert there_are() == ("en", "ru")
    before = QLocale()
    try:
        assert speak(qapp, "ru") == "ru"
        assert QCoreApplication.translate("SettingsPage", "Settings") == "Настройки"
        assert QLocale().language() == QLocale.Language.Russian
        assert speak(qapp, "sw") == "en"
        assert QCoreApplication.translate("SettingsPage", "Settings") == "Settings"
        minutes = QCoreApplication.translate(
            "ModelsSection", "an hour of speech takes %n minute(s)", "", 1
        )
        assert minutes == "an hour of speech takes 1 minute"
    finally:
        for translator in qapp.findChildren(QTranslator):
            qapp.removeTranslator(translator)
            translator.deleteLater()
        QLocale.setDefault(before)


def test_the_tools_are_there() -> None:
    assert Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)).is_dir()
