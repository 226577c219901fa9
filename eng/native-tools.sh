#!/usr/bin/env bash
# Sees to what the native linker needs: clang and zlib's headers. Installs them where it may, otherwise says what to install.
set -euo pipefail
have() { command -v clang >/dev/null && echo '#include <zlib.h>' | clang -E -x c - >/dev/null 2>&1; }
have && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo 'Installing clang and zlib1g-dev for native builds ...' >&2
  log=$(mktemp)
  (apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends clang zlib1g-dev) >"$log" 2>&1 || { tail -n 20 "$log" >&2; exit 1; }
  have && exit 0
fi
echo 'Native builds need clang and the zlib headers: install them, for example with `sudo apt-get install clang zlib1g-dev`.' >&2
exit 1
