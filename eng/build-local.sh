#!/usr/bin/env bash
# build-local.sh PROJECT...: builds projects of src/ for this machine, without analyzers, unless nothing has changed since the last build.
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/stamps.sh
framework=net10.0
stamps=.analytics/build/local
mkdir -p "$stamps"
# Concurrent commands share the projects' folders.
exec 9>"$stamps/lock"
! command -v flock >/dev/null || flock 9
current=$(stamp_inputs)

executable() {
  case $1 in
    Cli) echo "src/$1/bin/Release/$framework/analytics" ;;
    *) echo "src/$1/bin/Release/$framework/bootstrap" ;;
  esac
}

changed=()
for project; do
  [ -f "src/$project/$project.csproj" ] || { echo "build-local: there is no project src/$project." >&2; exit 1; }
  stamp_is_current "$stamps/$project" "$current" "$(executable "$project")" || changed+=("$project")
done
[ ${#changed[@]} -gt 0 ] || exit 0

target=Build
for project in "${changed[@]}"; do
  ! stamp_hides_change "$stamps/$project" "$current" || target=Rebuild
done

filter="$stamps/projects.slnf"
list=$(printf '"src\\\\%s\\\\%s.csproj",' $(printf '%s %s ' $(printf '%s\n' "${changed[@]}" | sed 's/.*/& &/')))
printf '{"solution":{"path":"../../../Analytics.sln","projects":[%s]}}\n' "${list%,}" >"$filter"
# The compiler server outlives the build; it must not keep the lock.
eng/dotnet.sh build "$filter" -c Release -t:"$target" -p:RunAnalyzers=false --nologo -v quiet -clp:NoSummary 9>&-
for project in "${changed[@]}"; do
  echo "$current" >"$stamps/$project"
done
