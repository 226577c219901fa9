/** The Kinesis emulator, an http.Server. */
export function createKinesis(require, folder) {
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
