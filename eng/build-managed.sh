#!/usr/bin/env bash
# build-managed.sh FUNCTION FOLDER: puts the function's .NET build into the folder, built anew if its sources have changed.
set -euo pipefail
eng/build-local.sh "$1"
# What runs from the folder keeps its files: they are replaced, not written over.
rm -rf "$2"
mkdir -p "$2"
cp -R "src/$1/bin/Release/net10.0/." "$2/"
