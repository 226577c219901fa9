#!/usr/bin/env bash
# Installs Chromium, which the tests of the live page use, where it may; otherwise says what to install.
set -euo pipefail
[ -x /usr/bin/chromium ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo 'Installing chromium for the tests of the live page ...' >&2
  log=$(mktemp)
  (apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium) >"$log" 2>&1 || { tail -n 20 "$log" >&2; exit 1; }
  [ -x /usr/bin/chromium ] && exit 0
fi
echo 'The tests of the live page need /usr/bin/chromium: install it, for example with `sudo apt-get install chromium`.' >&2
exit 1
