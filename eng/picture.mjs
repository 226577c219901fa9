// picture.mjs ADDRESS FILE: waits until the live page at the address shows its counters, and takes a screenshot.
// Chromium receives commands through a pipe (https://chromedevtools.github.io/devtools-protocol/), each terminated by a NUL.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const [address, file] = process.argv.slice(2);
const WIDTH = 1440;
const HEIGHT = 1560;
const PATIENCE = 60_000;

const profile = mkdtempSync(join(tmpdir(), 'analytics-picture-'));
const browser = spawn(
  '/usr/bin/chromium',
  [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--hide-scrollbars', '--remote-debugging-pipe', `--user-data-dir=${profile}`,
  ],
  { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
);
const waiting = new Map();
let buffered = '';
browser.stdio[4].setEncoding('utf8').on('data', (data) => {
  const messages = (buffered + data).split('\0');
  buffered = messages.pop();
  for (const message of messages.map((text) => JSON.parse(text))) {
    const { resolve, reject } = waiting.get(message.id) ?? {};
    waiting.delete(message.id);
    if (message.error) {
      reject?.(new Error(message.error.message));
    } else {
      resolve?.(message.result);
    }
  }
});

let last = 0;
const send = (method, params = {}, sessionId = undefined) => new Promise((resolve, reject) => {
  waiting.set(++last, { resolve, reject });
  browser.stdio[3].write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
});

try {
  const { targetId } = await send('Target.createTarget', { url: address });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  await send('Emulation.setDeviceMetricsOverride', { width: WIDTH, height: HEIGHT, deviceScaleFactor: 1, mobile: false }, sessionId);
  // There is no execution context while the page is loading.
  const isReady = () => send('Runtime.evaluate', { expression: 'document.querySelectorAll(".headline").length > 0' }, sessionId)
    .then((answer) => answer.result.value, () => false);
  for (const end = Date.now() + PATIENCE; !(await isReady()); await delay(200)) {
    if (Date.now() > end) {
      throw new Error(`the page at ${address} shows no counters`);
    }
  }
  await delay(3000);
  const picture = await send('Page.captureScreenshot', { format: 'png' }, sessionId);
  writeFileSync(file, Buffer.from(picture.data, 'base64'));
} finally {
  const ended = new Promise((resolve) => browser.once('exit', resolve));
  browser.kill();
  await ended;
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}
