// Kinesis or DynamoDB in a thread of its own, so that each can use a core: { service, folder, port } -> { port } when it listens,
// or { error } if it fails, then or later. A message from the parent stops it.
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { listen } from './listen.js';
import { createDynamoDb, createKinesis } from './streams-and-tables.js';

const { service, folder, port } = workerData;

process.on('uncaughtException', (error) => {
  // kinesalite and dynalite throw these two if a client disconnects during a request.
  if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') {
    parentPort.postMessage({ error: error.stack });
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
  (error) => parentPort.postMessage({ error: error.message }),
);
