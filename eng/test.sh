#!/usr/bin/env bash
# test.sh FOLDER...: runs the tests of built projects in one test session, with the results in .analytics/tests, and lists the failed ones at
# the end. TEST_PROCESSES assemblies run at a time: 1 unless it is set, 0 for as many as there are cores.
set -euo pipefail
cd "$(dirname "$0")/.."
results=.analytics/tests
assemblies=()
for folder; do
  assemblies+=("$folder/bin/Release/net10.0/Analytics.$(basename "$folder").dll")
done
rm -f "$results"/*.trx
dotnet test "${assemblies[@]}" --nologo --logger 'console;verbosity=minimal' --logger 'trx;LogFilePrefix=tests' --results-directory "$results" \
  -- RunConfiguration.MaxCpuCount="${TEST_PROCESSES:-1}" && exit
status=$?
[[ -n "$(compgen -G "$results/*.trx")" ]] || exit "$status"
awk '
  /<UnitTestResult .* outcome="Failed"/ { sub(/.* testName="/, ""); sub(/" .*/, ""); print "FAILED " $0; failed = 1; next }
  failed && /<Message>/ { sub(/.*<Message>/, ""); message = 1 }
  message { end = sub(/<\/Message>.*/, ""); print "  " $0; if (end) message = failed = 0 }
  /<\/UnitTestResult>/ { message = failed = 0 }' "$results"/*.trx | sed 's/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g'
exit "$status"
