// Training on images that are drawn meanwhile against training on images from a cache: images a second of `kanrecon train` at 128
// pixels, SqueezeNet, with one and two training workers, the two kinds in turn; and what the stream alone gives. Writes
// results/streaming.json.
//   node benchmarks/streaming.bench.mjs [scene…]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openImageStream } from '@kanrecon/dataset/node';

const program = fileURLToPath(new URL('../apps/trainer/bin/kanrecon.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'kanrecon-streaming-'));
const imageSize = 128;
const batchSize = 16;
const images = 480;
const epochs = 4;
const rounds = 1;

function kanrecon(line) {
  const { status, stderr } = spawnSync(process.execPath, [program, ...line.split(' ')], { cwd: folder });
  if (status !== 0) throw new Error(`kanrecon ${line}\n${stderr}`);
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Images a second of a run's epochs but the first, in which things are made ready. */
function rates(out, line) {
  kanrecon(`train ${line} --image-size ${imageSize} --batch-size ${batchSize} --epochs ${epochs} --out ${out}`);
  const log = readFileSync(join(folder, out, 'log.jsonl'), 'utf8')
    .trim()
    .split('\n');
  return log.slice(1).map((record) => JSON.parse(record).images_per_second);
}

async function streamRate(scene, workers) {
  const stream = openImageStream({ scene, seed: 1, imageSize, batchSize, workers });
  for (let k = 0; k < 4; k++) await stream.next();
  const count = 30;
  const start = performance.now();
  for (let k = 0; k < count; k++) await stream.next();
  const seconds = (performance.now() - start) / 1000;
  await stream.close();
  return (count * batchSize) / seconds;
}

const scenes = process.argv.length > 2 ? process.argv.slice(2) : ['observable', 'fluted'];
const results = [];
try {
  for (const scene of scenes) {
    kanrecon(
      `synth --scene ${scene} --out ${scene} --shapes ${images + 16} --views 1 --size ${imageSize} --split ${images / (images + 16)},${16 / (images + 16)},0`,
    );
    const streamAlone = [await streamRate(scene, 1), await streamRate(scene, 2)].map(Math.round);
    for (const workers of [1, 2]) {
      const found = { cache: [], stream: [] };
      for (let round = 0; round < rounds; round++) {
        const name = `${scene}-${workers}-${round}`;
        const common = `--dataset ${scene} --workers ${workers}`;
        found.cache.push(...rates(`${name}-cache`, common));
        found.stream.push(...rates(`${name}-stream`, `--stream dataset --epoch-images ${images} ${common}`));
      }
      const [cache, stream] = [median(found.cache), median(found.stream)];
      results.push({
        scene,
        trainingWorkers: workers,
        cacheImagesPerSecond: Number(cache.toFixed(1)),
        streamImagesPerSecond: Number(stream.toFixed(1)),
        streamToCache: Number((stream / cache).toFixed(3)),
        streamAloneImagesPerSecond: { oneThread: streamAlone[0], twoThreads: streamAlone[1] },
      });
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const report = {
  benchmark: 'streaming',
  what: `kanrecon train, SqueezeNet, ${imageSize} pixels, batches of ${batchSize}: images a second from a cache and from --stream (one drawing thread), in turn; median of the epochs after each run's first`,
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus()[0].model.trim()}, ${availableParallelism()} cores, Node ${process.versions.node}`,
  loadAverage: Number(loadavg()[0].toFixed(1)),
  results,
};
writeFileSync(new URL('results/streaming.json', import.meta.url), `${JSON.stringify(report, null, 2)}\n`);
console.log(`${report.machine}, load ${report.loadAverage}`);
console.table(
  results.map(({ streamAloneImagesPerSecond: alone, ...row }) => ({
    ...row,
    alone1: alone.oneThread,
    alone2: alone.twoThreads,
  })),
);
