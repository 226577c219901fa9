import { keepMessages, keepObjects } from './kept-in-files.js';

const SUB_RESOURCES = new Set([
  'accelerate', 'acl', 'analytics', 'attributes', 'cors', 'encryption', 'intelligent-tiering', 'inventory',
  'legal-hold', 'lifecycle', 'logging', 'metrics', 'notification', 'object-lock', 'ownershipControls', 'policy',
  'policyStatus', 'publicAccessBlock', 'replication', 'requestPayment', 'restore', 'retention', 'select', 'tagging',
  'torrent', 'versioning', 'versions', 'website',
]);

/**
 * The emulator of S3, SNS and SQS, a Fastify application, with deviations in S3 corrected or rejected.
  * Objects and messages are stored in the folders, if given; topics are in memory.
 */
export async function createObjectsTopicsAndQueues(objectsFolder, messagesFolder) {
  const entry = import.meta.resolve('fauxqs');
  const { buildApp } = await import(entry);
  const { S3Store } = await import(new URL('./s3/s3Store.js', entry));
  const { SqsStore } = await import(new URL('./sqs/sqsStore.js', entry));
  const s3Store = objectsFolder ? keepObjects(new S3Store(), objectsFolder) : new S3Store();
  const sqsStore = messagesFolder ? keepMessages(new SqsStore(), messagesFolder) : new SqsStore();
  // Without a host, queue URLs contain the address that the caller used; with one, a name that does not resolve.
  sqsStore.host = '';
  const app = buildApp({ logger: false, stores: { s3Store, sqsStore } });
  app.addHook('onRequest', refuseSubResources);
  app.addHook('preHandler', (request, reply, done) => honourIfNoneMatch(s3Store, request, reply, done));
  app.addHook('preHandler', chooseMessages);
  app.addHook('onSend', (request, reply, payload, done) => {
    keepContentEncoding(s3Store, request, reply);
    done(null, payload);
  });
  return app;
}

function sendError(reply, status, code, message) {
  reply.code(status).header('content-type', 'application/xml')
    .send(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`);
}

// fauxqs ignores sub-resources: a PUT of an object's tags would replace the object, and a DELETE would delete it.
function refuseSubResources(request, reply, done) {
  const name = request.params?.bucket && Object.keys(request.query ?? {}).find((key) => SUB_RESOURCES.has(key));
  if (name) {
    sendError(reply, 501, 'NotImplemented', `The local S3 has no ?${name}`);
    return;
  }
  done();
}

function findObject(s3Store, request) {
  return s3Store.buckets.get(request.params?.bucket)?.get(request.params['*']);
}

// This must be the last hook: no other request can put the key between it and the store.
function honourIfNoneMatch(s3Store, request, reply, done) {
  if (request.method === 'PUT' && request.headers['if-none-match'] === '*' && findObject(s3Store, request)) {
    sendError(reply, 412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
    return;
  }
  done();
}

// fauxqs ignores MessageStructure. It delivers only to queues, so each message is replaced by what SNS would send to a queue.
function chooseMessages(request, reply, done) {
  const isQuery = request.headers['content-type']?.includes('application/x-www-form-urlencoded');
  const body = isQuery ? request.body : {};
  for (const name of Object.keys(body).filter((key) => /(^|\.)MessageStructure$/.test(key) && body[key] === 'json')) {
    const message = name.replace(/Structure$/, '');
    const text = messageForQueues(body[message]);
    if (text === undefined) {
      sendError(reply, 400, 'InvalidParameter', 'Invalid parameter: Message Structure - No default entry in JSON message body');
      return;
    }
    body[message] = text;
  }
  done();
}

function messageForQueues(json) {
  try {
    const texts = JSON.parse(json);
    return [texts.sqs, texts.default].find((text) => typeof texts.default === 'string' && typeof text === 'string');
  } catch {
    return undefined;
  }
}

function keepContentEncoding(s3Store, request, reply) {
  const object = reply.statusCode < 300 && findObject(s3Store, request);
  if (!object) {
    return;
  }
  if (request.method === 'PUT' && !('uploadId' in request.query)) {
    const encodings = (request.headers['content-encoding'] ?? '').split(',').map((encoding) => encoding.trim());
    object.contentEncoding = encodings.filter((encoding) => encoding && encoding !== 'aws-chunked').join(',');
    s3Store.buckets.get(request.params.bucket).set(object.key, object);
  } else if (object.contentEncoding && (request.method === 'GET' || request.method === 'HEAD')) {
    reply.header('content-encoding', object.contentEncoding);
  }
}
