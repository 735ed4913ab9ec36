// Images per second of @kanrecon/render on one core, everything included: tessellation, camera fit, rasterisation with
// anti-aliasing, shading, shadows, tone curve. Three looks, as training draws them: the study's; a hue wheel and a lobed column from
// a fixed distance. Writes results/render.json.
//   node benchmarks/render.bench.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { flutedColumn, spiralCylinder } from '@kanrecon/geometry';
import { cameraRotation, fixedCamera, renderSurface } from '@kanrecon/render';

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

/** A camera that all objects fit before. */
const far = ({ parameters, options: { rotation } }) =>
  fixedCamera({ rotation, target: [0, 0, parameters[1] / 2], distance: 9 });

const looks = [
  {
    look: 'study',
    surface: spiralCylinder,
    sizes: [64, 96, 128, 224, 618],
    optionsOf: ({ options }) => options,
  },
  {
    look: 'spiral cylinder, hue wheel, fixed camera',
    surface: spiralCylinder,
    sizes: [64, 128],
    optionsOf: (shape) => ({ camera: far(shape), pattern: 'hue-wheel' }),
  },
  {
    look: 'fluted column, plain, fixed camera',
    surface: flutedColumn,
    sizes: [64, 128],
    optionsOf: (shape) => ({ camera: far(shape), baseColor: shape.options.baseColor }),
  },
];

const results = looks.flatMap(({ look, surface, sizes, optionsOf }) =>
  sizes.map((size) => {
    const rounds = size > 300 ? 3 : 8;
    const times = [];
    const best = new Array(shapes.length).fill(Number.POSITIVE_INFINITY);
    for (let round = -2; round < rounds; round++) {
      for (const [index, shape] of shapes.entries()) {
        const options = { ...optionsOf(shape), size };
        const start = performance.now();
        renderSurface(surface, shape.parameters, options);
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
      look,
      size,
      medianMs: Number(medianMs.toFixed(3)),
      imagesPerSecond: Math.round(1000 / medianMs),
      undisturbedMs: Number(bestMs.toFixed(3)),
      undisturbedImagesPerSecond: Math.round(1000 / bestMs),
    };
  }),
);

const report = {
  benchmark: 'render',
  what: 'renderSurface, default settings, one core; median of all calls, and mean over shapes of the fastest call',
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus()[0].model.trim()}, ${cpus().length} cores, Node ${process.versions.node}`,
  loadAverage: Number(loadavg()[0].toFixed(1)),
  reference: 'Blender 0.7 to 5 s an image (the study notes’ figure, not run here)',
  results,
};
mkdirSync(new URL('results/', import.meta.url), { recursive: true });
writeFileSync(new URL('results/render.json', import.meta.url), `${JSON.stringify(report, null, 2)}\n`);

console.log(`${report.machine}, load ${report.loadAverage}`);
console.log(
  `${'look'.padEnd(42)}size   median ms   images/s   undisturbed ms   images/s   Blender, images/s (not run here)`,
);
for (const row of results) {
  console.log(
    `${row.look.padEnd(42)}${String(row.size).padStart(4)}${row.medianMs.toFixed(2).padStart(12)}${String(row.imagesPerSecond).padStart(11)}` +
      `${row.undisturbedMs.toFixed(2).padStart(17)}${String(row.undisturbedImagesPerSecond).padStart(11)}   0.2 to 1.4`,
  );
}
