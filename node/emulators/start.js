// Kinesis, DynamoDB, S3, SNS and SQS for the local run, in one process on 127.0.0.1; Kinesis and DynamoDB have a thread each.
//
//   node start.js [--kinesis PORT] [--dynamodb PORT] [--s3 PORT] [--data FOLDER]
//
// Without a port, or with 0, a free one is used. Streams, tables, objects and messages are stored in FOLDER, or
// in memory by default; topics and subscriptions are always in memory. When all servers listen, one line of JSON lists the ports.
// The process exits when its standard input closes, so it never outlives its parent; with code 75 if another process uses FOLDER.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { lockFolder } from './folder-lock.js';
import { listen } from './listen.js';
import { createObjectsTopicsAndQueues } from './objects-topics-queues.js';

// EX_TEMPFAIL of sysexits.h.
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

/** A service in a thread of its own. */
class ServiceThread {
  constructor(service, data, port) {
    this.worker = new Worker(new URL('./service-thread.js', import.meta.url), {
      workerData: { service, folder: dataFolder(data, service), port },
    });
    this.worker.on('error', (error) => fail(error.stack));
    this.ended = new Promise((resolve) => this.worker.once('exit', resolve));
    this.port = new Promise((resolve) => this.worker.on('message', ({ port: bound, error }) => {
      if (error !== undefined) {
        fail(error);
      }
      resolve(bound);
    }));
  }

  stop() {
    this.worker.postMessage('stop');
    return this.ended;
  }
}

async function main() {
  const { ports, data } = readArguments();
  process.on('uncaughtException', (error) => {
    // fauxqs throws if a client disconnects during a request.
    if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') {
      fail(error.stack);
    }
  });
  if (data !== undefined && !await lockFolder(data)) {
    fail(`the data folder ${data} is in use by another process: stop it, or give another folder`, FOLDER_IN_USE);
  }
  const kinesis = new ServiceThread('kinesis', data, ports.kinesis);
  const dynamodb = new ServiceThread('dynamodb', data, ports.dynamodb);
  const others = await createObjectsTopicsAndQueues(dataFolder(data, 's3'), dataFolder(data, 'sqs'));

  let stopping = false;
  async function stop() {
    if (stopping) {
      return;
    }
    stopping = true;
    await Promise.allSettled([kinesis.stop(), dynamodb.stop(), others.close()]);
    process.exit(0);
  }

  process.stdin.on('end', stop).on('close', stop).on('error', stop).resume();
  process.on('SIGTERM', stop);
  // Ctrl-C is sent to the whole process group; the parent decides when the services stop.
  process.on('SIGINT', () => {});

  await others.ready();
  const s3 = await listen(others.server, ports.s3);
  process.stdout.write(`${JSON.stringify({ kinesis: await kinesis.port, dynamodb: await dynamodb.port, s3 })}\n`);
}

main().catch((error) => fail(error.message));
