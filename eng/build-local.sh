#!/usr/bin/env bash
# build-local.sh PROJECT...: builds projects of src/ for this machine, without analyzers, unless nothing has changed since the last build.
# Sources are compared by content, and outputs by age, so that an old file copied over a newer one, or a build of
# other sources in between, is detected.
set -euo pipefail
cd "$(dirname "$0")/.."
framework=net10.0
stamps=.analytics/build/local
mkdir -p "$stamps"
# Concurrent commands share the projects' folders.
exec 9>"$stamps/lock"
! command -v flock >/dev/null || flock 9

inputs() {
  find src eng/packages definitions.json Directory.*.props Directory.*.targets global.json .editorconfig \
    \( -name bin -o -name obj -o -name node_modules \) -prune -o -type f -print | LC_ALL=C sort
}
hashes=$(git hash-object --no-filters --stdin-paths < <(inputs))
current="published packages: ${UsePublishedPackages:-false}"$'\n'$(paste <(echo "$hashes") <(inputs))

executable() {
  case $1 in
    Cli) echo "src/$1/bin/Release/$framework/analytics" ;;
    *) echo "src/$1/bin/Release/$framework/bootstrap" ;;
  esac
}

changed=()
for project; do
  [ -f "src/$project/$project.csproj" ] || { echo "build-local: there is no project src/$project." >&2; exit 1; }
  if ! [ -x "$(executable "$project")" ] || ! [ "$current" = "$(cat "$stamps/$project" 2>/dev/null)" ] ||
    [ -n "$(find "src/$project/bin/Release/$framework" -type f -newer "$stamps/$project")" ]; then
    changed+=("$project")
  fi
done
[ ${#changed[@]} -gt 0 ] || exit 0

# MSBuild compares times, so it would miss a changed file that is not newer than the last build.
target=Build
for project in "${changed[@]}"; do
  [ -f "$stamps/$project" ] || continue
  while IFS=$'\t' read -r _ file; do
    if [ -f "$file" ] && ! [ "$file" -nt "$stamps/$project" ]; then
      target=Rebuild
    fi
  done < <(comm -13 <(LC_ALL=C sort "$stamps/$project") <(LC_ALL=C sort <<<"$current"))
done

filter="$stamps/projects.slnf"
list=$(printf '"src\\\\%s\\\\%s.csproj",' $(printf '%s %s ' $(printf '%s\n' "${changed[@]}" | sed 's/.*/& &/')))
printf '{"solution":{"path":"../../../Analytics.sln","projects":[%s]}}\n' "${list%,}" >"$filter"
# The compiler server outlives the build; it must not keep the lock.
eng/dotnet.sh build "$filter" -c Release -t:"$target" -p:RunAnalyzers=false --nologo -v quiet -clp:NoSummary 9>&-
for project in "${changed[@]}"; do
  echo "$current" >"$stamps/$project"
done
