#!/usr/bin/env bash
# check-glibc.sh EXECUTABLE: fails if the executable needs a newer glibc than Amazon Linux 2023 (provided.al2023) has.
set -euo pipefail
limit=2.34
command -v objdump >/dev/null || { echo 'check-glibc: objdump is missing. Install binutils.' >&2; exit 1; }
needed=$(objdump -T "$1" | grep -o 'GLIBC_[0-9.]*' | sed 's/GLIBC_//' | sort -Vu | tail -n 1)
if [ "$(printf '%s\n%s\n' "$limit" "$needed" | sort -V | tail -n 1)" != "$limit" ]; then
  echo "$1 needs glibc $needed, but Amazon Linux 2023 has $limit. Build in a container with BUILD_CONTAINER=docker (README.md, Deploy)." >&2
  exit 1
fi
