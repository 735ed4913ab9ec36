import { imageLimits } from '@kanrecon/identifiability';
import { Reconstructor } from '@kanrecon/model';
import { calibrate, takeColumns } from '@kanrecon/training';
import { calibrationSeed, drawImages } from './draw-images.mjs';

/** Images drawn at once. */
const batchSize = 1000;
/** Of similar spread: with 8,000 images each holds what it promises to a hundredth. */
const groups = 8;

/**
 * The network with intervals that are calibrated on fresh images: the few hundred that a training validates on leave them off by several
 * hundredths, narrow ones and wide ones most of all.
 *
 * @param {import('@kanrecon/scene').Scene} scene
 * @param {import('@kanrecon/model').Reconstructor} reconstructor
 * @param {number} count images
 * @returns {Promise<import('@kanrecon/model').Reconstructor>} the same where it does not say how sure it is
 */
export async function recalibrated(scene, reconstructor, count) {
  const { config, targets, model, head, card } = reconstructor;
  const { parameters } = scene.surface;
  const columns = parameters.map((_, j) => j);
  const all = { real: [], mean: [], spread: [] };
  for (let batch = 0; batch * batchSize < count; batch++) {
    const drawn = drawImages(scene, reconstructor, batchSize, { seed: calibrationSeed, batch });
    const found = await reconstructor.predictBatchWithSpread(drawn.images);
    if (!found.spread) return reconstructor;
    const parts = { real: drawn.targets, mean: found.mean, spread: found.spread };
    const rows = Math.min(batchSize, count - batch * batchSize);
    for (const [key, values] of Object.entries(parts)) {
      all[key].push(takeColumns(values, targets.length, columns).subarray(0, rows * columns.length));
    }
  }
  const { combinations } = await imageLimits(scene);
  const joined = Object.fromEntries(Object.entries(all).map(([key, parts]) => [key, joinedFloats(parts)]));
  const calibration = calibrate(targets.slice(0, parameters.length), combinations, joined, { groups });
  return new Reconstructor({ config, targets, model, spec: head, card: { ...card, calibration } });
}

function joinedFloats(parts) {
  const joined = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
