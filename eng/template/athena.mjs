// The resources of Athena from src/Archiving/Sql/: tables from tables.json, views and saved queries from the SQL. The comment in a view's
// file ends with its columns and their Glue types.
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const folder = new URL('../../src/Archiving/Sql/', import.meta.url).pathname;

const prestoTypes = { string: 'varchar', int: 'integer', bigint: 'bigint', boolean: 'boolean', timestamp: 'timestamp(3)' };
const hive = 'org.apache.hadoop.hive';
const formats = {
  // The field delimiter is byte 1, which JSON escapes, so a line is one field. A JSON SerDe would not keep the bytes of original_data.
  lines: {
    classification: 'csv', input: 'org.apache.hadoop.mapred.TextInputFormat', output: `${hive}.ql.io.HiveIgnoreKeyTextOutputFormat`,
    serde: `{SerializationLibrary: ${hive}.serde2.lazy.LazySimpleSerDe, Parameters: {serialization.format: "1"}}`,
  },
  parquet: {
    classification: 'parquet', input: `${hive}.ql.io.parquet.MapredParquetInputFormat`, output: `${hive}.ql.io.parquet.MapredParquetOutputFormat`,
    serde: `{SerializationLibrary: ${hive}.ql.io.parquet.serde.ParquetHiveSerDe}`,
  },
};
// Partition projection: Athena computes the partitions from these ranges, so none has to be added.
const partitions = [
  { name: 'year', range: '2024,2040' },
  { name: 'month', range: '1,12', digits: 2 },
  { name: 'day', range: '1,31', digits: 2 },
  { name: 'hour', range: '0,23', digits: 2 },
];

const pascalCase = (name) => name.split(/[-_]/).map((word) => word[0].toUpperCase() + word.slice(1)).join('');
const quoted = (text) => JSON.stringify(text);
// Fn::Sub would replace anything that looks like a variable; the SQL has none.
const substituted = (text) => `!Sub ${quoted(text)}`;
const split = (columns) => columns.split(', ').map((column) => column.split(' '));
const glue = (columns) => `[${columns.map(([name, type]) => `{Name: ${name}, Type: ${type.includes(',') ? quoted(type) : type}}`).join(', ')}]`;
const glueTable = (id, condition, input) => `${id}: {Type: AWS::Glue::Table, ${condition ? `Condition: ${condition}, ` : ''}`
  + `Properties: {CatalogId: !Ref AWS::AccountId, DatabaseName: !Ref AnalyticsDatabase, TableInput: {${input}}}}`;

function read(path) {
  return readdirSync(path).filter((file) => file.endsWith('.sql')).sort().map((file) => {
    const lines = readFileSync(join(path, file), 'utf8').trim().split('\n');
    const comment = lines.filter((line) => line.startsWith('--')).map((line) => line.slice(3));
    return { name: basename(file, '.sql'), comment, sql: lines.filter((line) => !line.startsWith('--')).join('\n') };
  });
}

function table({ name, bucket, folder: prefix, format, by, condition, description, columns }) {
  const { classification, input, output, serde } = formats[format];
  const keys = partitions.slice(0, partitions.findIndex((key) => key.name === by) + 1);
  const projection = keys.map((key) => `projection.${key.name}.type: integer, projection.${key.name}.range: ${quoted(key.range)}`
    + (key.digits ? `, projection.${key.name}.digits: ${quoted(String(key.digits))}` : '')).join(', ');
  const location = `s3://\${${bucket}}/${prefix}`;
  const objects = location + keys.map((key) => `${key.name}=\${!${key.name}}/`).join('');
  return glueTable(`${pascalCase(name)}Table`, condition, `Name: ${name}, Description: ${quoted(description)}, TableType: EXTERNAL_TABLE, `
    + `Parameters: {classification: ${classification}, projection.enabled: "true", ${projection}, storage.location.template: ${substituted(objects)}}, `
    + `PartitionKeys: ${glue(keys.map((key) => [key.name, 'int']))}, `
    + `StorageDescriptor: {Location: ${substituted(location)}, InputFormat: ${input}, OutputFormat: ${output}, SerdeInfo: ${serde}, Columns: ${glue(split(columns))}}`);
}

function view({ name, comment, sql }) {
  const header = 'Columns: ';
  const start = comment.findIndex((line) => line.startsWith(header));
  if (start < 0) {
    throw new Error(`src/Archiving/Sql/views/${name}.sql: its comment does not end with "${header}name type, ..."`);
  }
  const columns = split(comment.slice(start).join(' ').slice(header.length));
  const unknown = columns.find(([, type]) => !(type in prestoTypes));
  if (unknown) {
    throw new Error(`src/Archiving/Sql/views/${name}.sql: the column ${unknown.join(' ')} must have one of the types ${Object.keys(prestoTypes).join(', ')}`);
  }
  const presto = JSON.stringify({
    originalSql: sql, catalog: 'awsdatacatalog', schema: '${AnalyticsDatabase}',
    columns: columns.map(([column, type]) => ({ name: column, type: prestoTypes[type] })),
  });
  return glueTable(`${pascalCase(name)}View`, undefined, `Name: ${name}, Description: ${quoted(comment.slice(0, start).join(' ').split('. ')[0].replace(/\.?$/, '.'))}, `
    + `TableType: VIRTUAL_VIEW, Parameters: {presto_view: "true", comment: Presto View}, ViewExpandedText: "/* Presto View */", `
    + `ViewOriginalText: !Join ["", ["/* Presto View: ", {"Fn::Base64": ${substituted(presto)}}, " */"]], `
    + `StorageDescriptor: {SerdeInfo: {}, Columns: ${glue(columns)}}`);
}

function savedQuery({ name, comment, sql }) {
  const from = name.startsWith('quarantine') ? 'quarantine' : 'events';
  const text = `WITH ${from} AS (SELECT * FROM "\${AnalyticsDatabase}".${from} WHERE year = ? AND month = ? AND day = ?)\n${sql}\n`;
  const description = `${comment.join(' ')} Parameters: the year, month and day of arrival, UTC.`;
  return `${pascalCase(name)}Query: {Type: AWS::Athena::NamedQuery, Properties: {Name: ${name}, Description: ${quoted(description)}, `
    + `Database: !Ref AnalyticsDatabase, WorkGroup: !Ref QueryWorkGroup, QueryString: ${substituted(text)}}}`;
}

/** The resources as lines of YAML. */
export function athena() {
  const tables = JSON.parse(readFileSync(join(folder, 'tables.json'), 'utf8'));
  return [...tables.map(table), ...read(join(folder, 'views')).map(view), ...read(folder).map(savedQuery)];
}
