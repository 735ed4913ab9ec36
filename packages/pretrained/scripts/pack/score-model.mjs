import { calibratedIntervals, scoreCamera, storedCalibration } from '@kanrecon/training';
import { bootstrap } from './bootstrap.mjs';
import { cameraTargetsOf } from './camera-targets-of.mjs';
import { scoresSeed } from './draw-images.mjs';

/**
 * How a model does on drawn images.
 *
 * @param {import('@kanrecon/scene').Scene} scene
 * @param {import('@kanrecon/model').Reconstructor} reconstructor
 * @param {{ count: number, images: Uint8Array, targets: Float32Array }} drawn
 * @returns {Promise<Pick<import('../../src/card.js').PretrainedCard, 'scores' | 'calibration'>>}
 */
export async function scoreModel(scene, reconstructor, { count, images, targets }) {
  const { mean, spread } = await reconstructor.predictBatchWithSpread(images);
  const width = reconstructor.targets.length;
  const { parameters } = scene.surface;
  const { limits } = reconstructor.card;
  const r2Of = (j) => (rows) => {
    const real = rows.reduce((sum, row) => sum + targets[row * width + j], 0) / rows.length;
    let [left, all] = [0, 0];
    for (const row of rows) {
      left += (targets[row * width + j] - mean[row * width + j]) ** 2;
      all += (targets[row * width + j] - real) ** 2;
    }
    return 1 - left / all;
  };
  const scores = parameters.map(({ name }, j) => ({ name, r2: r2Of(j) }));
  const visible = scores.filter(({ name }) => !limits?.invisible?.includes(name));
  const meanOf = (numbers) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const best = limits?.best?.perParameter?.filter(({ name }) => visible.some((score) => score.name === name));
  return {
    scores: {
      images: count,
      seed: scoresSeed,
      r2: bootstrap(count, (rows) => meanOf(visible.map(({ r2 }) => r2(rows)))),
      bestR2: best ? Number(meanOf(best.map(({ r2 }) => r2)).toFixed(4)) : null,
      perParameter: Object.fromEntries(scores.map(({ name, r2 }) => [name, bootstrap(count, r2)])),
      cameraDegrees: cameraDegrees(scene, reconstructor, count, targets, mean),
    },
    calibration: spread ? held(scene, reconstructor, { count, targets, mean, spread }) : null,
  };
}

function cameraDegrees(scene, reconstructor, count, targets, mean) {
  const camera = cameraTargetsOf(reconstructor.targets, scene);
  if (camera.length === 0) return null;
  const { width, from } = { width: reconstructor.targets.length, from: scene.surface.parameters.length };
  const errors = Float64Array.from({ length: count }, (_, row) => {
    const ofRow = (values) => values.slice(row * width + from, (row + 1) * width);
    // Of one image the median is its own.
    return scoreCamera(scene, camera, ofRow(targets), ofRow(mean)).rotation.medianDegrees;
  });
  return bootstrap(count, (rows) => {
    const sorted = Float64Array.from(rows, (row) => errors[row]).sort();
    return sorted[sorted.length >> 1];
  });
}

/** Which share of the real values lies within the calibrated intervals of 90 %. */
function held(scene, reconstructor, { count, targets, mean, spread }) {
  const { parameters } = scene.surface;
  const calibration = storedCalibration(reconstructor.card.calibration, parameters);
  if (!calibration) return null;
  const width = reconstructor.targets.length;
  const shares = Float64Array.from({ length: count }, (_, row) => {
    const ofRow = (values) => values.subarray(row * width, row * width + parameters.length);
    const intervals = calibratedIntervals(calibration, parameters, ofRow(mean), ofRow(spread));
    const inside = parameters.filter(({ name, min, max }, j) => {
      const value = min + ofRow(targets)[j] * (max - min);
      const [low, high] = intervals[name][90];
      return value >= low && value <= high;
    });
    return inside.length / parameters.length;
  });
  return {
    images: calibration.images,
    held90: bootstrap(count, (rows) => rows.reduce((sum, row) => sum + shares[row], 0) / rows.length),
  };
}
