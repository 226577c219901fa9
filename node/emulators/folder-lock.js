import { mkdirSync } from 'node:fs';
import path from 'node:path';

// A database that is garbage-collected is closed.
const locks = [];

/**
 * Locks a data folder for the life of this process, and creates it if necessary. Returns false if another process has locked it.
 * The lock is that of an empty LevelDB, which the operating system releases however the process ends; Node.js itself has none.
 */
export async function lockFolder(folder) {
  mkdirSync(folder, { recursive: true });
  const { default: leveldown } = await import('leveldown');
  const database = leveldown(path.join(folder, 'lock'));
  locks.push(database);
  return new Promise((resolve, reject) => {
    database.open((error) => {
      if (!error) {
        resolve(true);
      } else if (/^IO error: lock /.test(error.message)) {
        resolve(false);
      } else {
        reject(error);
      }
    });
  });
}
