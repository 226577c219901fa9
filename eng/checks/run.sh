#!/usr/bin/env bash
# Checks template.yaml: its generated part, cfn-lint on it and on its SAM transform, and AWS's rules by cfn-guard.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=.analytics/checks

node eng/athena.mjs --check

# A check that was left out is not green: in CI it fails, and anyone else is told.
leave_out() {
  echo "$1"
  [ "${CI:-}" != true ] || exit 1
  exit 0
}

command -v cfn-lint >/dev/null || leave_out 'cfn-lint is not installed, so template.yaml was not checked (pip install cfn-lint).'
cfn-lint template.yaml
echo 'cfn-lint: template.yaml is clean'

python3 -c 'import samtranslator' 2>/dev/null ||
  leave_out 'python3 has no aws-sam-translator, so the transformed template.yaml was not checked (pip install cfn-lint, which brings it).'
rm -rf "$work"
python3 eng/checks/transform.py template.yaml eng/checks/variants.json "$work"
cfn-lint "$work/transformed.json"
echo 'cfn-lint: what SAM makes of it is clean'
node eng/checks/guard.mjs "$work/variants"
