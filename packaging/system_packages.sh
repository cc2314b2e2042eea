#!/bin/sh
# Install the Debian packages that a make target needs, where apt may be used; otherwise say, in
# one sentence, what to run. Other systems bring the same with their Python and compiler.
set -eu

case "$1" in
base) packages="python3-venv" ;;
dev) packages="python3-venv python3-dev gcc g++ make" ;;
*) echo "usage: $0 base|dev" >&2; exit 2 ;;
esac

command -v dpkg-query >/dev/null 2>&1 || exit 0
missing=""
for package in $packages; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
# A Python from elsewhere (pyenv, conda) brings its own venv and headers.
if "${PYTHON:-python3}" -c 'import ensurepip, venv' 2>/dev/null; then
    missing=$(echo "$missing" | sed 's/ python3-venv//; s/ python3-dev//')
fi
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    become=""
elif sudo -n true 2>/dev/null; then
    become="sudo -n"
else
    echo "Please run: sudo apt-get install -y$missing   – and then make again." >&2
    exit 1
fi
echo "Installing$missing"
export DEBIAN_FRONTEND=noninteractive
install="$become apt-get install -y -qq --no-install-recommends$missing"
$install >/dev/null 2>&1 || { $become apt-get update -qq && $install >/dev/null; }
