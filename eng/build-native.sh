#!/usr/bin/env bash
# build-native.sh FUNCTION FOLDER: publishes the function as a native executable `bootstrap` into the folder.
set -euo pipefail
eng/native-tools.sh
framework=$(eng/native-framework.sh)
case "$(uname -m)" in
  x86_64) architecture=x64 ;;
  aarch64 | arm64) architecture=arm64 ;;
  *) echo "build-native: $(uname -m) is not an architecture of AWS Lambda; build on x86_64 or arm64." >&2; exit 1 ;;
esac
work="$PWD/.analytics/native"
mkdir -p "$work" "$2"
# sam build may run several of these at once, and they share the libraries' output.
exec 9>"$work/lock"
! command -v flock >/dev/null || flock 9
eng/dotnet.sh publish "src/$1" -c Release -r "linux-$architecture" -p:NativeFramework="$framework" -p:RunAnalyzers=false \
  --artifacts-path "$work" -o "$2" --nologo -v quiet -clp:NoSummary
find "$2" \( -name '*.dbg' -o -name '*.pdb' -o -name '*.xml' \) -delete
eng/check-glibc.sh "$2/bootstrap"
