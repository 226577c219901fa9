#!/usr/bin/env bash
# dotnet.sh ARGUMENTS...: runs dotnet with a compiler server, which builds many projects in less than half of the
# processor time. If UseSharedCompilation=false forbids a server that outlives the build, the build uses its own, which ends with it.
set -euo pipefail
# Profile-guided recompilation does not pay off within one build.
export DOTNET_TieredPGO=${DOTNET_TieredPGO:-0}
if [ "${UseSharedCompilation:-}" != false ] || ! command -v pgrep >/dev/null; then
  exec dotnet "$@"
fi
server="analytics-$$-$(date +%s)"
stop() {
  for process in $(pgrep -f -- "-pipename:$server"); do
    kill "$process" 2>/dev/null || true
  done
}
trap stop EXIT
dotnet "$@" -p:UseSharedCompilation=true -p:SharedCompilationId="$server"
