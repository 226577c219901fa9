// Runs the handler of the module that _HANDLER names, such as `archive`, with the Lambda Runtime API. Lambda's own client for Node.js is a native addon
// that needs Node.js 22 or later and a compiler; this loop does less work than that.
import http from 'node:http';

const HANDLERS = {
  archive: () => import('./archive.js'),
  counters: () => import('./counters.js'),
  results: () => import('./results.js'),
  alerts: () => import('./alerts.js'),
};

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function call(method, path, body) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host, port, agent, method, path: `/2018-06-01/runtime/${path}` }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString('utf8') }));
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

const { handler } = await HANDLERS[process.env._HANDLER]();
for (;;) {
  const { headers, body } = await call('GET', 'invocation/next');
  const id = headers['lambda-runtime-aws-request-id'];
  const context = {
    awsRequestId: id,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: '$LATEST',
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    getRemainingTimeInMillis: () => Number(headers['lambda-runtime-deadline-ms']) - Date.now(),
  };
  try {
    await call('POST', `invocation/${id}/response`, JSON.stringify(await handler(JSON.parse(body), context)));
  } catch (error) {
    await call('POST', `invocation/${id}/error`, JSON.stringify({ errorType: error.name, errorMessage: error.message, stackTrace: [error.stack] }));
  }
}
