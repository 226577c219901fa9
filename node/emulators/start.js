// Kinesis, DynamoDB, S3, SNS and SQS for the local run, in one process on 127.0.0.1.
//
//   node start.js [--kinesis PORT] [--dynamodb PORT] [--s3 PORT] [--data FOLDER]
//
// Without a port, or with 0, a free one is used. Streams, tables, objects and messages are stored in FOLDER, or
// in memory by default; topics and subscriptions are always in memory. When all servers listen, one line of JSON lists the ports.
// The process exits when its standard input closes, so it never outlives its parent.
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createDynamoDb, createKinesis } from './streams-and-tables.js';
import { createObjectsTopicsAndQueues } from './objects-topics-queues.js';

const HOST = '127.0.0.1';
// EX_TEMPFAIL of sysexits.h: another process still uses the data folder.
const FOLDER_IN_USE = 75;

function fail(message, exitCode = 1) {
  process.stderr.write(`${message}\n`);
  process.exit(exitCode);
}

function readArguments() {
  const port = { type: 'string', default: '0' };
  const { values } = parseArgs({ options: { kinesis: port, dynamodb: port, s3: port, data: { type: 'string' } } });
  const ports = {};
  for (const name of ['kinesis', 'dynamodb', 's3']) {
    ports[name] = Number(values[name]);
    if (!Number.isInteger(ports[name]) || ports[name] < 0 || ports[name] > 65535) {
      fail(`--${name} ${values[name]} is not a port: give 0 to 65535`);
    }
  }
  return { ports, data: values.data };
}

/** Returns the folder for a service's data and creates it if necessary; undefined keeps the data in memory. */
function dataFolder(data, service) {
  if (data === undefined) {
    return undefined;
  }
  const folder = path.join(data, service);
  mkdirSync(folder, { recursive: true });
  return folder;
}

function listen(server, port) {
  // A client must never find its idle connection closed between two calls.
  server.keepAliveTimeout = 0;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => resolve(server.address().port));
  });
}

async function main() {
  const { ports, data } = readArguments();
  process.on('uncaughtException', (error) => {
    if (/^IO error: lock /.test(error.message)) {
      fail(`the data folder ${data} is in use by another process: stop it, or give another folder`, FOLDER_IN_USE);
    }
    // kinesalite and dynalite throw if a client disconnects during a request.
    if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') {
      fail(error.stack);
    }
  });
  const require = createRequire(import.meta.url);
  const kinesis = createKinesis(require, dataFolder(data, 'kinesis'));
  const dynamodb = createDynamoDb(require, dataFolder(data, 'dynamodb'));
  const others = await createObjectsTopicsAndQueues(dataFolder(data, 's3'), dataFolder(data, 'sqs'));

  let stopping = false;
  async function stop() {
    if (stopping) {
      return;
    }
    stopping = true;
    kinesis.closeAllConnections();
    dynamodb.closeAllConnections();
    const closed = (server) => new Promise((resolve) => server.close(resolve));
    await Promise.allSettled([closed(kinesis), closed(dynamodb), others.close()]);
    process.exit(0);
  }

  process.stdin.on('end', stop).on('close', stop).on('error', stop).resume();
  process.on('SIGTERM', stop);
  // Ctrl-C is sent to the whole process group; the parent decides when the services stop.
  process.on('SIGINT', () => {});

  others.server.keepAliveTimeout = 0;
  const bound = {
    kinesis: await listen(kinesis, ports.kinesis),
    dynamodb: await listen(dynamodb, ports.dynamodb),
    s3: Number(new URL(await others.listen({ port: ports.s3, host: HOST })).port),
  };
  process.stdout.write(`${JSON.stringify(bound)}\n`);
}

main().catch((error) => fail(error.code === 'EADDRINUSE'
  ? `port ${error.port} on ${HOST} is in use: stop what listens there or give another port`
  : error.message));
