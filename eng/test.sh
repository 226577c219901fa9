#!/usr/bin/env bash
# test.sh FOLDER...: runs the tests of built projects in one test session, with the results in .analytics/tests.
set -euo pipefail
cd "$(dirname "$0")/.."
assemblies=()
for folder; do
  assemblies+=("$folder/bin/Release/net10.0/Analytics.$(basename "$folder").dll")
done
exec dotnet test "${assemblies[@]}" --nologo --logger 'console;verbosity=minimal' --logger 'trx;LogFilePrefix=tests' --results-directory .analytics/tests
