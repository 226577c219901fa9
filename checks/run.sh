#!/usr/bin/env bash
# Checks template.yaml: its generated part, cfn-lint on it and on its SAM transform, and AWS's rules by cfn-guard.
set -euo pipefail
cd "$(dirname "$0")/.."
work=.analytics/checks

node eng/athena.mjs --check

if ! command -v cfn-lint >/dev/null; then
  echo 'cfn-lint is not installed, so template.yaml was not checked (pip install cfn-lint).'
  exit 0
fi
cfn-lint template.yaml
echo 'cfn-lint: template.yaml is clean'

if ! python3 -c 'import samtranslator' 2>/dev/null; then
  echo 'python3 has no aws-sam-translator, so what SAM makes of template.yaml was not checked (pip install cfn-lint, which brings it).'
  exit 0
fi
rm -rf "$work"
python3 checks/transform.py template.yaml checks/variants.json "$work"
cfn-lint "$work/transformed.json"
echo 'cfn-lint: what SAM makes of it is clean'
node checks/guard.mjs "$work/variants"
