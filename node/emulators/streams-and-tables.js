/** The Kinesis emulator, an http.Server. */
export function createKinesis(require, folder) {
  rememberParsedSequenceNumbers(require);
  return require('kinesalite')({
    path: folder,
    shardLimit: 500,
    createStreamMs: 50,
    deleteStreamMs: 50,
    updateStreamMs: 50,
  });
}

/** The DynamoDB emulator, an http.Server. */
export function createDynamoDb(require, folder) {
  returnTheItemOnAFailedCondition(require);
  rememberTables(require);
  return require('dynalite')({ path: folder, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
}

// dynalite checks conditions while holding the item's lock, but does not support ReturnValuesOnConditionCheckFailure.
function returnTheItemOnAFailedCondition(require) {
  for (const action of ['putItem', 'updateItem', 'deleteItem']) {
    require(`dynalite/validations/${action}`).types.ReturnValuesOnConditionCheckFailure = {
      type: 'String',
      enum: ['ALL_OLD', 'NONE'],
    };
  }
  const db = require('dynalite/db');
  const checkConditional = db.checkConditional;
  db.checkConditional = (request, existingItem) => {
    const error = checkConditional(request, existingItem);
    if (error && existingItem && request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD') {
      error.body.Item = existingItem;
    }
    return error;
  };
}

// kinesalite parses the first sequence number of the shard again for each record that is put: a third of the time of a put.
function rememberParsedSequenceNumbers(require) {
  const MAX_REMEMBERED = 1_000;
  const db = require('kinesalite/db');
  const parse = db.parseSequence;
  const parsed = new Map();
  db.parseSequence = (sequenceNumber) => {
    let result = parsed.get(sequenceNumber);
    if (!result) {
      result = Object.freeze(parse(sequenceNumber));
      if (parsed.size >= MAX_REMEMBERED) {
        parsed.clear();
      }
      parsed.set(sequenceNumber, result);
    }
    return result;
  };
}

// dynalite reads the table's description from the disk again for each item that is written.
function rememberTables(require) {
  const db = require('dynalite/db');
  const create = db.create;
  db.create = (options) => {
    const store = create(options);
    const { getTable, tableDb } = store;
    const active = new Map();
    let changes = 0;
    for (const change of ['put', 'del', 'batch']) {
      const original = tableDb[change];
      tableDb[change] = (...args) => {
        changes++;
        active.clear();
        return original.apply(tableDb, args);
      };
    }

    store.getTable = (name, checkStatus, callback) => {
      if (typeof checkStatus !== 'function') {
        getTable(name, checkStatus, callback);
        return;
      }
      if (active.has(name)) {
        checkStatus(null, active.get(name));
        return;
      }
      const before = changes;
      getTable(name, (error, table) => {
        if (!error && table.TableStatus === 'ACTIVE' && before === changes) {
          active.set(name, table);
        }
        checkStatus(error, table);
      });
    };
    return store;
  };
}
