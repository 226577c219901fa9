// Debian's Chromium, headless, driven through a pipe (https://chromedevtools.github.io/devtools-protocol/), each message terminated by a NUL.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class Chromium {
  constructor() {
    this.profile = mkdtempSync(join(tmpdir(), 'analytics-chromium-'));
    this.waiting = new Map();
    this.last = 0;
    this.process = spawn(
      '/usr/bin/chromium',
      [
        '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync', '--hide-scrollbars', '--remote-debugging-pipe', `--user-data-dir=${this.profile}`,
      ],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
    );
    let buffered = '';
    this.process.stdio[4].setEncoding('utf8').on('data', (data) => {
      const messages = (buffered + data).split('\0');
      buffered = messages.pop();
      messages.forEach((text) => this.receive(JSON.parse(text)));
    });
  }

  receive({ id, error, result }) {
    const { resolve, reject } = this.waiting.get(id) ?? {};
    this.waiting.delete(id);
    if (error) {
      reject?.(new Error(error.message));
    } else {
      resolve?.(result);
    }
  }

  send(method, params = {}, sessionId = undefined) {
    return new Promise((resolve, reject) => {
      this.waiting.set(++this.last, { resolve, reject });
      this.process.stdio[3].write(`${JSON.stringify({ id: this.last, method, params, sessionId })}\0`);
    });
  }

  /** Opens a page of a size; returns its session. */
  async open(url, width, height) {
    const { targetId } = await this.send('Target.createTarget', { url });
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    await this.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false }, sessionId);
    return sessionId;
  }

  /** The value of an expression in a page, or undefined while the page is loading: then there is no execution context. */
  evaluate(expression, sessionId) {
    return this.send('Runtime.evaluate', { expression, returnByValue: true }, sessionId).then((answer) => answer.result.value, () => undefined);
  }

  async close() {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill();
    await ended;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
