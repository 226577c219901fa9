// A function that is not .NET: it speaks the Runtime API with nothing but Node, and does what the event asks for.
'use strict'
const http = require('http')
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':')

function request(method, path, body, headers) {
  return new Promise((resolve, reject) => {
    const req = http.request({ host, port, method, path: '/2018-06-01/runtime' + path, headers }, res => {
      const chunks = []
      res.on('data', chunk => chunks.push(chunk))
      res.on('end', () => resolve({ headers: res.headers, status: res.statusCode, body: Buffer.concat(chunks).toString() }))
    })
    req.on('error', reject)
    req.end(body)
  })
}

let invocations = 0
async function main() {
  if (process.env.INIT === 'error') {
    await request('POST', '/init/error', JSON.stringify({ errorType: 'Init.Failed', errorMessage: 'no luck' }))
    process.exit(1)
  }
  if (process.env.INIT === 'exit') process.exit(3)
  if (process.env.INIT === 'hang') {
    console.log('hanging at the start')
    return setInterval(() => {}, 1000)
  }
  for (;;) {
    const next = await request('GET', '/invocation/next')
    const id = next.headers['lambda-runtime-aws-request-id']
    const event = JSON.parse(next.body)
    invocations++
    console.log('handling ' + (event.do || 'nothing'))
    if (event.do === 'exit') process.exit(7)
    if (event.do === 'hang') { await new Promise(() => setInterval(() => {}, 1000)) }
    if (event.do === 'throw') {
      await request('POST', `/invocation/${id}/error`, JSON.stringify({ errorType: 'Boom', errorMessage: 'thrown', stackTrace: [] }))
      continue
    }
    if (event.do === 'allocate') { global.kept = Buffer.alloc(event.bytes, 1); await new Promise(() => setInterval(() => {}, 1000)) }
    if (event.do === 'allocate-and-answer') Buffer.alloc(event.bytes, 1)
    const response = event.do === 'large'
      ? JSON.stringify('x'.repeat(event.bytes))
      : event.do === 'little' ? '{}' : JSON.stringify({
        pid: process.pid, invocations, event, deadline: Number(next.headers['lambda-runtime-deadline-ms']),
        arn: next.headers['lambda-runtime-invoked-function-arn'], environment: process.env,
      })
    await request('POST', `/invocation/${id}/response`, response)
  }
}
main()
