#!/bin/sh
# What rendering needs (benchmarks/notes, training/): FluidSynth, LAME and free soundfonts.
# Debian and Ubuntu; elsewhere install the same by hand and put the soundfonts where
# synthesis/fluid.py looks for them. Listening, serving and the tests need none of it.
set -eu
packages="fluidsynth lame fluid-soundfont-gm musescore-general-soundfont timgm6mb-soundfont
fluidr3mono-gm-soundfont csound-soundfont opl3-soundfont"
missing=
for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
[ "$(id -u)" = 0 ] || { echo "run as root: apt-get install$missing" >&2; exit 1; }
apt-get update -q
# shellcheck disable=SC2086 # words are packages
apt-get install -y -q --no-install-recommends $missing
