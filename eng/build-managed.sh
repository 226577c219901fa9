#!/usr/bin/env bash
# build-managed.sh FUNCTION FOLDER: copies the function's .NET build to the folder, rebuilding it if its sources have changed.
set -euo pipefail
eng/build-local.sh "$1"
# Files are replaced, not overwritten, so that processes running from the folder keep theirs.
rm -rf "$2"
mkdir -p "$2"
cp -R "src/$1/bin/Release/net10.0/." "$2/"
