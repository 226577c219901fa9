#!/usr/bin/env bash
# Installs Chromium for the live page tests if permitted; otherwise prints what to install.
set -euo pipefail
[ -x /usr/bin/chromium ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo 'Installing chromium for the live page tests ...' >&2
  log=$(mktemp)
  (apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium) >"$log" 2>&1 || { tail -n 20 "$log" >&2; exit 1; }
  [ -x /usr/bin/chromium ] && exit 0
fi
echo 'The live page tests need /usr/bin/chromium. Install it, for example with `sudo apt-get install chromium`.' >&2
exit 1
