import { type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../test/backends.js';
import { countParameters, type EfficientKAN, type FourierKAN, type KANOptions, kan, type LayerName } from './index.js';
import { layerTable } from './layer-table.js';

describe('kan', () => {
  beforeAll(() => useBackend('cpu'));

  it('stacks layers with the given options', () => {
    const model = kan({ widths: [4, 3, 2], gridSize: 7, name: 'small' });
    expect(model.name).toBe('small');
    expect(model.outputs[0]!.shape).toEqual([null, 2]);
    const kinds = model.layers.slice(-2) as EfficientKAN[];
    expect(kinds.map((layer) => [layer.units, layer.gridSize])).toEqual([
      [3, 7],
      [2, 7],
    ]);
    expect(countParameters(model).trainable).toBe((4 * 3 + 3 * 2) * (7 + 3 + 2));
    const fourier = kan({ widths: [4, 2], layer: 'fourierKAN', layerNorm: true }).layers.at(-1) as FourierKAN;
    expect(fourier.layerNorm).toBe(true);
  });

  it.each(Object.keys(layerTable) as LayerName[])('makes and trains a stack of %s', async (layer) => {
    const model = kan({ widths: [4, 3, 2], layer, seed: 1 } as KANOptions);
    expect(model.outputs[0]!.shape).toEqual([null, 2]);
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const loss = await model.trainOnBatch(tensor2d([[0.1, -0.4, 0.3, 2]]), tensor2d([[0.5, 1]]));
    expect(Number(loss)).toBeGreaterThan(0);
  });

  it('is repeatable from its seed, with different layers', () => {
    const x = tensor2d([[0.1, -0.4]]);
    const run = (seed: number) => [...(kan({ widths: [2, 2, 2], seed }).predict(x) as Tensor).dataSync()];
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
    const [first, second] = kan({ widths: [2, 2, 2], seed: 1 }).layers.slice(-2);
    expect([...first!.getWeights()[0]!.dataSync()]).not.toEqual([...second!.getWeights()[0]!.dataSync()]);
  });

  it('says what is wrong', () => {
    expect(() => kan({ widths: [4] })).toThrow('expected at least inputs and outputs, got [4]');
    expect(() => kan({ widths: [4, 0] })).toThrow('a width is wrong');
    expect(() => kan({ widths: [4, 1], layer: 'nonsense' as 'efficientKAN' })).toThrow('expected one of efficientKAN');
  });
});
