#!/bin/sh
# Installs programs that read our scores back in tests (Debian, as root): MuseScore 3, abcmidi.
# Tests that want one skip where it is absent; elsewhere nothing of this is needed.
set -eu
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "want Debian and root to install musescore3 and abcmidi; tests that want them will skip"
    exit 0
fi
if command -v mscore3 >/dev/null && command -v abc2midi >/dev/null; then
    exit 0
fi
{
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends musescore3 abcmidi
} >/dev/null 2>&1 || echo "musescore3 and abcmidi could not be installed; tests that want them will skip"
