// How long refinement takes in a worker of headless Chromium, beside a thread of Node on the same images in the same run.
//   node benchmarks/refine-browser.bench.mjs [--scenes study,observable,fluted] [--count 20] [--out results/refine-browser.json]
// Both take turns, five images each, so that what else the machine does hits both. The first two images of each are left out, as they
// compile. Needs Chromium (apt install chromium, or CHROMIUM_PATH).
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { findChromium } from '../tests/browser/find-chromium.mjs';
import { refineFresh } from './refine/refine-fresh.mjs';

const { values } = parseArgs({
  options: {
    scenes: { type: 'string', default: 'study,observable,fluted' },
    count: { type: 'string', default: '20' },
    out: { type: 'string', default: 'results/refine-browser.json' },
  },
});
const warmup = 2;
const turn = 5;
const executablePath = findChromium();
if (!executablePath) {
  console.error('No Chromium was found; install it (apt install chromium) or set CHROMIUM_PATH.');
  process.exit(2);
}
const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('refine/browser-worker.mjs', import.meta.url))],
  bundle: true,
  format: 'iife',
  platform: 'browser',
  write: false,
  logLevel: 'error',
});
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const results = {};
try {
  const page = await browser.newPage();
  await page.evaluate((script) => {
    globalThis.worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
  }, outputFiles[0].text);
  for (const scene of values.scenes.split(',')) results[scene] = await compare(page, scene, Number(values.count));
} finally {
  await browser.close();
}
const record = {
  what: 'Seconds by the clock to refine a fresh image of 64 pixels from a near start: a worker of headless Chromium beside Node.',
  results,
  machine: {
    cpu: cpus()[0]?.model,
    cores: availableParallelism(),
    node: process.version,
    load: Number(loadavg()[0].toFixed(2)),
    date: new Date().toISOString().slice(0, 10),
  },
};
writeFileSync(fileURLToPath(new URL(values.out, import.meta.url)), `${JSON.stringify(record, null, 2)}\n`);
console.log(JSON.stringify(record, null, 2));

async function compare(page, scene, count) {
  const [node, chrome] = [[], []];
  for (let first = 0; first < count + warmup; first += turn) {
    const numbers = Array.from({ length: Math.min(turn, count + warmup - first) }, (_, i) => first + i);
    node.push(...(await refineFresh(scene, numbers)));
    chrome.push(...(await page.evaluate(inWorker, { scene, numbers })));
    process.stderr.write(`\r${scene}: ${node.length} of ${count + warmup} `);
  }
  process.stderr.write('\n');
  const off = node.map(({ normalized }, i) =>
    Math.max(...normalized.map((value, j) => Math.abs(value - chrome[i].normalized[j]))),
  );
  const [ours, theirs] = [node, chrome].map((rows) => rows.slice(warmup).map(({ seconds }) => seconds));
  return {
    images: count,
    node: summary(ours),
    chromium: summary(theirs),
    ratio: round(median(theirs.map((seconds, i) => seconds / ours[i]))),
    largest_difference: round(Math.max(...off)),
  };
}

function inWorker(task) {
  return new Promise((resolve, reject) => {
    globalThis.worker.onmessage = ({ data }) => resolve(data);
    globalThis.worker.onerror = ({ message }) => reject(new Error(message));
    globalThis.worker.postMessage(task);
  });
}

function summary(seconds) {
  return {
    median: round(median(seconds)),
    mean: round(seconds.reduce((sum, value) => sum + value, 0) / seconds.length),
  };
}

function median(list) {
  return [...list].sort((a, b) => a - b)[list.length >> 1];
}

function round(value) {
  return Number(value.toPrecision(3));
}
