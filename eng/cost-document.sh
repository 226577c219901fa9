#!/usr/bin/env bash
# Updates the command outputs in docs/cost.md and docs/scaling.md.
set -euo pipefail
cd "$(dirname "$0")/.."
analytics=src/Cli/bin/Release/net10.0/analytics
[ -x "$analytics" ] || { echo "$0: $analytics is missing: build src/Cli first." >&2; exit 1; }

renewed=$(mktemp)
trap 'rm -f "$renewed"' EXIT
for document in docs/cost.md docs/scaling.md; do
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
done
