#!/bin/sh
# The documents name what exists: every file they link to, and no path or host of a builder's machine.
set -eu
cd "$(dirname "$0")/.."
status=0
for document in $(git ls-files '*.md'); do
    folder=$(dirname "$document")
    for target in $(grep -o ']([^)#: ]*)' "$document" | tr -d '])(' | sort -u); do
        if [ ! -e "$folder/$target" ]; then
            echo "$document: want a link to a file that exists, got $target" >&2
            status=1
        fi
    done
done
for lock in requirements*.lock; do
    if grep -nE 'https?://|--(extra-)?index-url|--find-links' "$lock"; then
        echo "$lock: want no address of a registry" >&2
        status=1
    fi
done
exit $status
