// Synthesis, image cache and batches, on this machine: `node benchmarks/dataset.bench.mjs` (build first). Takes about a minute.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { shuffledIndices } from '@kanrecon/dataset';
import { openImageCache, scanDataset, synthesizeDataset } from '@kanrecon/dataset/node';

const root = mkdtempSync(join(tmpdir(), 'kanrecon-bench-'));
process.on('exit', () => rmSync(root, { recursive: true, force: true }));
const results = {
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  cpu: `${cpus()[0].model}, ${availableParallelism()} cores`,
  loadBefore: loadavg().map((load) => Math.round(load * 10) / 10),
  measurements: [],
};

/** Wall and processor time of `work`, which handles `images` images. */
async function measure(name, images, work, runs = 1) {
  const walls = [];
  let cpuMs = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const cpu = process.cpuUsage();
    const start = performance.now();
    await work(run);
    walls.push(performance.now() - start);
    const { user, system } = process.cpuUsage(cpu);
    cpuMs = Math.min(cpuMs, (user + system) / 1000);
  }
  const wallMs = walls.sort((a, b) => a - b)[Math.floor(runs / 2)];
  const round = (value) => Number(value.toPrecision(3));
  const entry = {
    name,
    images,
    runs,
    wallSeconds: round(wallMs / 1000),
    imagesPerSecond: round((1000 * images) / wallMs),
  };
  entry.cpuMsPerImage = round(cpuMs / images);
  results.measurements.push(entry);
  console.log(
    `${name.padEnd(64)} ${entry.wallSeconds} s, ${entry.imagesPerSecond} images/s, ${entry.cpuMsPerImage} ms of processor time each`,
  );
}

const bytesIn = (folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);

const dir = (run) => join(root, `small-${run}`);
await measure(
  'synthesise 2,000 images of 128 × 128, 2 workers',
  2000,
  (run) => synthesizeDataset({ dir: dir(run), shapes: 400, imageSize: 128, seed: 1, workers: 2 }),
  3,
);
results.bytesPerSample = Math.round(bytesIn(dir(0)) / 2000);
await measure('go through a finished data set again', 2000, () =>
  synthesizeDataset({ dir: dir(0), shapes: 400, imageSize: 128, seed: 1, workers: 2 }),
);
const large = join(root, 'large');
await measure('synthesise 100 images of 618 × 618, 2 workers', 100, () =>
  synthesizeDataset({ dir: large, shapes: 20, imageSize: 618, seed: 1, workers: 2 }),
);

const { samples } = await scanDataset(dir(0));
await measure('scan 2,000 samples', 2000, () => scanDataset(dir(0)), 3);
await measure('scan 2,000 samples and decode their images', 2000, () => scanDataset(dir(0), { checkImages: true }));
const cacheDir = (run) => join(root, `cache-${run}`);
await measure(
  'build a cache of 128 × 128 from 128 × 128',
  2000,
  async (run) => (await openImageCache({ samples, imageSize: 128, cacheDir: cacheDir(run) })).close(),
  3,
);
const { samples: largeSamples } = await scanDataset(large);
await measure(
  'build a cache of 224 × 224 from 618 × 618',
  100,
  async (run) => (await openImageCache({ samples: largeSamples, imageSize: 224, cacheDir: cacheDir(run) })).close(),
  3,
);
await measure(
  'open a finished cache',
  2000,
  async () => (await openImageCache({ samples, imageSize: 128, cacheDir: cacheDir(0) })).close(),
  3,
);

const cache = await openImageCache({ samples, imageSize: 128, cacheDir: cacheDir(0) });
const order = shuffledIndices(cache.count, 1, 0);
const batch = 32;
const out = new Uint8Array(batch * 128 * 128 * 3);
await measure(
  'read an epoch in batches of 32, shuffled (128 × 128), with targets',
  order.length,
  () => {
    for (let from = 0; from + batch <= order.length; from += batch) {
      const indices = order.subarray(from, from + batch);
      cache.readBatch(indices, out);
      cache.targets(indices);
    }
  },
  5,
);
// The rival: the whole cache in one array.
const name = readdirSync(cacheDir(0)).find((file) => file.startsWith('images-128-') && file.endsWith('.bin'));
const whole = readFileSync(join(cacheDir(0), name));
const rowBytes = 128 * 128 * 3;
await measure(
  'the same from one array in memory, without targets',
  order.length,
  () => {
    for (let from = 0; from + batch <= order.length; from += batch) {
      for (let i = 0; i < batch; i++) {
        const row = order[from + i];
        out.set(whole.subarray(row * rowBytes, (row + 1) * rowBytes), i * rowBytes);
      }
    }
  },
  5,
);
cache.close();

const folder = new URL('results/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('dataset.json', folder), `${JSON.stringify(results, null, 2)}\n`);
