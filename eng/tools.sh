#!/usr/bin/env bash
# Reports the tools that the build and the tests lack, and fails if a required one is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
missing=()
dotnet --version >/dev/null 2>&1 ||
  missing+=("the .NET SDK $(sed -n 's/.*"version": "\(.*\)".*/\1/p' global.json) or a later feature band (https://dotnet.microsoft.com/download)")
if ! command -v npm >/dev/null || ! node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' 2>/dev/null; then
  missing+=('Node.js 20 or later with npm (https://nodejs.org)')
fi
command -v git >/dev/null || missing+=('git')

# Used by eng/checks/run.sh. Without them a message is printed; in CI this is an error.
lint=()
command -v cfn-lint >/dev/null && python3 -c 'import samtranslator' 2>/dev/null || lint+=('cfn-lint, so template.yaml is not linted (pip install cfn-lint)')
if [ "${CI:-}" = true ]; then
  missing+=(${lint[@]+"${lint[@]}"})
elif [ ${#lint[@]} -gt 0 ]; then
  echo "Missing: ${lint[0]}." >&2
fi

[ ${#missing[@]} -gt 0 ] || exit 0
for tool in "${missing[@]}"; do
  echo "Missing: $tool." >&2
done
exit 1
