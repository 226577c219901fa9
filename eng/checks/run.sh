#!/usr/bin/env bash
# Checks template.yaml: its generated part, cfn-lint on the template and its SAM transform, and AWS's rules with cfn-guard.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=.analytics/checks

node eng/template/generate.mjs --check

# A skipped check is reported, and fails in CI.
leave_out() {
  echo "$1"
  [ "${CI:-}" != true ] || exit 1
  exit 0
}

command -v cfn-lint >/dev/null || leave_out 'cfn-lint is not installed, so template.yaml was not checked (pip install cfn-lint).'
cfn-lint template.yaml
echo 'cfn-lint: template.yaml is clean'

python3 -c 'import samtranslator' 2>/dev/null ||
  leave_out 'python3 has no aws-sam-translator, so the transformed template.yaml was not checked (pip install cfn-lint installs it).'
rm -rf "$work"
python3 eng/checks/transform.py template.yaml eng/checks/variants.json "$work"
cfn-lint "$work/transformed.json"
echo 'cfn-lint: the SAM transform is clean'
node eng/checks/guard.mjs "$work/variants"
