#!/usr/bin/env bash
# Ensures that clang, the zlib headers and objdump are available for native builds: installs them with apt-get if permitted, otherwise prints what to install.
set -euo pipefail
patience=300
missing() {
  command -v clang >/dev/null || echo clang
  echo '#include <zlib.h>' | clang -E -x c - >/dev/null 2>&1 || echo zlib1g-dev
  command -v objdump >/dev/null || echo binutils
}

# Another apt-get may hold the locks. apt-get waits for dpkg's lock, but not for the lock of the package lists.
apt() {
  local began=$SECONDS
  until DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=$patience "$@" >"$log" 2>&1; do
    grep -q 'Could not get lock' "$log" && ((SECONDS - began < patience)) || return 1
    sleep 2
  done
}

[ -n "$(missing)" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo 'Installing clang, zlib1g-dev and binutils for native builds ...' >&2
  log=$(mktemp)
  trap 'rm -f "$log"' EXIT
  { apt update && apt install -y --no-install-recommends clang zlib1g-dev binutils; } || { tail -n 20 "$log" >&2; exit 1; }
  [ -n "$(missing)" ] || exit 0
fi
echo "Native builds need $(missing | paste -sd ' '). Install them, for example with \`sudo apt-get install clang zlib1g-dev binutils\`." >&2
exit 1
