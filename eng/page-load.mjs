// page-load.mjs [RATE [SECONDS]]: measures the live page of `analytics up`: the time until it shows events, then at RATE events a second
// the page's frames and the memory of the page, the command and the local services.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { Chromium } from './chromium.mjs';

const [rate = '2000', seconds = '180'] = process.argv.slice(2);
const root = resolve(import.meta.dirname, '..');
const POLL = 50;
const PATIENCE = 120_000;
const FRAMES = `window.frames = []; let last = performance.now();
  const next = (now) => { window.frames.push(now - last); last = now; requestAnimationFrame(next); };
  requestAnimationFrame(next);`;
const EVENTS = '[...document.querySelectorAll(".headline")].some((one) => Number(one.dataset.value) > 0)';

function megabytes(pid) {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').split('\n').find((one) => one.startsWith('VmRSS:'));
  return Math.round(Number(line.split(/\s+/)[1]) / 1024);
}

function servicesOf(pid) {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
    .find((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('start.js'));
}

const folder = mkdtempSync(join(tmpdir(), 'analytics-page-'));
const chromium = new Chromium();
await chromium.send('Browser.getVersion');
const started = Date.now();
const up = spawn(
  join(root, 'src/Cli/bin/Release/net10.0/analytics'), ['up', '--template', join(root, 'template.yaml'), '--rate', rate],
  { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] },
);
const ended = new Promise((done) => up.once('exit', done));
try {
  const address = await new Promise((found, failed) => {
    createInterface({ input: up.stdout }).on('line', (line) => line.startsWith('Live page: ') && found(line.slice('Live page: '.length)));
    up.once('exit', (code) => failed(new Error(`analytics up ended with exit code ${code}`)));
  });
  const page = await chromium.open(address, 1440, 1560);
  for (; !(await chromium.evaluate(EVENTS, page)); await delay(POLL)) {
    if (Date.now() - started > PATIENCE) {
      throw new Error(`the page at ${address} shows no events`);
    }
  }
  console.log(`The page shows events ${((Date.now() - started) / 1000).toFixed(1)} s after the command was started.`);

  await chromium.evaluate(FRAMES, page);
  const services = servicesOf(up.pid);
  console.log('seconds  command MB  services MB  page MB');
  for (let second = 0; second <= Number(seconds); second += 30) {
    const heap = await chromium.evaluate('Math.round(performance.memory.usedJSHeapSize / 1048576)', page);
    console.log(`${String(second).padStart(7)} ${String(megabytes(up.pid)).padStart(11)} ${String(megabytes(services)).padStart(12)} ${String(heap).padStart(8)}`);
    await delay(second < Number(seconds) ? 30_000 : 0);
  }

  // An average frame takes 17 ms, so a second has enough of them.
  await delay(1_000);
  const frames = (await chromium.evaluate('window.frames', page)).sort((one, other) => one - other);
  const at = (share) => frames[Math.floor((frames.length - 1) * share)].toFixed(1);
  console.log(`Frames at ${rate} events a second over ${seconds} s: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms; `
    + `${frames.filter((frame) => frame > 100).length} of ${frames.length} over 100 ms.`);
} finally {
  await chromium.close();
  up.kill('SIGINT');
  await ended;
  rmSync(folder, { recursive: true, force: true });
}
