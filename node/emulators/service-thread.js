// Kinesis or DynamoDB in a thread of its own, so that each can use a core: { service, data, folder, port } -> { port } when it listens,
// or { error, exitCode } if it fails, then or later. A message from the parent stops it.
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { listen } from './listen.js';
import { createDynamoDb, createKinesis } from './streams-and-tables.js';

// EX_TEMPFAIL of sysexits.h: another process still uses the data folder.
const FOLDER_IN_USE = 75;

const { service, data, folder, port } = workerData;

process.on('uncaughtException', (error) => {
  if (/^IO error: lock /.test(error.message)) {
    parentPort.postMessage({ error: `the data folder ${data} is in use by another process: stop it, or give another folder`, exitCode: FOLDER_IN_USE });
  } else if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') {
    // kinesalite and dynalite throw the other two if a client disconnects during a request.
    parentPort.postMessage({ error: error.stack, exitCode: 1 });
  }
});

const create = { kinesis: createKinesis, dynamodb: createDynamoDb }[service];
const server = create(createRequire(import.meta.url), folder);
parentPort.on('message', () => {
  server.closeAllConnections();
  server.close(() => parentPort.close());
});

listen(server, port).then(
  (bound) => parentPort.postMessage({ port: bound }),
  (error) => parentPort.postMessage({ error: error.message, exitCode: 1 }),
);
