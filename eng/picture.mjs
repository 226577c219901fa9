// picture.mjs ADDRESS FILE: waits until the live page at the address shows its counters, and takes a screenshot.
import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { Chromium } from './chromium.mjs';

const [address, file] = process.argv.slice(2);
const WIDTH = 1440;
const HEIGHT = 1560;
const PATIENCE = 60_000;

const chromium = new Chromium();
try {
  const page = await chromium.open(address, WIDTH, HEIGHT);
  for (const end = Date.now() + PATIENCE; !(await chromium.evaluate('document.querySelectorAll(".headline").length > 0', page)); await delay(200)) {
    if (Date.now() > end) {
      throw new Error(`the page at ${address} shows no counters`);
    }
  }
  await delay(3000);
  const picture = await chromium.send('Page.captureScreenshot', { format: 'png' }, page);
  writeFileSync(file, Buffer.from(picture.data, 'base64'));
} finally {
  await chromium.close();
}
