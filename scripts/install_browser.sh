#!/bin/sh
# Installs chromium, which the tests of the page drive (Debian, as root): once without the windows
# around the page, which take as much of the machine as the page does, and once whole, for the
# microphone. Tests that want one skip where there is none; elsewhere nothing of this is needed.
set -eu
missing=
for browser in chromium-headless-shell chromium; do
    command -v "$browser" >/dev/null || missing="$missing $browser"
done
if [ -z "$missing" ]; then
    exit 0
fi
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    install="apt-get install -y -qq --no-install-recommends fonts-dejavu-core"
    # Where one of them cannot be had, the other one can do most.
    {
        apt-get update -qq || true
        for browser in $missing; do $install "$browser" || true; done
    } >/dev/null 2>&1
fi
for browser in $missing; do
    command -v "$browser" >/dev/null || echo "want $browser, got none; tests of the page may skip"
done
