// Resizing of RGB bytes to RGB bytes in memory beside sharp and Pillow in the same run: `node benchmarks/image.bench.mjs` (build first).
// Takes half a minute. PYTHON=… names a Python that has Pillow.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { resizeImage } from '@kanrecon/image';
import sharp from 'sharp';

/** Seconds that a measurement lasts at least, and how many there are of each. */
const least = 0.05;
const rounds = 11;
const python = process.env.PYTHON ?? '/usr/bin/python3';
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const cases = [
  [128, 128, 64, 64],
  [618, 618, 224, 224],
  [1024, 1024, 64, 64],
  [4000, 3000, 224, 168],
  [64, 64, 224, 224],
];
/** What sharp calls our filters. */
const kernels = { lanczos: sharp.kernel.lanczos3, bilinear: sharp.kernel.linear };

/** Milliseconds of one run: CPU time of all threads, so that a busy machine does not count, and wall time. */
async function measureOnce(run) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  let count = 0;
  while (count === 0 || performance.now() - start < 1000 * least) {
    await run();
    count++;
  }
  const { user, system } = process.cpuUsage(cpu);
  return { cpu: (user + system) / 1000 / count, wall: (performance.now() - start) / count };
}

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
const round = (value) => Number(value.toPrecision(3));

/** Medians of both, measured by turns. */
async function measure(runs) {
  const times = runs.map(() => []);
  for (let i = 0; i < rounds + 1; i++) {
    for (const [r, run] of runs.entries()) {
      const once = await measureOnce(run);
      if (i > 0) times[r].push(once); // the first warms up
    }
  }
  return times.map((list) => ({
    cpu: round(median(list.map(({ cpu }) => cpu))),
    wall: round(median(list.map(({ wall }) => wall))),
  }));
}

/** Pillow's times, or undefined after saying why there are none. */
function measurePillow() {
  const { status, stdout, stderr, error } = spawnSync(python, [
    here('image-pillow.py'),
    String(least),
    String(rounds),
    JSON.stringify(cases),
  ]);
  if (status === 0) return JSON.parse(stdout.toString());
  const reason = error?.message ?? stderr.toString().trim().split('\n').pop();
  console.log(`Pillow skipped (${reason}); \`apt-get install python3-pil\` gets it, PYTHON=… names another Python.\n`);
  return undefined;
}

const load = loadavg().map((value) => Math.round(value * 10) / 10);
const pillow = measurePillow();
const measurements = [];
for (const [index, [width, height, toWidth, toHeight]] of cases.entries()) {
  const row = Uint8Array.from({ length: 3 * width }, (_, i) => Math.imul(i, 2654435761) >>> 24);
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) data.set(row, y * row.length);
  const image = { width, height, data };
  const out = new Uint8Array(3 * toWidth * toHeight);
  for (const filter of Object.keys(kernels)) {
    const raw = { width, height, channels: 3 };
    const [ours, sharps] = await measure([
      () => resizeImage(image, toWidth, toHeight, { filter }, out),
      () => sharp(data, { raw }).resize(toWidth, toHeight, { fit: 'fill', kernel: kernels[filter] }).raw().toBuffer(),
    ]);
    const entry = {
      what: `${width} × ${height} to ${toWidth} × ${toHeight}, ${filter}`,
      'ours, CPU ms': ours.cpu,
      'ours, wall ms': ours.wall,
      'sharp, CPU ms': sharps.cpu,
      'sharp, wall ms': sharps.wall,
      'Pillow, CPU ms': pillow && round(pillow.cases[index][filter]),
    };
    measurements.push(entry);
  }
}
console.table(measurements);

const results = {
  what: 'Milliseconds for one image, RGB bytes to RGB bytes in memory; medians, ours and sharp by turns.',
  date: new Date().toISOString().slice(0, 10),
  machine: {
    cpu: `${cpus()[0].model}, ${availableParallelism()} cores`,
    node: process.version,
    sharp: `${sharp.versions.sharp}, libvips ${sharp.versions.vips}, ${sharp.concurrency()} thread(s)`,
    pillow: pillow && `${pillow.pillow}, Python ${pillow.python}`,
    loadBefore: load,
  },
  measurements,
};
mkdirSync(here('results/'), { recursive: true });
writeFileSync(here('results/image.json'), `${JSON.stringify(results, null, 2)}\n`);
