#!/usr/bin/env bash
# build-native.sh FUNCTION FOLDER: publishes the function as a native executable `bootstrap` to the folder, unless nothing has changed since.
# With BUILD_CONTAINER=docker (or podman) it builds in an Amazon Linux 2023 container, for hosts with a newer glibc.
set -euo pipefail
if [ -n "${BUILD_CONTAINER:-}" ]; then
  version=$(sed -n 's/.*"version": "\(.*\)".*/\1/p' global.json)
  image=$("$BUILD_CONTAINER" build --quiet --build-arg DOTNET_VERSION="$version" --file eng/container/Containerfile eng/container)
  mkdir -p "$2"
  output=$(cd "$2" && pwd)
  exec "$BUILD_CONTAINER" run --rm --user "$(id -u):$(id -g)" --volume "$PWD:$PWD" --volume "$output:$output" --workdir "$PWD" \
    --env NUGET_PACKAGES="$PWD/.analytics/container/nuget" --env NATIVE_WORK=.analytics/container/native "$image" eng/build-native.sh "$1" "$output"
fi
. eng/stamps.sh
eng/native-tools.sh
framework=$(eng/native-framework.sh)
runtime=$(eng/native-runtime.sh)
# Separate per linking system: an executable of one would count as up to date for the other.
work="$PWD/${NATIVE_WORK:-.analytics/native}"
mkdir -p "$work/stamps" "$2"
output=$(cd "$2" && pwd)
# sam build may run several builds at once, and they share the libraries' output.
exec 9>"$work/lock"
! command -v flock >/dev/null || flock 9
stamp="$work/stamps/$1"
current="$framework for $runtime in $output"$'\n'"$(stamp_inputs)"
! stamp_is_current "$stamp" "$current" "$output/bootstrap" || exit 0
! stamp_hides_change "$stamp" "$current" || rm -rf "$work/bin" "$work/obj"
# The compiler server outlives the build; it must not keep the lock.
eng/dotnet.sh publish "src/$1" -c Release -r "$runtime" -p:NativeFramework="$framework" -p:RunAnalyzers=false \
  --artifacts-path "$work" -o "$output" --nologo -v quiet -clp:NoSummary 9>&-
find "$output" \( -name '*.dbg' -o -name '*.pdb' -o -name '*.xml' \) -delete
eng/check-glibc.sh "$output/bootstrap"
echo "$current" >"$stamp"
