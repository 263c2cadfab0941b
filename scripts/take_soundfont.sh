#!/bin/sh
# The soundfont that practice sounds with, out of the page's packages (make web), beside the code;
# with --check, whether it is the same.
set -eu
cd "$(dirname "$0")/.."
from=web/node_modules/@coderline/alphatab/dist/soundfont
to=src/licklab/sounding
if [ "${1:-}" = --check ]; then
    cmp "$from/sonivox.sf2" "$to/sonivox.sf2" && cmp "$from/LICENSE" "$to/sonivox.LICENSE" || {
        echo "$to/sonivox.sf2: want the one of the page's packages (make web), got another" >&2
        exit 1
    }
else
    cp "$from/sonivox.sf2" "$to/sonivox.sf2"
    cp "$from/LICENSE" "$to/sonivox.LICENSE"
fi
