import '@tensorflow/tfjs-backend-wasm';
import { reconstruct } from '@kanrecon/reconstruction';
import { drawShape, drawView, renderView } from '@kanrecon/scene';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PretrainedName } from '../packed-models.js';
import { pretrainedModels } from '../pretrained-models.js';
import { loadPretrained } from './load-pretrained.js';

beforeAll(() => setBackend('wasm'));

/** Of images that no model was trained, chosen or packed with. */
const seed = 2 ** 43;
const images = 40;

describe('loadPretrained', () => {
  it.each(pretrainedModels)('$name finds what images show, about as well as its card says', async ({ name, card }) => {
    const { reconstructor, scene } = await loadPretrained(name);
    const { parameters } = scene.surface;
    const errors: number[] = [];
    for (let i = 0; i < images; i++) {
      const shape = drawShape(scene, seed, i);
      const { image } = renderView(scene, shape, drawView(scene, seed, i, 0), { size: card.imageSize });
      const found = await reconstruct(image, reconstructor, {
        scene,
        meshSteps: { uSteps: 8, vSteps: 8 },
        renderingSize: 32,
      });
      for (const { name: parameter, min, max } of parameters) {
        errors.push(((found.parameters[parameter]! - shape.parameters[parameter]!) / (max - min)) ** 2);
      }
    }
    // Of numbers that are evenly spread over their range the variance is a twelfth.
    const meanSquare = errors.reduce((sum, value) => sum + value, 0) / errors.length;
    const expected = parameters.reduce(
      (sum, { name: parameter }) => sum + (1 - card.scores.perParameter[parameter].value) / 12 / parameters.length,
      0,
    );
    expect(meanSquare).toBeLessThan(2 * expected);
    reconstructor.dispose();
  });

  it('refuses a name that is none', async () => {
    await expect(loadPretrained('observables' as PretrainedName)).rejects.toThrow(
      /^loadPretrained: no model of that name; expected .*, got observables; did you mean observable\?$/,
    );
  });
});
