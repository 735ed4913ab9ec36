import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { input, model as makeModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { ceilModeMaxPool } from '../src/internal/ceil-mode-max-pool.js';
import { backends, useBackend } from './backends.js';
import { formulaNumbers } from './formula-weights.js';

const CHANNELS = 4;

/** torch's definition: ⌈(n − 3) / 2⌉ + 1 windows, each clipped to the image. */
function directMaxPool(values: Float32Array, height: number, width: number) {
  const [rows, columns] = [height, width].map((side) => Math.ceil((side - 3) / 2) + 1) as [number, number];
  const out: number[] = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      for (let channel = 0; channel < CHANNELS; channel++) {
        let best = Number.NEGATIVE_INFINITY;
        for (let y = 2 * row; y < Math.min(2 * row + 3, height); y++)
          for (let x = 2 * column; x < Math.min(2 * column + 3, width); x++)
            best = Math.max(best, values[(y * width + x) * CHANNELS + channel] as number);
        out.push(best);
      }
  return { shape: [1, rows, columns, CHANNELS], out };
}

describe.each(backends)('ceilModeMaxPool on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  const sides = [2, 3, 4, 5, 7, 8, 12, 15, 31, 47];
  it.each([true, false])('equals the direct computation for every pair of sides (sides known: %s)', (known) => {
    for (const height of sides)
      for (const width of sides) {
        const image = input({ shape: known ? [height, width, CHANNELS] : [null, null, CHANNELS] });
        const model = makeModel({ inputs: image, outputs: ceilModeMaxPool(image, 'pool') });
        // Never negative, many zeros: what a ReLU leaves.
        const values = Float32Array.from(formulaNumbers(`${height}x${width}`, height * width * CHANNELS), (u) =>
          Math.max(0, u - 0.6),
        );
        const expected = directMaxPool(values, height, width);
        tidy(() => {
          const pooled = model.predict(tensor(values, [1, height, width, CHANNELS])) as Tensor;
          expect(pooled.shape, `${height} x ${width}`).toEqual(expected.shape);
          expect([...pooled.dataSync()], `${height} x ${width}`).toEqual(expected.out.map(Math.fround));
        });
        if (known) expect((model.outputShape as number[]).slice(1)).toEqual(expected.shape.slice(1));
      }
  });
});
