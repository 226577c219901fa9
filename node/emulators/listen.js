const HOST = '127.0.0.1';

/** Has an http.Server listen on the loopback address. Returns the port; fails with one line. */
export function listen(server, port) {
  // A client must never find its idle connection closed between two calls.
  server.keepAliveTimeout = 0;
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(describe(error)));
    server.listen(port, HOST, () => resolve(server.address().port));
  });
}

function describe(error) {
  return error.code === 'EADDRINUSE'
    ? new Error(`port ${error.port} on ${HOST} is in use: stop what listens there or give another port`)
    : error;
}
