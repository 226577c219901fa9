#!/usr/bin/env bash
# bench.sh [PART]: builds the benchmarks and peers of docs/performance.md and runs them. The functions' native executables and npm packages must exist.
set -euo pipefail
cd "$(dirname "$0")/.."
builds=.analytics/build/bench
framework=$(eng/native-framework.sh)
runtime=$(eng/native-runtime.sh)
for benchmark in Reading Archive Counting Rollup Detection; do
  eng/dotnet.sh publish "bench/$benchmark" -c Release -r "$runtime" -p:NativeFramework="$framework" -p:RunAnalyzers=false \
    --artifacts-path .analytics/native -o "$builds/$benchmark" --nologo -v quiet -clp:NoSummary
done
eng/dotnet.sh publish bench/peers/dotnet -c Release -r "$runtime" -p:PeerReadyToRun=true -p:RunAnalyzers=false \
  --artifacts-path .analytics/native-peer -o "$builds/dotnet-peer" --nologo -v quiet -clp:NoSummary
npm run build --silent --prefix bench/peers/node
eng/build-local.sh Cli
eng/dotnet.sh build bench/Performance -c Release --nologo -v quiet -clp:NoSummary
exec dotnet bench/Performance/bin/Release/net10.0/Analytics.Performance.dll "$@"
