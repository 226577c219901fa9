// node bench/emulators.mjs: the rates of the local services alone, each operation by itself and all at once, as the pipeline uses them:
// PutRecords of 500 records of 280 bytes, GetRecords, and BatchWriteItem of 25 items of 450 bytes by four callers.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const RECORDS = 20_000;
const CLOCK_TICKS = 100;
const data = mkdtempSync(join(tmpdir(), 'analytics-emulators-'));
const emulators = spawn('node', ['start.js', '--data', data], {
  cwd: resolve(import.meta.dirname, '../node/emulators'),
  stdio: ['pipe', 'pipe', 'inherit'],
});
const ports = JSON.parse(await new Promise((ready) => emulators.stdout.once('data', (line) => ready(line.toString()))));
const agent = new http.Agent({ keepAlive: true });

function call(port, target, contentType, body) {
  const content = Buffer.from(JSON.stringify(body));
  const headers = {
    'x-amz-target': target,
    'content-type': contentType,
    'content-length': content.length,
    'x-amz-date': '20260101T000000Z',
    authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/service/aws4_request, SignedHeaders=host, Signature=none',
  };
  return new Promise((done, failed) => {
    const request = http.request({ host: '127.0.0.1', port, method: 'POST', agent, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (response.statusCode === 200) {
          done(text ? JSON.parse(text) : {});
        } else {
          failed(new Error(`${target}: ${text}`));
        }
      });
    });
    request.on('error', failed);
    request.end(content);
  });
}

const kinesis = (operation, body) => call(ports.kinesis, `Kinesis_20131202.${operation}`, 'application/x-amz-json-1.1', body);
const dynamoDb = (operation, body) => call(ports.dynamodb, `DynamoDB_20120810.${operation}`, 'application/x-amz-json-1.0', body);

const payload = Buffer.from('x'.repeat(280)).toString('base64');

async function put() {
  for (let first = 0; first < RECORDS; first += 500) {
    const records = Array.from({ length: 500 }, (_, number) => ({ Data: payload, PartitionKey: `user-${(first + number) % 997}` }));
    await kinesis('PutRecords', { StreamName: 'events', Records: records });
  }
}

async function read() {
  for (const shard of ['shardId-000000000000', 'shardId-000000000001']) {
    let { ShardIterator: iterator } = await kinesis('GetShardIterator', { StreamName: 'events', ShardId: shard, ShardIteratorType: 'TRIM_HORIZON' });
    for (let page; page?.Records.length !== 0; iterator = page.NextShardIterator) {
      page = await kinesis('GetRecords', { ShardIterator: iterator, Limit: 10_000 });
    }
  }
}

async function write(offset) {
  let next = 0;
  const item = (number) => ({
    eventId: { S: `event-${offset + number}` },
    timestamp: { N: String(1e12 + number) },
    userId: { S: `user-${number % 997}` },
    eventType: { S: 'page_view' },
    rawData: { S: 'x'.repeat(300) },
    amount: { N: '12.5' },
  });
  const caller = async () => {
    while (next < RECORDS) {
      const first = next;
      next += 25;
      await dynamoDb('BatchWriteItem', {
        RequestItems: { results: Array.from({ length: 25 }, (_, number) => ({ PutRequest: { Item: item(first + number) } })) },
      });
    }
  };
  await Promise.all([caller(), caller(), caller(), caller()]);
}

function processorSeconds() {
  const fields = readFileSync(`/proc/${emulators.pid}/stat`, 'utf8').split(') ').pop().split(' ');
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS;
}

async function measure(name, count, run) {
  const [started, before] = [performance.now(), processorSeconds()];
  await run();
  const seconds = (performance.now() - started) / 1000;
  const rate = Math.round(count / seconds).toLocaleString('en');
  console.log(`${name.padEnd(28)} ${rate.padStart(8)} a second   ${((processorSeconds() - before) / count * 1e6).toFixed(0).padStart(4)} microseconds of processor time each`);
}

await kinesis('CreateStream', { StreamName: 'events', ShardCount: 2 });
await dynamoDb('CreateTable', {
  TableName: 'results',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'eventId', AttributeType: 'S' }, { AttributeName: 'timestamp', AttributeType: 'N' }],
  KeySchema: [{ AttributeName: 'eventId', KeyType: 'HASH' }, { AttributeName: 'timestamp', KeyType: 'RANGE' }],
});
while ((await kinesis('DescribeStreamSummary', { StreamName: 'events' })).StreamDescriptionSummary.StreamStatus !== 'ACTIVE') {
  await delay(20);
}
await measure('records put', RECORDS, put);
await measure('records read', RECORDS, read);
await measure('items written', RECORDS, () => write(0));
await measure('put, read and written at once', RECORDS, () => Promise.all([put(), read(), write(RECORDS)]));
emulators.stdin.end();
await new Promise((ended) => emulators.once('exit', ended));
rmSync(data, { recursive: true, force: true });
process.exit(0);
