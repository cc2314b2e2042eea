#!/bin/sh
# Build the helper that taps what a Mac plays, for both processors, and sign it. On a Mac with the
# command line tools of Xcode 15.3 or later:
#
#     packaging/macos/tap/build.sh FOLDER [IDENTITY]
#
# FOLDER is where the program `granola-like-tap` goes: beside the frozen program (Contents/MacOS of
# the application), or any folder on the path. IDENTITY is a "Developer ID Application: …" of the
# keychain; without it the signature is for this Mac alone. The Info.plist lies inside the program,
# for without it the system gives silence and does not ask.
set -eu

folder=${1:?usage: build.sh FOLDER [IDENTITY]}
identity=${2:--}
here=$(cd "$(dirname "$0")" && pwd)
[ "$(uname)" = Darwin ] || { echo "This needs a Mac with Xcode's command line tools." >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for processor in arm64 x86_64; do
    xcrun swiftc -O -swift-version 5 -target "$processor-apple-macos14.4" "$here/main.swift" \
        -framework AVFAudio -framework CoreAudio \
        -Xlinker -sectcreate -Xlinker __TEXT -Xlinker __info_plist -Xlinker "$here/Info.plist" \
        -o "$work/$processor"
done
mkdir -p "$folder"
xcrun lipo -create "$work/arm64" "$work/x86_64" -output "$folder/granola-like-tap"
timestamp=--timestamp
[ "$identity" != - ] || timestamp=--timestamp=none
codesign --force --sign "$identity" --options runtime "$timestamp" \
    --entitlements "$here/entitlements.plist" "$folder/granola-like-tap"
codesign --verify --strict "$folder/granola-like-tap"
echo "Built $folder/granola-like-tap"
