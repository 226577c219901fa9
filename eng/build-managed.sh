#!/usr/bin/env bash
# build-managed.sh FUNCTION FOLDER: puts the function's .NET build into the folder; builds it first where `make build` has not.
set -euo pipefail
output="src/$1/bin/Release/net10.0"
[ -x "$output/bootstrap" ] || dotnet build "src/$1" -c Release -f net10.0 --nologo -v quiet -clp:NoSummary
# What runs from the folder keeps its files: they are replaced, not written over.
rm -rf "$2"
mkdir -p "$2"
cp -R "$output/." "$2/"
