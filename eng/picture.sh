#!/usr/bin/env bash
# picture.sh FILE: takes a screenshot of the live page of `analytics up` after a minute of sample events.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
file=$(realpath -m "${1:?the file that takes the picture}")
folder=$(mktemp -d)
trap 'kill -INT "$up" 2>/dev/null || true; wait "$up" 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
env --default-signal=INT "$root/src/Cli/bin/Release/net10.0/analytics" up --template "$root/template.yaml" --rate 60 >up.log 2>&1 &
up=$!
until grep -q '^Stop with' up.log; do kill -0 "$up" || { cat up.log >&2; exit 1; }; sleep 0.2; done
sleep 70
node "$root/eng/picture.mjs" "$(sed -n 's/^Live page: //p' up.log)" "$file"
