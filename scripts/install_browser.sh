#!/bin/sh
# Installs chromium, which the tests of the page drive (Debian, as root). Tests that want it skip
# where it is absent; elsewhere nothing of this is needed.
set -eu
if command -v chromium >/dev/null; then
    exit 0
fi
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "want Debian and root to install chromium; the tests of the page will skip"
    exit 0
fi
{
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core
} >/dev/null 2>&1 || echo "chromium could not be installed; the tests of the page will skip"
