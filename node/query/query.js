// Runs a query over archive files with DuckDB. The request is one JSON object on standard input:
//
//   folder      the folder to which file names are relative
//   temporary   a folder for data that does not fit into memory
//   events, quarantine, compacted     the files
//   views       the folder with the views' SQL
//   from, to    the hours of arrival to query, if not all
//   sql         the query: one SELECT
//   target      instead of sql: the Parquet file to write, for the hour `hour`
//
// Standard output: for a query, a line with the columns, then a line per row; for a target, a line with the sums of the file as read
// back. An error is one line on standard error and exit code 1.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { DuckDBInstance, DuckDBTypeId, StatementType } from '@duckdb/node-api';

const days = '{year: INTEGER, month: INTEGER, day: INTEGER}';
const partitions = '{year: INTEGER, month: INTEGER, day: INTEGER, hour: INTEGER}';

// The longest line contains an event of 1 MiB, plain and in base64.
const maxLine = 8 * 1024 * 1024;

const numbers = new Set([
  DuckDBTypeId.TINYINT, DuckDBTypeId.SMALLINT, DuckDBTypeId.INTEGER, DuckDBTypeId.BIGINT, DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UTINYINT, DuckDBTypeId.USMALLINT, DuckDBTypeId.UINTEGER, DuckDBTypeId.UBIGINT, DuckDBTypeId.UHUGEINT,
  DuckDBTypeId.FLOAT, DuckDBTypeId.DOUBLE, DuckDBTypeId.DECIMAL,
]);

const literal = value => `'${value.replaceAll("'", "''")}'`;
const list = values => `[${values.map(literal).join(', ')}]`;

/** A view of one text column over gzip files of lines; no line contains the delimiter, because JSON escapes control characters. */
function linesView(name, files) {
  const source = files.length === 0
    ? `SELECT NULL::VARCHAR AS line, NULL::INTEGER AS year, NULL::INTEGER AS month, NULL::INTEGER AS day, NULL::INTEGER AS hour WHERE false`
    : `SELECT line, year, month, day, hour FROM read_csv(${list(files)}, columns = {line: 'VARCHAR'}, auto_detect = false, header = false,
         delim = E'\\x01', quote = '', escape = '', strict_mode = false, compression = 'gzip', max_line_size = ${maxLine},
         buffer_size = ${2 * maxLine}, hive_partitioning = true, hive_types = ${partitions})`;
  return `CREATE VIEW ${name} AS ${source}`;
}

const compactedColumns = `original_data VARCHAR, original_base64 VARCHAR, processed_at TIMESTAMP, shard_id VARCHAR, sequence_number VARCHAR,
  sub_sequence_number INTEGER, occurrence INTEGER, partition_key VARCHAR, approximate_arrival_timestamp TIMESTAMP, event_id VARCHAR, event_type VARCHAR,
  event_time TIMESTAMP, event_time_is_arrival BOOLEAN, year INTEGER, month INTEGER, day INTEGER, hour INTEGER`;

/** A day's Parquet file may contain more hours than requested. */
function hours(from, to) {
  const start = 'make_timestamp(year, month, day, hour, 0, 0)';
  const conditions = [from && `${start} >= TIMESTAMP ${literal(from)}`, to && `${start} < TIMESTAMP ${literal(to)}`];
  return conditions.filter(Boolean).join(' AND ') || 'true';
}

async function prepare(connection, request) {
  const run = sql => connection.run(sql);
  await run(`SET TimeZone = 'UTC'`);
  await run(`SET temp_directory = ${literal(request.temporary)}`);
  await run(`SET autoinstall_known_extensions = false`);

  // Athena functions that have other names in DuckDB.
  await run(`CREATE MACRO json_extract_scalar(document, path) AS CASE WHEN json_valid(document)
    THEN CASE WHEN json_type(document, path) IN ('OBJECT', 'ARRAY') THEN NULL ELSE json_extract_string(document, path) END END`);
  await run(`CREATE MACRO from_iso8601_timestamp(value) AS CAST(value AS TIMESTAMP)`);
  await run(`CREATE MACRO to_utf8(value) AS encode(value)`);
  await run(`CREATE MACRO element_at(elements, index) AS list_extract(elements, index)`);

  await run(linesView('event_lines', request.events));
  await run(linesView('quarantine_lines', request.quarantine));
  await run(request.compacted.length === 0
    ? `CREATE TABLE compacted_events (${compactedColumns})`
    : `CREATE VIEW compacted_events AS SELECT * FROM read_parquet(${list(request.compacted)}, hive_partitioning = true,
        hive_types = ${days}, union_by_name = true) WHERE ${hours(request.from, request.to)}
        UNION ALL BY NAME SELECT NULL::INTEGER AS occurrence WHERE false`);
  for (const view of ['events_raw', 'events', 'quarantine']) {
    await run(`CREATE VIEW ${view} AS ${readFileSync(join(request.views, `${view}.sql`), 'utf8')}`);
  }
}

/** From here on, statements can read and write files only in these folders and cannot change this setting. */
async function confine(connection, folders) {
  await connection.run(`SET allowed_directories = ${list(folders.map(folder => `${folder}/`))}`);
  await connection.run(`SET enable_external_access = false`);
  await connection.run(`SET lock_configuration = true`);
}

async function write(line) {
  if (!process.stdout.write(`${line}\n`)) {
    await once(process.stdout, 'drain');
  }
}

function cell(value, type) {
  if (value === null || typeof value === 'boolean') {
    return String(value);
  }

  return numbers.has(type.typeId) && Number.isFinite(Number(value)) ? String(value) : JSON.stringify(String(value));
}

async function ask(connection, sql) {
  if (sql.replace(/--.*$/gm, '').trim() === '') {
    throw new Error('the query is empty');
  }

  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) {
    throw new Error(`only one statement is allowed, not ${statements.count}`);
  }

  const statement = await statements.prepare(0);
  if (statement.statementType !== StatementType.SELECT && statement.statementType !== StatementType.EXPLAIN) {
    throw new Error('only SELECT is allowed: a query does not change the archive');
  }

  const result = await statement.stream();
  const types = result.columnTypes();
  await write(JSON.stringify(result.columnNames().map((name, i) => ({ name, isNumber: numbers.has(types[i].typeId) }))));
  for await (const rows of result.yieldRows()) {
    for (const row of rows) {
      await write(`[${row.map((value, i) => cell(value, types[i])).join(',')}]`);
    }
  }
}

/** Writes each event of an hour once, ordered by position, so that the same events produce the same file. */
async function compact(connection, target, hour) {
  await connection.run(`COPY (
      SELECT * EXCLUDE (year, month, day) FROM events WHERE hour = ${Number(hour)}
      ORDER BY shard_id, length(sequence_number), sequence_number, sub_sequence_number, partition_key,
        original_data, original_base64, occurrence)
    TO ${literal(target)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 100000)`);
}

/** The number of rows, and the exclusive or of 128 bits of SHA-256 over each row's identity and the producer's bytes. */
async function sums(connection, target) {
  const half = from => `printf('%016x', bit_xor(CAST('0x' || substr(hash, ${from}, 16) AS UBIGINT)))`;
  const reader = await connection.runAndReadAll(`
    SELECT count(*) AS rows, ${half(1)} || ${half(17)} AS fingerprint
    FROM (
      SELECT sha256(sha256(
        encode(shard_id || ':' || sequence_number || ':' || sha256(partition_key) || chr(10))
        || coalesce(from_base64(original_base64), encode(original_data))) || ':' || occurrence) AS hash
      FROM read_parquet(${literal(target)}))`);
  const [rows, fingerprint] = reader.getRowsJson()[0];
  await write(JSON.stringify({ rows: Number(rows), fingerprint }));
}

async function main() {
  const request = JSON.parse(await text(process.stdin));
  process.chdir(request.folder);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await prepare(connection, request);
  await confine(connection, [request.folder, request.temporary]);
  if (request.target) {
    await compact(connection, request.target, request.hour);
    await sums(connection, request.target);
  } else {
    await ask(connection, request.sql);
  }
}

/** DuckDB's message with its hints and the line number in the query, without the excerpt that follows. */
function inOneLine(message) {
  const [, what, line] = message.replace('Failed to extract statements: ', '').match(/^(.*?)(?:\n+LINE (\d+):.*)?$/s);
  return what.split('\n').map(part => part.trim()).filter(Boolean).join(' ') + (line ? ` (line ${line})` : '');
}

// The reader may close standard output early.
process.stdout.on('error', () => process.exit(1));
try {
  await main();
} catch (error) {
  process.stderr.write(`${inOneLine(String(error.message))}\n`);
  process.exitCode = 1;
}
