// Applies the rules of AWS Control Tower's proactive controls to templates, and compares the findings with accepted.json.
//
//     node guard.mjs FOLDER
//
// Exits with 1 and prints a line for each finding that is not accepted, and for each accepted finding that no longer occurs.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

const packageFolder = dirname(createRequire(import.meta.url).resolve('@cdklabs/cdk-validator-cfnguard/package.json'));
const system = { linux: 'ubuntu', darwin: 'macos' }[process.platform];
const processor = { x64: 'x86_64', arm64: 'aarch64' }[process.arch];
if (!system || !processor) {
  console.log(`cfn-guard has no build for ${process.platform} ${process.arch}, so its rules were not applied.`);
  process.exit(0);
}

const [folder] = process.argv.slice(2);
const run = spawnSync(
  join(packageFolder, 'bin', system, processor, 'cfn-guard'),
  ['validate', '--structured', '--show-summary', 'none', '--output-format', 'json', '--rules', join(packageFolder, 'rules', 'control-tower', 'cfn-guard'), '--data', folder],
  { encoding: 'utf8', maxBuffer: 1 << 28 });
const compliant = 0;
const notCompliant = 19;
if (run.status !== compliant && run.status !== notCompliant) {
  console.error(`cfn-guard failed with exit code ${run.status}: ${run.error?.message ?? run.stderr.trim()}`);
  process.exit(1);
}

const reports = JSON.parse(run.stdout);
const rules = new Set(reports.flatMap((report) => [...report.compliant, ...report.not_compliant.map(({ Rule }) => Rule.name)]));
const findings = [];
for (const { name, not_compliant } of reports) {
  for (const { Rule } of not_compliant) {
    const text = JSON.stringify(Rule);
    const [, rule, title] = /\[(CT\.[A-Z0-9]+\.PR\.[0-9]+)\]: (.*?)\\n/.exec(text) ?? [null, Rule.name, ''];
    for (const resource of new Set(Array.from(text.matchAll(/"\/Resources\/([A-Za-z0-9]+)[/"]/g), ([, id]) => id))) {
      findings.push({ rule, resource, title, variant: basename(name, '.json') });
    }
  }
}

const accepted = JSON.parse(readFileSync(new URL('accepted.json', import.meta.url), 'utf8'))
  .flatMap(({ rule, resources, variants }) => resources.map((resource) => ({ rule, resource, variants })));
const matches = (acceptance, finding) =>
  acceptance.rule === finding.rule && acceptance.resource === finding.resource && (acceptance.variants?.includes(finding.variant) ?? true);
const problems = [
  ...findings.filter((finding) => !accepted.some((acceptance) => matches(acceptance, finding)))
    .map(({ rule, resource, title, variant }) => `${rule}: ${resource} (eng/checks/variants.json: ${variant}): ${title}`),
  ...accepted.filter((acceptance) => !findings.some((finding) => matches(acceptance, finding)))
    .map(({ rule, resource }) => `eng/checks/accepted.json: ${rule} does not find ${resource} any more; take it out`),
];
for (const problem of problems) {
  console.error(problem);
}

if (problems.length > 0) {
  process.exit(1);
}

console.log(`cfn-guard: ${reports.length} variants of the template follow ${rules.size} rules that apply, but for ${accepted.length} findings that eng/checks/accepted.json gives a reason for`);
