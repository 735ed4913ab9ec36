// What the shipped networks say by themselves, without refinement, of fresh images: R², errors, and whether their calibrated intervals hold what
// they promise, by parameter and in four groups by width.
//   node benchmarks/networks.bench.mjs [--models study,observable,fluted] [--images 8000] [--out results/networks.json]
// No training and no calibration has seen the images; a group of 2,000 holds what it promises to a hundredth and a half.
import { parseArgs } from 'node:util';
import { coverageByWidth, intervalCoverage } from '@kanrecon/metrics';
import { loadPretrained } from '@kanrecon/pretrained/node';
import { calibratedIntervals, storedCalibration } from '@kanrecon/training';
import { setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { drawImages } from '../packages/pretrained/scripts/pack/draw-images.mjs';
import { writeRecord } from './training/write-record.mjs';

const { values } = parseArgs({
  options: {
    models: { type: 'string', default: 'study,observable,fluted' },
    images: { type: 'string', default: '8000' },
    out: { type: 'string', default: 'results/networks.json' },
  },
});
await setBackend('wasm');
const models = {};
for (const name of values.models.split(',')) {
  models[name] = await scoresOf(name);
  console.log(`${name}: ${JSON.stringify(models[name], null, 1)}`);
}
writeRecord(values.out, {
  what: 'Shipped networks without refinement on fresh images: R² and the shares of truths inside their calibrated intervals, in all and in four groups by width, narrow ones first.',
  machine: {},
  models,
});

async function scoresOf(name) {
  const { reconstructor, scene } = await loadPretrained(name);
  const { parameters } = scene.surface;
  const { images, targets, count } = drawImages(scene, reconstructor, Number(values.images));
  const { mean, spread } = await reconstructor.predictBatchWithSpread(images);
  const width = reconstructor.targets.length;
  const calibration = storedCalibration(reconstructor.card.calibration, parameters);
  const rows = Array.from({ length: count }, (_, row) => {
    const of = (all) => all.subarray(row * width, row * width + parameters.length);
    const intervals = calibratedIntervals(calibration, parameters, of(mean), of(spread));
    return { real: of(targets), mean: of(mean), intervals };
  });
  return {
    images: count,
    calibrated_with: calibration.images,
    parameters: Object.fromEntries(parameters.map((parameter, j) => [parameter.name, scoresOfOne(parameter, j, rows)])),
  };
}

function scoresOfOne({ name, min, max }, j, rows) {
  const real = rows.map((row) => min + row.real[j] * (max - min));
  const end = (level, which) => rows.map(({ intervals }) => intervals[name][level][which]);
  const covered = (level) => round(intervalCoverage(real, end(level, 0), end(level, 1)).coverage);
  const groups = coverageByWidth(real, end(90, 0), end(90, 1), 4);
  const middle = real.reduce((sum, value) => sum + value, 0) / real.length;
  const left = rows.reduce((sum, row, i) => sum + (min + row.mean[j] * (max - min) - real[i]) ** 2, 0);
  return {
    r2: round(1 - left / real.reduce((sum, value) => sum + (value - middle) ** 2, 0)),
    inside_50: covered(50),
    inside_90: covered(90),
    inside_90_by_width: groups.map(({ coverage }) => round(coverage)),
  };
}

function round(value) {
  return Number(value.toPrecision(4));
}
