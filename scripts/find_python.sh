#!/bin/sh
# Prints the first Python that can set the project up, or says in one sentence what is missing.
# Each one is run, not only looked up: a version manager's shim may be on PATH and refuse.
set -eu
fits='
import importlib.util, sys
sys.exit(0 if sys.version_info >= (3, 11) and importlib.util.find_spec("ensurepip") else 1)'
for python in ${PYTHON:-python3 python3.13 python3.12 python3.11 python}; do
    if "$python" -c "$fits" >/dev/null 2>&1; then
        echo "$python"
        exit 0
    fi
done
got=$("${PYTHON:-python3}" --version 2>&1 || true)
echo "want Python >= 3.11 with venv and pip (Debian, Ubuntu: apt install python3-venv;" \
    "or make PYTHON=/path/to/python), got ${got:-none}" >&2
exit 1
