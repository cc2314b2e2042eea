#!/bin/sh
# Install the Debian packages that a make target needs, where apt may be used; otherwise say, in
# one sentence, what to run. Packages that are only wanted (recording, tests of recording) are never
# a reason to stop. Other systems bring the same with their Python and compiler.
set -eu

case "$1" in
base)
    needed="python3-venv"
    wanted="libpulse0"
    ;;
window)
    needed="python3-venv"
    wanted="libpulse0 libx11-6 libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 libxcb-cursor0
        libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0
        libxcb-xinerama0 libxcb-xkb1"
    ;;
dev)
    needed="python3-venv python3-dev gcc g++ make"
    wanted="libpulse0 pulseaudio pulseaudio-utils pipewire pipewire-bin pipewire-pulse
        libspa-0.2-modules wireplumber dbus xvfb xdotool libx11-6 libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0
        libfontconfig1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
        libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1"
    ;;
*) echo "usage: $0 base|window|dev" >&2; exit 2 ;;
esac

command -v dpkg-query >/dev/null 2>&1 || exit 0
missing() {
    for package in "$@"; do
        state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
        [ "$state" = installed ] || printf ' %s' "$package"
    done
}
lacking=$(missing $needed)
# A Python from elsewhere (pyenv, conda) brings its own venv and headers.
if "${PYTHON:-python3}" -c 'import ensurepip, venv' 2>/dev/null; then
    lacking=$(echo "$lacking" | sed 's/ python3-venv//; s/ python3-dev//')
fi
extra=$(missing $wanted)
[ -n "$lacking$extra" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    become=""
elif sudo -n true 2>/dev/null; then
    become="sudo -n"
elif [ -n "$lacking" ]; then
    echo "Please run: sudo apt-get install -y$lacking$extra   – and then make again." >&2
    exit 1
else
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
install() {
    echo "Installing $*" | tr -s " "
    apt="$become apt-get install -y -qq --no-install-recommends $*"
    $apt >/dev/null 2>&1 || { $become apt-get update -qq && $apt >/dev/null; }
}
[ -z "$lacking" ] || install "$lacking"
[ -z "$extra" ] || install "$extra" || echo "Going on without$extra."
