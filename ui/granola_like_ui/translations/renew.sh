#!/bin/sh
# Collect the window's strings into the .ts files, which Qt Linguist edits, and make the .qm files.
# Needs the tools of PySide6-Essentials on the PATH.
set -eu
cd "$(dirname "$0")/.."
files=$(find . -name '*.py' ! -name 'gallery.py' | LC_ALL=C sort)
pyside6-lupdate -no-obsolete -locations none $files -ts translations/granola_like_ru.ts
pyside6-lupdate -no-obsolete -locations none -pluralonly $files -ts translations/granola_like_en.ts
for ts in translations/*.ts; do
    pyside6-lrelease -silent "$ts" -qm "${ts%.ts}.qm"
done
