#!/usr/bin/env bash
# Drives a running `docker compose up` with curl, as the first README does: health, upload, poll,
# result, delete. Usage: scripts/compose_smoke.sh [URL] [AUDIO]
set -euo pipefail
cd "$(dirname "$0")/.."
url=${1:-http://localhost:${PORT:-8000}}
audio=${2:-$(ls examples/*.mp3 | head -n 1)}

say() { printf '%s\n' "$*"; }
fail() { say "FAILED: $*" >&2; exit 1; }
field() { python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }

say "waiting for $url/ready"
for _ in $(seq 120); do
    curl -fsS "$url/ready" >/dev/null 2>&1 && break
    sleep 1
done
curl -fsS "$url/ready" || fail "the service did not get ready"
say ""
[ "$(curl -fsS "$url/health")" = '{"status":"ok"}' ] || fail "/health"

# The page and its files, as they ship; nothing inline runs in it.
asset=$(curl -fsS "$url/" | grep -o '/assets/[^"]*\.js' | head -n 1)
[ -n "$asset" ] || fail "want the page at /, got something else"
curl -fsS -o /dev/null "$url$asset" || fail "the page's script"
curl -fsSI "$url/" | grep -qi "content-security-policy:.*script-src 'self'" || fail "the page's policy"

job=$(curl -fsS -X POST "$url/jobs" -F "audio=@$audio" -F "instrument=tenor sax")
say "$job"
id=$(field id <<<"$job")
[ "$(field status <<<"$job")" = CREATED ] || fail "want CREATED, got $job"
case $(field audio_path <<<"$job") in
    /app/data/"$id"/audio.mp3) ;;
    *) fail "audio_path in $job" ;;
esac

for _ in $(seq 300); do
    job=$(curl -fsS "$url/jobs/$id")
    status=$(field status <<<"$job")
    case $status in READY | FAILED) break ;; esac
    sleep 1
done
say "$job"
[ "$status" = READY ] || fail "want READY, got $status"

notes=$(curl -fsS "$url/jobs/$id/transcription" | python3 -c 'import json, sys; print(len(json.load(sys.stdin)["notes"]))')
[ "$notes" -gt 0 ] || fail "want notes, got none"
say "$notes notes"
curl -fsS -o /tmp/score.$$ "$url/jobs/$id/transcription.mid" || fail "the MIDI file"
[ "$(head -c 4 /tmp/score.$$)" = MThd ] || fail "want a MIDI file, got something else"
code=$(curl -sS -o /dev/null -w '%{http_code}' -H 'Range: bytes=0-99' "$url/jobs/$id/audio")
[ "$code" = 206 ] || fail "want 206 for a range, got $code"

# Edits, the page, a score that comes back.
json='Content-Type: application/json'
curl -fsS -X PUT -H "$json" -d '{"key": "F blues"}' "$url/jobs/$id/key" >/dev/null || fail "the key"
curl -fsS -X PUT -H "$json" -d '{"op": "shift", "beats": 1}' "$url/jobs/$id/grid" >/dev/null || fail "the grid"
curl -fsS -X PATCH -H "$json" -d '{"operations": [{"op": "remove", "ids": ["n1"]}]}' "$url/jobs/$id/notes" >/dev/null || fail "a note"
for _ in 1 2; do curl -fsS -X POST "$url/jobs/$id/undo" >/dev/null || fail "undo"; done
curl -fsS -o /tmp/score.$$ "$url/jobs/$id/score.pdf?part=trumpet&key=Bb" || fail "the page"
[ "$(head -c 5 /tmp/score.$$)" = '%PDF-' ] || fail "want a PDF, got something else"
curl -fsS -o /tmp/score.$$ "$url/jobs/$id/score.mxl" || fail "the score"
import=$(curl -fsS -X POST "$url/imports" -F "score=@/tmp/score.$$;filename=score.mxl")
rm -f /tmp/score.$$
[ "$(field status <<<"$import")" = READY ] || fail "want a READY import, got $import"

# What the page shows and plays.
for what in sheet sound peaks spectrogram/0.webp playback.flac "clip.mp3?from_sec=7&to_sec=9&speed=50"; do
    curl -fsS -o /dev/null "$url/jobs/$id/$what" || fail "$what"
done

# Licks, what they do, and where else they are played: the score that came back plays them too.
lick=$(curl -fsS "$url/jobs/$id/licks" | python3 -c 'import json, sys; print(json.load(sys.stdin)["licks"][0]["id"])') || fail "want licks, got none"
analysis=$(curl -fsS "$url/licks/$lick/analysis") || fail "what a lick does"
grep -q '"statements":\[{' <<<"$analysis" || fail "want sentences about a lick, got $analysis"
for _ in $(seq 60); do
    similar=$(curl -fsS "$url/licks/$lick/similar") || fail "a lick elsewhere"
    grep -q "$(field id <<<"$import")" <<<"$similar" && break
    sleep 1
done
grep -q "$(field id <<<"$import")" <<<"$similar" || fail "want the lick in the score that came back, got $similar"
curl -fsS -X POST -H "$json" -d '{"query": "60 62 63 65 67"}' "$url/search" >/dev/null || fail "the search"
code=$(curl -sS -o /dev/null -w '%{http_code}' -X DELETE "$url/jobs/$(field id <<<"$import")")
[ "$code" = 204 ] || fail "want 204 for the import's deletion, got $code"

code=$(printf 'no music' | curl -sS -o /tmp/problem.$$ -w '%{http_code}' -F 'audio=@-;filename=x.mp3' -F 'instrument=guitar' "$url/jobs")
[ "$code" = 422 ] || fail "want 422 for text, got $code"
cat /tmp/problem.$$; say ""; rm -f /tmp/problem.$$

code=$(curl -sS -o /dev/null -w '%{http_code}' -X DELETE "$url/jobs/$id")
[ "$code" = 204 ] || fail "want 204 for the deletion, got $code"
code=$(curl -sS -o /dev/null -w '%{http_code}' "$url/jobs/$id")
[ "$code" = 404 ] || fail "want 404 afterwards, got $code"
say "all went well"
