#!/bin/sh
# The page: its types are those of the API, its code is in order, and what ships is what its sources
# give. Run by `make check`; `make web` mends the first and the last.
set -eu
cd "$(dirname "$0")/.."
PATH=$PWD/.venv/bin:$PATH
built=$(mktemp -d)
trap 'rm -rf "$built"' EXIT
python scripts/write_openapi.py "$built/openapi.json"
cd web
npx openapi-typescript "$built/openapi.json" --output "$built/schema.d.ts" --alphabetize >/dev/null
cmp "$built/schema.d.ts" src/api/schema.d.ts || {
    echo "web/src/api/schema.d.ts: want the types of the API as it is (make web), got older ones" >&2
    exit 1
}
npm run --silent lint
npm run --silent check
npm run --silent test
npx vite build --logLevel warn --outDir "$built/page" --emptyOutDir
diff -r "$built/page" ../src/licklab/web >&2 || {
    echo "src/licklab/web: want what web/ gives (make web), got something else" >&2
    exit 1
}
