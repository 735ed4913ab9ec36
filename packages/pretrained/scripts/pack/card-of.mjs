import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The card of a packed model.
 *
 * @param {{ name: string, scene: import('@kanrecon/scene').Scene, packed: import('@kanrecon/model').Reconstructor, packing: string,
 *   trained: Awaited<ReturnType<typeof import('./read-run.mjs').readRun>>, images: number, difference: number, r2Change: number,
 *   scores: Awaited<ReturnType<typeof import('./score-model.mjs').scoreModel>> }} parts
 * @returns {Promise<import('../../src/card.js').PretrainedCard>}
 */
export async function cardOf({ name, scene, packed, packing, trained, scores, images, difference, r2Change }) {
  return {
    name,
    scene: scene.name,
    surface: scene.surface.name,
    network: packed.name,
    imageSize: packed.config.imageSize,
    parameters: packed.parameterCount.total,
    bytes: await modelBytes(packing),
    training: trained.training,
    ...scores,
    // Rounded up: it is an upper bound.
    halfPrecision: {
      images,
      largestDifference: Math.ceil(difference * 1e6) / 1e6,
      r2Change: Number(r2Change.toFixed(4)),
    },
    limits: limitsOf(scene, packed),
  };
}

/** Of the files that are loaded. @param {string} folder of a packed model */
export async function modelBytes(folder) {
  const files = ['config.json', 'model.json', 'weights.bin'];
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function limitsOf({ name, surface }, { card, config }) {
  const ranges = surface.parameters.map(({ name: parameter, min, max, unit }) => {
    return `${parameter} ${min} to ${max}${unit ? ` ${unit}` : ''}`;
  });
  return [
    `It knows renderings of the scene ${name} alone, of one whole object before a plain background; of anything else it gives numbers, too, that mean nothing. "verdict" of @kanrecon/reconstruction tells the two apart.`,
    `It learned these ranges: ${ranges.join(', ')}.`,
    ...(card.limits?.summary ?? []),
    `It sees ${config.imageSize} × ${config.imageSize} pixels: what such an image does not show is guessed. "refine" of @kanrecon/reconstruction makes the numbers exact, from what the network says.`,
  ];
}
