// Writes the Athena views and saved queries of template.yaml from the SQL in src/Archiving/Sql/, one line each:
//
//     node eng/athena.mjs [--check]
//
// --check changes nothing and exits with 1 if they differ. The comment in a view's file ends with its columns and their Glue types.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const template = new URL('../template.yaml', import.meta.url);
const queries = new URL('../src/Archiving/Sql/', import.meta.url).pathname;
const begin = '  # Generated from src/Archiving/Sql/ by `make athena`. Change the SQL there.\n';
const end = '  # End of the generated part.\n';

const prestoTypes = { string: 'varchar', int: 'integer', bigint: 'bigint', boolean: 'boolean', timestamp: 'timestamp(3)' };
const pascalCase = (name) => name.split(/[-_]/).map((word) => word[0].toUpperCase() + word.slice(1)).join('');
const quoted = (text) => JSON.stringify(text);
// Fn::Sub would replace anything that looks like a variable; the SQL has none.
const substituted = (text) => `!Sub ${quoted(text)}`;

function read(folder) {
  return readdirSync(folder).filter((file) => file.endsWith('.sql')).sort().map((file) => {
    const lines = readFileSync(join(folder, file), 'utf8').trim().split('\n');
    const comment = lines.filter((line) => line.startsWith('--')).map((line) => line.slice(3));
    return { name: basename(file, '.sql'), comment, sql: lines.filter((line) => !line.startsWith('--')).join('\n') };
  });
}

function savedQuery({ name, comment, sql }) {
  const view = name.startsWith('quarantine') ? 'quarantine' : 'events';
  const text = `WITH ${view} AS (SELECT * FROM "\${AnalyticsDatabase}".${view} WHERE year = ? AND month = ? AND day = ?)\n${sql}\n`;
  const description = `${comment.join(' ')} Parameters: the year, month and day of arrival, UTC.`;
  return `  ${pascalCase(name)}Query: {Type: AWS::Athena::NamedQuery, Properties: {Name: ${name}, Description: ${quoted(description)}, `
    + `Database: !Ref AnalyticsDatabase, WorkGroup: !Ref QueryWorkGroup, QueryString: ${substituted(text)}}}\n`;
}

function view({ name, comment, sql }) {
  const header = 'Columns: ';
  const start = comment.findIndex((line) => line.startsWith(header));
  if (start < 0) {
    throw new Error(`src/Archiving/Sql/views/${name}.sql: its comment does not end with "${header}name type, ..."`);
  }
  const columns = comment.slice(start).join(' ').slice(header.length).split(', ').map((column) => column.split(' '));
  const unknown = columns.find(([, type]) => !(type in prestoTypes));
  if (unknown) {
    throw new Error(`src/Archiving/Sql/views/${name}.sql: the column ${unknown.join(' ')} must have one of the types ${Object.keys(prestoTypes).join(', ')}`);
  }
  const presto = JSON.stringify({
    originalSql: sql, catalog: 'awsdatacatalog', schema: '${AnalyticsDatabase}',
    columns: columns.map(([column, type]) => ({ name: column, type: prestoTypes[type] })),
  });
  const glue = columns.map(([column, type]) => `{Name: ${column}, Type: ${type}}`).join(', ');
  return `  ${pascalCase(name)}View: {Type: AWS::Glue::Table, Properties: {CatalogId: !Ref AWS::AccountId, DatabaseName: !Ref AnalyticsDatabase, `
    + `TableInput: {Name: ${name}, Description: ${quoted(comment.slice(0, start).join(' ').split('. ')[0].replace(/\.?$/, '.'))}, `
    + `TableType: VIRTUAL_VIEW, Parameters: {presto_view: "true", comment: Presto View}, ViewExpandedText: "/* Presto View */", `
    + `ViewOriginalText: !Join ["", ["/* Presto View: ", {"Fn::Base64": ${substituted(presto)}}, " */"]], `
    + `StorageDescriptor: {SerdeInfo: {}, Columns: [${glue}]}}}}\n`;
}

const text = readFileSync(template, 'utf8');
const [from, to] = [text.indexOf(begin), text.indexOf(end)];
if (from < 0 || to < from) {
  throw new Error('template.yaml lacks the comments that enclose the generated part');
}
const generated = [...read(join(queries, 'views')).map(view), ...read(queries).map(savedQuery)].join('');
const renewed = text.slice(0, from + begin.length) + generated + text.slice(to);
if (renewed === text) {
  process.exit(0);
}
if (process.argv.includes('--check')) {
  console.error('template.yaml: views and saved queries differ from src/Archiving/Sql/. Run `make athena`.');
  process.exit(1);
}
writeFileSync(template, renewed);
