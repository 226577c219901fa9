#!/usr/bin/env bash
# Updates the command outputs in docs/cost.md.
set -euo pipefail
cd "$(dirname "$0")/.."
analytics=src/Cli/bin/Release/net10.0/analytics
document=docs/cost.md
[ -x "$analytics" ] || { echo "$0: $analytics is missing: build src/Cli first." >&2; exit 1; }

renewed=$(mktemp)
trap 'rm -f "$renewed"' EXIT
skipping=
while IFS= read -r line; do
  if [ "$line" = '```' ]; then
    skipping=
  fi
  if [ -z "$skipping" ]; then
    printf '%s\n' "$line"
  fi
  if [[ "$line" == '$ analytics '* ]]; then
    read -ra arguments <<< "${line#'$ analytics '}"
    "$analytics" "${arguments[@]}"
    skipping=yes
  fi
done < "$document" > "$renewed"
cat "$renewed" > "$document"
