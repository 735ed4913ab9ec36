// Images per second of @kanrecon/render on one core, everything included: tessellation, camera fit, rasterisation with
// anti-aliasing, shading, shadows, tone curve. Writes results/render.json.
//   node benchmarks/render.bench.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { spiralCylinder } from '@kanrecon/geometry';
import { cameraRotation, renderSurface } from '@kanrecon/render';

/** A linear congruential generator: the same images in every run. */
let state = 1;
function random() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}

const shapes = Array.from({ length: 60 }, () => ({
  parameters: spiralCylinder.parameters.map(({ min, max }) => min + random() * (max - min)),
  options: {
    rotation: cameraRotation({
      x: ((30 + 40 * random()) * Math.PI) / 180,
      y: 2 * Math.PI * random(),
      z: 2 * Math.PI * random(),
    }),
    baseColor: [random(), random(), random()],
  },
}));

const results = [96, 128, 224, 618].map((size) => {
  const rounds = size > 300 ? 5 : 12;
  const times = [];
  const best = new Array(shapes.length).fill(Number.POSITIVE_INFINITY);
  for (let round = -2; round < rounds; round++) {
    for (const [index, { parameters, options }] of shapes.entries()) {
      const start = performance.now();
      renderSurface(spiralCylinder, parameters, { ...options, size });
      const time = performance.now() - start;
      if (round < 0) continue;
      times.push(time);
      best[index] = Math.min(best[index], time);
    }
  }
  times.sort((a, b) => a - b);
  const medianMs = times[times.length >> 1];
  const bestMs = best.reduce((sum, time) => sum + time, 0) / best.length;
  return {
    size,
    medianMs: Number(medianMs.toFixed(3)),
    imagesPerSecond: Math.round(1000 / medianMs),
    undisturbedMs: Number(bestMs.toFixed(3)),
    undisturbedImagesPerSecond: Math.round(1000 / bestMs),
  };
});

const report = {
  benchmark: 'render',
  what: 'renderSurface, study preset, default settings, one core; median of all calls, and mean over shapes of the fastest call',
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus()[0].model.trim()}, ${cpus().length} cores, Node ${process.versions.node}`,
  loadAverage: Number(loadavg()[0].toFixed(1)),
  reference: 'Blender 0.7 to 5 s an image (the study notes’ figure, not run here)',
  results,
};
mkdirSync(new URL('results/', import.meta.url), { recursive: true });
writeFileSync(new URL('results/render.json', import.meta.url), `${JSON.stringify(report, null, 2)}\n`);

console.log(`${report.machine}, load ${report.loadAverage}`);
console.log('size   median ms   images/s   undisturbed ms   images/s   Blender, images/s (not run here)');
for (const row of results) {
  console.log(
    `${String(row.size).padStart(4)}${row.medianMs.toFixed(2).padStart(12)}${String(row.imagesPerSecond).padStart(11)}` +
      `${row.undisturbedMs.toFixed(2).padStart(17)}${String(row.undisturbedImagesPerSecond).padStart(11)}   0.2 to 1.4`,
  );
}
