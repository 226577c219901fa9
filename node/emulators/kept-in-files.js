import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

// A name from a request is never used as a path: its digest is, and the file contains the name.
const fileName = (name) => createHash('sha256').update(name).digest('hex');

/** Values stored by name in a folder, one file each: a line of JSON, then bytes. */
class KeptFolder {
  constructor(folder) {
    mkdirSync(folder, { recursive: true });
    this.folder = folder;
  }

  *read() {
    for (const file of readdirSync(this.folder)) {
      if (file.endsWith('.part')) {
        continue;
      }
      const content = readFileSync(path.join(this.folder, file));
      const end = content.indexOf('\n');
      yield [JSON.parse(content.subarray(0, end).toString()), content.subarray(end + 1)];
    }
  }

  // Renaming makes the write atomic: a killed process leaves either the old or the new content.
  write(name, description, bytes = Buffer.alloc(0)) {
    const file = path.join(this.folder, fileName(name));
    writeFileSync(`${file}.part`, Buffer.concat([Buffer.from(`${JSON.stringify(description)}\n`), bytes]));
    renameSync(`${file}.part`, file);
  }

  remove(name) {
    rmSync(path.join(this.folder, fileName(name)), { force: true });
  }
}

/** A bucket's objects by key, each written to its file before the put is acknowledged. */
class KeptObjects extends Map {
  constructor(folder) {
    super();
    this.kept = new KeptFolder(folder);
    for (const [description, body] of this.kept.read()) {
      super.set(description.key, { ...description, lastModified: new Date(description.lastModified), body });
    }
  }

  set(key, object) {
    const { body, ...description } = object;
    this.kept.write(key, description, body);
    return super.set(key, object);
  }

  delete(key) {
    this.kept.remove(key);
    return super.delete(key);
  }

  clear() {
    for (const key of [...this.keys()]) {
      this.delete(key);
    }
  }
}

/** A store of buckets whose objects are stored in a folder. */
export function keepObjects(s3Store, folder) {
  const createBucket = s3Store.createBucket.bind(s3Store);
  s3Store.createBucket = (name) => {
    if (!s3Store.hasBucket(name)) {
      createBucket(name);
      s3Store.buckets.set(name, new KeptObjects(path.join(folder, fileName(name))));
    }
  };
  return s3Store;
}

/** A store of queues whose messages are stored in a folder until they are deleted; after a restart all are visible again. */
export function keepMessages(sqsStore, folder) {
  const createQueue = sqsStore.createQueue.bind(sqsStore);
  sqsStore.createQueue = (name, ...rest) => {
    const queue = createQueue(name, ...rest);
    const kept = new KeptFolder(path.join(folder, fileName(name)));
    const messages = [...kept.read()].map(([message]) => message).sort((one, other) => one.sentTimestamp - other.sentTimestamp);
    messages.forEach((message) => queue.enqueue(message));

    const { enqueue, deleteMessage, purge } = queue;
    queue.enqueue = (message) => {
      kept.write(message.messageId, message);
      enqueue.call(queue, message);
    };
    queue.deleteMessage = (receiptHandle) => {
      const entry = queue.inflightMessages.get(receiptHandle);
      if (entry) {
        kept.remove(entry.message.messageId);
      }
      return deleteMessage.call(queue, receiptHandle);
    };
    queue.purge = () => {
      const { ready, delayed, inflight } = queue.inspectMessages();
      [...ready, ...delayed, ...inflight.map((entry) => entry.message)].forEach((message) => kept.remove(message.messageId));
      purge.call(queue);
    };
    return queue;
  };
  return sqsStore;
}
